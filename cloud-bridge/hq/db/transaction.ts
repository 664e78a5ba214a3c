/** One transaction on a connection of its own: all of it or nothing. */
import type { Pool, PoolClient } from 'pg';

/**
 * Commits what `work` did, or rolls it back when it throws.
 * @param begin `BEGIN`, or with a level of isolation
 */
export async function inTransaction<T>(
  pool: Pool,
  work: (db: PoolClient) => Promise<T>,
  begin = 'BEGIN',
): Promise<T> {
  const client = await pool.connect();
  let broken = false;
  try {
    await client.query(begin);
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {
      broken = true;
    });
    throw error;
  } finally {
    // One that cannot even roll back is not used again.
    client.release(broken);
  }
}
