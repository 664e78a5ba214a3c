/** SQL of stock by lot, now or as it was, from the moves themselves. */
import { PLACES } from '#recipes/ledger/place.ts';
import type { Db } from '../db/open.ts';
import { MOVES_PER_ENTRY } from '../ledger/entry-store.ts';

export type StockRow = {
  readonly item: string;
  readonly unit: string;
  /** Null = the unallocated pseudo-lot. */
  readonly lot: string | null;
  readonly amount: number;
  readonly receivedAt: number | null;
  readonly expiresAt: number | null;
  readonly supplier: string | null;
};

export type StockHistory = {
  /** Stock from all entries recorded before `instant` (epoch milliseconds); undefined = all. */
  at(instant: number | undefined): StockRow[];
};

export function openStockHistory(db: Db): StockHistory {
  const query = db.prepare(`
    SELECT i.code AS item, i.unit, l.code AS lot, l.received_at AS receivedAt,
           l.expires_at AS expiresAt, l.supplier,
           sum(CASE WHEN m.dst = ${PLACES.stock} THEN m.amount ELSE 0 END
             - CASE WHEN m.src = ${PLACES.stock} THEN m.amount ELSE 0 END) AS amount
      FROM move m
      JOIN entry e ON e.seq = m.id / ${MOVES_PER_ENTRY}
      JOIN item i ON i.id = m.item
      LEFT JOIN lot l ON l.id = m.lot
     WHERE e.recorded_at < ?
     GROUP BY m.item, m.lot
    HAVING sum(CASE WHEN m.dst = ${PLACES.stock} THEN m.amount ELSE 0 END
             - CASE WHEN m.src = ${PLACES.stock} THEN m.amount ELSE 0 END) <> 0
     ORDER BY i.code, l.expires_at, m.lot`);
  return { at: (instant) => query.all(instant ?? Number.MAX_SAFE_INTEGER) as StockRow[] };
}
