/** Which waste a kitchen could have avoided: made, bought or handled otherwise, it would not be. */

/** Reasons of `waste.log`, and `voided`: made, then taken back at the till and thrown away. */
export function isAvoidable(reason: string): boolean {
  return AVOIDABLE.has(reason);
}

/** Not: what was rejected at the door, what was tasted, what a guest returned, what nobody can name. */
const AVOIDABLE: ReadonlySet<string> = new Set([
  'expired',
  'spoiled',
  'overproduced',
  'dropped',
  'remake',
  'voided',
]);
