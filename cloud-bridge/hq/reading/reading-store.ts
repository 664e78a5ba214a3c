/**
 * SQL of reading on: what people did in a store since one last looked. How far one is stands in the
 * transaction of what came of it, so that every entry has its effects once.
 */
import type { PoolClient } from 'pg';
import { ENTRY_KINDS } from '#recipes/ledger/entry.ts';
import { columns, type EntryRow, type FoundEntry, readRow } from '../board/entry-row-store.ts';
import { inTransaction } from '../db/transaction.ts';
import type { Databases } from '../parts.ts';

type Db = Databases['chain'];
export type Client = PoolClient;

/** A life whose people did something that was not read yet. */
export type DueLife = { readonly store: number; readonly life: number };

/** Entries that a till makes are not read here. */
const BY_HAND = `e.kind > ${ENTRY_KINDS.snapshot}`;

/** Main lives with something to read, on this server. */
export async function dueLives(db: Db, limit: number): Promise<DueLife[]> {
  const { rows } = await db.query<DueLife>({
    name: 'due-lives',
    text: `SELECT l.store, l.id AS life FROM life l
           LEFT JOIN reading r ON r.store = l.store AND r.life = l.id
           WHERE l.state = 'main' AND l.digest <> '' AND (
             (r.store IS NULL AND l.parent IS NOT NULL)
             OR EXISTS (SELECT 1 FROM entry e WHERE e.store = l.store AND e.life = l.id
               AND ${BY_HAND} AND e.seq > coalesce(r.seq, l.fork_seq)))
           ORDER BY l.store LIMIT $1`,
    values: [limit],
  });
  return rows;
}

/** Runs `work` in a transaction; `undefined` when somebody else reads this life. */
export function whileReading<T>(
  db: Db,
  { store, life }: DueLife,
  work: (client: Client, read: { seq: number; fresh: boolean }) => Promise<T>,
): Promise<T | undefined> {
  return inTransaction(db, async (client) => {
    const made = await client.query(
      `INSERT INTO reading (store, life, seq) SELECT store, id, fork_seq FROM life
         WHERE store = $1 AND id = $2 ON CONFLICT DO NOTHING`,
      [store, life],
    );
    const { rows } = await client.query<{ seq: string }>(
      'SELECT seq FROM reading WHERE store = $1 AND life = $2 FOR UPDATE SKIP LOCKED',
      [store, life],
    );
    const [row] = rows;
    return row && work(client, { seq: Number(row.seq), fresh: made.rowCount === 1 });
  });
}

/** What people did in a stretch, in its order; of these kinds only, when they are given. */
export async function entriesByHand(
  client: Client,
  { store, life }: DueLife,
  { from, to }: { readonly from: number; readonly to: number },
  limit: number,
  kinds?: readonly number[],
): Promise<FoundEntry[]> {
  const { rows } = await client.query<EntryRow>({
    name: 'entries-by-hand',
    text: `SELECT ${columns('e')}
           FROM entry e WHERE e.store = $1 AND e.life = $2 AND ${BY_HAND}
             AND e.seq BETWEEN $3 AND $4 AND ($6::smallint[] IS NULL OR e.kind = ANY ($6))
           ORDER BY e.seq LIMIT $5`,
    values: [store, life, from, to, limit, kinds ?? null],
  });
  return rows.map(readRow);
}

/** How far a life was read; undefined = nobody ever did. */
export async function readingOf(
  client: Client,
  store: number,
  life: number,
): Promise<number | undefined> {
  const { rows } = await client.query<{ seq: string }>(
    'SELECT seq FROM reading WHERE store = $1 AND life = $2',
    [store, life],
  );
  return rows[0] && Number(rows[0].seq);
}

/** Read up to here. */
export async function saveReading(
  client: Client,
  { store, life }: DueLife,
  seq: number,
): Promise<void> {
  await client.query('UPDATE reading SET seq = $3 WHERE store = $1 AND life = $2', [
    store,
    life,
    seq,
  ]);
}
