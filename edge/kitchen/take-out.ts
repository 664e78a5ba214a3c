/**
 * Takes goods out of stock and says what they were worth. The worth of each part is a difference of
 * what its lot was worth before and after (see recipes/stock/lot-value), so nothing is lost to rounding.
 */
import type { Micro } from '#recipes/amount.ts';
import { type Move, UNALLOCATED } from '#recipes/ledger/entry.ts';
import { PLACES, type Place } from '#recipes/ledger/place.ts';
import { valueOfTake } from '#recipes/stock/lot-value.ts';
import type { Draft } from '../ledger/draft.ts';
import type { KitchenParts } from './kitchen-parts.ts';

export type Taken = {
  /** Ten-thousandths of the currency; null when no part of it has a known cost. */
  readonly cost: number | null;
  /** What no lot could give, millionths. */
  readonly short: Micro;
  readonly moves: readonly Move[];
  /** Of each move, in their order. */
  readonly costs: readonly (number | null)[];
};

export type Wanted = {
  readonly line: number;
  readonly item: number;
  readonly amount: Micro;
  /** From this lot first; what it cannot give is taken first expired first out. */
  readonly lot?: number | undefined;
  readonly to: Place;
};

export function takeOut(parts: KitchenParts, draft: Draft, wanted: Wanted): Taken {
  const { shelf } = parts.ledger;
  const { line, item, to } = wanted;
  const left = new Map(shelf.lotsOf(item).map((state) => [state.lot, state.amount]));
  const before = draft.moves.length;
  let open = wanted.amount;
  if (wanted.lot !== undefined) {
    const own = Math.min(open, Math.max(0, left.get(wanted.lot) ?? 0));
    if (own > 0) draft.move({ line, item, lot: wanted.lot, from: PLACES.stock, to, amount: own });
    open -= own;
  }
  if (open > 0) draft.take(line, item, open, to);
  const moves = draft.moves.slice(before);
  let cost: number | null = null;
  let short = 0;
  const costs: (number | null)[] = [];
  for (const move of moves) {
    const had = left.get(move.lot) ?? 0;
    left.set(move.lot, had - move.amount);
    if (move.lot === UNALLOCATED) {
      short += Math.max(0, move.amount - Math.max(0, had));
      costs.push(null);
      continue;
    }
    const lot = parts.lots.get(move.lot);
    const worth = lot ? valueOfTake(lot, had, move.amount) : null;
    costs.push(worth);
    if (worth !== null) cost = (cost ?? 0) + worth;
  }
  return { cost, short, moves, costs };
}
