/** Purchase orders as receiving and the screens see them: what was ordered, what has come, what is missing. */
import { decimalFromMicro, type Micro } from '#recipes/amount.ts';
import { must } from '#recipes/assert.ts';
import type { Kitchen } from '#recipes/kitchen.ts';
import type { Delivery } from '#recipes/purchasing/delivery-days.ts';
import { cents, totalOf } from '#recipes/purchasing/order-price.ts';
import {
  isClosed,
  isReceivable,
  type OrderStanding,
  type OrderState,
  standingOf,
} from '#recipes/purchasing/order-state.ts';
import type { Refusal } from '../commands/execute.ts';
import { refuse } from '../refuse.ts';
import { notWholePacks } from './order-lines.ts';
import type { OrderStore, StoredOrder } from './order-store.ts';
import { type OrderView, orderView } from './order-view.ts';
import { deliveryOf, type OrderWarning, orderWarnings } from './order-warnings.ts';
import type { Channels } from './sending/channels.ts';
import type { SendingStore } from './sending/sending-store.ts';

export type { OrderView } from './order-view.ts';

/** What reading orders works with. */
export type OrderParts = {
  readonly store: OrderStore;
  readonly sendings: Pick<SendingStore, 'ofOrder'>;
  readonly channels: Pick<Channels, 'available'>;
  /** The book in force now. */
  readonly kitchen: () => Kitchen | undefined;
  /** The book in force at a time in epoch milliseconds. */
  readonly kitchenAt: (at: number) => Kitchen | undefined;
  /** Of the book in force. */
  readonly currency: () => string;
  /** Whether an entry counts: it was not reversed, or its reversal was. */
  readonly stands: (entry: number) => boolean;
  readonly timeZone: string;
  readonly now: () => number;
};

/** What every command on an order answers with. */
export type OrderAnswer = {
  readonly order: string;
  readonly state: OrderState;
  readonly revision: number;
  readonly total: string | null;
  /** Items whose quantity is no whole number of packs. */
  readonly notWholePacks: readonly string[];
  readonly warnings: readonly OrderWarning[];
};

/** Orders to read, and the two things that receiving asks of them. */
export type Orders = {
  /** Those that wait for goods first, then the newest. @param which open = neither complete nor called off */
  list(which?: 'open' | 'all'): OrderView[];
  get(id: string): OrderView | undefined;
  /** Every order of a supplier for a delivery day (the number 20261123). */
  ofDay(supplier: string, day: number): { readonly order: string; readonly state: OrderState }[];
  /** For delivery days (numbers like 20261123), both included. */
  ofDays(from: number, to: number): OrderView[];
  /** That name no delivery day, created since an instant. */
  withoutDay(since: number): OrderView[];
  /** By when they were created, oldest first; epoch milliseconds, `to` not included. */
  between(from: number, to: number): OrderView[];
  answer(id: string): OrderAnswer;
  /** Other open orders for the same supplier and delivery day. */
  duplicates(order: Pick<StoredOrder, 'id' | 'supplier' | 'deliverOn'>): string[];
  /** When an order comes; undefined when nobody said for which day it is. */
  deliveryOf(order: Pick<StoredOrder, 'supplier' | 'deliverOn'>): Delivery | undefined;
  /** Why nothing can be received for this order, or undefined. */
  check(order: string): Refusal | undefined;
  /** Notes what a receipt brought; inside the transaction of its entry. */
  received(receipt: {
    readonly order: string;
    readonly entry: number;
    readonly lines: readonly { readonly item: string; readonly qty: Micro }[];
    readonly close: boolean;
  }): {
    readonly order: string;
    readonly state: OrderState;
    readonly missing: readonly { readonly item: string; readonly qty: string }[];
  };
  standing(order: StoredOrder): OrderStanding;
};

const LISTED = 200;

