/** SQL of purchase orders and of what receipts brought of them. */
import type { OrderStep } from '#recipes/purchasing/order-state.ts';
import type { Db } from '../db/open.ts';

export type StoredOrder = {
  readonly id: string;
  /** Sequence of the entry that created it. */
  readonly entry: number;
  readonly supplier: string;
  /** Business day of the delivery as the number 20261122, if it was said. */
  readonly deliverOn: number | null;
  readonly step: OrderStep;
  readonly note: string | null;
};

export type StoredOrderLine = {
  readonly item: string;
  /** Millionths of the item's base unit. */
  readonly qty: number;
  /** The quantity as it was written: "4 pack". */
  readonly written: string;
  /** Decimal text per 1 of the unit that the quantity is written in. */
  readonly price: string | null;
};

export type StoredReceipt = {
  readonly entry: number;
  readonly item: string;
  readonly qty: number;
  readonly closes: boolean;
};

export type OrderStore = {
  insert(order: StoredOrder, lines: readonly StoredOrderLine[]): void;
  setStep(id: string, step: OrderStep): void;
  get(id: string): StoredOrder | undefined;
  lines(id: string): StoredOrderLine[];
  /** The newest first; a cancelled one only while it is among them. */
  latest(limit: number): StoredOrder[];
  /** Adds to what a receipt brought; the same item twice adds up. */
  addReceipt(order: string, receipt: StoredReceipt): void;
  /** Every receipt, those that were reversed included. */
  receipts(id: string): StoredReceipt[];
};

const COLUMNS = 'id, entry, supplier, deliver_on AS deliverOn, state AS step, note';

export function openOrderStore(db: Db): OrderStore {
  const insert = db.prepare(
    'INSERT INTO purchase_order (id, entry, supplier, deliver_on, state, note) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const insertLine = db.prepare(
    'INSERT INTO purchase_line (purchase, line, item, qty, written, price) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const setStep = db.prepare('UPDATE purchase_order SET state = ? WHERE id = ?');
  const get = db.prepare(`SELECT ${COLUMNS} FROM purchase_order WHERE id = ?`);
  const latest = db.prepare(`SELECT ${COLUMNS} FROM purchase_order ORDER BY entry DESC LIMIT ?`);
  const lines = db.prepare(
    'SELECT item, qty, written, price FROM purchase_line WHERE purchase = ? ORDER BY line',
  );
  const addReceipt = db.prepare(
    `INSERT INTO purchase_receipt (purchase, entry, item, qty, closes) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (purchase, entry, item) DO UPDATE
       SET qty = qty + excluded.qty, closes = max(closes, excluded.closes)`,
  );
  const receipts = db.prepare(
    'SELECT entry, item, qty, closes FROM purchase_receipt WHERE purchase = ? ORDER BY entry',
  );
  return {
    insert(order, list) {
      const { id, entry, supplier, deliverOn, step, note } = order;
      insert.run(id, entry, supplier, deliverOn, step, note);
      list.forEach(({ item, qty, written, price }, line) => {
        insertLine.run(id, line, item, qty, written, price);
      });
    },
    setStep: (id, step) => {
      setStep.run(step, id);
    },
    get: (id) => get.get(id) as StoredOrder | undefined,
    lines: (id) => lines.all(id) as StoredOrderLine[],
    latest: (limit) => latest.all(limit) as StoredOrder[],
    addReceipt: (order, { entry, item, qty, closes }) => {
      addReceipt.run(order, entry, item, qty, closes ? 1 : 0);
    },
    receipts: (id) =>
      receipts.all(id).map((row) => {
        const value = row as Omit<StoredReceipt, 'closes'> & { closes: number };
        return { ...value, closes: value.closes === 1 };
      }),
  };
}
