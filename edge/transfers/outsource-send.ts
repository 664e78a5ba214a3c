/** Material goes to somebody outside who works on it. It stays ours, in a place of its own. */
import type { OutsourceSend } from '#recipes/contracts/transfer-command.ts';
import { PLACES } from '#recipes/ledger/place.ts';
import type { Carried, CommandContext } from '../commands/execute.ts';
import { appendOfCommand } from '../ledger/command-entry.ts';
import { moneyOf } from '../ledger/money.ts';
import { movesAnswer } from '../ledger/moves-answer.ts';
import { newNumber } from './new-number.ts';
import { takeGoods } from './take-goods.ts';
import {
  badNumber,
  bookAt,
  isRefusal,
  numberExists,
  type TransferParts,
} from './transfer-parts.ts';

/** Carries out `outsource.send`. */
export function sendOut(
  parts: TransferParts,
  data: OutsourceSend,
  context: CommandContext,
): Carried {
  const inForce = bookAt(parts, context.occurredAt);
  if (isRefusal(inForce)) return inForce;
  if (data.job !== undefined) {
    const bad = badNumber('job', 'OS', parts.store, data.job);
    if (bad) return bad;
    if (parts.jobs.has(data.job)) return numberExists('job', data.job);
  }
  const draft = parts.ledger.draft();
  const taken = takeGoods(parts, draft, inForce.kitchen, data.lines, PLACES.processor);
  if (isRefusal(taken)) return taken;
  const id = data.job ?? newNumber(parts, 'OS', context);
  const { processor } = data;
  const note = {
    what: 'send',
    job: id,
    processor,
    lines: taken.lines,
    note: data.note,
    cost: taken.cost,
  };
  const entry = { kind: 'outsource', note, book: inForce.book } as const;
  const seq = appendOfCommand(parts, entry, context, draft);
  parts.jobs.put({
    id,
    entry: seq,
    processor,
    state: 'out',
    at: context.occurredAt,
    lines: taken.lines.map(({ item, lot, cost }, i) => {
      return { item, lot, amount: taken.amounts[i] ?? 0, cost };
    }),
    back: [],
    note: data.note ?? null,
  });
  return {
    ok: true,
    seq,
    data: {
      job: id,
      cost: moneyOf(taken.cost),
      moves: movesAnswer(parts, draft.moves),
      short: taken.short,
    },
  };
}