/** Reads orders with the receipts that count now. */
export function openOrders(parts: OrderParts): Orders {
  const { store, timeZone } = parts;
  const reader = openReader(parts);
  const { view, standing, supplierOf } = reader;
  return {
    standing,
    duplicates: reader.duplicates,
    ...openReceiving(store, standing),
    deliveryOf: ({ supplier, deliverOn }) => deliveryOf(deliverOn, supplierOf(supplier), timeZone),
    list(which = 'all') {
      const all = store.latest(LISTED);
      const wanted =
        which === 'all' ? all : all.filter((order) => !isClosed(standing(order).state));
      return wanted.map(view).sort((a, b) => RANK[a.state] - RANK[b.state]);
    },
    get(id) {
      const order = store.get(id);
      return order && view(order);
    },
    ofDays: (from, to) => store.ofDays(from, to).map(view),
    withoutDay: (since) => store.withoutDay(since).map(view),
    between: (from, to) => store.between(from, to).map(view),
    ofDay: (supplier, day) =>
      store
        .ofDay(supplier, day)
        .map((order) => ({ order: order.id, state: standing(order).state })),
    answer(id) {
      const order = must(store.get(id), 'an order that was just written');
      const lines = store.lines(id);
      const supplier = supplierOf(order.supplier);
      const total = totalOf(lines);
      const asked = { order, lines, supplier, timeZone, now: parts.now() };
      const { state } = standing(order);
      const duplicates = reader.duplicates(order);
      return {
        order: id,
        state,
        revision: order.revision,
        total: total ? cents(total) : null,
        notWholePacks: notWholePacks(lines, supplier),
        warnings: isClosed(state) ? [] : orderWarnings({ ...asked, duplicates }),
      };
    },
  };
}

function openReader(parts: OrderParts) {
  const { store } = parts;
  const supplierOf = (id: string) => parts.kitchen()?.suppliers.get(id);
  const counting = (id: string) => store.receipts(id).filter(({ entry }) => parts.stands(entry));

  function standing(order: StoredOrder): OrderStanding {
    return standingOf(order.step, store.lines(order.id), counting(order.id));
  }

  function duplicates({ id, supplier, deliverOn }: Parameters<Orders['duplicates']>[0]): string[] {
    if (deliverOn === null) return [];
    return store
      .ofDay(supplier, deliverOn)
      .filter((other) => other.id !== id && !isClosed(standing(other).state))
      .map((other) => other.id);
  }

  function view(order: StoredOrder): OrderView {
    const lines = store.lines(order.id);
    const receipts = counting(order.id);
    const state = standingOf(order.step, lines, receipts);
    return orderView({
      order,
      lines,
      receipts,
      standing: state,
      steps: store.steps(order.id),
      sendings: parts.sendings.ofOrder(order.id),
      // A closed order doubles nothing.
      duplicates: isClosed(state.state) ? [] : duplicates(order),
      send: parts.channels.available(order.supplier, supplierOf(order.supplier)),
      kitchen: parts.kitchen(),
      before: () => parts.kitchenAt(order.createdAt),
      currency: parts.currency(),
      timeZone: parts.timeZone,
    });
  }

  return { supplierOf, standing, duplicates, view };
}

function openReceiving(
  store: OrderStore,
  standing: Orders['standing'],
): Pick<Orders, 'check' | 'received'> {
  return {
    check(id) {
      const order = store.get(id);
      if (!order) return unknownOrder(id);
      if (isReceivable(order.step)) return undefined;
      const why =
        order.step === 'cancelled' ? ['was cancelled', '已取消'] : ['was not sent', '尚未发送'];
      return refuse(
        'order_not_open',
        `order: "${id}" ${why[0]}; receive the goods without it`,
        `order:订单“${id}”${why[1]};请不选订单直接收货`,
      );
    },
    received({ order: id, entry, lines, close }) {
      for (const { item, qty } of lines) store.addReceipt(id, { entry, item, qty, closes: close });
      const { state, missing } = standing(must(store.get(id), 'an order that was checked'));
      const texts = missing.map(({ item, qty }) => ({ item, qty: decimalFromMicro(qty) }));
      return { order: id, state, missing: texts };
    },
  };
}

/** The refusal that names an order nobody knows. */
export function unknownOrder(id: string): Refusal {
  return refuse('unknown_order', `order: there is no order "${id}"`, `order:没有订单“${id}”`);
}

/** What waits for goods comes first, then what waits for a person. */
const RANK: Readonly<Record<OrderState, number>> = {
  partly_received: 0,
  sent: 0,
  approved: 1,
  submitted: 2,
  draft: 3,
  rejected: 4,
  done: 5,
  cancelled: 6,
};
