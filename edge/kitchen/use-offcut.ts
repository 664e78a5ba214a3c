/** An offcut finds its use: it leaves stock, and the entry says what it went into and what it was worth. */
import type { OffcutUse } from '#recipes/contracts/kitchen-command.ts';
import { PLACES } from '#recipes/ledger/place.ts';
import type { Carried, CommandContext } from '../commands/execute.ts';
import { appendOfCommand } from '../ledger/command-entry.ts';
import { moneyOf } from '../ledger/money.ts';
import { movesAnswer } from '../ledger/moves-answer.ts';
import { refuse } from '../refuse.ts';
import { bookAt, isRefusal, type KitchenParts } from './kitchen-parts.ts';
import { takeOut } from './take-out.ts';
import { whatIsMeant } from './what-was-taken.ts';

export function useOffcut(parts: KitchenParts, data: OffcutUse, context: CommandContext): Carried {
  const inForce = bookAt(parts, context.occurredAt);
  if (isRefusal(inForce)) return inForce;
  const { kitchen } = inForce;
  if (!kitchen.recipes.has(data.into) && !kitchen.items.has(data.into)) {
    return refuse(
      'unknown_recipe',
      `into: there is no recipe or item "${data.into}" in the book`,
      `into:配方册中没有“${data.into}”`,
    );
  }
  const { item, lot, qty } = data;
  const meant = whatIsMeant(parts, inForce, { item, lot, qty }, context.occurredAt);
  if (isRefusal(meant)) return meant;
  const draft = parts.ledger.draft();
  let cost: number | null = null;
  let short = false;
  for (const take of meant.takes) {
    const taken = takeOut(parts, draft, { line: 0, ...take, to: PLACES.production });
    cost = taken.cost;
    short = taken.short > 0;
  }
  const note = { ...meant.subject, into: data.into, cost, note: data.note, how: data.how };
  const seq = appendOfCommand(parts, { kind: 'offcut', note, book: inForce.book }, context, draft);
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
