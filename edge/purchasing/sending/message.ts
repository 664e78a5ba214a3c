/** What a supplier is told: the order as a person reads it, in one language or both. */

import { localText } from '#recipes/time/local-text.ts';
import { readableText } from '#recipes/words/readable.ts';
import { type Name, nameIn } from '#recipes/words/words.ts';
import type { OrderLineView, OrderView } from '../order-view.ts';
import type { MessageChannel, Robot } from './sending-store.ts';

/** The languages of a message. */
export type Lang = 'zh' | 'en';

/** One message, as it is tried now. */
export type Message = {
  /** The same for every attempt and resend of one revision: by it a receiver knows what it has. */
  readonly id: string;
  readonly what: 'order' | 'cancel';
  readonly channel: MessageChannel;
  readonly robot: Robot | null;
  /** Where to, with whatever secret is in it. */
  readonly address: string;
  readonly language: Lang;
  readonly order: OrderView;
  readonly store: { readonly id: string; readonly name: Name; readonly timeZone: string };
};

/** What came of an attempt. */
export type Outcome =
  | { readonly kind: 'accepted' }
  /** It may go better later. */
  | { readonly kind: 'later'; readonly error: string; readonly afterMs?: number }
  /** The other side will never take it. */
  | { readonly kind: 'refused'; readonly error: string };

/** The id of what is sent: of an order and its revision, or of its cancellation. */
export function messageId(order: string, revision: number, what: 'order' | 'cancel'): string {
  return `${order}:r${revision}${what === 'cancel' ? ':cancel' : ''}`;
}

/** The first line: what it is, which order, which revision. */
export function headline(lang: Lang, { what, order, store }: Message): string {
  const from = nameIn(lang, store.name, store.id);
  const { order: id, revision } = order;
  if (lang === 'zh') {
    return what === 'cancel'
      ? `【订单取消】${id} · ${from}`
      : `【采购订单】${id} 第${revision}版 · ${from}`;
  }
  return what === 'cancel'
    ? `[Order cancelled] ${id} · ${from}`
    : `[Purchase order] ${id} rev ${revision} · ${from}`;
}

/** Everything as lines of plain text, the first one is the headline. */
export function messageLines(lang: Lang, message: Message): string[] {
  const { what, order } = message;
  const say = WORDS[lang];
  const head = [
    headline(lang, message),
    `${say.supplier}${nameIn(lang, order.supplierName, order.supplier)}`,
  ];
  const when = arrival(message);
  if (when !== null) head.push(`${say.deliver}${when}`);
  if (what === 'cancel') return [...head, say.cancelled].map(oneLine);
  if (order.revision > 1) head.push(say.replaces);
  const lines = order.lines.map((line, i) => `${i + 1}. ${lineText(lang, line)}`);
  const total = order.total === null ? [] : [`${say.total}${order.currency} ${order.total}`];
  const note = order.note === null ? [] : [`${say.note}${order.note}`];
  return [...head, ...lines, ...total, ...note].map(oneLine);
}

/** Whatever breaks a line or turns its direction could forge a line of the order. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ');
}

const WORDS = {
  zh: {
    supplier: '供应商:',
    deliver: '到货:',
    total: '合计:',
    note: '备注:',
    replaces: '本版代替之前各版',
    cancelled: '此订单已取消,请勿送货。',
  },
  en: {
    supplier: 'Supplier: ',
    deliver: 'Deliver: ',
    total: 'Total: ',
    note: 'Note: ',
    replaces: 'Replaces all earlier revisions',
    cancelled: 'This order is cancelled: please do not deliver it.',
  },
} as const;

function lineText(lang: Lang, line: OrderLineView): string {
  const amount = readableText(lang, line.ordered, line.unit, 3).replaceAll('\u00a0', ' ');
  const whole = /^\d+$/.test(line.packs) && line.packs !== '0';
  const packs = whole ? `${line.packs} × ${line.pack} = ${amount}` : amount;
  const money = line.amount === null ? '' : `  ${line.amount}`;
  return `${nameIn(lang, line.name, line.item)}  ${packs}${money}`;
}

function arrival({ order, store }: Message): string | null {
  if (order.arrivesAt === null) return order.deliverOn;
  return localText(Date.parse(order.arrivesAt), store.timeZone);
}
