/** Numbers that people can read out: PO-20261123-014. */

/**
 * The next free id of a day.
 * @param day the number 20261123
 * @param highest the highest number in use behind a prefix, 0 when there is none
 */
export function numberedId(kind: string, day: number, highest: (prefix: string) => number): string {
  const prefix = `${kind}-${day}-`;
  return `${prefix}${String(highest(prefix) + 1).padStart(3, '0')}`;
}
