/** SQL of requisitions: what this store asks of another, and what others ask of it. */
import type { AskedLine } from '#recipes/contracts/transfer-note.ts';
import type { Db } from '../db/open.ts';
import { highestOf } from './transfer-store.ts';

/** What became of it. received: the goods came (at the store that asked). */
export type RequisitionState =
  | 'sent'
  | 'accepted'
  | 'declined'
  | 'shipped'
  | 'received'
  | 'cancelled';

/** A requisition as it is stored. */
export type StoredRequisition = {
  readonly id: string;
  readonly direction: 'out' | 'in';
  readonly other: string;
  readonly state: RequisitionState;
  /** Sequence of the entry that sent it; 0 = it came from head office. */
  readonly entry: number;
  readonly at: number;
  /** Business day as the number 20261123. */
  readonly deliverOn: number | null;
  readonly lines: readonly AskedLine[];
  /** The purchase order that it is sent for. */
  readonly purchase: string | null;
  readonly note: string | null;
};

/** Reads and writes requisitions; writing only inside `transact`. */
export type RequisitionStore = {
  get(id: string): StoredRequisition | undefined;
  has(id: string): boolean;
  put(row: StoredRequisition): void;
  /** The newest one of a purchase order. */
  ofPurchase(order: string): StoredRequisition | undefined;
  /** That nobody has shipped, declined or called off, by day and time. */
  open(): StoredRequisition[];
  latest(limit: number): StoredRequisition[];
  others(): string[];
  highest(prefix: string): number;
};

const COLUMNS = 'id, direction, other, state, entry, at, deliver_on, lines, purchase, note';
const READ = COLUMNS.replace('deliver_on', 'deliver_on AS deliverOn');

/** Opens the table of requisitions. */
export function openRequisitionStore(db: Db): RequisitionStore {
  const select = `SELECT ${READ} FROM requisition`;
  const get = db.prepare(`${select} WHERE id = ?`);
  const put = db.prepare(
    `INSERT OR REPLACE INTO requisition (${COLUMNS}) VALUES (@id, @direction, @other, @state, @entry,
       @at, @deliverOn, @lines, @purchase, @note)`,
  );
  const ofPurchase = db.prepare(`${select} WHERE purchase = ? ORDER BY entry DESC LIMIT 1`);
  const open = db.prepare(
    `${select} WHERE state IN ('sent', 'accepted') ORDER BY deliver_on IS NULL, deliver_on, at, id`,
  );
  const latest = db.prepare(`${select} ORDER BY at DESC, id DESC LIMIT ?`);
  const others = db
    .prepare('SELECT other FROM requisition GROUP BY other ORDER BY max(at) DESC LIMIT 200')
    .pluck();
  return {
    get: (id) => stored(get.get(id)),
    has: (id) => get.get(id) !== undefined,
    put: (row) => {
      put.run({ ...row, lines: JSON.stringify(row.lines) });
    },
    ofPurchase: (order) => stored(ofPurchase.get(order)),
    open: () => open.all().map(storedRow),
    latest: (limit) => latest.all(limit).map(storedRow),
    others: () => others.all() as string[],
    highest: highestOf(db, 'requisition'),
  };
}

function stored(value: unknown): StoredRequisition | undefined {
  return value === undefined ? undefined : storedRow(value);
}

function storedRow(value: unknown): StoredRequisition {
  const row = value as Omit<StoredRequisition, 'lines'> & { readonly lines: string };
  return { ...row, lines: JSON.parse(row.lines) as AskedLine[] };
}
