/**
 * The pools of head office. With one server they are one and the same; with shards the rows of a
 * store are on the server that its number hashes to, and the coordinator reads across them.
 */
import { Pool, type PoolConfig } from 'pg';
import type { Log } from '../../../edge/runtime/log.ts';
import type { HqConfig } from '../config.ts';
import type { Databases } from '../parts.ts';
import { migrateDatabase } from './migrate.ts';
import { openRouter, requireShards } from './router.ts';

export type OpenDatabases = Databases & { close(): Promise<void> };

export type OpenOptions = {
  readonly config: Pick<HqConfig, 'shards' | 'admit'>;
  /** Of the chain's server. */
  readonly url: string;
  readonly log: Log;
  /** Folder of the SQL files. */
  readonly migrations: string;
};

/**
 * Connects; a single server's tables are brought up to date.
 * @throws when the server does not answer, Fault `shards_not_ready`
 */
export async function openDatabases(options: OpenOptions): Promise<OpenDatabases> {
  const { url, log, migrations, config } = options;
  const chain = openPool(url, options, config.shards.length > 0 ? ACROSS : '');
  const shards = config.shards.map((shard) => ({ url: shard, pool: openPool(shard, options, '') }));
  const close = async (): Promise<void> => {
    await Promise.all([chain, ...shards.map(({ pool }) => pool)].map((pool) => pool.end()));
  };
  try {
    if (shards.length === 0) {
      await migrateDatabase(chain, migrations, 'all', log);
      return { chain, of: () => Promise.resolve(chain), shards: [chain], close };
    }
    await requireShards(chain, shards, migrations, log);
    const pools = shards.map(({ pool }) => pool);
    return { chain, of: openRouter(chain, pools), shards: pools, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Sums by store are made where the rows are. */
const ACROSS = '-c enable_partitionwise_aggregate=on -c enable_partitionwise_join=on';
/** Connections beside those that batches are written over: for the board, exports and loops. */
const READERS = 10;
const CONNECT_WITHIN_MS = 10_000;
/** Nothing here may hold a row for longer; exports set their own limit. */
const STATEMENT_MS = 120_000;

function openPool(url: string, { config, log }: OpenOptions, options: string): Pool {
  const settings: PoolConfig = {
    connectionString: url,
    max: config.admit + READERS,
    connectionTimeoutMillis: CONNECT_WITHIN_MS,
    idleTimeoutMillis: 60_000,
    statement_timeout: STATEMENT_MS,
    idle_in_transaction_session_timeout: STATEMENT_MS,
    keepAlive: true,
    application_name: 'larder-hq',
    ...(options === '' ? {} : { options }),
  };
  const pool = new Pool(settings);
  const broke = ({ message }: Error): void => {
    // The error itself carries the whole connection, password and all.
    if (!pool.ending) log.warn({ why: message }, 'a database connection broke');
  };
  // One that nobody uses is replaced at the next use; of one in use the next statement fails. Without
  // somebody who hears of it, either would end the process.
  pool.on('error', broke);
  pool.on('connect', (client) => client.on('error', broke));
  return pool;
}
