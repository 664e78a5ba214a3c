/** Numbers that people can read out: PO-20261123-014. */

/** Longer ones are of people's own making: counting on from them would end where numbers end. */
export const NUMBER_DIGITS = 9;

/**
 * The next free id of a day.
 * @param day the number 20261123
 * @param used the highest number in use behind a prefix, 0 when there is none; whether an id is taken
 * @param after numbers up to this one are left out
 */
export function numberedId(
  kind: string,
  day: number,
  used: { readonly highest: (prefix: string) => number; readonly has: (id: string) => boolean },
  after = 0,
): string {
  const prefix = `${kind}-${day}-`;
  for (let number = Math.max(used.highest(prefix), after) + 1; ; number++) {
    const id = `${prefix}${String(number).padStart(3, '0')}`;
    if (!used.has(id)) return id;
  }
}
