/** SQL of purchase orders, their steps, and what receipts brought of them. */
import type { OrderStep } from '#recipes/purchasing/order-state.ts';
import type { Db } from '../db/open.ts';
import { NUMBER_DIGITS } from '../ledger/numbered-id.ts';

/** An order as it is stored: what was said, not what has come. */
export type StoredOrder = {
  readonly id: string;
  /** Sequence of the entry that created it. */
  readonly entry: number;
  readonly supplier: string;
  /** Business day of the delivery as the number 20261122, if it was said. */
  readonly deliverOn: number | null;
  readonly step: OrderStep;
  readonly note: string | null;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  /** Counts up when an order changes that was approved before. */
  readonly revision: number;
};

/** A line with the pack and price of the moment it was ordered. */
export type StoredOrderLine = {
  readonly item: string;
  /** Millionths of the item's base unit. */
  readonly qty: number;
  /** The quantity as it was written: "4 pack". */
  readonly written: string;
  /** Decimal text per 1 of the unit that the quantity is written in; null = as in the book. */
  readonly price: string | null;
  /** Millionths that the box had suggested; null = a person's own line. */
  readonly suggested: number | null;
  /** One pack as the supplier sold it when it was ordered: millionths, as written, money. */
  readonly pack: number | null;
  readonly packText: string | null;
  readonly packPrice: string | null;
};

/** What one receipt brought of one item of an order. */
export type StoredReceipt = {
  readonly entry: number;
  readonly item: string;
  readonly qty: number;
  readonly closes: boolean;
  /** When it came, and who took it in. */
  readonly at: number;
  readonly actor: string | null;
};

/** A step in the history of an order, as the entry `entry` made it. */
export type StoredStep = {
  readonly entry: number;
  readonly step: string;
  readonly at: number;
  readonly actor: string | null;
  /** JSON text. */
  readonly detail: string | null;
};

/** Reads and writes orders; writing only inside `transact`. */
export type OrderStore = {
  insert(order: StoredOrder, lines: readonly StoredOrderLine[]): void;
  /** Replaces everything that an edit may change. */
  change(
    id: string,
    to: { readonly step: OrderStep; readonly revision: number; readonly note: string | null },
  ): void;
  replaceLines(id: string, lines: readonly StoredOrderLine[]): void;
  setStep(id: string, step: OrderStep): void;
  get(id: string): StoredOrder | undefined;
  has(id: string): boolean;
  lines(id: string): StoredOrderLine[];
  /** The newest first; a cancelled one only while it is among them. */
  latest(limit: number): StoredOrder[];
  /** Of one supplier for one delivery day, oldest first. */
  ofDay(supplier: string, day: number): StoredOrder[];
  /** Of delivery days, both included, the newest first. */
  ofDays(from: number, to: number): StoredOrder[];
  /** That name no delivery day, created since an instant, the newest first. */
  withoutDay(since: number): StoredOrder[];
  /** By when they were created, oldest first. @param from, to epoch milliseconds, `to` not included */
  between(from: number, to: number): StoredOrder[];
  /** The highest number in use among ids of this form: "PO-20261123-014" -> 14. */
  highest(prefix: string): number;
  addStep(order: string, step: StoredStep): void;
  steps(order: string): StoredStep[];
  /** Adds to what a receipt brought; the same item twice adds up. */
  addReceipt(order: string, receipt: Omit<StoredReceipt, 'at' | 'actor'>): void;
  /** Every receipt, those that were reversed included. */
  receipts(id: string): StoredReceipt[];
};

const COLUMNS =
  'id, entry, supplier, deliver_on AS deliverOn, state AS step, note, created_at AS createdAt, revision';
const LINE_COLUMNS =
  'item, qty, written, price, suggested, pack, pack_text AS packText, pack_price AS packPrice';

