/** What orders need of a person: a cut-off comes near, an approval, a telephone call, a lorry that is late. */
import type { Words } from '#recipes/contracts/command.ts';
import { nextDelivery } from '#recipes/purchasing/delivery-days.ts';
import { dayText } from '#recipes/time/business-day.ts';
import { localText } from '#recipes/time/local-text.ts';
import { nameIn } from '#recipes/words/words.ts';
import type { OrderView } from '../purchasing/order-view.ts';
import { type InboxAction, type InboxItem, type InboxParts, iso } from './inbox-item.ts';

const MINUTE_MS = 60_000;
/** A cut-off is told this long before, each time anew. */
const REMINDERS = [10, 30, 60] as const;
const LATE_MS = 60 * MINUTE_MS;
/** A cancellation that did not arrive stands this long: nobody can tick it off. */
const CANCEL_KEPT_MS = 24 * 60 * MINUTE_MS;
/** After so many attempts somebody should know that a message still waits. */
const PATIENT = 4;

/** Everything about orders; what is over is gone by itself. */
export function orderItems(parts: InboxParts): InboxItem[] {
  const orders = parts.purchase.open();
  return [
    ...cutOffs(parts),
    ...orders.filter(({ state }) => state === 'submitted').map(waiting),
    ...unsent(parts, orders),
    ...orders.flatMap((order) => late(order, parts)),
  ];
}

/** Suppliers that come next day, their cut-off is near, and nothing was ordered. */
function cutOffs(parts: InboxParts): InboxItem[] {
  const now = parts.now();
  const suppliers = parts.knowledge.at(now)?.kitchen.suppliers.values() ?? [];
  return [...suppliers].flatMap((supplier): InboxItem[] => {
    if (supplier.cutOff === undefined) return [];
    const { delivery } = nextDelivery(supplier, parts.purchase.timeZone, now);
    const left = Math.ceil((delivery.cutOff - now) / MINUTE_MS);
    const reminder = REMINDERS.find((minutes) => left <= minutes);
    if (reminder === undefined) return [];
    const day = dayText(delivery.date);
    const here = parts.purchase.ofDay(supplier.id, delivery.date);
    if (here.some(({ state }) => ORDERED.has(state))) return [];
    const draft = here.find(({ state }) => state === 'draft' || state === 'submitted');
    const zh = nameIn('zh', supplier.name, supplier.id);
    const en = nameIn('en', supplier.name, supplier.id);
    return [
      {
        id: `cut-off:${supplier.id}:${day}:${reminder}`,
        kind: 'order_cut_off',
        severity: reminder === 60 ? 'watch' : 'act',
        since: iso(delivery.cutOff - reminder * MINUTE_MS),
        title: { en: `${en}: order within ${left} min`, zh: `${zh}:还有 ${left} 分钟截单` },
        detail: draft
          ? {
              en: `${draft.order} for ${day} is not sent yet`,
              zh: `${day} 的 ${draft.order} 尚未发送`,
            }
          : { en: `nothing is ordered for ${day} yet`, zh: `${day} 尚未订货` },
        subject: {
          supplier: supplier.id,
          for: day,
          cutOff: iso(delivery.cutOff),
          order: draft?.order ?? null,
        },
        actions: [],
      },
    ];
  });
}

const ORDERED: ReadonlySet<string> = new Set(['approved', 'sent', 'partly_received', 'done']);

function waiting(order: OrderView): InboxItem {
  const { zh, en } = names(order);
  const submitted = order.history.findLast(({ step }) => step === 'submitted');
  const money = order.total === null ? '' : ` · ${order.currency} ${order.total}`;
  return {
    id: `approve:${order.order}`,
    kind: 'order_waiting',
    severity: 'act',
    since: submitted?.at ?? order.createdAt,
    title: { en: `Approve the order for ${en}`, zh: `待批准:${zh}` },
    detail: {
      en: `${order.order}${money}${submitted?.actor ? ` · by ${submitted.actor}` : ''}`,
      zh: `${order.order}${money}${submitted?.actor ? ` · ${submitted.actor} 提交` : ''}`,
    },
    subject: { order: order.order, supplier: order.supplier, total: order.total },
    actions: [act('Approve', '批准', 'order.approve', { order: order.order })],
  };
}

