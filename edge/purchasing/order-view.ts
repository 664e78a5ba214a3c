/** A purchase order as the screens, the paper and the messages see it. */
import { decimalFromMicro, type Micro } from '#recipes/amount.ts';
import type { Name } from '#recipes/book/fields.ts';
import type { OrderChannel } from '#recipes/contracts/order-command.ts';
import type { Kitchen, StockItem } from '#recipes/kitchen.ts';
import type { SupplierInfo, SupplierItem } from '#recipes/kitchen-types.ts';
import {
  amountOf,
  cents,
  packAmountOf,
  packPriceOf,
  packsOf,
  packTextOf,
  totalOf,
} from '#recipes/purchasing/order-price.ts';
import {
  type OrderStanding,
  type OrderState,
  standingOf,
} from '#recipes/purchasing/order-state.ts';
import { microFromRational } from '#recipes/rational.ts';
import { dayText } from '#recipes/time/business-day.ts';
import type { HistoryStep, StepDetail } from './order-history.ts';
import type { StoredOrder, StoredOrderLine, StoredReceipt, StoredStep } from './order-store.ts';
import { deliveryOf } from './order-warnings.ts';
import { shownTarget } from './sending/channels.ts';
import type { StoredSending } from './sending/sending-store.ts';

/** A line of an order with what came of it. */
export type OrderLineView = {
  readonly item: string;
  readonly name: Name;
  /** Decimal text in the base unit. */
  readonly ordered: string;
  readonly received: string;
  readonly unit: string;
  /** As it was ordered: "4 pack". */
  readonly written: string;
  /** One pack as the supplier sells it, and in the base unit. */
  readonly pack: string;
  readonly packAmount: string;
  /** Decimal text: how many packs, whole or not. */
  readonly packs: string;
  /** What the box had suggested, decimal text in the base unit; null = a person's own line. */
  readonly suggested: string | null;
  /** Decimal text per pack; null = not known. */
  readonly price: string | null;
  /** Money of the line; null = no price is known. */
  readonly amount: string | null;
  /** °C at the door; null = nobody measures it. */
  readonly maxTemperature: string | null;
};

/** One step in the history; `at` is RFC 3339. */
export type OrderHistory = {
  readonly step: HistoryStep;
  readonly at: string;
  readonly actor: string | null;
  readonly detail: StepDetail | null;
};

/** A message to the supplier and how it fares. */
export type SendingView = {
  readonly id: number;
  readonly what: 'order' | 'cancel';
  readonly channel: string;
  /** Without the secrets that stand in addresses. */
  readonly target: string;
  readonly state: 'waiting' | 'sent' | 'failed';
  /** When it ended; while it waits, when it was asked for. */
  readonly at: string;
  readonly attempts: number;
  readonly error: string | null;
};

/** An order as `GET /orders` answers it; times are RFC 3339, money decimal text. */
export type OrderView = {
  readonly order: string;
  readonly supplier: string;
  readonly supplierName: Name;
  readonly contact: { readonly phone: string | null; readonly email: string | null } | null;
  /** Ways in which it can be sent here. */
  readonly send: readonly OrderChannel[];
  readonly state: OrderState;
  readonly revision: number;
  readonly createdAt: string;
  readonly deliverOn: string | null;
  readonly arrivesAt: string | null;
  readonly cutOff: string | null;
  readonly note: string | null;
  /** Of the lines whose price is known; null = of none. */
  readonly total: string | null;
  readonly currency: string;
  readonly lines: readonly OrderLineView[];
  readonly history: readonly OrderHistory[];
  readonly sendings: readonly SendingView[];
  /** Other open orders for the same supplier and delivery day. */
  readonly duplicates: readonly string[];
};

/** Everything a view is made of. */
export type OrderFacts = {
  readonly order: StoredOrder;
  readonly standing: OrderStanding;
  readonly lines: readonly StoredOrderLine[];
  readonly steps: readonly StoredStep[];
  /** Those that count. */
  readonly receipts: readonly StoredReceipt[];
  readonly sendings: readonly StoredSending[];
  readonly duplicates: readonly string[];
  readonly send: readonly OrderChannel[];
  readonly kitchen: Kitchen | undefined;
  /** The book in force when it was ordered: of what has left the book since, name and unit. */
  readonly before: () => Kitchen | undefined;
  readonly currency: string;
  readonly timeZone: string;
};

