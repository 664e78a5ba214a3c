/** SQL of what the board shows of each store: sales and waste of a day, orders, alarms, versions. */
import { ENTRY_KINDS } from '#recipes/ledger/entry.ts';
import type { Databases } from '../parts.ts';

type Db = Databases['chain'];
type Ids = readonly number[];

export type DayFigures = {
  readonly store: number;
  readonly sales: number;
  /** Entries of kind waste and reversals: when they are the same, the waste is. */
  readonly waste: number;
};

/** What happened on a day of each of these lives; without those on whose day nothing did. */
export async function dayFigures(
  db: Db,
  [stores, lives, days]: readonly [Ids, Ids, Ids],
): Promise<DayFigures[]> {
  const { rows } = await db.query<DayFigures>({
    name: 'day-figures',
    text: `SELECT d.store, sum(d.sales)::int AS sales,
             coalesce(sum(d.entries) FILTER (WHERE d.kind = ${ENTRY_KINDS.waste}), 0)::int AS waste
           FROM unnest($1::int[], $2::smallint[], $3::int[]) AS t (store, life, day)
           JOIN day_total d ON d.store = t.store AND d.life = t.life AND d.day = t.day
           GROUP BY d.store`,
    values: [stores, lives, days],
  });
  return rows;
}

export type WasteEntry = {
  readonly store: number;
  readonly seq: number;
  /** Its facts, as JSON text. */
  readonly note: string | null;
};

/** Entries of kind waste on a day of each of these stores. */
export async function wasteOfDay(
  db: Db,
  [stores, lives, from, to]: readonly [Ids, Ids, Ids, Ids],
  days: Ids,
): Promise<WasteEntry[]> {
  const { rows } = await db.query<Omit<WasteEntry, 'seq'> & { seq: string }>({
    name: 'waste-of-day',
    text: `SELECT e.store, e.seq, e.note
           FROM unnest($1::int[], $2::smallint[], $3::bigint[], $4::bigint[], $5::int[])
             AS t (store, life, lo, hi, day)
           JOIN entry e ON e.store = t.store AND e.life = t.life AND e.day = t.day
             AND e.kind = ${ENTRY_KINDS.waste} AND e.kind > 1 AND e.seq BETWEEN t.lo AND t.hi`,
    values: [stores, lives, from, to, days],
  });
  return rows.map((row) => ({ ...row, seq: Number(row.seq) }));
}

/** Kinds of open alarms by the code of their store. */
export async function openAlarmKinds(chain: Db): Promise<Map<string, string[]>> {
  const { rows } = await chain.query<{ store: string; kinds: string[] }>({
    name: 'open-alarm-kinds',
    text: `SELECT store, array_agg(kind ORDER BY since, id) AS kinds FROM alarm
           WHERE ended_at IS NULL GROUP BY store`,
  });
  return new Map(rows.map(({ store, kinds }) => [store, kinds]));
}

/** How far a store is with what was sent down to it. */
export type CatalogFigures = {
  /** The newest version that is for this store. */
  readonly head: number;
  readonly taken: number;
  readonly refused: number;
  /** Versions it has not answered. */
  readonly waiting: number;
};

/** By the code of the store; without those to which nothing was ever sent. */
export async function catalogFigures(
  chain: Db,
  codes: readonly string[],
): Promise<Map<string, CatalogFigures>> {
  const { rows } = await chain.query<CatalogFigures & { store: string }>({
    name: 'catalog-figures',
    text: `WITH answered AS (
             SELECT a.store, count(*)::int AS all,
               max(a.version) FILTER (WHERE a.state <> 'refused') AS taken,
               (count(*) FILTER (WHERE a.state = 'refused'))::int AS refused
             FROM adoption a WHERE a.store = ANY ($1::text[]) GROUP BY a.store
           )
           SELECT t.store, greatest(everyone.head, named.head, 0) AS head,
             coalesce(answered.taken, 0) AS taken, coalesce(answered.refused, 0) AS refused,
             greatest(0, coalesce(everyone.versions, 0) + coalesce(named.versions, 0)
               - coalesce(answered.all, 0)) AS waiting
           FROM unnest($1::text[]) AS t (store)
           LEFT JOIN sent everyone ON everyone.store = '*'
           LEFT JOIN sent named ON named.store = t.store
           LEFT JOIN answered ON answered.store = t.store`,
    values: [codes],
  });
  return new Map(rows.map(({ store, ...figures }) => [store, figures]));
}

/** Goods on their way between stores: how many transfers. */
export async function transfersUnderWay(chain: Db): Promise<number> {
  const { rows } = await chain.query<{ count: number }>({
    name: 'transfers-under-way',
    text: "SELECT count(*)::int AS count FROM transfer WHERE state = 'in_transit'",
  });
  return rows[0]?.count ?? 0;
}
