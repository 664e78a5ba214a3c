/** Goods go back to their supplier. */
import type { DeliveryReturn } from '#recipes/contracts/kitchen-command.ts';
import { PLACES } from '#recipes/ledger/place.ts';
import type { Carried, CommandContext } from '../commands/execute.ts';
import { appendOfCommand } from '../ledger/command-entry.ts';
import { moneyOf } from '../ledger/money.ts';
import { movesAnswer } from '../ledger/moves-answer.ts';
import { bookAt, isRefusal, type KitchenParts } from './kitchen-parts.ts';
import { takeOut } from './take-out.ts';
import { whatIsMeant } from './what-was-taken.ts';

export function returnDelivery(
  parts: KitchenParts,
  data: DeliveryReturn,
  context: CommandContext,
): Carried {
  const inForce = bookAt(parts, context.occurredAt);
  if (isRefusal(inForce)) return inForce;
  const draft = parts.ledger.draft();
  let cost: number | null = null;
  let short = false;
  const lines = [];
  for (const [line, said] of data.lines.entries()) {
    const meant = whatIsMeant(parts, inForce, said, context.occurredAt);
    if (isRefusal(meant)) return meant;
    for (const take of meant.takes) {
      const taken = takeOut(parts, draft, { line, ...take, to: PLACES.supplier });
      if (taken.cost !== null) cost = (cost ?? 0) + taken.cost;
      short ||= taken.short > 0;
      lines.push({ ...meant.subject, cost: taken.cost });
    }
  }
  const note = { supplier: data.supplier, lines, reason: data.reason, cost };
  const seq = appendOfCommand(parts, { kind: 'return', note, book: inForce.book }, context, draft);
  return {
    ok: true,
    seq,
    data: {
      moves: movesAnswer(parts, draft.moves),
      cost: moneyOf(cost),
      ...(short ? { short } : {}),
    },
  };
}
