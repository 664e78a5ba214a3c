/** SQL of sales: which event defines them, and which day they belong to. */
import type { Db } from '../db/open.ts';

/** The revision of a plain sale: any snapshot of it is newer. */
export const PLAIN_SALE = -1;

export type StoredSale = {
  /** Arrival number of the first event that spoke of it. */
  readonly id: number;
  readonly terminal: number;
  readonly saleId: string;
  /** The event that defines its lines now: the sale, or the newest snapshot. */
  readonly event: number;
  /** -1 for a plain sale. */
  readonly revision: number;
  readonly day: number;
  readonly occurredAt: number;
  /** Line ids in the order of their numbers; null = as in the defining event. */
  readonly lineIds: readonly string[] | null;
};

export type SaleStore = {
  insert(sale: StoredSale): void;
  /** A newer snapshot defines the lines from now on. */
  redefine(sale: StoredSale): void;
  get(id: number): StoredSale | undefined;
  find(saleId: string, terminal: number): StoredSale | undefined;
  /** Sales with this id at any terminal. */
  named(saleId: string): StoredSale[];
  ofDay(day: number): StoredSale[];
  /** The first business day after this one that has sales. */
  dayAfter(day: number): number | undefined;
  /** Numbers of a day's sales after one of them that were sold from `from` on and before `to`, ascending. */
  soldBetween(day: number, after: number, from: number, to: number, limit: number): number[];
  /** Changes when a sale of the day comes, changes, or is taken back. */
  markOfDay(day: number): string;
  count(): number;
  countOfDay(day: number): number;
  latest(limit: number): StoredSale[];
};

const COLUMNS = 'id, terminal, sale_id, event, revision, day, occurred_at, line_ids';

export function openSaleStore(db: Db): SaleStore {
  const insert = db.prepare(`INSERT INTO sale (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`);
  const redefine = db.prepare(
    'UPDATE sale SET event = ?, revision = ?, day = ?, occurred_at = ?, line_ids = ? WHERE id = ?',
  );
  const get = db.prepare(`SELECT ${COLUMNS} FROM sale WHERE id = ?`);
  const find = db.prepare(`SELECT ${COLUMNS} FROM sale WHERE sale_id = ? AND terminal = ?`);
  const named = db.prepare(`SELECT ${COLUMNS} FROM sale WHERE sale_id = ? LIMIT 10`);
  const ofDay = db.prepare(`SELECT ${COLUMNS} FROM sale WHERE day = ? ORDER BY id`);
  const dayAfter = db.prepare('SELECT min(day) FROM sale WHERE day > ?').pluck();
  const soldBetween = db
    .prepare(
      `SELECT id FROM sale WHERE day = ? AND id > ? AND occurred_at >= ? AND occurred_at < ?
        ORDER BY id LIMIT ?`,
    )
    .pluck();
  const mark = db
    .prepare(
      `SELECT count(*) || ' ' || max(s.event) || ' ' ||
              (SELECT count(*) FROM taken_back b JOIN sale t ON t.id = b.sale WHERE t.day = s.day)
         FROM sale s WHERE s.day = ?`,
    )
    .pluck();
  const count = db.prepare('SELECT count(*) FROM sale').pluck();
  const countOfDay = db.prepare('SELECT count(*) FROM sale WHERE day = ?').pluck();
  const latest = db.prepare(`SELECT ${COLUMNS} FROM sale ORDER BY id DESC LIMIT ?`);

  return {
    insert: (s) => {
      insert.run(s.id, s.terminal, s.saleId, s.event, s.revision, s.day, s.occurredAt, idsText(s));
    },
    redefine: (s) => {
      redefine.run(s.event, s.revision, s.day, s.occurredAt, idsText(s), s.id);
    },
    get: (id) => storedSale(get.get(id)),
    find: (saleId, terminal) => storedSale(find.get(saleId, terminal)),
    named: (saleId) => named.all(saleId).flatMap((row) => storedSale(row) ?? []),
    ofDay: (day) => ofDay.all(day).flatMap((row) => storedSale(row) ?? []),
    dayAfter: (day) => (dayAfter.get(day) as number | null) ?? undefined,
    soldBetween: (...asked) => soldBetween.all(...asked) as number[],
    markOfDay: (day) => String(mark.get(day)),
    count: () => Number(count.get()),
    countOfDay: (day) => Number(countOfDay.get(day)),
    latest: (limit) => latest.all(limit).flatMap((row) => storedSale(row) ?? []),
  };
}

function idsText(sale: StoredSale): string | null {
  return sale.lineIds === null ? null : JSON.stringify(sale.lineIds);
}

type SaleRow = {
  id: number;
  terminal: number;
  sale_id: string;
  event: number;
  revision: number;
  day: number;
  occurred_at: number;
  line_ids: string | null;
};

function storedSale(value: unknown): StoredSale | undefined {
  if (value === undefined) return undefined;
  const row = value as SaleRow;
  return {
    id: row.id,
    terminal: row.terminal,
    saleId: row.sale_id,
    event: row.event,
    revision: row.revision,
    day: row.day,
    occurredAt: row.occurred_at,
    lineIds: row.line_ids === null ? null : (JSON.parse(row.line_ids) as string[]),
  };
}
