/** SQL of entries as people look at them: newest first, one store at a time. */

import type { Stretch } from '../lives/lineage.ts';
import type { Databases } from '../parts.ts';
import { columns, type EntryRow, type FoundEntry, readRow } from './entry-row-store.ts';

type Row = EntryRow & { looked_to: string | null };

type Db = Databases['chain'];

export type EntryFilter = {
  /** Numbers of kinds; undefined = all. */
  readonly kinds: readonly number[] | undefined;
  /** The item by code, and by its number in the store; undefined = any. */
  readonly item: { readonly code: string; readonly number: number } | undefined;
  /** Business days as numbers, both included. */
  readonly from: number;
  readonly to: number;
};

/** Sales that are looked through for one page: who asks for a rare item gets a short page, not a long wait. */
const SCAN_MAX = 20_000;

/**
 * Entries of a stretch, newest first.
 * @returns `lookedTo`: entries down to here were looked at; the stretch's first when none is left
 */
export async function findEntries(
  db: Db,
  store: number,
  { life, from, to }: Stretch,
  filter: EntryFilter,
  limit: number,
): Promise<{ entries: FoundEntry[]; lookedTo: number }> {
  const byHand = filter.kinds?.every((kind) => kind > 1) ?? false;
  const { rows } = await db.query<Row>({
    name: byHand ? 'find-entries-by-hand' : 'find-entries',
    text: byHand ? BY_HAND : SCANNED,
    values: [
      store,
      life,
      from,
      to,
      filter.kinds ?? null,
      filter.from,
      filter.to,
      limit,
      filter.item === undefined ? null : `(^|;)-?\\d+,${filter.item.number},`,
      filter.item === undefined ? null : `%"item":${likeText(JSON.stringify(filter.item.code))}%`,
    ],
  });
  const entries = rows.filter((row) => row.moves !== null).map(readRow);
  const last = entries.at(-1);
  if (entries.length >= limit && last !== undefined) return { entries, lookedTo: last.seq };
  if (byHand) return { entries, lookedTo: from };
  return { entries, lookedTo: Number(rows[0]?.looked_to ?? from) };
}

/** How many entries a life has on these days, those of its parents included: without reading them. */
export async function countEntries(
  db: Db,
  store: number,
  life: number,
  { kinds, from, to }: Pick<EntryFilter, 'kinds' | 'from' | 'to'>,
): Promise<number> {
  const { rows } = await db.query<{ count: string }>({
    name: 'count-entries',
    text: `SELECT coalesce(sum(entries), 0) AS count FROM day_total
           WHERE store = $1 AND life = $2 AND day BETWEEN $4 AND $5
             AND ($3::smallint[] IS NULL OR kind = ANY ($3))`,
    values: [store, life, kinds ?? null, from, to],
  });
  return Number(rows[0]?.count ?? 0);
}

/** The entries with these sequences, of one stretch. */
export async function entriesAt(
  db: Db,
  store: number,
  { life, from, to }: Stretch,
  sequences: readonly number[],
): Promise<FoundEntry[]> {
  const { rows } = await db.query<Row>({
    name: 'entries-at',
    text: `SELECT ${columns('e')}, 0 AS looked_to FROM entry e
           WHERE e.store = $1 AND e.life = $2 AND e.seq BETWEEN $3 AND $4
             AND e.seq = ANY ($5::bigint[])`,
    values: [store, life, from, to, sequences],
  });
  return rows.map(readRow);
}

/** Codes of lots of one life, by number. */
export async function lotCodes(
  db: Db,
  store: number,
  life: number,
  lots: readonly number[],
): Promise<Map<number, string>> {
  const { rows } = await db.query<{ id: string; code: string }>({
    name: 'lot-codes',
    text: 'SELECT id, code FROM lot WHERE store = $1 AND life = $2 AND id = ANY ($3::bigint[])',
    values: [store, life, lots],
  });
  return new Map(rows.map(({ id, code }) => [Number(id), code]));
}

const WANTED = `e.day BETWEEN $6 AND $7
  AND ($9::text IS NULL OR e.moves ~ $9 OR e.note LIKE $10)`;

const BY_HAND = `SELECT ${columns('e')}, 0 AS looked_to FROM entry e
  WHERE e.store = $1 AND e.life = $2 AND e.seq BETWEEN $3 AND $4 AND e.kind > 1
    AND e.kind = ANY ($5::smallint[]) AND ${WANTED}
  ORDER BY e.seq DESC LIMIT $8`;

const SCANNED = `WITH looked AS MATERIALIZED (
    SELECT * FROM entry WHERE store = $1 AND life = $2 AND seq BETWEEN $3 AND $4
    ORDER BY seq DESC LIMIT ${SCAN_MAX}
  ), found AS (
    SELECT ${columns('e')} FROM looked e
    WHERE ($5::smallint[] IS NULL OR e.kind = ANY ($5)) AND ${WANTED} ORDER BY e.seq DESC LIMIT $8
  )
  SELECT found.*, low.looked_to FROM (SELECT min(seq) AS looked_to FROM looked) low
  LEFT JOIN found ON true ORDER BY found.seq DESC`;

/** `%`, `_` and the escape itself stand for themselves. */
function likeText(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}
