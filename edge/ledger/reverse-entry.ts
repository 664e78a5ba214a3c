/**
 * A correction is a new entry that names the old one and moves everything back. What has left its lot
 * since cannot be taken from it again: the rest is short, visibly, on the unallocated pseudo-lot.
 */

import type { EntryReverse } from '#recipes/contracts/command.ts';
import { UNALLOCATED, UNDONE_WITHOUT_MOVES } from '#recipes/ledger/entry.ts';
import { PLACES } from '#recipes/ledger/place.ts';
import type { Carried, CommandContext } from '../commands/execute.ts';
import { refuse } from '../refuse.ts';
import { appendOfCommand } from './command-entry.ts';
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
  if (moves.length === 0 && !UNDONE_WITHOUT_MOVES.has(original.kind)) {
    return refuse('no_moves', 'it moved no stock', '此记录没有库存变动');
  }
  if (original.command === null) {
    return refuse(
      'follows_by_itself',
      `entry ${data.entry} follows from other entries; take those back, and it goes with them`,
      `记录 ${data.entry} 由其他记录自动产生;请撤销那些记录,它会随之更正`,
    );
  }
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
  const entry = { kind: 'reversal', reverses: data.entry, note: { reason: data.reason } } as const;
  const seq = appendOfCommand(parts, entry, context, draft);
  return { ok: true, seq };
}
