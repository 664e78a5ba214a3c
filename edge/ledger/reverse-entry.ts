/**
 * A correction is a new entry that names the old one and moves everything back. What has left its lot
 * since cannot be taken from it again: the rest is short, visibly, on the unallocated pseudo-lot.
 */

import type { EntryReverse } from '#recipes/contracts/command.ts';
import { UNALLOCATED } from '#recipes/ledger/entry.ts';
import { PLACES } from '#recipes/ledger/place.ts';
import type { Carried, CommandContext } from '../commands/execute.ts';
import type { Ledger } from './ledger.ts';

export type ReverseParts = {
  readonly ledger: Ledger;
  /** Whether an entry was reversed before. */
  readonly reversalOf: (seq: number) => number | undefined;
  readonly dayOf: (at: number) => number;
};

export function reverseEntry(
  parts: ReverseParts,
  data: EntryReverse,
  context: CommandContext,
): Carried {
  const { ledger } = parts;
  const original = ledger.entries.get(data.entry)?.head;
  if (!original) return refuse('unknown_entry', `there is no entry ${data.entry}`, '没有此记录');
  if (original.sale !== null) {
    return refuse('use_void', 'a sale is taken back by a void from the POS', '销售请由收银端作废');
  }
  const before = parts.reversalOf(data.entry);
  if (before !== undefined) {
    return refuse('already_reversed', `entry ${before} has reversed it`, `已由记录 ${before} 冲销`);
  }
  const moves = ledger.entries.movesOf(data.entry);
  if (moves.length === 0) return refuse('no_moves', 'it moved no stock', '此记录没有库存变动');
  const draft = ledger.draft();
  for (const move of [...moves].reverse()) {
    const { line, item, lot, amount } = move;
    const back = { line, item, lot, from: move.to, to: move.from };
    const inLot = ledger.shelf.lotsOf(item).find((state) => state.lot === lot)?.amount ?? 0;
    const enough = back.from !== PLACES.stock || lot === UNALLOCATED || inLot >= amount;
    const own = enough ? amount : Math.max(0, inLot);
    if (own > 0) draft.move({ ...back, amount: own });
    if (own < amount) draft.move({ ...back, lot: UNALLOCATED, amount: amount - own });
  }
  const seq = ledger.append(
    {
      kind: 'reversal',
      event: null,
      command: context.id,
      sale: null,
      reverses: data.entry,
      book: null,
      day: parts.dayOf(context.occurredAt),
      occurredAt: context.occurredAt,
      recordedAt: context.now,
      actor: context.actor,
      note: data.reason ?? null,
    },
    draft,
  );
  return { ok: true, seq };
}

function refuse(code: string, en: string, zh: string): Carried {
  return { ok: false, code, message: { en, zh } };
}
