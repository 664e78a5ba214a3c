/** The moves that make the shelf what was counted, and what they are worth. */
import type { Micro } from '#recipes/amount.ts';
import { WHOLE_ITEM } from '#recipes/counts/observed.ts';
import { handedOver, spreadOverItem } from '#recipes/counts/spread.ts';
import { UNALLOCATED } from '#recipes/ledger/entry.ts';
import { PLACES } from '#recipes/ledger/place.ts';
import { valueOfTake } from '#recipes/stock/lot-value.ts';
import type { Draft } from '../ledger/draft.ts';
import type { CountParts } from './count-parts.ts';

export type Adjustment = {
  /** Index of its line in the note of the entry. */
  readonly line: number;
  readonly item: number;
  /** Number of the lot that was counted, or `WHOLE_ITEM`. */
  readonly lot: number;
  /** Millionths to put on the shelf; negative = to take off it. */
  readonly difference: Micro;
  /** What arrived late has changed, by lot. */
  readonly late: ReadonlyMap<number, Micro>;
};

type Parts = Pick<CountParts, 'ledger' | 'lots' | 'counts'>;

/**
 * Adds the moves of an adjustment to a draft.
 * @returns what it is worth, ten-thousandths: negative = lost; null = no cost is known
 */
export function adjust(parts: Parts, draft: Draft, adjustment: Adjustment): number | null {
  const { line, item, lot, difference, late } = adjustment;
  if (difference === 0) return 0;
  const lots = parts.ledger.shelf.lotsOf(item);
  if (lot !== WHOLE_ITEM) {
    for (const { lot: from, amount } of handedOver(difference, lot, lots)) {
      draft.move({ line, item, lot: from, from: PLACES.stock, to: PLACES.settle, amount });
      draft.move({ line, item, lot, from: PLACES.settle, to: PLACES.stock, amount });
    }
    return change(parts, draft, line, item, lot, difference);
  }
  const newest = parts.lots.newest(item)?.id;
  let worth: number | null = 0;
  for (const part of spreadOverItem(difference, { lots, late, newest })) {
    const cost = change(parts, draft, line, item, part.lot, part.amount);
    worth = worth === null || cost === null ? null : worth + cost;
  }
  return worth;
}

/** Moves one lot by an amount. @returns what that is worth, as `adjust` does */
export function change(
  parts: Parts,
  draft: Draft,
  line: number,
  item: number,
  lot: number,
  amount: Micro,
): number | null {
  if (amount === 0) return 0;
  const worth = worthOf(parts, item, lot, amount);
  const { stock, adjust: outside } = PLACES;
  if (amount > 0) draft.move({ line, item, lot, from: outside, to: stock, amount });
  else draft.move({ line, item, lot, from: stock, to: outside, amount: -amount });
  return worth;
}

/** By the cost of its lot; where that is not known, by the newest cost that is. */
function worthOf(parts: Parts, item: number, lot: number, amount: Micro): number | null {
  const own = lot === UNALLOCATED ? undefined : parts.lots.get(lot);
  const left = parts.ledger.shelf.lotsOf(item).find((state) => state.lot === lot)?.amount ?? 0;
  const known = own !== undefined && own.cost !== null;
  const basis = known ? own : parts.counts.costBasis(item);
  if (basis === undefined) return null;
  const taken = valueOfTake(basis, known ? left : basis.amount, -amount);
  return taken === null ? null : -taken;
}
