/** One step of an order: whether it can be taken now, its entry in the ledger, its line in the history. */
import {
  type OrderAct,
  type OrderState,
  type OrderStep,
  stepAfter,
} from '#recipes/purchasing/order-state.ts';
import type { CommandContext, Refusal } from '../commands/execute.ts';
import { appendOfCommand } from '../ledger/command-entry.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { refuse } from '../refuse.ts';
import type { HistoryStep, StepDetail } from './order-history.ts';
import type { OrderStore, StoredOrder } from './order-store.ts';
import { type Orders, unknownOrder } from './orders.ts';

/** What a step of an order works with. */
export type StepParts = {
  readonly ledger: Ledger;
  readonly dayOf: (at: number) => number;
  readonly store: OrderStore;
  readonly orders: Pick<Orders, 'standing'>;
};

/** An order that an act can be done to. */
export type Found = {
  readonly order: StoredOrder;
  readonly state: OrderState;
  readonly next: OrderStep;
};

/** The order and what the act makes of it, or why it cannot be done. */
export function findForAct(
  parts: Pick<StepParts, 'store' | 'orders'>,
  id: string,
  act: OrderAct,
): Found | Refusal {
  const order = parts.store.get(id);
  if (!order) return unknownOrder(id);
  const { state } = parts.orders.standing(order);
  const next = stepAfter(act, state);
  if (next !== undefined) return { order, state, next };
  const { en, zh } = STATES[state];
  return refuse('order_state', `order: "${id}" ${en}`, `order:订单“${id}”${zh}`);
}

/** A step to take: what it is called, what the order is after it, what the history says. */
export type Step = {
  /** The command or cause: "approve". */
  readonly what: string;
  readonly state: OrderStep;
  readonly revision: number;
  readonly history: readonly { readonly step: HistoryStep; readonly detail?: StepDetail }[];
};

/**
 * Writes the entry of a step with its lines in the history. Only inside `transact`.
 * @param facts kept in the entry beside the step
 * @returns sequence of the entry
 */
export function takeStep(
  parts: StepParts,
  order: Pick<StoredOrder, 'id' | 'supplier'>,
  step: Step,
  context: CommandContext | { readonly now: number },
  facts: object = {},
): number {
  const { what, state, revision, history } = step;
  const steps = history.map((one) => one.step);
  const note = {
    what,
    order: order.id,
    supplier: order.supplier,
    ...facts,
    state,
    revision,
    steps,
  };
  const seq =
    'id' in context
      ? appendOfCommand(parts, { kind: 'order', note }, context)
      : appendOwn(parts, note, context.now);
  const at = 'id' in context ? context.occurredAt : context.now;
  const actor = 'id' in context ? context.actor : null;
  for (const { step: name, detail } of history) {
    const text = detail === undefined ? null : JSON.stringify(detail);
    parts.store.addStep(order.id, { entry: seq, step: name, at, actor, detail: text });
  }
  return seq;
}

/** A step nobody asked for: a message was accepted, or given up. */
function appendOwn({ ledger, dayOf }: StepParts, note: object, now: number): number {
  const cause = { event: null, command: null, sale: null, reverses: null, book: null, actor: null };
  const times = { day: dayOf(now), occurredAt: now, recordedAt: now };
  const text = JSON.stringify(note);
  return ledger.append({ kind: 'order', ...cause, ...times, note: text }, ledger.draft());
}

const STATES: Readonly<Record<OrderState, { readonly en: string; readonly zh: string }>> = {
  draft: { en: 'is a draft; send it first', zh: '仍是草稿;请先发送' },
  submitted: { en: 'waits for approval', zh: '等待批准' },
  approved: { en: 'is approved', zh: '已批准' },
  rejected: { en: 'was rejected; change it and submit it again', zh: '已驳回;请修改后重新提交' },
  sent: {
    en: 'was sent already; send it again with again: true, or cancel it',
    zh: '已发送;可用 again: true 重发,或取消订单',
  },
  partly_received: {
    en: 'has come in part; close it with the receipt of the rest',
    zh: '已部分到货;请在收货时结束订单',
  },
  done: { en: 'is complete', zh: '已完成' },
  cancelled: { en: 'was cancelled', zh: '已取消' },
};
