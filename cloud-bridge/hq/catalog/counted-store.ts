/** SQL of the units in which stores count items already: a book may not change them. */
import type { Databases } from '../parts.ts';

export type CountedUnit = {
  readonly item: string;
  readonly unit: string;
  /** Codes of a few of the stores. */
  readonly stores: readonly string[];
};

/**
 * Items that a store counts in another unit than is said here: a read across stores.
 * @param stores codes; null = every store
 */
export async function otherUnits(
  chain: Databases['chain'],
  units: readonly { readonly item: string; readonly unit: string }[],
  stores: readonly string[] | null,
): Promise<CountedUnit[]> {
  const { rows } = await chain.query<CountedUnit>(
    `SELECT i.code AS item, i.unit, (array_agg(DISTINCT s.code ORDER BY s.code))[1:5] AS stores
       FROM item i
       JOIN unnest($1::text[], $2::text[]) AS said (code, unit) ON said.code = i.code
        AND said.unit <> i.unit
       JOIN store s ON s.id = i.store
      WHERE s.closed_at IS NULL AND ($3::text[] IS NULL OR s.code = ANY ($3))
      GROUP BY i.code, i.unit ORDER BY i.code`,
    [units.map(({ item }) => item), units.map(({ unit }) => unit), stores],
  );
  return rows;
}
