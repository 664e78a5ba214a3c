/** SQL of what barcodes mean here, as far as people taught it. */
import type { Db } from '../db/open.ts';
import { undoneSql } from '../ledger/undone-store.ts';

export type LearnedBarcode = {
  readonly code: string;
  readonly item: string;
  /** What one scan is ("pack"); null = nothing was said. */
  readonly unit: string | null;
};

export type BarcodeStore = {
  learn(entry: number, barcode: LearnedBarcode): void;
  /** The newest meaning of every code. */
  all(): LearnedBarcode[];
};

export function openBarcodeStore(db: Db): BarcodeStore {
  const insert = db.prepare('INSERT INTO barcode (entry, code, item, unit) VALUES (?, ?, ?, ?)');
  const all = db.prepare(
    `SELECT code, item, unit FROM barcode WHERE entry IN
       (SELECT max(b.entry) FROM barcode b WHERE NOT ${undoneSql('b.entry')} GROUP BY b.code)`,
  );
  return {
    learn: (entry, { code, item, unit }) => {
      insert.run(entry, code, item, unit);
    },
    all: () => all.all() as LearnedBarcode[],
  };
}
