/**
 * What was taken while no lot was known stands below zero on the unallocated pseudo-lot. As soon as a
 * lot has something, it pays for that: through the place `settle`, which always nets to zero.
 */
import { UNALLOCATED } from '#recipes/ledger/entry.ts';
import { PLACES } from '#recipes/ledger/place.ts';
import type { Draft } from './draft.ts';
import type { Ledger } from './ledger.ts';

/** Lets one lot pay, with at most `most` millionths. */
export function settleFromLot(
  ledger: Ledger,
  draft: Draft,
  to: { readonly line: number; readonly item: number; readonly lot: number; readonly most: number },
): void {
  const { line, item, lot, most } = to;
  const open = ledger.shelf.lotsOf(item).find((state) => state.lot === UNALLOCATED);
  const amount = Math.min(most, -(open?.amount ?? 0));
  if (amount <= 0) return;
  draft.move({ line, item, lot, from: PLACES.stock, to: PLACES.settle, amount });
  draft.move({ line, item, lot: UNALLOCATED, from: PLACES.settle, to: PLACES.stock, amount });
}

/** Lets every lot of the item pay, first expired first. */
export function settleFromAll(ledger: Ledger, draft: Draft, line: number, item: number): void {
  const lots = ledger.shelf.lotsOf(item).map(({ lot, amount }) => ({ lot, amount }));
  for (const { lot, amount } of lots) {
    if (lot !== UNALLOCATED && amount > 0)
      settleFromLot(ledger, draft, { line, item, lot, most: amount });
  }
}
