/** Waste (报损) and consumption without a sale (staff meal, tasting, sample, gift). */
import type { ConsumeLog, WasteLog } from '#recipes/contracts/kitchen-command.ts';
import type { EntryKind } from '#recipes/ledger/entry.ts';
import { PLACES, type Place } from '#recipes/ledger/place.ts';
import type { Carried, CommandContext } from '../commands/execute.ts';
import { appendOfCommand } from '../ledger/command-entry.ts';
import { moneyOf } from '../ledger/money.ts';
import { movesAnswer } from '../ledger/moves-answer.ts';
import { bookAt, isRefusal, type KitchenParts } from './kitchen-parts.ts';
import { takeOut } from './take-out.ts';
import type { WasteStore } from './waste-store.ts';
import { type Said, whatIsMeant } from './what-was-taken.ts';

export type WasteParts = KitchenParts & { readonly wasted: WasteStore };

/** Something is thrown away: it leaves stock for `waste`, with its reason and what it was worth. */
export function logWaste(parts: WasteParts, data: WasteLog, context: CommandContext): Carried {
  const { reason, station, note, how } = data;
  const facts = { reason, station, note, how };
  return takeAway(parts, data, { kind: 'waste', to: PLACES.waste, facts }, context);
}

/** Staff and tastings are the house's own use; samples and gifts are given away. */
export function logConsumption(
  parts: WasteParts,
  data: ConsumeLog,
  context: CommandContext,
): Carried {
  const { why, note, how } = data;
  const to = why === 'staff' || why === 'tasting' ? PLACES.staff : PLACES.comp;
  return takeAway(parts, data, { kind: 'consume', to, facts: { why, note, how } }, context);
}

type Purpose = { readonly kind: EntryKind; readonly to: Place; readonly facts: object };

function takeAway(
  parts: WasteParts,
  said: Said,
  purpose: Purpose,
  context: CommandContext,
): Carried {
  const inForce = bookAt(parts, context.occurredAt);
  if (isRefusal(inForce)) return inForce;
  const meant = whatIsMeant(parts, inForce, said, context.occurredAt);
  if (isRefusal(meant)) return meant;
  const draft = parts.ledger.draft();
  let cost: number | null = null;
  let short = false;
  const lines = meant.takes.map((take, line) => {
    const taken = takeOut(parts, draft, { line, ...take, to: purpose.to });
    if (taken.cost !== null) cost = (cost ?? 0) + taken.cost;
    short ||= taken.short > 0;
    return { item: parts.ledger.items.code(take.item), amount: take.amount, cost: taken.cost };
  });
  const note = { ...meant.subject, ...purpose.facts, cost, lines };
  const seq = appendOfCommand(
    parts,
    { kind: purpose.kind, note, book: meant.book },
    context,
    draft,
  );
  const day = parts.dayOf(context.occurredAt);
  return {
    ok: true,
    seq,
    data: {
      moves: movesAnswer(parts, draft.moves),
      cost: moneyOf(cost),
      ...(short ? { short } : {}),
      dayCost: moneyOf(parts.wasted.costOfDay(day)),
    },
  };
}
