/**
 * When a move took effect on the shelf, for the comparison with what was counted.
 *
 * A move happened when its entry says it did (`occurredAt`). There are two exceptions. What a count
 * adjusts happened at the moment at which the item was counted, because that is when the shelf was
 * seen to differ. And a reversal says that something never was: it takes effect at the moment of what it
 * reverses, so that a delivery that was typed twice can be taken back after a count without the shelf
 * of that count changing.
 */
import type { EntryKind } from '../ledger/entry.ts';
import { PLACES } from '../ledger/place.ts';

/** The entry a move belongs to; for a reversal, the entry at the end of the chain that it reverses. */
export type Root = {
  readonly kind: EntryKind;
  readonly occurredAt: number;
  /** Moment of each line of a count, by its index; for a count only. */
  readonly countedAt?: readonly number[];
};

export type PlacedMove = { readonly line: number; readonly from: number; readonly to: number };

/** Epoch milliseconds. */
export function momentOf(root: Root, move: PlacedMove): number {
  if (root.kind !== 'count') return root.occurredAt;
  const adjusts = move.from === PLACES.adjust || move.to === PLACES.adjust;
  return (adjusts ? root.countedAt?.[move.line] : undefined) ?? root.occurredAt;
}

/** What a move changes on the shelf, millionths; 0 when it passes stock by. */
export function shelfChange(move: { from: number; to: number; amount: number }): number {
  if (move.from === PLACES.stock) return -move.amount;
  return move.to === PLACES.stock ? move.amount : 0;
}
