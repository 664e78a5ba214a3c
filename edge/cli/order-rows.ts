/** Purchase orders as rows for a table: one for each line, by when they were created. */
import { openReadOrders } from '../box-purchasing.ts';
import type { Db } from '../db/open.ts';
import type { RowColumn, Times } from './ledger-rows.ts';

/** Headers of the table. */
export const ORDER_COLUMNS: readonly RowColumn[] = [
  { header: 'order' },
  { header: 'revision', number: true },
  { header: 'state' },
  { header: 'supplier' },
  { header: 'created_at' },
  { header: 'deliver_on' },
  { header: 'item' },
  { header: 'qty', number: true },
  { header: 'unit' },
  { header: 'packs', number: true },
  { header: 'pack' },
  { header: 'price', number: true },
  { header: 'amount', number: true },
  { header: 'currency' },
  { header: 'suggested', number: true },
  { header: 'received', number: true },
  { header: 'approved_by' },
  { header: 'sent_at' },
  { header: 'sent_by' },
  { header: 'note' },
];

/** Cancelled orders, too: the column `state` says so. */
export function orderRows(
  db: Db,
  { from = 0, to = Number.MAX_SAFE_INTEGER }: Times,
  now: number,
): string[][] {
  const orders = openReadOrders(db, now);
  return orders.between(from, to).flatMap((order) => {
    const approved = order.history.findLast(({ step }) => step === 'approved');
    const sent = order.history.findLast(({ step }) => step === 'sent');
    return order.lines.map((line) => [
      order.order,
      String(order.revision),
      order.state,
      order.supplier,
      order.createdAt,
      order.deliverOn ?? '',
      line.item,
      line.ordered,
      line.unit,
      line.packs,
      line.pack,
      line.price ?? '',
      line.amount ?? '',
      order.currency,
      line.suggested ?? '',
      line.received,
      approved?.actor ?? '',
      sent?.at ?? '',
      sent?.detail?.by ?? '',
      order.note ?? '',
    ]);
  });
}
