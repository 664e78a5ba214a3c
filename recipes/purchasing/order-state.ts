/** Where a purchase order stands: what was said of it, and what has come of it so far. */
import type { Micro } from '../amount.ts';

/** What people said. Sent to the supplier: printed, phoned, or accepted by a mail server or robot. */
export const ORDER_STEPS = [
  'draft',
  'submitted',
  'approved',
  'rejected',
  'sent',
  'cancelled',
] as const;
export type OrderStep = (typeof ORDER_STEPS)[number];

/** Where an order stands: what was said, and of one that waits for goods what has come. */
export type OrderState = OrderStep | 'partly_received' | 'done';

/** What can be done to an order. */
export type OrderAct = 'edit' | 'submit' | 'approve' | 'reject' | 'send' | 'resend' | 'cancel';

/**
 * What an act makes of an order in a state; what is not here cannot be done. A manager may approve a
 * draft that nobody submitted, and whoever sends one approves it by that.
 */
export const ORDER_ACTS: Readonly<
  Record<OrderAct, Readonly<Partial<Record<OrderState, OrderStep>>>>
> = {
  // An approved order that changes must be approved again.
  edit: { draft: 'draft', submitted: 'submitted', rejected: 'draft', approved: 'draft' },
  submit: { draft: 'submitted', rejected: 'submitted' },
  approve: { draft: 'approved', submitted: 'approved' },
  reject: { submitted: 'rejected', draft: 'rejected' },
  send: { draft: 'sent', submitted: 'sent', approved: 'sent' },
  resend: { approved: 'sent', sent: 'sent', partly_received: 'sent' },
  cancel: {
    draft: 'cancelled',
    submitted: 'cancelled',
    approved: 'cancelled',
    rejected: 'cancelled',
    sent: 'cancelled',
  },
};

/** The step an act leads to, or undefined when it cannot be done in this state. */
export function stepAfter(act: OrderAct, state: OrderState): OrderStep | undefined {
  return ORDER_ACTS[act][state];
}

/** Nothing more is expected of it. */
export function isClosed(state: OrderState): boolean {
  return state === 'done' || state === 'cancelled' || state === 'rejected';
}

/** Goods may come in on it: sent, or approved and phoned through. */
export function isReceivable(step: OrderStep): boolean {
  return step === 'sent' || step === 'approved';
}

/** An item and how much of it was ordered. */
export type OrderedLine = { readonly item: string; readonly qty: Micro };

/** What one receipt brought of an item; `closes` = what is missing will not come. */
export type OrderReceipt = { readonly item: string; readonly qty: Micro; readonly closes: boolean };

/** Where an order stands, line by line. */
export type OrderStanding = {
  readonly state: OrderState;
  /** Received by line, in the order of the lines; more than was ordered stands on the last one. */
  readonly received: readonly Micro[];
  /** What has not come yet, by item. */
  readonly missing: readonly OrderedLine[];
};

/** @param receipts those that count: a receipt that was reversed brought nothing */
export function standingOf(
  step: OrderStep,
  lines: readonly OrderedLine[],
  receipts: readonly OrderReceipt[],
): OrderStanding {
  const open = new Map<string, Micro>();
  for (const { item, qty } of receipts) open.set(item, (open.get(item) ?? 0) + qty);
  const received = lines.map(({ item, qty }) => {
    const here = Math.min(qty, open.get(item) ?? 0);
    open.set(item, (open.get(item) ?? 0) - here);
    return here;
  });
  const missing = missingOf(lines, received);
  lines.forEach(({ item }, i) => {
    const isLast = lines.findLastIndex((line) => line.item === item) === i;
    if (isLast) received[i] = (received[i] ?? 0) + (open.get(item) ?? 0);
  });
  return { state: stateOf(step, receipts, missing), received, missing };
}

function stateOf(
  step: OrderStep,
  receipts: readonly OrderReceipt[],
  missing: readonly OrderedLine[],
): OrderState {
  if (!isReceivable(step) || receipts.length === 0) return step;
  if (missing.length === 0 || receipts.some(({ closes }) => closes)) return 'done';
  return 'partly_received';
}

function missingOf(lines: readonly OrderedLine[], received: readonly Micro[]): OrderedLine[] {
  const missing = new Map<string, Micro>();
  lines.forEach(({ item, qty }, i) => {
    const rest = qty - (received[i] ?? 0);
    if (rest > 0) missing.set(item, (missing.get(item) ?? 0) + rest);
  });
  return [...missing].map(([item, qty]) => ({ item, qty }));
}
