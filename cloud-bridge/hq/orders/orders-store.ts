/** SQL of purchase orders as they were folded from the entries of their stores. */
import type { PoolClient } from 'pg';
import type { Databases } from '../parts.ts';
import type { FoldedOrder } from './order-fold.ts';

type Db = Databases['chain'];
type Client = PoolClient;
type Ids = readonly number[];

/** How many orders of each of these lives wait for approval; without those that have none. */
export async function waitingOrders(
  db: Db,
  [stores, lives]: readonly [Ids, Ids],
): Promise<{ store: number; count: number }[]> {
  const { rows } = await db.query<{ store: number; count: number }>({
    name: 'waiting-orders',
    text: `SELECT p.store, count(*)::int AS count
           FROM unnest($1::int[], $2::smallint[]) AS t (store, life)
           JOIN purchase p ON p.store = t.store AND p.life = t.life AND p.state = 'submitted'
           GROUP BY p.store`,
    values: [stores, lives],
  });
  return rows;
}

/** A folded order as it is kept. */
export type PurchaseRow = {
  readonly store: number;
  readonly id: string;
  /** The newest entry that is in it. */
  readonly seq: number;
  readonly state: string;
  readonly said: FoldedOrder;
};

/** Orders of these lives, the newest change first. */
export async function readPurchases(
  db: Db,
  [stores, lives]: readonly [Ids, Ids],
  query: {
    /** Only of these states; undefined = all. */
    readonly states: readonly string[] | undefined;
    /** Only those that come after this one in that order. */
    readonly after:
      | { readonly at: number; readonly store: number; readonly id: string }
      | undefined;
    readonly limit: number;
  },
): Promise<(PurchaseRow & { at: number })[]> {
  const { states, after, limit } = query;
  const { rows } = await db.query<PurchaseRow & { at: string; seq: string }>({
    name: 'read-purchases',
    text: `SELECT p.store, p.id, p.seq, p.at, p.state, p.said
           FROM unnest($1::int[], $2::smallint[]) AS t (store, life)
           JOIN purchase p ON p.store = t.store AND p.life = t.life
           WHERE ($3::text[] IS NULL OR p.state = ANY ($3))
             AND ($4::bigint IS NULL OR (p.at, p.store, p.id COLLATE "C") < ($4, $5, $6))
           ORDER BY p.at DESC, p.store DESC, p.id COLLATE "C" DESC LIMIT $7`,
    values: [
      stores,
      lives,
      states ?? null,
      after?.at ?? null,
      after?.store ?? null,
      after?.id ?? null,
      limit,
    ],
  });
  return rows.map((row) => ({ ...row, seq: Number(row.seq), at: Number(row.at) }));
}

/** Orders of one life by their ids. */
export async function purchasesById(
  db: Db | Client,
  store: number,
  life: number,
  ids: readonly string[],
): Promise<PurchaseRow[]> {
  const { rows } = await db.query<PurchaseRow & { seq: string }>({
    name: 'purchases-by-id',
    text: `SELECT store, id, seq, state, said FROM purchase
           WHERE store = $1 AND life = $2 AND id = ANY ($3)`,
    values: [store, life, ids],
  });
  return rows.map((row) => ({ ...row, seq: Number(row.seq) }));
}

/** Writes orders as they are now. @param at when each changed, epoch milliseconds */
export async function putPurchases(
  db: Client,
  store: number,
  life: number,
  orders: readonly (Omit<PurchaseRow, 'store'> & { readonly at: number })[],
): Promise<void> {
  if (orders.length === 0) return;
  await db.query({
    name: 'put-purchases',
    text: `INSERT INTO purchase (store, life, id, seq, at, state, said)
           SELECT $1, $2, t.* FROM unnest($3::text[], $4::bigint[], $5::bigint[], $6::text[],
             $7::jsonb[]) AS t (id, seq, at, state, said)
           ON CONFLICT (store, life, id) DO UPDATE
             SET seq = excluded.seq, at = excluded.at, state = excluded.state, said = excluded.said`,
    values: [
      store,
      life,
      orders.map(({ id }) => id),
      orders.map(({ seq }) => seq),
      orders.map(({ at }) => at),
      orders.map(({ state }) => state),
      orders.map(({ said }) => JSON.stringify(said)),
    ],
  });
}
