/**
 * Goods come in (收货): each line becomes a lot. What was sold before it arrived is settled first, so that
 * the unallocated shortage of an item ends with the next receipt.
 */
import { decimalFromMicro } from '#recipes/amount.ts';
import type { DeliveryReceive } from '#recipes/contracts/kitchen-command.ts';
import { PLACES } from '#recipes/ledger/place.ts';
import type { Carried, CommandContext, Refusal } from '../commands/execute.ts';
import { appendOfCommand } from '../ledger/command-entry.ts';
import type { Draft } from '../ledger/draft.ts';
import { lotCode } from '../ledger/lot-code.ts';
import { settleFromLot } from '../ledger/settle-shortage.ts';
import { type ReadLine, readDelivery } from './delivery-lines.ts';
import { bookAt, isRefusal, type KitchenParts } from './kitchen-parts.ts';
import { type PriceChange, priceChange } from './price-change.ts';

/** What the orders know of a delivery; they belong to purchasing. */
export type OrderReceipts = {
  /** Why this order cannot be received, or undefined. */
  check(order: string): Refusal | undefined;
  /** Notes what came of it. @returns what the screen shows of the order */
  received(receipt: {
    readonly order: string;
    readonly entry: number;
    readonly lines: readonly { readonly item: string; readonly qty: number }[];
    readonly close: boolean;
  }): unknown;
};

export type DeliveryParts = KitchenParts & { readonly orders: OrderReceipts };

export function receiveDelivery(
  parts: DeliveryParts,
  data: DeliveryReceive,
  context: CommandContext,
): Carried {
  const inForce = bookAt(parts, context.now);
  if (isRefusal(inForce)) return inForce;
  const unknown = data.order === undefined ? undefined : parts.orders.check(data.order);
  if (unknown) return unknown;
  const lines = readDelivery(inForce.kitchen, data);
  if (isRefusal(lines)) return lines;
  const { ledger } = parts;
  const draft = ledger.draft();
  const prices: PriceChange[] = [];
  let lots = 0;
  const received = lines.flatMap((line, index) => {
    if (line.amount === 0) return [];
    const nth = lots++;
    const item = ledger.items.number(line.item.id, line.item.unit);
    const { amount, cost } = line;
    const before = parts.lots.newestBought(item);
    const change = priceChange(inForce.kitchen, before, { item: line.item.id, amount, cost });
    if (change) prices.push(change);
    return [
      {
        item: line.item.id,
        lot: putOnShelf(parts, draft, { ...data, line, index, nth, item }, context),
      },
    ];
  });
  const seq = appendOfCommand(parts, { kind: 'receipt', note: data }, context, draft);
  const { order } = data;
  const noted =
    order === undefined
      ? {}
      : {
          order: parts.orders.received({
            order,
            entry: seq,
            lines: lines.map(({ item, amount }) => ({ item: item.id, qty: amount })),
            close: data.close ?? false,
          }),
        };
  const short = lines.flatMap((line) => shortOf(line));
  return { ok: true, seq, data: { lots: received, prices, short, ...noted } };
}

type Arrived = {
  readonly supplier?: string | undefined;
  readonly line: ReadLine;
  readonly index: number;
  /** Which of the lots that came in. */
  readonly nth: number;
  readonly item: number;
};

/** @returns the code of the new lot */
function putOnShelf(
  parts: KitchenParts,
  draft: Draft,
  { supplier, line, index, nth, item }: Arrived,
  context: CommandContext,
): string {
  const { amount, cost, said } = line;
  const code = said.lot ?? lotCode(parts, context, { line: index, item, nth });
  const lot = parts.lots.insert({
    item,
    code,
    supplier: supplier ?? null,
    entry: parts.ledger.seq() + 1,
    amount,
    cost,
    receivedAt: context.occurredAt,
    producedAt: said.producedAt === undefined ? null : Date.parse(said.producedAt),
    expiresAt: expiryOf(line, context.occurredAt),
    openedAt: null,
    parent: null,
  });
  draft.move({ line: index, item, lot, from: PLACES.supplier, to: PLACES.stock, amount });
  settleFromLot(parts.ledger, draft, { line: index, item, lot, most: amount });
  return code;
}

/** As said, else from the shelf life of the item, counted from production or receipt. */
function expiryOf(line: ReadLine, receivedAt: number): number | null {
  if (line.said.expiresAt !== undefined) return Date.parse(line.said.expiresAt);
  if (line.item.shelfLifeMs === undefined) return null;
  const from = line.said.producedAt === undefined ? receivedAt : Date.parse(line.said.producedAt);
  return from + line.item.shelfLifeMs;
}

/** What is missing (or too much, negative) of what was ordered on this line. */
function shortOf({ item, amount, said }: ReadLine) {
  if (said.ordered === undefined) return [];
  const missing = item.convert(said.ordered) - amount;
  return missing === 0 ? [] : [{ item: item.id, missing: decimalFromMicro(missing) }];
}