/** A message that did not arrive: print it and telephone. */
function unsent(parts: InboxParts, orders: readonly OrderView[]): InboxItem[] {
  const failed = parts.purchase.failed().flatMap((sending): InboxItem[] => {
    const order = parts.purchase.get(sending.order);
    const ended = sending.endedAt ?? sending.createdAt;
    const stands = sending.what === 'order' ? isLost(order) : ended > parts.now() - CANCEL_KEPT_MS;
    return order && stands
      ? [notSent(order, sending.id, sending.what, sending.error ?? '', iso(ended))]
      : [];
  });
  const stuck = orders.flatMap((order): InboxItem[] => {
    const open = order.sendings.at(-1);
    if (open?.state !== 'waiting' || open.attempts < PATIENT) return [];
    const item = notSent(order, open.id, open.what, open.error ?? '', open.at);
    return [{ ...item, severity: 'watch' }];
  });
  return [...failed, ...stuck];
}

const TOLD: ReadonlySet<string> = new Set(['sent', 'not_sent']);

/** Nothing went out since: no paper, no call. An order that was sent again may hold another state. */
function isLost(order: OrderView | undefined): boolean {
  if (order?.state !== 'approved' && order?.state !== 'sent') return false;
  const last = order.history.findLast(({ step }) => TOLD.has(step))?.step;
  return last === 'not_sent' || order.state === 'approved';
}

function notSent(
  order: OrderView,
  sending: number,
  what: 'order' | 'cancel',
  error: string,
  since: string,
): InboxItem {
  const { zh, en } = names(order);
  const phone = order.contact?.phone ?? null;
  const call = {
    en: phone === null ? 'phone them' : `phone ${phone}`,
    zh: phone === null ? '请致电' : `请致电 ${phone}`,
  };
  const data = { order: order.order };
  const again = order.state === 'sent' ? { again: true } : {};
  const off = what === 'cancel';
  return {
    id: `sending:${sending}`,
    kind: 'order_unsent',
    severity: 'act',
    since,
    title: off
      ? {
          en: `${en} does not know that ${order.order} is cancelled`,
          zh: `${zh} 未收到 ${order.order} 的取消通知`,
        }
      : { en: `${order.order} did not reach ${en}`, zh: `${order.order} 未送达 ${zh}` },
    detail: {
      en: `${off ? '' : 'print it and '}${call.en} (${error})`,
      zh: `${off ? '' : '请打印,'}${call.zh}(${error})`,
    },
    subject: { ...data, supplier: order.supplier, phone, error, sending },
    actions: off
      ? []
      : [
          ...(order.send.includes('print')
            ? [
                act('Print and phone', '打印并电话', 'order.send', {
                  ...data,
                  ...again,
                  by: 'print',
                }),
              ]
            : [act('Phoned', '已电话下单', 'order.send', { ...data, ...again, by: 'hand' })]),
          act('Try again', '重试', 'order.send', { ...data, again: true }),
        ],
  };
}

function late(order: OrderView, { now, purchase }: InboxParts): InboxItem[] {
  const expected = order.state === 'sent' || order.state === 'partly_received';
  if (!expected || order.arrivesAt === null) return [];
  const due = Date.parse(order.arrivesAt);
  if (now() < due + LATE_MS) return [];
  const { zh, en } = names(order);
  const phone = order.contact?.phone ?? '';
  const part = order.state === 'partly_received';
  const at = localText(due, purchase.timeZone);
  return [
    {
      id: `overdue:${order.order}`,
      kind: 'order_overdue',
      severity: 'act',
      since: order.arrivesAt,
      title: part
        ? {
            en: `${en}: the rest of ${order.order} is overdue`,
            zh: `${zh}:${order.order} 余货未到`,
          }
        : { en: `${en}: ${order.order} has not come`, zh: `${zh}:${order.order} 未到货` },
      detail: {
        en: `due ${at}; receive it, close it, or phone ${phone}`.trimEnd(),
        zh: `应到 ${at};请收货、结单或致电 ${phone}`.trimEnd(),
      },
      subject: { order: order.order, supplier: order.supplier, arrivesAt: order.arrivesAt, phone },
      actions: [],
    },
  ];
}

function names({ supplierName, supplier }: OrderView): Words {
  return { zh: nameIn('zh', supplierName, supplier), en: nameIn('en', supplierName, supplier) };
}

function act(en: string, zh: string, kind: string, data: object): InboxAction {
  return { label: { en, zh }, command: { kind, data } };
}
