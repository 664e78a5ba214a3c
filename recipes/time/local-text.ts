/** An instant as people write it. */

/**
 * "2026-11-23 06:00" by the clocks of a zone.
 * @param at epoch milliseconds
 * @param timeZone IANA name; throws a `RangeError` when unknown
 */
export function localText(at: number, timeZone: string): string {
  const dateStyle = 'short';
  const timeStyle = 'short';
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle, timeStyle }).format(at);
}
