/** Instants as text. What came from a store may be any whole number: one that no calendar has is shown as the last it has. */

/** As far as a date goes, milliseconds on either side of 1970. */
export const LAST_MS = 8.64e15;

/** RFC 3339. @param at epoch milliseconds */
export function instantText(at: number): string {
  return new Date(Math.min(LAST_MS, Math.max(-LAST_MS, at))).toISOString();
}

/** The same; null stays null. */
export function instantOrNull(at: number | null | undefined): string | null {
  return at === null || at === undefined ? null : instantText(at);
}

/** RFC 3339 of a year that PostgreSQL and everybody else reads, 1 to 9999; null stays null. */
export function storedInstant(at: number | null): string | null {
  if (at === null) return null;
  return instantText(Math.min(LAST_STORED_MS, Math.max(FIRST_STORED_MS, at)));
}

const FIRST_STORED_MS = Date.parse('0001-01-01T00:00:00Z');
const LAST_STORED_MS = Date.parse('9999-12-31T00:00:00Z');
