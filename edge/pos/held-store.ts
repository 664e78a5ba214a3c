/** SQL of lines that wait until somebody says what their code means. */
import type { Db } from '../db/open.ts';

export type HeldLine = {
  readonly sale: number;
  readonly line: number;
  /** The code nobody knows: of the dish, or of one of its modifiers. */
  readonly sku: string;
  readonly modifier: boolean;
};

/** One unknown code: how many lines wait for it, and the oldest sale among them. */
export type HeldSku = {
  readonly sku: string;
  readonly modifier: boolean;
  readonly lines: number;
  readonly sale: number;
};

export type HeldStore = {
  hold(line: HeldLine): void;
  release(sale: number, line: number): void;
  ofSale(sale: number): HeldLine[];
  /** Every line that waits, of sales after this one, oldest sale first. */
  all(limit: number, afterSale: number): HeldLine[];
  /** Lines that wait for this code, oldest sale first. */
  ofSku(sku: string, limit: number): HeldLine[];
  countOfSku(sku: string): number;
  /** The codes most lines wait for first. */
  skus(): HeldSku[];
};

const SKUS_MAX = 200;

export function openHeldStore(db: Db): HeldStore {
  const hold = db.prepare(
    'INSERT OR REPLACE INTO held_line (sale, line, sku, modifier) VALUES (?, ?, ?, ?)',
  );
  const release = db.prepare('DELETE FROM held_line WHERE sale = ? AND line = ?');
  const columns = 'SELECT sale, line, sku, modifier FROM held_line';
  const ofSale = db.prepare(`${columns} WHERE sale = ? ORDER BY line`);
  const all = db.prepare(`${columns} WHERE sale > ? ORDER BY sale, line LIMIT ?`);
  const ofSku = db.prepare(`${columns} WHERE sku = ? ORDER BY sale, line LIMIT ?`);
  const countOfSku = db.prepare('SELECT count(*) FROM held_line WHERE sku = ?').pluck();
  const skus = db.prepare(
    `SELECT sku, modifier, count(*) AS lines, min(sale) AS sale FROM held_line
      GROUP BY sku, modifier ORDER BY lines DESC LIMIT ${SKUS_MAX}`,
  );
  return {
    hold: (h) => {
      hold.run(h.sale, h.line, h.sku, h.modifier ? 1 : 0);
    },
    release: (sale, line) => {
      release.run(sale, line);
    },
    ofSale: (sale) => ofSale.all(sale).map(withFlag<HeldLine>),
    all: (limit, afterSale) => all.all(afterSale, limit).map(withFlag<HeldLine>),
    ofSku: (sku, limit) => ofSku.all(sku, limit).map(withFlag<HeldLine>),
    countOfSku: (sku) => Number(countOfSku.get(sku)),
    skus: () => skus.all().map(withFlag<HeldSku>),
  };
}

/** SQLite has no booleans. */
function withFlag<T extends { modifier: boolean }>(row: unknown): T {
  const value = row as Omit<T, 'modifier'> & { modifier: number };
  return { ...value, modifier: value.modifier === 1 } as unknown as T;
}
