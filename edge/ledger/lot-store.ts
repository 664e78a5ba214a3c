/** SQL of lots: what was received together, with its dates and its cost. */
import { ENTRY_KINDS } from '#recipes/ledger/entry.ts';
import type { Db } from '../db/open.ts';
import { undoneSql } from './undone-store.ts';

export type Lot = {
  readonly id: number;
  readonly item: number;
  /** What is written on it; ours when the supplier gave none. */
  readonly code: string;
  readonly supplier: string | null;
  /** Sequence of the entry that brought it. */
  readonly entry: number;
  /** Millionths received. */
  readonly amount: number;
  /** What the whole amount cost, in ten-thousandths of the currency; null = not known. */
  readonly cost: number | null;
  readonly receivedAt: number;
  readonly producedAt: number | null;
  readonly expiresAt: number | null;
  readonly openedAt: number | null;
  /** The lot it was taken from: opened, thawed, or trimmed of. */
  readonly parent: number | null;
};

export type LotStore = {
  /** @returns the lot's number */
  insert(lot: Omit<Lot, 'id'>): number;
  get(id: number): Lot | undefined;
  /** Every lot that carries this code, oldest first. */
  byCode(code: string): Lot[];
  /** The newest lot of an item. */
  newest(item: number): Lot | undefined;
  /** The newest one that was bought, by a receipt that was not taken back. */
  newestBought(item: number): Lot | undefined;
  /** The newest one whose cost is known, of an entry that was not taken back. */
  newestPriced(item: number): Lot | undefined;
};

const COLUMNS =
  'item, code, supplier, entry, amount, cost, received_at, produced_at, expires_at, opened_at, parent';

export function openLotStore(db: Db): LotStore {
  const insert = db
    .prepare(`INSERT INTO lot (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`)
    .pluck();
  const select = `SELECT id, item, code, supplier, entry, amount, cost, received_at AS receivedAt,
            produced_at AS producedAt, expires_at AS expiresAt, opened_at AS openedAt,
            parent FROM lot`;
  const get = db.prepare(`${select} WHERE id = ?`);
  const byCode = db.prepare(`${select} WHERE code = ? ORDER BY id`);
  const newestPriced = db.prepare(
    `${select} WHERE item = ? AND cost IS NOT NULL AND amount > 0
        AND NOT ${undoneSql('lot.entry')} ORDER BY id DESC LIMIT 1`,
  );
  const newestBought = db.prepare(
    `${select} WHERE item = ? AND NOT ${undoneSql('lot.entry')}
        AND (SELECT kind FROM entry WHERE seq = lot.entry) = ${ENTRY_KINDS.receipt}
      ORDER BY id DESC LIMIT 1`,
  );
  const newest = db.prepare(`${select} WHERE item = ? ORDER BY id DESC LIMIT 1`);
  return {
    insert: (l) =>
      Number(
        insert.get(
          l.item,
          l.code,
          l.supplier,
          l.entry,
          l.amount,
          l.cost,
          l.receivedAt,
          l.producedAt,
          l.expiresAt,
          l.openedAt,
          l.parent,
        ),
      ),
    get: (id) => get.get(id) as Lot | undefined,
    byCode: (code) => byCode.all(code) as Lot[],
    newestBought: (item) => newestBought.get(item) as Lot | undefined,
    newest: (item) => newest.get(item) as Lot | undefined,
    newestPriced: (item) => newestPriced.get(item) as Lot | undefined,
  };
}
