/** Purchase orders as receiving and the screens see them: what was ordered, what has come, what is missing. */
import { decimalFromMicro, type Micro } from '#recipes/amount.ts';
import type { Name } from '#recipes/book/fields.ts';
import type { Kitchen, StockItem } from '#recipes/kitchen.ts';
import type { SupplierItem } from '#recipes/kitchen-types.ts';
import {
  type OrderStanding,
  type OrderState,
  standingOf,
} from '#recipes/purchasing/order-state.ts';
import { parseQuantity } from '#recipes/quantity.ts';
import {
  div,
  isZero,
  microFromRational,
  mul,
  type Rational,
  rationalFromDecimal,
  rationalFromMicro,
} from '#recipes/rational.ts';
import { dayText } from '#recipes/time/business-day.ts';
import type { Refusal } from '../commands/execute.ts';
import { refuse } from '../refuse.ts';
import type { OrderStore, StoredOrder, StoredOrderLine } from './order-store.ts';

export type OrderParts = {
  readonly store: OrderStore;
  /** The book in force now. */
  readonly kitchen: () => Kitchen | undefined;
  /** Whether an entry counts: it was not reversed, or its reversal was. */
  readonly stands: (entry: number) => boolean;
};

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
  /** Decimal text per pack; null = not known. */
  readonly price: string | null;
  /** °C at the door; null = nobody measures it. */
  readonly maxTemperature: string | null;
};

export type OrderView = {
  readonly order: string;
  readonly supplier: string;
  readonly supplierName: Name;
  readonly state: OrderState;
  readonly deliverOn: string | null;
  readonly note: string | null;
  readonly lines: readonly OrderLineView[];
};

export type Orders = {
  /** Those that wait for goods first, then the newest. */
  list(): OrderView[];
  get(id: string): OrderView | undefined;
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
  const { store } = parts;

  function standing(order: StoredOrder): OrderStanding {
    const receipts = store.receipts(order.id).filter(({ entry }) => parts.stands(entry));
    return standingOf(order.step, store.lines(order.id), receipts);
  }

  const view = (order: StoredOrder) => orderView(parts, order, standing(order));
  return {
    standing,
    list: () =>
      store
        .latest(LISTED)
        .map(view)
        .sort((a, b) => RANK[a.state] - RANK[b.state]),
    get(id) {
      const order = store.get(id);
      return order && view(order);
    },
    check(id) {
      const order = store.get(id);
      if (!order) return unknownOrder(id);
      if (order.step === 'sent') return undefined;
      const why =
        order.step === 'draft' ? ['was not sent', '尚未发送'] : ['was cancelled', '已取消'];
      return refuse(
        'order_not_open',
        `order: "${id}" ${why[0]}; receive the goods without it`,
        `order:订单“${id}”${why[1]};请不选订单直接收货`,
      );
    },
    received({ order: id, entry, lines, close }) {
      for (const { item, qty } of lines) store.addReceipt(id, { entry, item, qty, closes: close });
      const order = store.get(id);
      if (!order) throw new Error(`order ${id} was checked before it was received`);
      const { state, missing } = standing(order);
      const texts = missing.map(({ item, qty }) => ({ item, qty: decimalFromMicro(qty) }));
      return { order: id, state, missing: texts };
    },
  };
}

/** The refusal that names an order nobody knows. */
export function unknownOrder(id: string): Refusal {
  return refuse('unknown_order', `order: there is no order "${id}"`, `order:没有订单“${id}”`);
}

/** What waits for goods comes first. */
const RANK: Readonly<Record<OrderState, number>> = {
  partly_received: 0,
  sent: 0,
  draft: 1,
  done: 2,
  cancelled: 3,
};

function orderView(
  parts: OrderParts,
  order: StoredOrder,
  { state, received }: OrderStanding,
): OrderView {
  const kitchen = parts.kitchen();
  const supplier = kitchen?.suppliers.get(order.supplier);
  return {
    order: order.id,
    supplier: order.supplier,
    supplierName: supplier?.name ?? {},
    state,
    deliverOn: order.deliverOn === null ? null : dayText(order.deliverOn),
    note: order.note,
    lines: parts.store.lines(order.id).map((line, i) => {
      const item = kitchen?.items.get(line.item);
      const offer = supplier?.items.find((one) => one.item === line.item);
      return lineView(line, received[i] ?? 0, item, offer);
    }),
  };
}

function lineView(
  line: StoredOrderLine,
  received: Micro,
  item: StockItem | undefined,
  offer: SupplierItem | undefined,
): OrderLineView {
  const one = oneWritten(line);
  const pack = offer ? rationalFromMicro(offer.pack) : one.amount;
  const said = line.price === null ? undefined : rationalFromDecimal(line.price);
  // A price is said per 1 of the unit that the quantity is written in.
  const price = said ? money(div(mul(said, pack), one.amount)) : (offer?.price ?? null);
  return {
    item: line.item,
    name: item?.name ?? {},
    ordered: decimalFromMicro(line.qty),
    received: decimalFromMicro(received),
    unit: item?.unit ?? 'g',
    written: line.written,
    pack: offer?.packText ?? one.text,
    packAmount: decimalFromMicro(microFromRational(pack)),
    price,
    maxTemperature: item?.maxTemperature === undefined ? null : String(item.maxTemperature),
  };
}

/** 1 of the unit that a line is written in: "1 pack", and what that is in the base unit. */
function oneWritten(line: StoredOrderLine): { text: string; amount: Rational } {
  const written = parseQuantity(line.written);
  const whole = rationalFromMicro(line.qty);
  if (!written.ok || isZero(written.value)) return { text: line.written, amount: whole };
  return { text: `1 ${written.unit ?? ''}`.trim(), amount: div(whole, written.value) };
}

/** Decimal text with at least two decimals. */
function money(value: Rational): string {
  const text = decimalFromMicro(microFromRational(value));
  const [whole = '0', cents = ''] = text.split('.');
  return `${whole}.${cents.padEnd(2, '0')}`;
}
