/** SQL of the reports: what people did and tills took back, and what went where, of many stores at once. */
import { ENTRY_KINDS } from '#recipes/ledger/entry.ts';
import { PLACES } from '#recipes/ledger/place.ts';
import type { Databases } from '../parts.ts';

type Db = Databases['chain'];
type Ids = readonly number[];
type Stretches = readonly [Ids, Ids, Ids, Ids];

export type ReportEntry = {
  readonly store: number;
  readonly seq: number;
  readonly kind: number;
  readonly day: number;
  readonly occurredAt: number;
  readonly actor: string | null;
  /** JSON text. */
  readonly note: string | null;
  readonly moves: string;
};

/** Entries of these kinds (none of them sales) on these business days, in their order. */
export async function entriesOfKinds(
  db: Db,
  stretches: Stretches,
  kinds: readonly number[],
  { from, to }: Days,
): Promise<ReportEntry[]> {
  return read(db, 'entries-of-kinds', '', [...stretches, kinds, from, to]);
}

/** What voids, refunds and changed sales moved into or out of waste and comp. */
export async function tillEntries(
  db: Db,
  stretches: Stretches,
  { from, to }: Days,
): Promise<ReportEntry[]> {
  const kinds = [ENTRY_KINDS.void, ENTRY_KINDS.refund, ENTRY_KINDS.snapshot];
  return read(db, 'till-entries', `AND e.moves ~ '${OUTSIDE}'`, [...stretches, kinds, from, to]);
}

/** Business days as numbers, both included. */
export type Days = { readonly from: number; readonly to: number };

/** Of `line,item,lot,from,to,amount;`: from or to is waste or comp. */
const OUT = `(${PLACES.waste}|${PLACES.comp})`;
const OUTSIDE = `,${OUT},[0-9]+,[0-9]+;|,${OUT},[0-9]+;`;

async function read(
  db: Db,
  name: string,
  more: string,
  values: readonly unknown[],
): Promise<ReportEntry[]> {
  const { rows } = await db.query<
    Omit<ReportEntry, 'seq' | 'occurredAt'> & { seq: string; occurred_at: string }
  >({
    name,
    text: `SELECT e.store, e.seq, e.kind, e.day, e.occurred_at, e.actor, e.note, e.moves
           FROM unnest($1::int[], $2::smallint[], $3::bigint[], $4::bigint[])
             AS t (store, life, lo, hi)
           JOIN entry e ON e.store = t.store AND e.life = t.life AND e.kind > 1
             AND e.kind = ANY ($5::smallint[]) AND e.day BETWEEN $6 AND $7
             AND e.seq BETWEEN t.lo AND t.hi ${more}
           ORDER BY e.store, e.seq`,
    values: [...values],
  });
  return rows.map(({ occurred_at, ...row }) => ({
    ...row,
    seq: Number(row.seq),
    occurredAt: Number(occurred_at),
  }));
}

export type LotCost = {
  readonly store: number;
  readonly id: number;
  readonly amount: bigint;
  /** Ten-thousandths of the whole amount; null = not known. */
  readonly cost: bigint | null;
};

/** What these lots cost. */
export async function lotCosts(
  db: Db,
  [stores, lives, lots]: readonly [Ids, Ids, Ids],
): Promise<LotCost[]> {
  const { rows } = await db.query<{
    store: number;
    id: string;
    amount: string;
    cost: string | null;
  }>({
    name: 'lot-costs',
    text: `SELECT l.store, l.id, l.amount, l.cost
           FROM unnest($1::int[], $2::smallint[], $3::bigint[]) AS t (store, life, id)
           JOIN lot l ON l.store = t.store AND l.life = t.life AND l.id = t.id`,
    values: [stores, lives, lots],
  });
  return rows.map((row) => ({
    store: row.store,
    id: Number(row.id),
    amount: BigInt(row.amount),
    cost: row.cost === null ? null : BigInt(row.cost),
  }));
}

/** How much of an item went out of stock to a place, what came back from there taken off. */
export type FlowSum = {
  readonly store: number;
  readonly item: string;
  readonly unit: string;
  /** Number of the place. */
  readonly place: number;
  readonly amount: bigint;
};

/** What left stock in each of these lives on these days, by item and place. */
export async function flowSums(
  db: Db,
  [stores, lives]: readonly [Ids, Ids],
  { from, to }: Days,
): Promise<FlowSum[]> {
  const { rows } = await db.query<Omit<FlowSum, 'amount'> & { amount: string }>({
    name: 'flow-sums',
    // Added up by number first: a month of a chain has a thousand times as many flows as items.
    text: `SELECT s.store, i.code AS item, i.unit, s.place, sum(s.amount)::text AS amount
           FROM (
             SELECT f.store, f.life, f.item,
               CASE WHEN f.src = ${PLACES.stock} THEN f.dst ELSE f.src END AS place,
               sum(CASE WHEN f.src = ${PLACES.stock} THEN f.amount ELSE -f.amount END) AS amount
             FROM unnest($1::int[], $2::smallint[]) AS t (store, life)
             JOIN flow f ON f.store = t.store AND f.life = t.life AND f.day BETWEEN $3 AND $4
               AND (f.src = ${PLACES.stock}) <> (f.dst = ${PLACES.stock})
             GROUP BY f.store, f.life, f.item, place) s
           JOIN item i ON i.store = s.store AND i.life = s.life AND i.id = s.item
           GROUP BY s.store, i.code, i.unit, s.place ORDER BY s.store, i.code`,
    values: [stores, lives, from, to],
  });
  return rows.map((row) => ({ ...row, amount: BigInt(row.amount) }));
}
