/** What a sale sold, line by line, with what was taken back of it: for whoever works it out again. */
import { microFromDecimal } from '#recipes/amount.ts';
import { splitTaken } from '#recipes/stock/take-back.ts';
import type { EventStore } from './event-store.ts';
import { backByLine } from './rebalance.ts';
import { numberedLines, saleContent } from './sale-content.ts';
import type { StoredSale } from './sale-store.ts';
import type { TakenBackStore } from './taken-back-store.ts';

/** Undefined when the bytes of the sale say something else. */
export function soldContent(
  parts: { readonly events: EventStore; readonly backs: Pick<TakenBackStore, 'ofSale'> },
  sale: StoredSale,
) {
  const content = saleContent(parts.events, sale.event);
  if (!content) return undefined;
  const back = backByLine(parts.backs.ofSale(sale.id));
  return {
    occurredAt: sale.occurredAt,
    channel: content.channel,
    lines: numberedLines(sale, content).map(({ index, line }) => {
      const qty = microFromDecimal(line.qty);
      const taken = back.get(index);
      return {
        line,
        qty,
        /** Of what the line took, how much is out of stock after voids and refunds. */
        out: (amount: number) => (taken ? amount - splitTaken(amount, qty, taken).stock : amount),
      };
    }),
  };
}
