/**
 * Approving, sending, calling off. Paper and telephone count as sent at once; a message counts when the
 * other side has accepted it, and until then the order stays approved with a waiting sending.
 */
import type {
  OrderApprove,
  OrderCancel,
  OrderChannel,
  OrderSend,
} from '#recipes/contracts/order-command.ts';
import type { Kitchen } from '#recipes/kitchen.ts';
import type { OrderStep } from '#recipes/purchasing/order-state.ts';
import type { Carried, CommandContext, Refusal } from '../commands/execute.ts';
import { refuse } from '../refuse.ts';
import type { HistoryStep, StepDetail } from './order-history.ts';
import type { OrderToStore, PrintOrder } from './order-papers.ts';
import { findForAct, type StepParts, takeStep } from './order-steps.ts';
import type { StoredOrder } from './order-store.ts';
import { tellSupplier } from './order-warnings.ts';
import type { Orders } from './orders.ts';
import { type Channels, shownTarget } from './sending/channels.ts';
import { GIVE_UP_MS, RING_MS, type SendingStore } from './sending/sending-store.ts';

/** What approving and sending work with. */
export type SendParts = StepParts & {
  readonly orders: Orders;
  /** The book in force now. */
  readonly kitchen: () => Kitchen | undefined;
  readonly sendings: SendingStore;
  readonly channels: Channels;
  /** Answers undefined while nothing here prints. */
  readonly print: (...asked: Parameters<PrintOrder>) => ReturnType<PrintOrder> | undefined;
  /** Undefined while nothing here sends to other stores. */
  readonly chain: () => OrderToStore | undefined;
};

/** How it is to go out. */
type Way = {
  readonly by: OrderChannel;
  readonly printer?: string | undefined;
  readonly language?: 'zh' | 'en' | undefined;
};

type History = { readonly step: HistoryStep; readonly detail?: StepDetail }[];

/** Approves an order and, when that was said, sends it in the same transaction. */
export function approveOrder(
  parts: SendParts,
  { order: id, send }: OrderApprove,
  context: CommandContext,
): Carried {
  const found = findForAct(parts, id, 'approve');
  if ('ok' in found) return found;
  if (send)
    return sendOut(parts, found.order, { what: 'approve', way: send, approves: true }, context);
  const { order, next: state } = found;
  const { revision } = order;
  parts.store.setStep(order.id, state);
  const history = [{ step: 'approved' }] as const;
  const seq = takeStep(parts, order, { what: 'approve', state, revision, history }, context);
  return { ok: true, seq, data: parts.orders.answer(order.id) };
}

/** Whoever may send an order may approve it: a draft that is sent is approved by that. */
export function sendOrder(parts: SendParts, data: OrderSend, context: CommandContext): Carried {
  const found = findForAct(parts, data.order, data.again ? 'resend' : 'send');
  if ('ok' in found) return found;
  const { order, state } = found;
  const before = data.again ? parts.sendings.ofOrder(order.id).at(-1)?.channel : undefined;
  const store = parts.kitchen()?.suppliers.get(order.supplier)?.store;
  const by = data.by ?? before ?? (store === undefined ? 'hand' : 'chain');
  const way = { by, printer: data.printer, language: data.language };
  const approves = state === 'draft' || state === 'submitted';
  return sendOut(parts, order, { what: 'send', way, approves }, context);
}

/**
 * An order of which something has come is closed with a receipt, not cancelled. Within the ring after an
 * approval nothing has gone out by message yet; later the supplier gets a message that it is off.
 */
export function cancelOrder(
  parts: SendParts,
  { order: id, reason }: OrderCancel,
  context: CommandContext,
): Carried {
  const found = findForAct(parts, id, 'cancel');
  if ('ok' in found) return found;
  const { order, state: before, next: state } = found;
  // Accepted, or on its way: then nobody knows yet. What was refused has told nobody anything.
  const told = parts.sendings
    .ofOrder(id)
    .findLast((one) => one.state === 'sent' || (one.state === 'waiting' && one.attempts > 0));
  parts.sendings.stop(id, 'cancelled', context.now);
  parts.store.setStep(id, state);
  const detail = {
    ...(reason === undefined ? {} : { reason }),
    ...(told ? { by: told.channel } : {}),
  };
  const history = [{ step: 'cancelled', detail }] as const;
  const { revision } = order;
  const facts = reason === undefined ? {} : { reason };
  const seq = takeStep(parts, order, { what: 'cancel', state, revision, history }, context, facts);
  if (told && !context.takenOver) {
    parts.sendings.insert({
      ...told,
      entry: seq,
      revision,
      what: 'cancel',
      createdAt: context.now,
      nextAt: context.now,
      giveUpAt: context.now + GIVE_UP_MS,
    });
  }
  const hears = parts.chain()?.cancel(id, context) === true;
  const { warnings, ...answer } = parts.orders.answer(id);
  const phone =
    before === 'sent' && !told && !hears ? [tellSupplier(parts.kitchen(), order.supplier)] : [];
  return { ok: true, seq, data: { ...answer, warnings: [...warnings, ...phone] } };
}

