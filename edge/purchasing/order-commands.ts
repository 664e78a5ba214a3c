/** What people do to purchase orders: draft, change, submit, approve, reject, send, cancel. */

import type {
  OrderCreate,
  OrderEdit,
  OrderReject,
  OrderSubmit,
} from '#recipes/contracts/order-command.ts';
import { dayNumber } from '#recipes/time/business-day.ts';
import type { Carried, CommandContext, Handlers, Refusal } from '../commands/execute.ts';
import { givenName } from '../given-name.ts';
import { numberedId } from '../ledger/numbered-id.ts';
import { refuse } from '../refuse.ts';
import { editLines, readLines } from './order-lines.ts';
import { approveOrder, cancelOrder, type SendParts, sendOrder } from './order-send.ts';
import { findForAct, takeStep } from './order-steps.ts';
import type { StoredOrder } from './order-store.ts';
import { unknownSupplier } from './unknown-supplier.ts';

/** What the commands on orders work with. */
export type OrderCommandParts = SendParts;

type Kinds =
  | 'order.create'
  | 'order.edit'
  | 'order.submit'
  | 'order.approve'
  | 'order.reject'
  | 'order.send'
  | 'order.cancel';

/** The handlers of everything that is done to orders. */
export function orderCommands(parts: OrderCommandParts): Pick<Handlers, Kinds> {
  return {
    'order.create': (data, context) => createOrder(parts, data, context),
    'order.edit': (data, context) => editOrder(parts, data, context),
    'order.submit': (data, context) => submitOrder(parts, data, context),
    'order.approve': (data, context) => approveOrder(parts, data, context),
    'order.reject': (data, context) => rejectOrder(parts, data, context),
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
  if (!kitchen) return NO_BOOK;
  const taken = data.order !== undefined && parts.store.get(data.order) !== undefined;
  if (data.order !== undefined && taken && !context.takenOver) return orderExists(data.order);
  const supplier = kitchen.suppliers.get(data.supplier);
  if (!supplier) return unknownSupplier(data.supplier);
  const lines = readLines(kitchen, supplier, data.lines);
  if ('ok' in lines) return lines;
  const deliverOn = data.deliverOn === undefined ? null : dayNumber(data.deliverOn);
  const day = deliverOn ?? parts.dayOf(context.now);
  const order: StoredOrder = {
    id: data.order !== undefined && !taken ? data.order : orderId(parts, day, context),
    entry: parts.ledger.seq() + 1,
    supplier: data.supplier,
    deliverOn,
    step: 'draft',
    note: data.note ?? null,
    createdAt: context.now,
    revision: 1,
  };
  const duplicates = parts.orders.duplicates(order);
  // It was ordered: that another life has ordered as well is for a person to see, in its warnings.
  if (duplicates.length > 0 && data.again !== true && !context.takenOver) {
    return orderDuplicate(data.supplier, duplicates);
  }
  parts.store.insert(order, lines);
  const step = {
    what: 'create',
    state: 'draft',
    revision: 1,
    history: [{ step: 'draft' }],
  } as const;
  const { order: _, ...said } = data;
  const seq = takeStep(parts, order, step, context, said);
  return { ok: true, seq, data: parts.orders.answer(order.id) };
}

function orderId({ store }: OrderCommandParts, day: number, context: CommandContext): string {
  const isFree = (id: string) => !store.has(id);
  return givenName(context, 0, isFree, () => numberedId('PO', day, store));
}

/** On an approved order: it becomes a draft of the next revision, and nothing of it goes out any more. */
function editOrder(parts: OrderCommandParts, data: OrderEdit, context: CommandContext): Carried {
  const found = findForAct(parts, data.order, 'edit');
  if ('ok' in found) return found;
  const { order, state, next } = found;
  const kitchen = parts.kitchen();
  if (!kitchen) return NO_BOOK;
  const supplier = kitchen.suppliers.get(order.supplier);
  if (!supplier) return unknownSupplier(order.supplier);
  const lines = editLines(kitchen, supplier, parts.store.lines(order.id), data.lines ?? []);
  if ('ok' in lines) return lines;
  if (lines.length === 0) return emptied(order.id);
  const revision = order.revision + (state === 'approved' ? 1 : 0);
  parts.store.replaceLines(order.id, lines);
  parts.store.change(order.id, { step: next, revision, note: data.note ?? order.note });
  parts.sendings.stop(order.id, 'changed', context.now);
  const detail = {
    ...(data.lines === undefined ? {} : { lines: data.lines }),
    ...(state === 'approved' ? { revision } : {}),
  };
  const step = {
    what: 'edit',
    state: next,
    revision,
    history: [{ step: 'edited', detail }],
  } as const;
  const { order: _, ...said } = data;
  const seq = takeStep(parts, order, step, context, said);
  return { ok: true, seq, data: parts.orders.answer(order.id) };
}

function submitOrder(
  parts: OrderCommandParts,
  data: OrderSubmit,
  context: CommandContext,
): Carried {
  const found = findForAct(parts, data.order, 'submit');
  if ('ok' in found) return found;
  const { order, next: state } = found;
  const { revision } = order;
  parts.store.setStep(order.id, state);
  const step = { what: 'submit', state, revision, history: [{ step: 'submitted' }] } as const;
  const seq = takeStep(parts, order, step, context);
  return { ok: true, seq, data: parts.orders.answer(order.id) };
}

function rejectOrder(
  parts: OrderCommandParts,
  { order: id, reason }: OrderReject,
  context: CommandContext,
): Carried {
  const found = findForAct(parts, id, 'reject');
  if ('ok' in found) return found;
  const { order, next: state } = found;
  const { revision } = order;
  parts.store.setStep(order.id, state);
  const history = [{ step: 'rejected', detail: { reason } }] as const;
  const seq = takeStep(parts, order, { what: 'reject', state, revision, history }, context, {
    reason,
  });
  return { ok: true, seq, data: parts.orders.answer(order.id) };
}

const NO_BOOK = refuse(
  'no_book',
  'there is no recipe book yet; import one first',
  '还没有配方册;请先导入',
);

function orderExists(id: string): Refusal {
  return refuse(
    'order_exists',
    `order: there is an order "${id}" already; use another number`,
    `order:订单“${id}”已存在;请使用其他编号`,
  );
}

function orderDuplicate(supplier: string, orders: readonly string[]): Refusal {
  const list = orders.join(', ');
  return {
    ...refuse(
      'order_duplicate',
      `supplier: ${list} is open for "${supplier}" and this day already; change that one, or send again: true`,
      `supplier:“${supplier}”当日已有未结订单 ${list};请修改该订单,或以 again: true 另下一单`,
    ),
    data: { duplicates: orders },
  };
}

function emptied(id: string): Refusal {
  return refuse(
    'order_empty',
    `lines: nothing would be left of order "${id}"; cancel it instead`,
    `lines:订单“${id}”将没有任何物料;请改为取消订单`,
  );
}
