/** Small numbers for items: moves carry the number, everything a person sees carries the code. */
import { must } from '#recipes/assert.ts';
import type { Db } from '../db/open.ts';

export type ItemRegistry = {
  /** The number of a code, given out at its first use. */
  number(code: string, unit: string): number;
  /** The number of a code, if it ever moved. */
  find(code: string): number | undefined;
  /** Every code that ever had a number. */
  codes(): Iterable<string>;
  code(number: number): string;
  unit(number: number): string;
  /** The numbers given out in this transaction stay. */
  keep(): void;
  /** The numbers given out in this transaction were rolled back. */
  forget(): void;
};

type ItemRow = { id: number; code: string; unit: string };

export function openItemRegistry(db: Db): ItemRegistry {
  const insert = db.prepare('INSERT INTO item (code, unit) VALUES (?, ?) RETURNING id');
  const byCode = new Map<string, ItemRow>();
  const byNumber = new Map<number, ItemRow>();
  let fresh: ItemRow[] = [];
  for (const row of db.prepare('SELECT id, code, unit FROM item').all() as ItemRow[]) add(row);

  function add(row: ItemRow): void {
    byCode.set(row.code, row);
    byNumber.set(row.id, row);
  }

  return {
    number(code, unit) {
      const known = byCode.get(code);
      if (known) return known.id;
      const { id } = insert.get(code, unit) as { id: number };
      const row = { id, code, unit };
      add(row);
      fresh.push(row);
      return id;
    },
    find: (code) => byCode.get(code)?.id,
    codes: () => byCode.keys(),
    code: (number) => must(byNumber.get(number), `item ${number} is not known`).code,
    unit: (number) => must(byNumber.get(number), `item ${number} is not known`).unit,
    keep() {
      if (fresh.length > 0) fresh = [];
    },
    forget() {
      for (const row of fresh) {
        byCode.delete(row.code);
        byNumber.delete(row.id);
      }
      fresh = [];
    },
  };
}
