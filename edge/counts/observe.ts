/** What somebody saw on a shelf. It moves nothing; posting the count compares it with the book. */
import { decimalFromMicro } from '#recipes/amount.ts';
import type { CountObserve } from '#recipes/contracts/kitchen-command.ts';
import type { StockItem } from '#recipes/kitchen.ts';
import type { Carried, CommandContext } from '../commands/execute.ts';
import { appendOfCommand } from '../ledger/command-entry.ts';
import { refuse } from '../refuse.ts';
import type { CountParts } from './count-parts.ts';

export function observe(parts: CountParts, data: CountObserve, context: CommandContext): Carried {
  const item = stockItem(parts, data.item, context.occurredAt);
  if (!item) {
    return refuse(
      'unknown_item',
      `item: "${data.item}" is not in the recipe book`,
      `item:配方册中没有物料“${data.item}”`,
    );
  }
  const qty = item.convert(data.qty);
  if (qty < 0) {
    return refuse(
      'bad_quantity',
      'qty: 0 or more; 0 says that none is there',
      'qty:须大于或等于 0;0 表示没有',
    );
  }
  const number = parts.ledger.items.number(item.id, item.unit);
  const lot = data.lot === undefined ? null : lotOf(parts, number, data.lot);
  if (lot === undefined) {
    return refuse(
      'unknown_lot',
      `lot: ${data.item} has no lot "${data.lot}"; check the label, or count it without a lot`,
      `lot:${data.item} 没有批次“${data.lot}”;请核对标签,或不填批次`,
    );
  }
  const entry = appendOfCommand(parts, { kind: 'observe', note: data }, context);
  // A clock that runs ahead cannot have seen the shelf after the box heard of it.
  const at = Math.min(context.occurredAt, context.now);
  const place = data.place ?? null;
  parts.counts.addLine(data.count, {
    entry,
    item: number,
    lot,
    place,
    qty,
    at,
    actor: context.actor,
  });
  const line = {
    entry,
    item: item.id,
    lot: data.lot ?? null,
    place,
    qty: decimalFromMicro(qty),
    unit: item.unit,
    at: new Date(at).toISOString(),
  };
  return { ok: true, seq: entry, data: { moves: [], cost: null, line } };
}

/** Of the book of the time; else of the newest that has it: what left the book may still lie there. */
function stockItem({ knowledge }: CountParts, item: string, at: number): StockItem | undefined {
  const own = knowledge.at(at)?.kitchen.items.get(item);
  if (own) return own;
  for (const { version } of [...knowledge.versions()].reverse()) {
    const found = knowledge.kitchen(version).items.get(item);
    if (found) return found;
  }
  return undefined;
}

/** The lot with this code: the newest that has something in it, else the newest; opened packs keep their code. */
function lotOf({ lots, ledger }: CountParts, item: number, code: string): number | undefined {
  const all = lots.byCode(code).filter((lot) => lot.item === item);
  const open = new Set(ledger.shelf.lotsOf(item).map(({ lot }) => lot));
  return (all.findLast(({ id }) => open.has(id)) ?? all.at(-1))?.id;
}
