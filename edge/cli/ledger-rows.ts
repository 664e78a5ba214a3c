/** Moves and stock of the database file as rows for a table. */
import { decimalFromMicro } from '#recipes/amount.ts';
import { UNALLOCATED } from '#recipes/ledger/entry.ts';
import { placeName } from '#recipes/ledger/place.ts';
import type { Db } from '../db/open.ts';
import { openItemRegistry } from '../ledger/item-store.ts';
import { openMoveStore } from '../ledger/move-store.ts';
import { openStockHistory } from './stock-history-store.ts';

export type RowColumn = { readonly header: string; readonly number?: true };

export type Times = { readonly from?: number; readonly to?: number };

export const MOVE_COLUMNS: readonly RowColumn[] = [
  { header: 'seq', number: true },
  { header: 'at' },
  { header: 'recorded_at' },
  { header: 'kind' },
  { header: 'item' },
  { header: 'lot' },
  { header: 'from' },
  { header: 'to' },
  { header: 'amount', number: true },
  { header: 'unit' },
  { header: 'sale' },
  { header: 'event' },
  { header: 'command' },
  { header: 'actor' },
];

const PAGE = 5_000;

/** By when they happened, oldest first as recorded. */
export function moveRows(db: Db, times: Times): string[][] {
  const items = openItemRegistry(db);
  const moves = openMoveStore(db);
  const rows: string[][] = [];
  let cursor: number | undefined;
  for (;;) {
    const page = moves.read({
      ...times,
      ...(cursor === undefined ? {} : { cursor }),
      limit: PAGE,
      newestFirst: false,
    });
    for (const row of page) {
      rows.push([
        String(row.seq),
        new Date(row.occurredAt).toISOString(),
        new Date(row.recordedAt).toISOString(),
        row.kind,
        items.code(row.item),
        row.lot === UNALLOCATED ? 'unallocated' : (row.lotCode ?? String(row.lot)),
        placeName(row.from) ?? String(row.from),
        placeName(row.to) ?? String(row.to),
        decimalFromMicro(row.amount),
        items.unit(row.item),
        row.saleId ?? '',
        row.eventId ?? '',
        row.command ?? '',
        row.actor ?? '',
      ]);
    }
    cursor = page.at(-1)?.id;
    if (page.length < PAGE) return rows;
  }
}

export const STOCK_COLUMNS: readonly RowColumn[] = [
  { header: 'item' },
  { header: 'lot' },
  { header: 'on_hand', number: true },
  { header: 'unit' },
  { header: 'received_at' },
  { header: 'expires_at' },
  { header: 'supplier' },
];

/** What lies in stock, by lot; with `to` as it was recorded before that instant. */
export function stockRows(db: Db, { to }: Times): string[][] {
  const time = (at: number | null) => (at === null ? '' : new Date(at).toISOString());
  return openStockHistory(db)
    .at(to)
    .map((row) => [
      row.item,
      row.lot ?? 'unallocated',
      decimalFromMicro(row.amount),
      row.unit,
      time(row.receivedAt),
      time(row.expiresAt),
      row.supplier ?? '',
    ]);
}
