/** How an amount becomes whole packs. */
import type { Micro } from '../amount.ts';
import { assert } from '../assert.ts';

export type Rounding = 'up' | 'down' | 'nearest';

/** Whole packs for `amount`; 0 when nothing is missing. A half rounds up. */
export function roundPacks(amount: Micro, pack: Micro, rounding: Rounding): number {
  assert(pack > 0, 'a pack holds more than nothing');
  if (amount <= 0) return 0;
  const whole = Math.floor(amount / pack);
  const rest = amount - whole * pack;
  if (rest === 0 || rounding === 'down') return whole;
  if (rounding === 'up') return whole + 1;
  return rest * 2 >= pack ? whole + 1 : whole;
}