type Out = { readonly what: string; readonly way: Way; readonly approves: boolean };

function sendOut(
  parts: SendParts,
  order: StoredOrder,
  { what, way, approves }: Out,
  context: CommandContext,
): Carried {
  // One way at a time: a message that still waits would come after the paper.
  parts.sendings.stop(order.id, 'replaced', context.now);
  if (approves) parts.store.setStep(order.id, 'approved');
  const history: History = approves ? [{ step: 'approved' }] : [];
  const gone = goOut(parts, order, way, approves, context);
  if ('ok' in gone) return gone;
  const state: OrderStep = gone.sent || order.step === 'sent' ? 'sent' : 'approved';
  parts.store.setStep(order.id, state);
  history.push({ step: gone.sent ? 'sent' : 'sending', detail: gone.detail });
  const { revision } = order;
  const facts = { send: { ...way, ...gone.detail } };
  const seq = takeStep(parts, order, { what, state, revision, history }, context, facts);
  return { ok: true, seq, data: parts.orders.answer(order.id) };
}

type Gone = { readonly sent: boolean; readonly detail: StepDetail };

function goOut(
  parts: SendParts,
  order: StoredOrder,
  way: Way,
  approves: boolean,
  context: CommandContext,
): Gone | Refusal {
  if (way.by === 'chain') return toStore(parts, order, context);
  return way.by === 'hand' || way.by === 'print'
    ? onPaper(parts, order, way, approves, context)
    : byMessage(parts, order, way, context);
}

/** It is in the ledger, and the ledger goes to head office: that is as good as sent. */
function toStore(parts: SendParts, order: StoredOrder, context: CommandContext): Gone | Refusal {
  const to = parts.kitchen()?.suppliers.get(order.supplier)?.store;
  const chain = parts.chain();
  if (to === undefined || !chain) {
    return refuse(
      'no_channel',
      `by: the book does not say which store of the chain supplier "${order.supplier}" is; add store, or choose another way`,
      `by:配方册未说明供应商“${order.supplier}”是哪家门店;请填写 store,或换一种方式`,
    );
  }
  const { id, deliverOn, note } = order;
  const lines = parts.store.lines(id);
  const asked = chain.send({ order: id, to, deliverOn, lines, note }, context);
  if ('ok' in asked) return asked;
  return { sent: true, detail: { by: 'chain', target: to, requisition: asked.requisition } };
}

function onPaper(
  parts: SendParts,
  order: StoredOrder,
  { by, printer, language }: Way,
  approves: boolean,
  { actor, occurredAt: now, takenOver }: CommandContext,
): Gone | Refusal {
  // Another life of the box has printed it.
  if (by === 'hand' || takenOver) return { sent: true, detail: { by } };
  const view = parts.orders.get(order.id);
  // The paper names who approved it, which the history says only after this.
  const step = { step: 'approved', at: new Date(now).toISOString(), actor, detail: null } as const;
  const history = view && approves ? [...view.history, step] : view?.history;
  const printed =
    view && parts.print({ ...view, history: history ?? [] }, { printer, language, actor });
  if (!printed) return nothingPrints();
  if ('ok' in printed) return printed;
  const { job } = printed;
  return { sent: true, detail: { by, job, ...(printer === undefined ? {} : { printer }) } };
}

function byMessage(
  parts: SendParts,
  order: StoredOrder,
  { by, language }: Way,
  { now, takenOver }: CommandContext,
): Gone | Refusal {
  const supplier = parts.kitchen()?.suppliers.get(order.supplier);
  const channel = parts.channels.find(order.supplier, supplier, by);
  if ('ok' in channel) return takenOver ? { sent: false, detail: { by } } : channel;
  const { target, robot } = channel;
  const cutOff = parts.orders.deliveryOf(order)?.cutOff ?? 0;
  const sending = parts.sendings.insert({
    order: order.id,
    entry: parts.ledger.seq() + 1,
    revision: order.revision,
    what: 'order',
    channel: channel.by,
    robot,
    target,
    language: language ?? 'zh',
    createdAt: now,
    // Until the ring on the screen has closed, cancelling leaves no trace outside.
    nextAt: now + RING_MS,
    giveUpAt: Math.max(now + GIVE_UP_MS, cutOff),
  });
  // It waited in another life of the box, and probably went out there: a person decides.
  if (takenOver) parts.sendings.end(sending, 'failed', takenOver.recordedAt, MAYBE_SENT);
  return { sent: false, detail: { by, target: shownTarget(target) } };
}

const MAYBE_SENT = 'another life of this box may have sent it: ask the supplier';

function nothingPrints(): Refusal {
  return refuse(
    'channel_not_set_up',
    'by: no printer is set up here; add one, or phone the order through',
    'by:尚未设置打印机;请先添加,或改为电话下单',
  );
}
