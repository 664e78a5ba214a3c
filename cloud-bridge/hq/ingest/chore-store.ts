/** Chores in the database: one receiver works on those of a store at a time, in their order. */
import type { Pool, PoolClient } from 'pg';
import type { EntryRecord } from '#recipes/sync/read-entry-text.ts';
import type { HqParts, Store } from '../parts.ts';
import { findStoreById } from '../stores-store.ts';
import type { ChoreHandlers } from './chore.ts';
import { type EntryRow, recordOf } from './entry-store.ts';

/** Stores on this server that have something to be done. */
export async function storesWithChores(pool: Pool): Promise<number[]> {
  const { rows } = await pool.query<{ store: number }>(
    'SELECT DISTINCT store FROM chore ORDER BY store',
  );
  return rows.map(({ store }) => store);
}

/** Works through a store's chores until none is left, or one of each kind failed. */
export async function workOffStore(
  parts: HqParts,
  pool: Pool,
  id: number,
  handlers: ChoreHandlers,
): Promise<void> {
  const store = await findStoreById(parts.db.chain, id);
  const client = await pool.connect();
  try {
    // Held by the connection: the handlers commit on their own, one by one.
    const { rows } = await client.query<{ mine: boolean }>(
      'SELECT pg_try_advisory_lock($1, $2) AS mine',
      [LOCK, id],
    );
    if (rows[0]?.mine !== true) return;
    try {
      await rounds(parts, client, id, store, handlers);
    } finally {
      await client.query('SELECT pg_advisory_unlock($1, $2)', [LOCK, id]).catch(() => undefined);
    }
  } finally {
    client.release();
  }
}

/** Any number that nobody else locks. */
const LOCK = 5_150_002;
const PAGE = 200;

type ChoreRow = EntryRow & { life: number };

async function rounds(
  parts: HqParts,
  client: PoolClient,
  id: number,
  store: Store | undefined,
  handlers: ChoreHandlers,
): Promise<void> {
  /** Kinds that failed: what comes after one may depend on it, and waits with it. */
  const failed = new Set<number>();
  for (;;) {
    const page = await readPage(client, id, [...failed]);
    const done: ChoreRow[] = [];
    for (const row of page) {
      const entry = recordOf(row);
      if (failed.has(entry.kind)) continue;
      if (await handled(parts, store, row.life, entry, handlers)) done.push(row);
      else failed.add(entry.kind);
    }
    await forget(client, id, done);
    if (page.length < PAGE) return;
  }
}

async function handled(
  parts: HqParts,
  store: Store | undefined,
  life: number,
  entry: EntryRecord,
  handlers: ChoreHandlers,
): Promise<boolean> {
  const handler = handlers.get(entry.kind);
  if (handler === undefined || store === undefined) return true;
  try {
    await handler(parts, { store, life, entry });
    return true;
  } catch (error) {
    parts.log.error(
      { err: error, store: store.code, life, seq: entry.seq, kind: entry.kind },
      'an entry could not be dealt with: it is tried again',
    );
    return false;
  }
}

async function readPage(client: PoolClient, store: number, without: number[]) {
  const { rows } = await client.query<ChoreRow>(
    `SELECT e.* FROM chore c
       JOIN entry e ON e.store = c.store AND e.life = c.life AND e.seq = c.seq
       WHERE c.store = $1 AND c.kind <> ALL ($2::smallint[])
       ORDER BY c.life, c.seq LIMIT ${PAGE}`,
    [store, without],
  );
  return rows;
}

async function forget(client: PoolClient, store: number, done: readonly ChoreRow[]) {
  await client.query(
    `DELETE FROM chore c USING unnest($2::smallint[], $3::bigint[]) AS d (life, seq)
       WHERE c.store = $1 AND c.life = d.life AND c.seq = d.seq`,
    [store, done.map(({ life }) => life), done.map(({ seq }) => seq)],
  );
}
