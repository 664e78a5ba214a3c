/**
 * Goods come in: each line becomes a lot. What was sold before it arrived is settled first, so that
 * the unallocated shortage of an item ends with the next receipt.
 */

import type { DeliveryReceive } from '#recipes/contracts/kitchen-command.ts';
import type { Kitchen, StockItem } from '#recipes/kitchen.ts';
import { UNALLOCATED } from '#recipes/ledger/entry.ts';
import { PLACES } from '#recipes/ledger/place.ts';
import { parseQuantity } from '#recipes/quantity.ts';
import {
  div,
  mul,
  type Rational,
  rational,
  rationalFromDecimal,
  rationalFromMicro,
  roundHalfEven,
} from '#recipes/rational.ts';
import type { Carried, CommandContext } from '../commands/execute.ts';
import type { Draft } from '../ledger/draft.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { LotStore } from '../ledger/lot-store.ts';
import type { Knowledge } from '../recipe-book/knowledge.ts';

export type DeliveryParts = {
  readonly ledger: Ledger;
  readonly knowledge: Knowledge;
  readonly lots: LotStore;
  readonly dayOf: (at: number) => number;
};

/** Costs are kept in ten-thousandths of the currency. */
export const COST_UNIT = 10_000;

type Line = {
  readonly item: StockItem;
  readonly amount: number;
  readonly cost: number | null;
  readonly said: DeliveryReceive['lines'][number];
};

export function receiveDelivery(
  parts: DeliveryParts,
  data: DeliveryReceive,
  context: CommandContext,
): Carried {
  const inForce = parts.knowledge.at(context.now);
  if (!inForce) {
    return refuse(
      'no_book',
      'there is no recipe book yet; import one first',
      '还没有配方册;请先导入',
    );
  }
  const lines: Line[] = [];
  for (const [i, said] of data.lines.entries()) {
    const item = inForce.kitchen.items.get(said.item);
    if (!item) {
      return refuse(
        'unknown_item',
        `lines[${i}].item: "${said.item}" is not in the recipe book`,
        `lines[${i}].item:配方册中没有物料“${said.item}”`,
      );
    }
    const amount = item.convert(said.qty);
    if (amount <= 0) {
      return refuse(
        'bad_quantity',
        `lines[${i}].qty must be more than 0`,
        `lines[${i}].qty 必须大于 0`,
      );
    }
    lines.push({ item, amount, cost: costOf(inForce.kitchen, data.supplier, said, amount), said });
  }
  return post(parts, data, lines, context);
}

function refuse(code: string, en: string, zh: string): Carried {
  return { ok: false, code, message: { en, zh } };
}

function post(
  parts: DeliveryParts,
  data: DeliveryReceive,
  lines: readonly Line[],
  context: CommandContext,
): Carried {
  const { ledger } = parts;
  const draft = ledger.draft();
  const seq = ledger.seq() + 1;
  const day = parts.dayOf(context.occurredAt);
  const received = lines.map((line, index) => {
    const item = ledger.items.number(line.item.id, line.item.unit);
    const code = line.said.lot ?? `${day}-${seq}-${index + 1}`;
    const lot = parts.lots.insert({
      item,
      code,
      supplier: data.supplier ?? null,
      entry: seq,
      amount: line.amount,
      cost: line.cost,
      receivedAt: context.occurredAt,
      producedAt: line.said.producedAt === undefined ? null : Date.parse(line.said.producedAt),
      expiresAt: expiryOf(line, context.occurredAt),
      openedAt: null,
      parent: null,
    });
    const { amount } = line;
    draft.move({ line: index, item, lot, from: PLACES.supplier, to: PLACES.stock, amount });
    settleShortage(ledger, draft, index, item, lot, amount);
    return { item: line.item.id, lot: code };
  });
  ledger.append(
    {
      kind: 'receipt',
      event: null,
      command: context.id,
      sale: null,
      reverses: null,
      book: null,
      day,
      occurredAt: context.occurredAt,
      recordedAt: context.now,
      actor: context.actor,
      note: JSON.stringify(data),
    },
    draft,
  );
  return { ok: true, seq, data: { lots: received } };
}

/** The new lot pays what was taken while no lot was known. */
function settleShortage(
  ledger: Ledger,
  draft: Draft,
  line: number,
  item: number,
  lot: number,
  received: number,
): void {
  const open = ledger.shelf.lotsOf(item).find((state) => state.lot === UNALLOCATED);
  const amount = Math.min(received, -(open?.amount ?? 0));
  if (amount <= 0) return;
  draft.move({ line, item, lot, from: PLACES.stock, to: PLACES.settle, amount });
  draft.move({ line, item, lot: UNALLOCATED, from: PLACES.settle, to: PLACES.stock, amount });
}

/** As said, else from the shelf life of the item, counted from production or receipt. */
function expiryOf(line: Line, receivedAt: number): number | null {
  if (line.said.expiresAt !== undefined) return Date.parse(line.said.expiresAt);
  if (line.item.shelfLifeMs === undefined) return null;
  const from = line.said.producedAt === undefined ? receivedAt : Date.parse(line.said.producedAt);
  return from + line.item.shelfLifeMs;
}

/**
 * What a line cost: its price is per 1 of the unit that its quantity is written in; without a price,
 * the supplier's price per pack counts. Null when neither is known.
 */
function costOf(
  kitchen: Kitchen,
  supplier: string | undefined,
  said: DeliveryReceive['lines'][number],
  amount: number,
): number | null {
  if (said.price !== undefined) {
    const written = parseQuantity(String(said.qty));
    return written.ok ? toCost(mul(written.value, rationalFromDecimal(said.price))) : null;
  }
  const offer =
    supplier && kitchen.suppliers.get(supplier)?.items.find((i) => i.item === said.item);
  if (!offer || offer.price === undefined) return null;
  const packs = div(rationalFromMicro(amount), rationalFromMicro(offer.pack));
  return toCost(mul(packs, rationalFromDecimal(offer.price)));
}

function toCost(money: Rational): number | null {
  const cost = Number(roundHalfEven(mul(money, rational(BigInt(COST_UNIT)))));
  return Number.isSafeInteger(cost) ? cost : null;
}
