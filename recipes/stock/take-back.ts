/**
 * What voids and refunds do to what a line took: shares of it go back to stock, become waste, or a
 * comp. A function of the totals alone, so the order in which voids arrive does not matter, and a
 * line that is taken back completely leaves nothing behind.
 */
import { proportion } from '../amount.ts';

/** Quantities taken back of a line, millionths of a sold unit. */
export type TakenBackQty = {
  readonly notMade: number;
  readonly discarded: number;
  readonly servedFree: number;
};

/** Where what the line took belongs now, in millionths; they add up to what it took. */
export type Split = {
  readonly stock: number;
  readonly waste: number;
  readonly comp: number;
  readonly sold: number;
};

/**
 * Splits `taken` of a line that sold `qty`. Boundaries are rounded half-even, not the parts, so that
 * the parts add up exactly.
 */
export function splitTaken(taken: number, qty: number, back: TakenBackQty): Split {
  if (qty === 0) return { stock: 0, waste: 0, comp: 0, sold: taken };
  // When more is taken back than was sold, food that was made stays made: it cannot go back.
  const discarded = Math.min(back.discarded, qty);
  const free = Math.min(back.servedFree, qty - discarded);
  const notMade = Math.min(back.notMade, qty - discarded - free);
  const stock = proportion(taken, notMade, qty);
  const waste = proportion(taken, notMade + discarded, qty) - stock;
  const comp = proportion(taken, notMade + discarded + free, qty) - stock - waste;
  return { stock, waste, comp, sold: taken - stock - waste - comp };
}
