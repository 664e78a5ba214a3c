/** A value of a refused entry that a person can correct, and where it stands in its data. */
export type Field = {
  readonly path: readonly (string | number)[];
  readonly label: string;
  readonly value: string;
};

/** Every text and number in `data`, in the order in which it was said. */
export function fieldsOf(data: unknown, path: readonly (string | number)[] = []): Field[] {
  if (typeof data === 'string' || typeof data === 'number') {
    return [
      {
        path,
        label: path.map((part) => (typeof part === 'number' ? part + 1 : part)).join(' · '),
        value: String(data),
      },
    ];
  }
  if (typeof data !== 'object' || data === null) return [];
  return Object.entries(data)
    .filter(([key]) => key !== 'how')
    .flatMap(([key, value]) => fieldsOf(value, [...path, Array.isArray(data) ? Number(key) : key]));
}

/** `data` with one value replaced; a number stays a number when the text is one. */
export function withField(
  data: unknown,
  path: readonly (string | number)[],
  value: string,
): unknown {
  const [key, ...rest] = path;
  if (key === undefined) {
    return typeof data === 'number' && value.trim() !== '' && Number.isFinite(Number(value))
      ? Number(value)
      : value;
  }
  if (Array.isArray(data)) {
    return data.map((one, index) => (index === key ? withField(one, rest, value) : one));
  }
  const object = data as Readonly<Record<string, unknown>>;
  return { ...object, [key]: withField(object[key], rest, value) };
}
