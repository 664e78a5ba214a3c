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
