/** Balances of a box compared with ours, row by row: which differ, and how many. */
import type { Pool, PoolClient } from 'pg';
import { inTransaction } from '../db/transaction.ts';
import { digestAfter } from '../ingest/changes.ts';
import { lockLives } from './life-store.ts';

export type BoxBalances = {
  readonly incarnation: string;
  /** Right after this entry. */
  readonly seq: number;
  readonly hash: string;
  /** [item, place, lot, amount]; a balance of 0 may be missing. */
  readonly rows: readonly (readonly [number, number, number, number])[];
};

export type Compared =
  | { readonly what: 'compared'; readonly differences: number }
  /** Only balances at the same entry can be compared. */
  | { readonly what: 'elsewhere'; readonly seq: number; readonly hash: string }
  | { readonly what: 'unknown' };

/** Names at most this many. */
export const NAMED_MAX = 100;

/** Compares the balances of a box with ours, row by row, and keeps what differs. */
export function compareBalances(pool: Pool, store: number, box: BoxBalances): Promise<Compared> {
  // Locked, so that no batch moves the balances while they are read.
  return inTransaction(pool, (db) => compare(db, store, box));
}

async function compare(db: PoolClient, store: number, box: BoxBalances): Promise<Compared> {
  const lives = await lockLives(db, store);
  const life = lives.find(({ incarnation }) => incarnation === box.incarnation);
  if (life === undefined) return { what: 'unknown' };
  if (life.seq !== box.seq || life.hash !== box.hash || life.digest === '') {
    return { what: 'elsewhere', seq: life.seq, hash: life.hash };
  }
  const ours = await readBalances(db, store, life.id);
  const differing = differencesOf(ours, box.rows);
  await db.query(
    `UPDATE life SET differences = $3, differing = $4::jsonb, digest = $5, compared_seq = seq,
       compared_at = clock_timestamp(), named_at = clock_timestamp()
     WHERE store = $1 AND id = $2`,
    [
      store,
      life.id,
      differing.length,
      differing.length === 0 ? null : JSON.stringify(differing.slice(0, NAMED_MAX)),
      // Of the balances as they are: where only the running digest was wrong, that ends here.
      digestAfter(
        '0',
        ours.map(([item, place, lot, amount]) => ({ item, place, lot, amount })),
      ),
    ],
  );
  return { what: 'compared', differences: differing.length };
}

type Balance = readonly [item: number, place: number, lot: number, amount: number];

export type Difference = {
  readonly item: number;
  readonly place: number;
  readonly lot: number;
  /** Millionths of the base unit. */
  readonly hq: number;
  readonly box: number;
};

/** Balances that are not the same at both ends, by item; 0 and missing are the same. */
export function differencesOf(hq: readonly Balance[], box: readonly Balance[]): Difference[] {
  const sums = new Map<string, Difference>();
  const add = (end: 'hq' | 'box', [item, place, lot, amount]: Balance): void => {
    const key = `${item},${place},${lot}`;
    const known = sums.get(key) ?? { item, place, lot, hq: 0, box: 0 };
    sums.set(key, { ...known, [end]: known[end] + amount });
  };
  for (const row of hq) add('hq', row);
  for (const row of box) add('box', row);
  return [...sums.values()]
    .filter((one) => one.hq !== one.box)
    .sort((a, b) => a.item - b.item || a.place - b.place || a.lot - b.lot);
}

/** All balances of a life that are not 0. */
export async function readBalances(
  db: Pool | PoolClient,
  store: number,
  life: number,
): Promise<Balance[]> {
  const { rows } = await db.query<{ item: number; place: number; lot: string; amount: string }>(
    `SELECT item, place, lot, amount FROM balance
     WHERE store = $1 AND life = $2 AND amount <> 0`,
    [store, life],
  );
  return rows.map(({ item, place, lot, amount }) => [item, place, Number(lot), Number(amount)]);
}
