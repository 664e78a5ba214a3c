/** The tables beside the ledger: what they have under a number stays, so a batch may come twice. */
import type { PoolClient } from 'pg';
import type { Batch } from '#recipes/contracts/sync.ts';

type Items = NonNullable<Batch['items']>;
type Lots = NonNullable<Batch['lots']>;
type Books = NonNullable<Batch['books']>;

/** Keeps items by number; those that are there already stay. */
export async function insertItems(
  db: PoolClient,
  store: number,
  life: number,
  items: Items,
): Promise<void> {
  await db.query({
    name: 'insert-items',
    text: `INSERT INTO item (store, life, id, code, unit)
           SELECT $1, $2, id, code, unit
             FROM unnest($3::int[], $4::text[], $5::text[]) AS t (id, code, unit)
           ON CONFLICT DO NOTHING`,
    values: [store, life, ...columns(items, 3)],
  });
}

/** Keeps lots by number; those that are there already stay. */
export async function insertLots(
  db: PoolClient,
  store: number,
  life: number,
  lots: Lots,
): Promise<void> {
  await db.query({
    name: 'insert-lots',
    text: `INSERT INTO lot (store, life, id, item, code, supplier, entry, amount, cost, received_at,
             produced_at, expires_at, parent)
           SELECT $1, $2, t.*
             FROM unnest($3::bigint[], $4::int[], $5::text[], $6::text[], $7::bigint[], $8::bigint[],
               $9::bigint[], $10::bigint[], $11::bigint[], $12::bigint[], $13::bigint[]) AS t
           ON CONFLICT DO NOTHING`,
    values: [store, life, ...columns(lots, 11)],
  });
}

/** Keeps books by version; those that are there already stay. */
export async function insertBooks(
  db: PoolClient,
  store: number,
  life: number,
  books: Books,
): Promise<void> {
  const rows = books.map((b) => [b.version, b.entry, b.validFrom, b.adoptedAt, b.document]);
  await db.query({
    name: 'insert-books',
    text: `INSERT INTO book (store, life, version, entry, valid_from, adopted_at, document)
           SELECT $1, $2, t.*
             FROM unnest($3::int[], $4::bigint[], $5::bigint[], $6::bigint[], $7::text[]) AS t
           ON CONFLICT DO NOTHING`,
    values: [store, life, ...columns(rows, 5)],
  });
}

/** What happened, as the box packed it; the number follows the last one of this life. */
export async function insertSegment(
  db: PoolClient,
  store: number,
  life: number,
  batch: Pick<Batch, 'from' | 'to' | 'events'>,
  facts: Buffer,
): Promise<void> {
  await db.query({
    name: 'insert-segment',
    text: `INSERT INTO segment (store, life, id, from_seq, to_seq, from_event, to_event, facts)
           SELECT $1, $2, coalesce(max(id), 0) + 1, $3::bigint, $4::bigint, $5::bigint, $6::bigint,
             $7::bytea
             FROM segment WHERE store = $1 AND life = $2`,
    values: [
      store,
      life,
      batch.from,
      batch.to,
      (batch.events?.after ?? 0) + 1,
      batch.events?.to ?? 0,
      facts,
    ],
  });
}

/** Rows turned into one list per column. */
function columns(rows: readonly (readonly unknown[])[], count: number): unknown[][] {
  return Array.from({ length: count }, (_, column) => rows.map((row) => row[column]));
}
