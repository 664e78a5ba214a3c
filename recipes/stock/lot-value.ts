/**
 * What a part of a lot is worth. A lot came in with an amount and a cost; what is left of it is worth
 * `V(left) = round-half-even(cost × left / amount)`, and a take is worth the difference of V before and
 * after it. So the worth of any sequence of takes and returns adds up to exactly what the lot has lost:
 * cost is conserved to its smallest unit whatever the order, without a cost on every move.
 */
import { type Micro, proportion } from '../amount.ts';

/** How a lot came in. */
export type LotBasis = {
  /** Millionths of the base unit, more than 0. */
  readonly amount: Micro;
  /** Of the whole amount, in ten-thousandths of the currency; null = not known. */
  readonly cost: number | null;
};

/** Worth of what is left; null when the lot's cost is not known. A surplus is worth more than it cost. */
export function valueLeft(lot: LotBasis, left: Micro): number | null {
  return lot.cost === null ? null : proportion(lot.cost, left, lot.amount);
}

/**
 * Worth of taking `take` from a lot of which `left` is left before. A negative `take` is a return and
 * is worth less than nothing.
 */
export function valueOfTake(lot: LotBasis, left: Micro, take: Micro): number | null {
  if (lot.cost === null) return null;
  return proportion(lot.cost, left, lot.amount) - proportion(lot.cost, left - take, lot.amount);
}
