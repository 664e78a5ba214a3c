/**
 * What a life has from its parent: sums as they were where it parted, and what stood beside the
 * ledger by then. Numbers given out later may mean other things in the two.
 */
import type { PoolClient } from 'pg';
import { applyChanges } from '../ingest/change-store.ts';
import { Changes, digestAfter } from '../ingest/changes.ts';
import { foldEntries } from '../ingest/fold-store.ts';
import type { Life } from './life-store.ts';
import { after, lineageIn } from './lineage.ts';

/** The heads of what was inherited. */
export type Inherited = Pick<Life, 'digest' | 'lots' | 'books'>;

/**
 * Writes balances, flows, totals, items, lots and books of life `id` as they were in `parent` after
 * its entry `seq`. Sums that stood there for `id` are replaced; what it has told of the rest stays.
 */
export async function inherit(
  db: PoolClient,
  lives: readonly Life[],
  parent: Life,
  id: number,
  seq: number,
): Promise<Inherited> {
  const { store } = parent;
  const key = [store, id, parent.id];
  for (const table of SUMS) {
    await db.query(`DELETE FROM ${table} WHERE store = $1 AND life = $2`, [store, id]);
    await db.query(copyOf(table), key);
  }
  // A backup is of yesterday, so what came after it is little beside what was there.
  const later = new Changes();
  await foldEntries(db, store, after(lineageIn(lives, parent.id), seq), (entry) =>
    later.add(entry),
  );
  await applyChanges(db, store, id, later, -1);
  const taken = later.balances().map((row) => ({ ...row, amount: -row.amount }));
  await copyItems(db, key);
  return {
    digest: digestAfter(parent.digest, taken),
    lots: await copyUpTo(db, 'lot', 'id', [...key, seq]),
    books: await copyUpTo(db, 'book', 'version', [...key, seq]),
  };
}

const SUMS = ['balance', 'flow', 'day_total'];
const COLUMNS: Readonly<Record<string, string>> = {
  balance: 'item, place, lot, amount',
  flow: 'day, item, src, dst, amount',
  day_total: 'day, kind, entries, sales',
  lot: 'id, item, code, supplier, entry, amount, cost, received_at, produced_at, expires_at, parent',
  book: 'version, entry, valid_from, adopted_at, document',
};

function copyOf(table: string): string {
  return `INSERT INTO ${table} (store, life, ${COLUMNS[table]})
          SELECT $1, $2, ${COLUMNS[table]} FROM ${table} WHERE store = $1 AND life = $3`;
}

/** Items that moved before; the box sends all of its own once more, because they have no entry. */
async function copyItems(db: PoolClient, key: readonly number[]): Promise<void> {
  await db.query(
    `INSERT INTO item (store, life, id, code, unit)
     SELECT $1, $2, id, code, unit FROM item
       WHERE store = $1 AND life = $3 AND id IN
         (SELECT item FROM flow WHERE store = $1 AND life = $2 AND amount <> 0)
     ON CONFLICT DO NOTHING`,
    [...key],
  );
}

/** Rows whose entry both lives have. @returns the highest number */
async function copyUpTo(
  db: PoolClient,
  table: 'lot' | 'book',
  number: string,
  key: readonly number[],
): Promise<number> {
  const { rows } = await db.query<{ head: string }>(
    `WITH copied AS (${copyOf(table)} AND entry <= $4 ON CONFLICT DO NOTHING RETURNING ${number} AS number)
     SELECT coalesce(max(number), 0) AS head FROM copied`,
    [...key],
  );
  return Number(rows[0]?.head ?? 0);
}