/** Of the box's own connection, or of one that only reads. */
export function openOrderStore(db: Db): OrderStore {
  const insert = db.prepare(
    `INSERT INTO purchase_order (id, entry, supplier, deliver_on, state, note, created_at, revision)
     VALUES (@id, @entry, @supplier, @deliverOn, @step, @note, @createdAt, @revision)`,
  );
  const change = db.prepare(
    'UPDATE purchase_order SET state = @step, revision = @revision, note = @note WHERE id = @id',
  );
  const setStep = db.prepare('UPDATE purchase_order SET state = ? WHERE id = ?');
  const select = `SELECT ${COLUMNS} FROM purchase_order`;
  const get = db.prepare(`${select} WHERE id = ?`);
  const latest = db.prepare(`${select} ORDER BY entry DESC LIMIT ?`);
  const ofDay = db.prepare(`${select} WHERE deliver_on = ? AND supplier = ? ORDER BY entry`);
  const ofDays = db.prepare(`${select} WHERE deliver_on BETWEEN ? AND ? ORDER BY entry DESC`);
  const withoutDay = db.prepare(
    `${select} WHERE deliver_on IS NULL AND created_at >= ? ORDER BY entry DESC`,
  );
  const between = db.prepare(`${select} WHERE created_at >= ? AND created_at < ? ORDER BY entry`);
  const highest = db
    .prepare(
      `SELECT max(CAST(substr(id, length(@prefix) + 1) AS INTEGER)) FROM purchase_order
        WHERE id >= @prefix AND id < @prefix || ':' AND substr(id, length(@prefix) + 1) NOT GLOB '*[^0-9]*'
          AND length(id) <= length(@prefix) + ${NUMBER_DIGITS}`,
    )
    .pluck();
  return {
    ...openLines(db),
    ...openReceipts(db),
    ...openSteps(db),
    insert(order, list) {
      insert.run(order);
      this.replaceLines(order.id, list);
    },
    change: (id, to) => {
      change.run({ id, ...to });
    },
    setStep: (id, step) => {
      setStep.run(step, id);
    },
    get: (id) => get.get(id) as StoredOrder | undefined,
    has: (id) => get.get(id) !== undefined,
    latest: (limit) => latest.all(limit) as StoredOrder[],
    ofDay: (supplier, day) => ofDay.all(day, supplier) as StoredOrder[],
    ofDays: (from, to) => ofDays.all(from, to) as StoredOrder[],
    withoutDay: (since) => withoutDay.all(since) as StoredOrder[],
    between: (from, to) => between.all(from, to) as StoredOrder[],
    highest: (prefix) => (highest.get({ prefix }) as number | null) ?? 0,
  };
}

function openLines(db: Db): Pick<OrderStore, 'lines' | 'replaceLines'> {
  const remove = db.prepare('DELETE FROM purchase_line WHERE purchase = ?');
  const insert = db.prepare(
    `INSERT INTO purchase_line
       (purchase, line, item, qty, written, price, suggested, pack, pack_text, pack_price)
     VALUES (@id, @line, @item, @qty, @written, @price, @suggested, @pack, @packText, @packPrice)`,
  );
  const lines = db.prepare(
    `SELECT ${LINE_COLUMNS} FROM purchase_line WHERE purchase = ? ORDER BY line`,
  );
  return {
    replaceLines(id, list) {
      remove.run(id);
      for (const [line, facts] of list.entries()) insert.run({ id, line, ...facts });
    },
    lines: (id) => lines.all(id) as StoredOrderLine[],
  };
}

function openSteps(db: Db): Pick<OrderStore, 'addStep' | 'steps'> {
  const add = db.prepare(
    `INSERT INTO purchase_step (purchase, entry, step, at, actor, detail)
     VALUES (@order, @entry, @step, @at, @actor, @detail)`,
  );
  const steps = db.prepare(
    'SELECT entry, step, at, actor, detail FROM purchase_step WHERE purchase = ? ORDER BY entry, step',
  );
  return {
    addStep: (order, step) => {
      add.run({ order, ...step });
    },
    steps: (order) => steps.all(order) as StoredStep[],
  };
}

function openReceipts(db: Db): Pick<OrderStore, 'addReceipt' | 'receipts'> {
  const addReceipt = db.prepare(
    `INSERT INTO purchase_receipt (purchase, entry, item, qty, closes) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (purchase, entry, item) DO UPDATE
       SET qty = qty + excluded.qty, closes = max(closes, excluded.closes)`,
  );
  const receipts = db.prepare(
    `SELECT r.entry, r.item, r.qty, r.closes, e.occurred_at AS at, e.actor
       FROM purchase_receipt r JOIN entry e ON e.seq = r.entry
      WHERE r.purchase = ? ORDER BY r.entry`,
  );
  return {
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
