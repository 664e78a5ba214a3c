/** SQL of business days that are over: which of them other programs were told of. */
import { ENTRY_KINDS } from '#recipes/ledger/entry.ts';
import type { Databases } from '../parts.ts';

type Db = Databases['chain'];
type Ids = readonly number[];

/** A day of a life that is over and was not told of. */
export type OpenDay = {
  readonly store: number;
  readonly life: number;
  readonly day: number;
  readonly sales: number;
  readonly entries: number;
  readonly wasteEntries: number;
};

/**
 * Days with entries up to `days`, after those that were told of. A store of which nothing was told yet
 * begins with the last one: its past is no news.
 */
export async function openDays(
  db: Db,
  [stores, lives, days]: readonly [Ids, Ids, Ids],
): Promise<OpenDay[]> {
  const { rows } = await db.query<OpenDay>({
    name: 'open-days',
    text: `SELECT d.store, d.life, d.day, sum(d.sales)::int AS sales, sum(d.entries)::int AS entries,
             coalesce(sum(d.entries) FILTER (WHERE d.kind = ${ENTRY_KINDS.waste}), 0)::int
               AS "wasteEntries"
           FROM unnest($1::int[], $2::smallint[], $3::int[]) AS t (store, life, last)
           LEFT JOIN day_told r ON r.store = t.store
           JOIN day_total d ON d.store = t.store AND d.life = t.life AND d.day <= t.last
             AND d.day > coalesce(r.day, t.last - 1)
           GROUP BY d.store, d.life, d.day HAVING sum(d.entries) > 0 ORDER BY d.store, d.day`,
    values: [stores, lives, days],
  });
  return rows;
}

/** Told of, up to this day. */
export async function dayTold(db: Db, store: number, day: number): Promise<void> {
  await db.query({
    name: 'day-told',
    text: `INSERT INTO day_told AS t (store, day) VALUES ($1, $2)
           ON CONFLICT (store) DO UPDATE SET day = greatest(t.day, excluded.day)`,
    values: [store, day],
  });
}
