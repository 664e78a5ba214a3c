import type { Lot, StockItem } from '../api-types.ts';

/** A lot that ends soon, with the item it belongs to. */
export type EndingLot = { readonly item: StockItem; readonly lot: Lot; readonly at: number };

/** Lots that end within `withinMs` and are not over yet, the first to end first. */
export function endingLots(
  stock: readonly StockItem[],
  now: number,
  withinMs: number,
): EndingLot[] {
  return stock
    .flatMap((item) => item.lots.map((lot) => ({ item, lot, at: Date.parse(lot.expiresAt ?? '') })))
    .filter(({ lot, at }) => at > now && at <= now + withinMs && Number(lot.onHand) > 0)
    .toSorted((a, b) => a.at - b.at || (a.item.item < b.item.item ? -1 : 1));
}
