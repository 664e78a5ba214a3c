/** SQL of which life of a box is the store. */
import type { Pool } from 'pg';

/** Whether this life is the store's main one. @param db where its rows are */
export async function isMainLife(db: Pool, store: number, life: number): Promise<boolean> {
  const { rows } = await db.query<{ main: boolean }>({
    name: 'is-main-life',
    text: `SELECT state = 'main' AS main FROM life WHERE store = $1 AND id = $2`,
    values: [store, life],
  });
  return rows[0]?.main ?? false;
}

/** The number of the main life of each of these stores that has one. */
export async function mainLives(
  db: Pool,
  stores: readonly number[],
): Promise<{ store: number; life: number }[]> {
  const { rows } = await db.query<{ store: number; life: number }>({
    name: 'main-lives',
    text: `SELECT store, id AS life FROM life WHERE store = ANY ($1::int[]) AND state = 'main'`,
    values: [stores],
  });
  return rows;
}
