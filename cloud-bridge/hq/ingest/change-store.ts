/** Sums of one life, brought up to date by what a batch changed: a statement for each table. */
import type { Pool, PoolClient } from 'pg';
import type { BalanceRow, Changes, DayTotalRow, FlowRow } from './changes.ts';

type Db = Pool | PoolClient;

/** Adds what entries changed. @param sign -1 takes it back */
export async function applyChanges(
  db: Db,
  store: number,
  life: number,
  changes: Changes,
  sign: 1 | -1 = 1,
): Promise<void> {
  await applyBalances(db, store, life, changes.balances(), sign);
  await addFlows(db, store, life, changes.flows(), sign);
  await addTotals(db, store, life, changes.totals(), sign);
}

/** Adds to balances. @param sign -1 takes it back */
export async function applyBalances(
  db: Db,
  store: number,
  life: number,
  rows: readonly BalanceRow[],
  sign: number,
): Promise<void> {
  if (rows.length === 0) return;
  await db.query({
    name: 'add-balances',
    text: `INSERT INTO balance AS b (store, life, item, place, lot, amount)
           SELECT $1, $2, item, place, lot, amount
             FROM unnest($3::int[], $4::smallint[], $5::bigint[], $6::bigint[])
             AS t (item, place, lot, amount)
           ON CONFLICT (store, life, item, place, lot)
             DO UPDATE SET amount = b.amount + excluded.amount`,
    values: [
      store,
      life,
      rows.map(({ item }) => item),
      rows.map(({ place }) => place),
      rows.map(({ lot }) => lot),
      rows.map(({ amount }) => sign * amount),
    ],
  });
}

async function addFlows(
  db: Db,
  store: number,
  life: number,
  rows: readonly FlowRow[],
  sign: number,
): Promise<void> {
  if (rows.length === 0) return;
  await db.query({
    name: 'add-flows',
    text: `INSERT INTO flow AS f (store, life, day, item, src, dst, amount)
           SELECT $1, $2, day, item, src, dst, amount
             FROM unnest($3::int[], $4::int[], $5::smallint[], $6::smallint[], $7::bigint[])
             AS t (day, item, src, dst, amount)
           ON CONFLICT (store, life, day, item, src, dst)
             DO UPDATE SET amount = f.amount + excluded.amount`,
    values: [
      store,
      life,
      rows.map(({ day }) => day),
      rows.map(({ item }) => item),
      rows.map(({ src }) => src),
      rows.map(({ dst }) => dst),
      rows.map(({ amount }) => sign * amount),
    ],
  });
}

async function addTotals(
  db: Db,
  store: number,
  life: number,
  rows: readonly DayTotalRow[],
  sign: number,
): Promise<void> {
  if (rows.length === 0) return;
  await db.query({
    name: 'add-totals',
    text: `INSERT INTO day_total AS d (store, life, day, kind, entries, sales)
           SELECT $1, $2, day, kind, entries, sales
             FROM unnest($3::int[], $4::smallint[], $5::int[], $6::int[])
             AS t (day, kind, entries, sales)
           ON CONFLICT (store, life, day, kind)
             DO UPDATE SET entries = d.entries + excluded.entries, sales = d.sales + excluded.sales`,
    values: [
      store,
      life,
      rows.map(({ day }) => day),
      rows.map(({ kind }) => kind),
      rows.map(({ entries }) => sign * entries),
      rows.map(({ sales }) => sign * sales),
    ],
  });
}
