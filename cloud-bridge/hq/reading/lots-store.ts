/** SQL of the lots that deliveries brought. */
import type { Databases } from '../parts.ts';

export type BroughtLot = {
  readonly entry: number;
  readonly item: string;
  readonly unit: string;
  readonly code: string;
  readonly amount: bigint;
  readonly cost: bigint | null;
};

/** Lots that these entries of a life brought, in their order. */
export async function lotsOfEntries(
  db: Pick<Databases['chain'], 'query'>,
  store: number,
  life: number,
  entries: readonly number[],
): Promise<BroughtLot[]> {
  if (entries.length === 0) return [];
  const { rows } = await db.query<{
    entry: string;
    item: string;
    unit: string;
    code: string;
    amount: string;
    cost: string | null;
  }>(
    `SELECT l.entry, i.code AS item, i.unit, l.code, l.amount, l.cost FROM lot l
     JOIN item i ON i.store = l.store AND i.life = l.life AND i.id = l.item
     WHERE l.store = $1 AND l.life = $2 AND l.entry = ANY ($3::bigint[])
       AND l.id > (SELECT coalesce(max(id), 0) - ${LOTS_BACK} FROM lot
         WHERE store = $1 AND life = $2)
     ORDER BY l.id`,
    [store, life, entries],
  );
  return rows.map((row) => ({
    entry: Number(row.entry),
    item: row.item,
    unit: row.unit,
    code: row.code,
    amount: BigInt(row.amount),
    cost: row.cost === null ? null : BigInt(row.cost),
  }));
}

/** What people did is read soon after: its lots are among the newest. */
const LOTS_BACK = 5_000;
