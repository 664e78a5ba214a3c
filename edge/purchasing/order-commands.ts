/** Purchase orders, as far as receiving needs them: drafted, sent, called off. */
import type { OrderCreate, OrderNamed } from '#recipes/contracts/order-command.ts';
import type { Kitchen } from '#recipes/kitchen.ts';
import type { OrderStep } from '#recipes/purchasing/order-state.ts';
import { dayNumber } from '#recipes/time/business-day.ts';
import type { Carried, CommandContext, Handlers, Refusal } from '../commands/execute.ts';
import { appendOfCommand } from '../ledger/command-entry.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { refuse } from '../refuse.ts';
import type { OrderStore, StoredOrder, StoredOrderLine } from './order-store.ts';
import { type Orders, unknownOrder } from './orders.ts';

export type OrderCommandParts = {
  readonly ledger: Ledger;
  readonly dayOf: (at: number) => number;
  readonly store: OrderStore;
  readonly orders: Pick<Orders, 'standing'>;
  /** The book in force now. */
  readonly kitchen: () => Kitchen | undefined;
};

type Kinds = 'order.create' | 'order.send' | 'order.cancel';

export function orderCommands(parts: OrderCommandParts): Pick<Handlers, Kinds> {
  return {
    'order.create': (data, context) => createOrder(parts, data, context),
    'order.send': (data, context) => sendOrder(parts, data, context),
    'order.cancel': (data, context) => cancelOrder(parts, data, context),
  };
}

function createOrder(
  parts: OrderCommandParts,
  data: OrderCreate,
  context: CommandContext,
): Carried {
  const kitchen = parts.kitchen();
  if (!kitchen)
    return refuse(
      'no_book',
      'there is no recipe book yet; import one first',
      '还没有配方册;请先导入',
    );
  if (parts.store.get(data.order)) {
    return refuse(
      'order_exists',
      `order: there is an order "${data.order}" already; use another number`,
      `order:订单“${data.order}”已存在;请使用其他编号`,
    );
  }
  if (!kitchen.suppliers.has(data.supplier)) {
    return refuse(
      'unknown_supplier',
      `supplier: "${data.supplier}" is not in the recipe book`,
      `supplier:配方册中没有供应商“${data.supplier}”`,
    );
  }
  const lines = readLines(kitchen, data);
  if ('ok' in lines) return lines;
  const note = { what: 'create', ...data };
  const seq = appendOfCommand(parts, { kind: 'order', note }, context);
  const order: StoredOrder = {
    id: data.order,
    entry: seq,
    supplier: data.supplier,
    deliverOn: data.deliverOn === undefined ? null : dayNumber(data.deliverOn),
    step: 'draft',
    note: data.note ?? null,
  };
  parts.store.insert(order, lines);
  return { ok: true, seq, data: { order: data.order, state: 'draft' } };
}

function readLines(kitchen: Kitchen, data: OrderCreate): StoredOrderLine[] | Refusal {
  const lines: StoredOrderLine[] = [];
  for (const [i, said] of data.lines.entries()) {
    const item = kitchen.items.get(said.item);
    if (!item) {
      return refuse(
        'unknown_item',
        `lines[${i}].item: "${said.item}" is not in the recipe book`,
        `lines[${i}].item:配方册中没有物料“${said.item}”`,
      );
    }
    const qty = item.convert(said.qty);
    if (qty <= 0) {
      return refuse(
        'bad_quantity',
        `lines[${i}].qty must be more than 0`,
        `lines[${i}].qty 必须大于 0`,
      );
    }
    lines.push({ item: said.item, qty, written: String(said.qty), price: said.price ?? null });
  }
  return lines;
}

function sendOrder(parts: OrderCommandParts, data: OrderNamed, context: CommandContext): Carried {
  const order = parts.store.get(data.order);
  if (!order) return unknownOrder(data.order);
  if (order.step !== 'draft') return wrongState(order, parts);
  return setStep(parts, order, 'sent', data, context);
}

/** An order of which something has come is closed with a receipt, not cancelled. */
function cancelOrder(parts: OrderCommandParts, data: OrderNamed, context: CommandContext): Carried {
  const order = parts.store.get(data.order);
  if (!order) return unknownOrder(data.order);
  const { state } = parts.orders.standing(order);
  if (state !== 'draft' && state !== 'sent') return wrongState(order, parts);
  return setStep(parts, order, 'cancelled', data, context);
}

function setStep(
  parts: OrderCommandParts,
  order: StoredOrder,
  step: OrderStep,
  data: OrderNamed,
  context: CommandContext,
): Carried {
  const note = { what: step === 'sent' ? 'send' : 'cancel', supplier: order.supplier, ...data };
  const seq = appendOfCommand(parts, { kind: 'order', note }, context);
  parts.store.setStep(order.id, step);
  return { ok: true, seq, data: { order: order.id, state: step } };
}

function wrongState(order: StoredOrder, parts: OrderCommandParts): Refusal {
  const { state } = parts.orders.standing(order);
  const { en, zh } = STATES[state];
  return refuse('order_state', `order: "${order.id}" ${en}`, `order:订单“${order.id}”${zh}`);
}

const STATES = {
  draft: { en: 'is a draft; send it first', zh: '仍是草稿;请先发送' },
  sent: { en: 'was sent already', zh: '已发送' },
  partly_received: {
    en: 'has come in part; close it with the receipt of the rest',
    zh: '已部分到货;请在收货时结束订单',
  },
  done: { en: 'is complete', zh: '已完成' },
  cancelled: { en: 'was cancelled', zh: '已取消' },
} as const;
