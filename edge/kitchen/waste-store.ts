/** SQL of what was wasted today. */
import { ENTRY_KINDS } from '#recipes/ledger/entry.ts';
import type { Db } from '../db/open.ts';
import { undoneSql } from '../ledger/undone-store.ts';

export type WasteStore = {
  /** What the waste of a business day was worth, ten-thousandths; what was taken back is not in it. */
  costOfDay(day: number): number;
  /** The same with how many entries there were. */
  ofDay(day: number): { entries: number; cost: number };
};

export function openWasteStore(db: Db): WasteStore {
  const sums = db.prepare(
    `SELECT count(*) AS entries, coalesce(sum(json_extract(e.note, '$.cost')), 0) AS cost
       FROM entry e
      WHERE e.event IS NULL AND e.kind = ${ENTRY_KINDS.waste} AND e.day = ?
        AND NOT ${undoneSql('e.seq')}`,
  );
  const ofDay = (day: number) => sums.get(day) as { entries: number; cost: number };
  return { ofDay, costOfDay: (day) => ofDay(day).cost };
}
