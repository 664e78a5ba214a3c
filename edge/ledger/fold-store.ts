/** SQL that adds up moves from the first, a few at a time. */

import { PLACES } from '#recipes/ledger/place.ts';
import type { StateDigest } from '#recipes/sync/state-digest.ts';
import type { Db } from '../db/open.ts';
import { MOVES_PER_ENTRY } from './entry-store.ts';

export type FoldStore = {
  /** Id of the last of the next `count` moves after one, of entries up to `seq`; 0 = there is none. */
  endOf(after: number, seq: number, count: number): number;
  /** Adds what these moves changed: those after one id up to another. */
  add(digest: StateDigest, after: number, to: number): void;
};

/** Works on the box's own connection, and on one that only reads. */
export function openFoldStore(db: Db): FoldStore {
  const endOf = db
    .prepare(
      `SELECT coalesce(max(id), 0) FROM
         (SELECT id FROM move WHERE id > ? AND id < ? ORDER BY id LIMIT ?)`,
    )
    .pluck();
  const side = (place: string, sign: string) =>
    `SELECT item, ${place} AS place, CASE ${place} WHEN ${PLACES.stock} THEN lot ELSE 0 END AS lot,
            ${sign} amount AS amount FROM move WHERE id > @after AND id <= @to`;
  // Sums of many amounts leave what a number can hold.
  const changes = db
    .prepare(
      `SELECT item, place, lot, sum(amount) AS amount
         FROM (${side('src', '-')} UNION ALL ${side('dst', '')}) GROUP BY item, place, lot`,
    )
    .raw()
    .safeIntegers();
  return {
    endOf: (after, seq, count) => Number(endOf.get(after, (seq + 1) * MOVES_PER_ENTRY, count)),
    add(digest, after, to) {
      for (const row of changes.all({ after, to }) as [bigint, bigint, bigint, bigint][]) {
        const [item, place, lot, amount] = row;
        if (amount !== 0n) digest.add(Number(item), Number(place), Number(lot), amount);
      }
    },
  };
}
