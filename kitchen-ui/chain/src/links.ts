/** Addresses inside the board. What is '' or undefined is left out of the filter. */
export function hrefTo(
  path: string,
  filter: Readonly<Record<string, string | number | undefined>> = {},
): string {
  return `#/${pathTo(path, filter)}`;
}

/** The same for `place.go` and `place.swap`. */
export function pathTo(
  path: string,
  filter: Readonly<Record<string, string | number | undefined>> = {},
): string {
  const query = queryOf(filter);
  return query === '' ? path : `${path}?${query}`;
}

/** `store=s-1&kind=waste`. */
export function queryOf(filter: Readonly<Record<string, string | number | undefined>>): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(filter)) {
    if (value !== undefined && value !== '') query.set(key, String(value));
  }
  return query.toString();
}
