/** SQL of what only one store's page shows. */
import type { Databases } from '../parts.ts';

/** The balances that differ, as ingest noted them; null = none, or not compared. */
export async function readDiffering(
  db: Databases['chain'],
  store: number,
  life: number,
): Promise<unknown> {
  const { rows } = await db.query<{ differing: unknown }>({
    name: 'life-differing',
    text: 'SELECT differing FROM life WHERE store = $1 AND id = $2',
    values: [store, life],
  });
  return rows[0]?.differing ?? null;
}