/** Puts the view of an order together; reads nothing itself. */
export function orderView(facts: OrderFacts): OrderView {
  const { order, standing, kitchen } = facts;
  const supplier = kitchen?.suppliers.get(order.supplier);
  const delivery = deliveryOf(order.deliverOn, supplier, facts.timeZone);
  const lines = facts.lines.map((line) => withOffer(line, supplier));
  const total = totalOf(lines);
  return {
    order: order.id,
    supplier: order.supplier,
    supplierName: supplier?.name ?? {},
    contact: contactOf(supplier),
    send: facts.send,
    state: standing.state,
    revision: order.revision,
    createdAt: iso(order.createdAt),
    deliverOn: order.deliverOn === null ? null : dayText(order.deliverOn),
    arrivesAt: delivery ? iso(delivery.arrivesAt) : null,
    cutOff: delivery ? iso(delivery.cutOff) : null,
    note: order.note,
    total: total ? cents(total) : null,
    currency: facts.currency,
    lines: lines.map((line, i) =>
      lineView(
        line,
        standing.received[i] ?? 0,
        kitchen?.items.get(line.item) ?? facts.before()?.items.get(line.item),
      ),
    ),
    history: historyOf(facts),
    sendings: facts.sendings.map(sendingView),
    duplicates: facts.duplicates,
  };
}

function contactOf(supplier: SupplierInfo | undefined): OrderView['contact'] {
  if (supplier?.contact === undefined) return null;
  const { phone, email } = supplier.contact;
  return { phone: phone ?? null, email: email ?? null };
}

/** Orders of an older version did not keep the pack and its price. */
function withOffer(line: StoredOrderLine, supplier: SupplierInfo | undefined): StoredOrderLine {
  if (line.pack !== null) return line;
  const offer: SupplierItem | undefined = supplier?.items.find(({ item }) => item === line.item);
  if (!offer) return line;
  const { pack, packText } = offer;
  return { ...line, pack, packText, packPrice: line.packPrice ?? offer.price ?? null };
}

function lineView(
  line: StoredOrderLine,
  received: Micro,
  item: StockItem | undefined,
): OrderLineView {
  const packs = packsOf(line);
  const amount = amountOf(line);
  return {
    item: line.item,
    name: item?.name ?? {},
    ordered: decimalFromMicro(line.qty),
    received: decimalFromMicro(received),
    unit: item?.unit ?? 'g',
    written: line.written,
    pack: packTextOf(line),
    packAmount: decimalFromMicro(microFromRational(packAmountOf(line))),
    packs: packs ? decimalFromMicro(microFromRational(packs)) : '1',
    suggested: line.suggested === null ? null : decimalFromMicro(line.suggested),
    price: packPriceOf(line),
    amount: amount ? cents(amount) : null,
    maxTemperature: item?.maxTemperature === undefined ? null : String(item.maxTemperature),
  };
}

/** What people did, with each receipt that counts and what the order was after it. */
function historyOf({ order, lines, steps, receipts }: OrderFacts): OrderHistory[] {
  const said = steps.map(({ entry, step, at, actor, detail }) => ({
    entry,
    step: step as HistoryStep,
    at: iso(at),
    actor,
    detail: detail === null ? null : (JSON.parse(detail) as StepDetail),
  }));
  const entries = [...new Set(receipts.map(({ entry }) => entry))];
  const came = entries.flatMap((entry) => {
    const until = receipts.filter((one) => one.entry <= entry);
    const last = until.at(-1);
    const { state } = standingOf(order.step, lines, until);
    if (!last || (state !== 'done' && state !== 'partly_received')) return [];
    const { at, actor } = last;
    return [{ entry, step: state, at: iso(at), actor, detail: { entry } }];
  });
  return [...said, ...came].sort((a, b) => a.entry - b.entry).map(({ entry: _, ...one }) => one);
}

function sendingView(sending: StoredSending): SendingView {
  const { id, what, channel, target, state, attempts, error } = sending;
  const at = iso(sending.endedAt ?? sending.createdAt);
  return { id, what, channel, target: shownTarget(target), state, at, attempts, error };
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
