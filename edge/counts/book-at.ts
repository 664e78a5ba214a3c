/** What the book said of an item or a lot at a moment: what it says now, less all that happened since. */
import type { Micro } from '#recipes/amount.ts';
import { WHOLE_ITEM } from '#recipes/counts/observed.ts';
import { type EffectParts, effectsSince } from './effects.ts';

export type BookAt = { readonly item: number; readonly lot: number; readonly at: number };

/** @param earliest no moment that is asked for lies before it; epoch milliseconds */
export function openBook(parts: EffectParts, earliest: number): (target: BookAt) => Micro {
  const since = effectsSince(parts, earliest);
  const now = (item: number, lot: number) => {
    const lots = parts.ledger.shelf.lotsOf(item);
    return lot === WHOLE_ITEM
      ? parts.ledger.shelf.onHand(item)
      : (lots.find((state) => state.lot === lot)?.amount ?? 0);
  };
  return ({ item, lot, at }) =>
    since.reduce(
      (book, effect) => {
        if (effect.item !== item || effect.moment <= at) return book;
        return lot === WHOLE_ITEM || effect.lot === lot ? book - effect.change : book;
      },
      now(item, lot),
    );
}
