/** What was wasted, as rows for a table: one for each entry that stands. */
import { decimalFromMicro } from '#recipes/amount.ts';
import type { Db } from '../db/open.ts';
import { openItemRegistry } from '../ledger/item-store.ts';
import { moneyOf } from '../ledger/money.ts';
import { openReportStore } from '../reports/report-store.ts';
import type { RowColumn, Times } from './ledger-rows.ts';

export const WASTE_COLUMNS: readonly RowColumn[] = [
  { header: 'seq', number: true },
  { header: 'at' },
  { header: 'item' },
  { header: 'dish' },
  { header: 'lot' },
  { header: 'qty', number: true },
  { header: 'unit' },
  { header: 'reason' },
  { header: 'station' },
  { header: 'actor' },
  { header: 'cost', number: true },
];

/** By when it happened; what was taken back is left out. Of a dish the quantity is in dishes. */
export function wasteRows(db: Db, { from = 0, to = Number.MAX_SAFE_INTEGER }: Times): string[][] {
  const items = openItemRegistry(db);
  const unitOf = (item: string) => {
    const number = items.find(item);
    return number === undefined ? '' : items.unit(number);
  };
  const span = { from: 0, to: Number.MAX_SAFE_INTEGER, fromAt: from, toAt: to };
  return openReportStore(db)
    .entries(span, ['waste'])
    .map(({ seq, occurredAt, actor, note }) => {
      const item = textOf(note['item']);
      const cost = note['cost'];
      return [
        String(seq),
        new Date(occurredAt).toISOString(),
        item,
        textOf(note['sku']),
        textOf(note['lot']),
        decimalFromMicro(Number(note['qty'] ?? 0)),
        item === '' ? 'ea' : unitOf(item),
        textOf(note['reason']),
        textOf(note['station']),
        actor ?? '',
        typeof cost === 'number' ? moneyOf(cost) : '',
      ];
    });
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
