/** Sums of one life, brought up to date by what a batch changed: a statement for each table. */
import type { Pool, PoolClient } from 'pg';
import { numberList } from '../db/array-text.ts';
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
      numberList(rows.map(({ item }) => item)),
      numberList(rows.map(({ place }) => place)),
      numberList(rows.map(({ lot }) => lot)),
      numberList(rows.map(({ amount }) => sign * amount)),
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
      numberList(rows.map(({ day }) => day)),
      numberList(rows.map(({ item }) => item)),
      numberList(rows.map(({ src }) => src)),
      numberList(rows.map(({ dst }) => dst)),
      numberList(rows.map(({ amount }) => sign * amount)),
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
      numberList(rows.map(({ day }) => day)),
      numberList(rows.map(({ kind }) => kind)),
      numberList(rows.map(({ entries }) => sign * entries)),
      numberList(rows.map(({ sales }) => sign * sales)),
    ],
  });
}
