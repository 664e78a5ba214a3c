/** How orders become paper. Printing is another part of the box: it hands its functions over when it opens. */
import type { PrintOrder } from './order-send.ts';
import type { OrderView } from './order-view.ts';

/** An order on A4, for the supplier and the files. */
export type OrderPdf = (order: OrderView, language?: 'zh' | 'en') => Promise<Uint8Array>;

/** What printing has handed over so far. */
export type OrderPapers = {
  print: PrintOrder | undefined;
  /** Whether a printer would take an order now. */
  prints: () => boolean;
  pdf: OrderPdf | undefined;
};

/** Nothing prints until somebody says how. */
export function openPapers(): OrderPapers {
  return { print: undefined, prints: () => false, pdf: undefined };
}
