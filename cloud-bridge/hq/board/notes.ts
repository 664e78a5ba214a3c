/** The facts that entries carry beside their moves, read without trusting them. */

export type Note = Readonly<Record<string, unknown>>;

const NOTHING: Note = {};

/** The note of an entry; {} when it has none that can be read. */
export function readNote(text: string | null): Note {
  if (text === null) return NOTHING;
  try {
    const read = readJson(text);
    return typeof read === 'object' && read !== null ? (read as Note) : NOTHING;
  } catch {
    // Early reversals noted their reason as it was.
    return { reason: text };
  }
}

/**
 * JSON of an entry. What no table can hold (a NUL, half of a surrogate pair) is marked as such: boxes
 * refuse it where it comes in, and one that does not must not hold up what reads on here.
 * @throws SyntaxError
 */
export function readJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  return UNKEEPABLE.test(text) ? keepable(value) : value;
}

const UNKEEPABLE = /\\u(0000|d[89a-f])/i;

function keepable(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed().replaceAll('\0', '\uFFFD');
  if (Array.isArray(value)) return value.map(keepable);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, one]) => [keepable(key), keepable(one)]);
  return Object.fromEntries(entries) as Note;
}

/** A text of a note, or null. */
export function textOf(note: Note, key: string): string | null {
  const value = note[key];
  return typeof value === 'string' && value !== '' ? value : null;
}

/** A list of a note; empty when there is none. */
export function listOf(note: Note, key: string): readonly Note[] {
  const value = note[key];
  if (!Array.isArray(value)) return [];
  return value.filter((one): one is Note => typeof one === 'object' && one !== null);
}
