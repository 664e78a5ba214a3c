/**
 * Makes several servers one: each shard gets the tables of stores, and the coordinator gets the same
 * tables as partitions on foreign servers, for reading across stores. `npm run hq -- shards` runs it,
 * at first and after every update of Larder; sharding.md shows the statements.
 */
import { Client } from 'pg';
import { Fault } from '../../../edge/runtime/fault.ts';
import type { Log } from '../../../edge/runtime/log.ts';
import { migrateClient } from './migrate.ts';

export type ShardSetup = {
  /** `postgres://…` of the coordinator, as a role that may create extensions and servers. */
  readonly url: string;
  /** `postgres://…` of each shard, as the coordinator and every receiver reach it. */
  readonly shards: readonly string[];
  readonly migrations: string;
  readonly log: Log;
};

/** In `meta` of the coordinator: what the shards are, in their order. */
export const SHARDS_KEY = 'shards';

/** Safe to run again. @throws Fault `shards_moved`, `rows_at_coordinator` */
export async function setUpShards({ url, shards, migrations, log }: ShardSetup): Promise<void> {
  await withClient(url, async (coordinator) => {
    await migrateClient(coordinator, migrations, 'chain', log);
    await refuseOtherCount(coordinator, shards.length);
    let tables: string[] = [];
    for (const [i, shard] of shards.entries()) {
      tables = await withClient(shard, (client) =>
        setUpShard(client, i, shards.length, migrations, log),
      );
    }
    await refuseOwnRows(coordinator, tables);
    await coordinator.query('BEGIN');
    await connectShards(coordinator, shards, tables);
    await coordinator.query(
      `INSERT INTO meta (key, value) VALUES ($1, $2)
       ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
      [SHARDS_KEY, JSON.stringify(shards.map(placeOf))],
    );
    await coordinator.query('COMMIT');
    log.info({ shards: shards.map(placeOf), tables }, 'the shards are ready');
  });
}

/** Host, port and database, without who asks: what names a shard. */
export function placeOf(shard: string): string {
  const { hostname, port, pathname } = new URL(shard);
  return `${hostname}:${port || '5432'}${pathname}`;
}

async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, application_name: 'larder-hq-shards' });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** @returns the tables that have rows of stores */
async function setUpShard(
  client: Client,
  remainder: number,
  modulus: number,
  migrations: string,
  log: Log,
): Promise<string[]> {
  // A partition cannot be altered by itself: it is one again afterwards.
  await client.query('BEGIN');
  const { rows } = await client.query<{ there: string | null }>(
    `SELECT to_regclass('sharded.life')::text AS there`,
  );
  if (rows[0]?.there !== null) {
    await client.query('ALTER TABLE sharded.life DETACH PARTITION public.life');
    await client.query('DROP SCHEMA sharded CASCADE');
  }
  await client.query('COMMIT');
  await migrateClient(client, migrations, 'stores', log);
  // Every batch begins with its life's row, so a store that belongs elsewhere is refused there.
  await client.query('BEGIN');
  await client.query('CREATE SCHEMA sharded');
  await client.query('CREATE TABLE sharded.life (LIKE public.life) PARTITION BY HASH (store)');
  await client.query(
    `ALTER TABLE sharded.life ATTACH PARTITION public.life
       FOR VALUES WITH (MODULUS ${modulus}, REMAINDER ${remainder})`,
  );
  await client.query('COMMIT');
  const tables = await client.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c
       JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'store' AND a.attnum > 0
       WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace ORDER BY 1`,
  );
  return tables.rows.map(({ name }) => name);
}

/** The foreign side: everything is made anew, so that it has the columns that the shards have now. */
async function connectShards(
  client: Client,
  shards: readonly string[],
  tables: readonly string[],
): Promise<void> {
  await client.query('CREATE EXTENSION IF NOT EXISTS postgres_fdw');
  for (const table of tables) await client.query(`DROP TABLE IF EXISTS public.${table}`);
  for (const [i, shard] of shards.entries()) {
    const { hostname, port, pathname, username, password } = new URL(shard);
    const server = {
      host: hostname,
      port: port || '5432',
      dbname: decodeURIComponent(pathname.slice(1)),
      fetch_size: '10000',
      batch_size: '1000',
      async_capable: 'true',
      // A shard that is down is found out quickly.
      connect_timeout: '5',
    };
    const user = { user: decodeURIComponent(username), password: decodeURIComponent(password) };
    await client.query(`DROP SCHEMA IF EXISTS shard${i} CASCADE`);
    await client.query(`DROP SERVER IF EXISTS shard${i} CASCADE`);
    await client.query(
      `CREATE SERVER shard${i} FOREIGN DATA WRAPPER postgres_fdw OPTIONS (${options(server)})`,
    );
    await client.query(
      `CREATE USER MAPPING FOR CURRENT_USER SERVER shard${i} OPTIONS (${options(user)})`,
    );
    await client.query(`CREATE SCHEMA shard${i}`);
    await client.query(
      `IMPORT FOREIGN SCHEMA public LIMIT TO (${tables.join(', ')}) FROM SERVER shard${i} INTO shard${i}`,
    );
  }
  for (const table of tables) {
    // No key: a partitioned table with one takes no foreign partitions. The shards have it.
    await client.query(
      `CREATE TABLE public.${table} (LIKE shard0.${table}) PARTITION BY HASH (store)`,
    );
    for (const i of shards.keys()) {
      await client.query(
        `ALTER TABLE public.${table} ATTACH PARTITION shard${i}.${table}
           FOR VALUES WITH (MODULUS ${shards.length}, REMAINDER ${i})`,
      );
    }
  }
}

/** A store's shard follows from their number: with another one, every store would be elsewhere. */
async function refuseOtherCount(client: Client, count: number): Promise<void> {
  const { rows } = await client.query<{ value: string }>('SELECT value FROM meta WHERE key = $1', [
    SHARDS_KEY,
  ]);
  if (rows[0] === undefined) return;
  const before = (JSON.parse(rows[0].value) as string[]).length;
  if (before === count) return;
  throw new Fault(
    'shards_moved',
    `there are ${before} shards and LARDER_HQ_SHARDS names ${count}: their number stays; move a shard to a larger server instead (sharding.md)`,
    { retryable: false },
  );
}

async function refuseOwnRows(client: Client, tables: readonly string[]): Promise<void> {
  for (const table of tables) {
    const { rows } = await client.query<{ kind: string }>(
      `SELECT relkind AS kind FROM pg_class WHERE oid = to_regclass('public.' || $1)`,
      [table],
    );
    if (rows[0]?.kind !== 'r') continue;
    const { rowCount } = await client.query(`SELECT 1 FROM public.${table} LIMIT 1`);
    if (rowCount === 0) continue;
    throw new Fault(
      'rows_at_coordinator',
      `the coordinator has rows of stores itself (table ${table}): move them to the shards first, sharding.md says how`,
      { retryable: false },
    );
  }
}

/** `key 'value', …` as the options of foreign servers are written. */
function options(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([key, value]) => `${key} '${value.replaceAll("'", "''")}'`)
    .join(', ');
}
