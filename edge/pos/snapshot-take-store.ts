/**
 * SQL of what the newest snapshot of a sale takes, line by line. The moves of a snapshot are a
 * difference to what was posted before, voids included, so they alone do not tell it.
 */
import type { Db } from '../db/open.ts';

export type SnapshotTakeStore = {
  /** Of one line of one sale: item number and millionths. */
  put(sale: number, line: number, takes: ReadonlyMap<number, number>): void;
  /** A newer snapshot begins. */
  clear(sale: number): void;
  ofSale(sale: number): { line: number; item: number; amount: number }[];
};

export function openSnapshotTakeStore(db: Db): SnapshotTakeStore {
  const put = db.prepare(
    'INSERT OR REPLACE INTO snapshot_take (sale, line, item, amount) VALUES (?, ?, ?, ?)',
  );
  const clear = db.prepare('DELETE FROM snapshot_take WHERE sale = ?');
  const ofSale = db.prepare('SELECT line, item, amount FROM snapshot_take WHERE sale = ?');
  return {
    put: (sale, line, takes) => {
      for (const [item, amount] of takes) put.run(sale, line, item, amount);
    },
    clear: (sale) => {
      clear.run(sale);
    },
    ofSale: (sale) => ofSale.all(sale) as { line: number; item: number; amount: number }[],
  };
}
