/**
 * What stands without a lot, when lots are counted one by one: if every lot that had something was
 * counted, there is nothing beside them. What the book has without a lot (mostly below zero: taken while
 * no lot was known) is counted as 0 then, at the latest moment of the lots; otherwise it stays.
 */
import { type CountTarget, WHOLE_ITEM } from '#recipes/counts/observed.ts';
import { UNALLOCATED } from '#recipes/ledger/entry.ts';
import type { BookAtMoments } from './book-at.ts';

export type Loose = {
  readonly item: number;
  readonly at: number;
  /** Millionths without a lot by the book of that moment; not 0. */
  readonly book: number;
};

export function looseGoods(targets: readonly CountTarget[], book: BookAtMoments): Loose[] {
  const lots = targets.filter(({ lot }) => lot !== WHOLE_ITEM);
  return [...Map.groupBy(lots, ({ item }) => item)].flatMap(([item, own]) => {
    const at = Math.max(...own.map((target) => target.at));
    const counted = new Set(own.map(({ lot }) => lot));
    const missed = book
      .lotsOf(item)
      .some((lot) => lot !== UNALLOCATED && !counted.has(lot) && book.ofLot(item, lot, at) > 0);
    const loose = book.ofLot(item, UNALLOCATED, at);
    return missed || loose === 0 ? [] : [{ item, at, book: loose }];
  });
}
