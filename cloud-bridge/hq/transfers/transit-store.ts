/** SQL of what is on its way between stores, as the ledgers have it. */
import type { Pool } from 'pg';
import { PLACES } from '#recipes/ledger/place.ts';

/** An item in transit: what left the stores and has not come into another one, millionths. */
export type InTransit = { readonly item: string; readonly unit: string; readonly amount: bigint };

/** Of the main lives on one server. */
export async function transitOn(db: Pool): Promise<InTransit[]> {
  const { rows } = await db.query<{ item: string; unit: string; amount: string }>({
    name: 'in-transit',
    text: `SELECT i.code AS item, i.unit, sum(b.amount)::text AS amount
           FROM life l
           JOIN balance b ON b.store = l.store AND b.life = l.id AND b.place = ${PLACES.transit}
             AND b.amount <> 0
           JOIN item i ON i.store = b.store AND i.life = b.life AND i.id = b.item
           WHERE l.state = 'main' GROUP BY i.code, i.unit`,
  });
  return rows.map(({ item, unit, amount }) => ({ item, unit, amount: BigInt(amount) }));
}
