/**
 * SQL of the numbers of versions. A head office that was put back from a backup has forgotten numbers that
 * stores have dealt with, and whatever it gave those numbers anew would never reach them: they take no
 * version below their last one. A store that knows more than we do is believed.
 */
import type { Pool, PoolClient } from 'pg';

const KEY = 'catalogFloor';
/** Other stores may know of later ones still; more than this is not forgotten between two backups. */
const LEAP = 1_000;
/** No store can use the numbers up. */
const BELIEVED_MAX = 1_000_000_000;

/** The highest number that was given out, or is not given out any more; 0 = none. */
export async function newestNumber(db: Pool | PoolClient): Promise<number> {
  const { rows } = await db.query<{ newest: number }>(
    `SELECT greatest((SELECT coalesce(max(version), 0) FROM catalog),
       coalesce((SELECT value::int FROM meta WHERE key = $1), 0)) AS newest`,
    [KEY],
  );
  return rows[0]?.newest ?? 0;
}

/**
 * A store has dealt with this number: the next ones are above it.
 * @returns the highest number after which the next one comes, and whether it had to leap
 */
export async function heardNumber(
  chain: Pool,
  said: number,
): Promise<{ readonly newest: number; readonly leapt: boolean }> {
  const newest = await newestNumber(chain);
  if (said <= newest || said > BELIEVED_MAX) return { newest, leapt: false };
  const floor = said + LEAP;
  await chain.query(
    `INSERT INTO meta (key, value) VALUES ($1, $2)
     ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value
       WHERE meta.value::int < EXCLUDED.value::int`,
    [KEY, String(floor)],
  );
  return { newest: await newestNumber(chain), leapt: true };
}
