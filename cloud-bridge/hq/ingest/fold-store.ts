/** Stored entries once more, page by page, so that a year of them needs the memory of a page. */
import type { Pool, PoolClient } from 'pg';
import type { Stretch } from '../lives/lineage.ts';
import type { Changing } from './changes.ts';

type Db = Pool | PoolClient;
type Row = {
  seq: string;
  kind: number;
  event: string | null;
  sale: string | null;
  day: number;
  note: string | null;
  moves: string;
};

const PAGE = 1_000;

/** Calls back for all entries of these stretches, oldest first; `pause` runs between pages, so that others get their turn. */
export async function foldEntries(
  db: Db,
  store: number,
  stretches: readonly Stretch[],
  visit: (entry: Changing & { readonly seq: number }) => void,
  pause: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  for (const { life, from, to } of stretches) {
    for (let at = from; at <= to; ) {
      const { rows } = await db.query<Row>({
        name: 'fold-entries',
        text: `SELECT seq, kind, event, sale, day, note, moves FROM entry
               WHERE store = $1 AND life = $2 AND seq BETWEEN $3 AND $4 ORDER BY seq LIMIT ${PAGE}`,
        values: [store, life, at, to],
      });
      for (const { seq, event, sale, ...rest } of rows) {
        visit({ ...rest, seq: Number(seq), event: numberOf(event), sale: numberOf(sale) });
      }
      at = Number(rows.at(-1)?.seq ?? to) + 1;
      await pause();
    }
  }
}

function numberOf(text: string | null): number | null {
  return text === null ? null : Number(text);
}
