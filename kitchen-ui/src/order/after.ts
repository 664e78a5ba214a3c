import type { PrintJob } from '../printers/printer-types.ts';
import type { OrderFull, OrderPast } from './order-types.ts';

/** The newest print job of an order: by the number in its history, else by its number in the title. */
export function printJobOf(order: OrderFull, jobs: readonly PrintJob[]): PrintJob | null {
  const named = jobNumber(order);
  const mine = jobs.filter(
    ({ job, kind, title }) =>
      String(job) === named || (kind === 'order' && title.includes(order.order)),
  );
  return mine.toSorted((a, b) => Number(b.job) - Number(a.job))[0] ?? null;
}

function jobNumber(order: OrderFull): string | null {
  for (const past of (order.history ?? []).toReversed()) {
    const job = detailOf(past)['job'];
    if (typeof job === 'number' || typeof job === 'string') return String(job);
  }
  return null;
}

/** What a step of the history says beyond itself. */
export function detailOf(past: OrderPast): Readonly<Record<string, unknown>> {
  const { detail } = past;
  return typeof detail === 'object' && detail !== null
    ? (detail as Readonly<Record<string, unknown>>)
    : {};
}
