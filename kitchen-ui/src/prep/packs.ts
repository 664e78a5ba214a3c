import type { StockItem } from '../api-types.ts';
import type { BookFacts } from '../state/book-facts.ts';

/**
 * What can be opened or thawed, what the book gives a life after it first, then what is there beside; what
 * is made here is never a closed pack.
 */
export function packsOf(stock: readonly StockItem[], facts: BookFacts | null): StockItem[] {
  const there = stock.filter((one) =>
    one.lots.some((lot) => Number(lot.onHand) > 0 && lot.lot !== 'unallocated'),
  );
  const rank = (one: StockItem) => {
    const known = facts?.[one.item];
    if (known?.thawed !== undefined) return 0;
    if (known?.opened !== undefined) return 1;
    return one.made === true ? 3 : 2;
  };
  return there.toSorted((a, b) => rank(a) - rank(b));
}
