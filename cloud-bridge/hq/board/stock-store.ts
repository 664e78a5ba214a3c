/** SQL of what lies in the stores, and what it is worth. */
import { UNALLOCATED } from '#recipes/ledger/entry.ts';
import { PLACES } from '#recipes/ledger/place.ts';
import type { Databases } from '../parts.ts';

type Db = Databases['chain'];
type Ids = readonly number[];

/** An item of a store, by its code; millionths and ten-thousandths. */
export type StockSum = {
  readonly store: number;
  readonly item: string;
  readonly unit: string;
  readonly amount: bigint;
  /** By the lots it came in; null when one of them has no known cost, or there is none. */
  readonly value: bigint | null;
};

/**
 * What is left of a lot is worth round-half-even(cost × left / amount), as the box reckons it
 * (`recipes/stock/lot-value`): in whole numbers, so that both come to the same.
 */
const WORTH = `CASE WHEN l.cost IS NULL THEN NULL WHEN b.amount = l.amount THEN l.cost ELSE
  sign(b.amount) * (w.whole + CASE WHEN 2 * w.rest > l.amount
    OR (2 * w.rest = l.amount AND mod(w.whole, 2) = 1) THEN 1 ELSE 0 END) END`;

/** What there is of every item in each of these lives. @param item only this code */
export async function stockSums(
  db: Db,
  [stores, lives]: readonly [Ids, Ids],
  item: string | undefined,
): Promise<StockSum[]> {
  const { rows } = await db.query<{
    store: number;
    item: string;
    unit: string;
    amount: string;
    value: string | null;
  }>({
    name: 'stock-sums',
    text: `SELECT b.store, i.code AS item, i.unit, sum(b.amount)::text AS amount,
             CASE WHEN bool_or(b.lot <> ${UNALLOCATED} AND (l.cost IS NULL OR l.amount <= 0))
               THEN NULL
             ELSE sum(CASE WHEN b.lot = ${UNALLOCATED} THEN 0 ELSE ${WORTH} END)::text
             END AS value
           FROM unnest($1::int[], $2::smallint[]) AS t (store, life)
           JOIN balance b ON b.store = t.store AND b.life = t.life
             AND b.place = ${PLACES.stock} AND b.amount <> 0
           JOIN item i ON i.store = b.store AND i.life = b.life AND i.id = b.item
           LEFT JOIN lot l ON l.store = b.store AND l.life = b.life AND l.id = b.lot
             AND l.amount > 0
           CROSS JOIN LATERAL (
             SELECT div(l.cost::numeric * abs(b.amount), l.amount) AS whole,
               mod(l.cost::numeric * abs(b.amount), l.amount) AS rest OFFSET 0) w
           WHERE $3::text IS NULL OR i.code = $3
           GROUP BY b.store, i.code, i.unit ORDER BY b.store, i.code`,
    values: [stores, lives, item ?? null],
  });
  return rows.map((row) => ({
    ...row,
    amount: BigInt(row.amount),
    value: row.value === null ? null : BigInt(row.value),
  }));
}

export type LotRow = {
  readonly item: string;
  /** Number; 0 = what was taken without a known lot. */
  readonly id: number;
  readonly code: string | null;
  readonly amount: bigint;
  /** Epoch milliseconds. */
  readonly receivedAt: number | null;
  readonly expiresAt: number | null;
};

/** Lots on the shelf of one store, in the order in which they are used up. */
export async function lotsOnShelf(db: Db, store: number, life: number): Promise<LotRow[]> {
  const { rows } = await db.query<{
    item: string;
    id: string;
    code: string | null;
    amount: string;
    received_at: string | null;
    expires_at: string | null;
  }>({
    name: 'lots-on-shelf',
    text: `SELECT i.code AS item, b.lot AS id, l.code, b.amount, l.received_at, l.expires_at
           FROM balance b
           JOIN item i ON i.store = b.store AND i.life = b.life AND i.id = b.item
           LEFT JOIN lot l ON l.store = b.store AND l.life = b.life AND l.id = b.lot
           WHERE b.store = $1 AND b.life = $2 AND b.place = ${PLACES.stock} AND b.amount <> 0
           ORDER BY i.code, l.expires_at NULLS LAST, b.lot`,
    values: [store, life],
  });
  return rows.map((row) => ({
    item: row.item,
    id: Number(row.id),
    code: row.code,
    amount: BigInt(row.amount),
    receivedAt: row.received_at === null ? null : Number(row.received_at),
    expiresAt: row.expires_at === null ? null : Number(row.expires_at),
  }));
}
