/** Where a purchase order stands: what was said of it, and what has come of it so far. */
import type { Micro } from '../amount.ts';

/** What people said: drafted, sent to the supplier, or called off. */
export type OrderStep = 'draft' | 'sent' | 'cancelled';

export type OrderState = OrderStep | 'partly_received' | 'done';

export type OrderedLine = { readonly item: string; readonly qty: Micro };

/** What one receipt brought of an item; `closes` = what is missing will not come. */
export type OrderReceipt = { readonly item: string; readonly qty: Micro; readonly closes: boolean };

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
  if (step !== 'sent' || receipts.length === 0) return step;
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
