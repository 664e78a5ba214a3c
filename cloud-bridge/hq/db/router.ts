/** Which shard has the rows of a store: asked of PostgreSQL, whose hash decides, and remembered. */
import type { Pool } from 'pg';
import { must } from '#recipes/assert.ts';
import { Fault } from '../../../edge/runtime/fault.ts';
import type { Log } from '../../../edge/runtime/log.ts';
import { dueMigrations } from './migrate.ts';
import { placeOf, SHARDS_KEY } from './shard-setup.ts';

/** @param shards in the order of their remainders */
export function openRouter(chain: Pool, shards: readonly Pool[]): (store: number) => Promise<Pool> {
  const known = new Map<number, Pool>();
  return async (store) => {
    const before = known.get(store);
    if (before !== undefined) return before;
    const { rows } = await chain.query<{ shard: number }>(
      `SELECT r AS shard FROM generate_series(0, $1::int - 1) r
       WHERE satisfies_hash_partition('public.life'::regclass, $1::int, r, $2::int)`,
      [shards.length, store],
    );
    const shard = must(shards[rows[0]?.shard ?? -1], `no shard has store ${store}`);
    known.set(store, shard);
    return shard;
  };
}

/**
 * Whether the servers are what `npm run hq -- shards` made of them. A shard that is down now is not
 * asked: the stores of the others go on.
 * @throws Fault `shards_not_ready`
 */
export async function requireShards(
  chain: Pool,
  shards: readonly { readonly url: string; readonly pool: Pool }[],
  migrations: string,
  log: Log,
): Promise<void> {
  const wanted = JSON.stringify(shards.map(({ url }) => placeOf(url)));
  const { rows } = await chain
    .query<{ value: string }>('SELECT value FROM meta WHERE key = $1', [SHARDS_KEY])
    .catch(() => ({ rows: [] }));
  if (rows[0]?.value !== wanted) {
    throw notReady(`LARDER_HQ_SHARDS is ${wanted}, the coordinator knows ${rows[0]?.value}`);
  }
  await refuseDue(await dueMigrations(chain, migrations, 'chain'), 'coordinator');
  for (const { url, pool } of shards) {
    const due = await dueMigrations(pool, migrations, 'stores').catch((error: unknown) => {
      if (error instanceof Fault) throw error;
      log.warn(
        { shard: placeOf(url), why: String(error) },
        'a shard does not answer: its stores wait',
      );
      return [];
    });
    await refuseDue(due, placeOf(url));
  }
}

async function refuseDue(due: readonly string[], where: string): Promise<void> {
  if (due.length > 0) throw notReady(`${where} lacks ${due.join(', ')}`);
}

function notReady(why: string): Fault {
  return new Fault('shards_not_ready', `${why}: run \`npm run hq -- shards\` once`, {
    retryable: false,
  });
}
