/** SQL of voids and refunds that came before their sale. */
import type { Db } from '../db/open.ts';

export type WaitingStore = {
  add(saleId: string, event: number): void;
  /** Arrival numbers of the events that wait for this sale, oldest first. */
  of(saleId: string): readonly number[];
  remove(saleId: string, event: number): void;
};

export function openWaitingStore(db: Db): WaitingStore {
  const add = db.prepare('INSERT OR IGNORE INTO waiting (sale_id, event) VALUES (?, ?)');
  const of = db.prepare('SELECT event FROM waiting WHERE sale_id = ? ORDER BY event').pluck();
  const remove = db.prepare('DELETE FROM waiting WHERE sale_id = ? AND event = ?');
  // Almost no sale is waited for, and every sale asks. Ids are never taken out of the set: one too
  // many costs a query, one too few after a rollback would leave a void without its sale.
  const awaited = new Set(db.prepare('SELECT sale_id FROM waiting').pluck().all() as string[]);
  return {
    add: (saleId, event) => {
      awaited.add(saleId);
      add.run(saleId, event);
    },
    of: (saleId) => (awaited.has(saleId) ? (of.all(saleId) as number[]) : NOBODY),
    remove: (saleId, event) => {
      remove.run(saleId, event);
    },
  };
}

const NOBODY: readonly number[] = [];
