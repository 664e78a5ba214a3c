/** What a command answers: the moves it made, in codes and words a screen can show. */
import { decimalFromMicro } from '#recipes/amount.ts';
import { type Move, UNALLOCATED } from '#recipes/ledger/entry.ts';
import { placeName } from '#recipes/ledger/place.ts';
import type { LedgerReader } from './ledger.ts';
import type { LotStore } from './lot-store.ts';

export type AnsweredMove = {
  readonly item: string;
  readonly lot: string;
  readonly from: string;
  readonly to: string;
  readonly amount: string;
  readonly unit: string;
};

/** Moves with the codes of their items and lots. */
export function movesAnswer(
  parts: { readonly ledger: LedgerReader; readonly lots: Pick<LotStore, 'get'> },
  moves: readonly Move[],
): AnsweredMove[] {
  const { items } = parts.ledger;
  return moves.map((move) => ({
    item: items.code(move.item),
    lot:
      move.lot === UNALLOCATED
        ? 'unallocated'
        : (parts.lots.get(move.lot)?.code ?? String(move.lot)),
    from: placeName(move.from) ?? String(move.from),
    to: placeName(move.to) ?? String(move.to),
    amount: decimalFromMicro(move.amount),
    unit: items.unit(move.item),
  }));
}
