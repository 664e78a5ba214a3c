/** What the book said of an item or a lot at a moment: what it says now, less all that happened since. */
import type { Micro } from '#recipes/amount.ts';
import { WHOLE_ITEM } from '#recipes/counts/observed.ts';
import { type EffectParts, effectsSince } from './effects.ts';

type Target = { readonly item: number; readonly lot: number; readonly at: number };

export type BookAtMoments = {
  /** Of a lot, or of the whole item. */
  of(target: Target): Micro;
  /** Of a lot; of what stands without one, for the unallocated lot. */
  ofLot(item: number, lot: number, at: number): Micro;
  /** Every lot that has something now or had since the earliest moment. */
  lotsOf(item: number): number[];
};

/** @param earliest no moment that is asked for lies before it; epoch milliseconds */
export function openBook(parts: EffectParts, earliest: number): BookAtMoments {
  const { shelf } = parts.ledger;
  const since = Map.groupBy(effectsSince(parts, earliest), ({ item }) => item);
  const after = (item: number, at: number, lot?: number) =>
    (since.get(item) ?? []).reduce((sum, effect) => {
      const counts = effect.moment > at && (lot === undefined || effect.lot === lot);
      return counts ? sum + effect.change : sum;
    }, 0);
  const ofLot = (item: number, lot: number, at: number) =>
    (shelf.lotsOf(item).find((state) => state.lot === lot)?.amount ?? 0) - after(item, at, lot);
  return {
    ofLot,
    of: ({ item, lot, at }) =>
      lot === WHOLE_ITEM ? shelf.onHand(item) - after(item, at) : ofLot(item, lot, at),
    lotsOf: (item) => [
      ...new Set([...shelf.lotsOf(item), ...(since.get(item) ?? [])].map(({ lot }) => lot)),
    ],
  };
}
