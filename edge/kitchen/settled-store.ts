/** SQL of what lots have paid for shortages in entries of their own. */
import { ENTRY_KINDS, UNALLOCATED } from '#recipes/ledger/entry.ts';
import { PLACES } from '#recipes/ledger/place.ts';
import type { Db } from '../db/open.ts';
import { MOVES_PER_ENTRY } from '../ledger/entry-store.ts';

export type Settled = {
  readonly item: number;
  readonly lot: number;
  /** Millionths, more than 0. */
  readonly amount: number;
};

export type SettledStore = { all(): Settled[] };

export function openSettledStore(db: Db): SettledStore {
  const all = db.prepare(
    `SELECT m.item, m.lot, sum(CASE WHEN m.dst = ${PLACES.settle} THEN m.amount ELSE -m.amount END) AS amount
       FROM entry e JOIN move m
         ON m.id >= e.seq * ${MOVES_PER_ENTRY} AND m.id < (e.seq + 1) * ${MOVES_PER_ENTRY}
      WHERE e.event IS NULL AND e.kind = ${ENTRY_KINDS.settle} AND m.lot <> ${UNALLOCATED}
      GROUP BY m.item, m.lot HAVING amount <> 0`,
  );
  return { all: () => all.all() as Settled[] };
}
