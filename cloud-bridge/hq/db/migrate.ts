/**
 * Brings a server's tables up to date. A file is applied whole or not at all, in order, by one
 * receiver at a time; the list of what was applied is in the database itself.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClientBase, Pool } from 'pg';
import { z } from 'zod';
import { Fault } from '../../../edge/runtime/fault.ts';
import type { Log } from '../../../edge/runtime/log.ts';

/** Which files: those named `…_stores…` are for servers that have rows of stores. */
export type Which = 'all' | 'stores' | 'chain';

/** @throws Fault `database_newer` when a newer version of Larder has written it */
export async function migrateDatabase(
  pool: Pool,
  folder: string,
  which: Which,
  log: Log,
): Promise<void> {
  const client = await pool.connect();
  try {
    await migrateClient(client, folder, which, log);
  } finally {
    client.release();
  }
}

/** The same over one connection that nobody else uses. */
export async function migrateClient(
  client: ClientBase,
  folder: string,
  which: Which,
  log: Log,
): Promise<void> {
  try {
    await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
    await client.query(
      `CREATE TABLE IF NOT EXISTS migration (tag TEXT PRIMARY KEY, at TIMESTAMPTZ NOT NULL DEFAULT now())`,
    );
    for (const tag of await dueMigrations(client, folder, which)) {
      const text = readFileSync(join(folder, `${tag}.sql`), 'utf8');
      await client.query('BEGIN');
      for (const statement of text.split('--> statement-breakpoint')) await client.query(statement);
      await client.query('INSERT INTO migration (tag) VALUES ($1)', [tag]);
      await client.query('COMMIT');
      log.info({ tag }, 'the database was brought up to date');
    }
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  } finally {
    await client.query('SELECT pg_advisory_unlock($1)', [LOCK]).catch(() => undefined);
  }
}

/**
 * Files that were not applied yet, in their order.
 * @throws Fault `database_newer` when a newer version of Larder has written it
 */
export async function dueMigrations(
  db: Pool | ClientBase,
  folder: string,
  which: Which,
): Promise<string[]> {
  const known = readJournal(folder);
  const { rows } = await db.query<{ tag: string }>('SELECT tag FROM migration');
  const done = new Set(rows.map(({ tag }) => tag));
  refuseNewer([...done], known);
  return known.filter((tag) => belongs(tag, which) && !done.has(tag));
}

/** Any number that nobody else locks. */
const LOCK = 5_150_001;

const journalSchema = z.object({ entries: z.array(z.object({ tag: z.string() })) });

function readJournal(folder: string): string[] {
  const text = readFileSync(join(folder, 'meta', '_journal.json'), 'utf8');
  return journalSchema.parse(JSON.parse(text)).entries.map(({ tag }) => tag);
}

function belongs(tag: string, which: Which): boolean {
  return which === 'all' || tag.includes('_stores') === (which === 'stores');
}

function refuseNewer(done: readonly string[], known: readonly string[]): void {
  const unknown = done.find((tag) => !known.includes(tag));
  if (unknown === undefined) return;
  throw new Fault(
    'database_newer',
    `the database was written by a newer version of Larder (${unknown}): install that version`,
    { retryable: false },
  );
}
