/** SQL of what voids and refunds took back of sold lines. */
import type { Db } from '../db/open.ts';

export type TakenBack = {
  readonly line: number;
  /** Millionths of a sold unit. */
  readonly qty: number;
  /** A number of `DISPOSITIONS`. */
  readonly disposition: number;
};

export type TakenBackStore = {
  add(sale: number, event: number, back: TakenBack): void;
  ofSale(sale: number): TakenBack[];
  /** How many voids and refunds took something back of a day's sales, by the sale's terminal. */
  ofDay(day: number): Map<number, { voids: number; refunds: number }>;
  /** The event that made this refund, if it is known. */
  refund(sale: number, refundId: string): number | undefined;
  addRefund(sale: number, refundId: string, event: number): void;
};

export function openTakenBackStore(db: Db): TakenBackStore {
  const add = db.prepare(
    `INSERT INTO taken_back (sale, line, event, qty, disposition) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET qty = qty + excluded.qty`,
  );
  const ofSale = db.prepare(
    'SELECT line, qty, disposition FROM taken_back WHERE sale = ? ORDER BY line, event',
  );
  const ofDay = db.prepare(
    `SELECT s.terminal AS terminal, count(DISTINCT CASE e.type WHEN 2 THEN e.id END) AS voids,
            count(DISTINCT CASE e.type WHEN 3 THEN e.id END) AS refunds
       FROM sale s JOIN taken_back b ON b.sale = s.id JOIN event e ON e.id = b.event
      WHERE s.day = ? GROUP BY s.terminal`,
  );
  const refund = db.prepare('SELECT event FROM refund WHERE sale = ? AND refund_id = ?').pluck();
  const addRefund = db.prepare('INSERT INTO refund (sale, refund_id, event) VALUES (?, ?, ?)');
  return {
    add: (sale, event, b) => {
      add.run(sale, b.line, event, b.qty, b.disposition);
    },
    ofSale: (sale) => ofSale.all(sale) as TakenBack[],
    ofDay: (day) =>
      new Map(
        (ofDay.all(day) as { terminal: number; voids: number; refunds: number }[]).map(
          ({ terminal, voids, refunds }) => [terminal, { voids, refunds }],
        ),
      ),
    refund: (sale, refundId) => refund.get(sale, refundId) as number | undefined,
    addRefund: (sale, refundId, event) => {
      addRefund.run(sale, refundId, event);
    },
  };
}
