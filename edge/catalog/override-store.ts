/** SQL of what this store keeps different from the book of head office. */
import type { Override } from '#recipes/book/overrides.ts';
import type { Db } from '../db/open.ts';

/** With the entry that said it last. */
export type StoredOverride = Override & { readonly entry: number };

export type OverrideStore = {
  /** Those that are different now, in the order of their ids. */
  list(): StoredOverride[];
  /** The newest word of a field counts; null = as head office says. */
  put(override: Override, entry: number): void;
  /** Entry of the newest word; changes whenever anything does. */
  newest(): number;
};

export function openOverrideStore(db: Db): OverrideStore {
  const list = db.prepare(
    'SELECT what, id, field, entry, value FROM book_override WHERE value IS NOT NULL ORDER BY what, id, field',
  );
  const put = db.prepare(
    `INSERT INTO book_override (what, id, field, entry, value) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET entry = excluded.entry, value = excluded.value`,
  );
  const newest = db.prepare('SELECT max(entry) FROM book_override').pluck();
  return {
    list: () =>
      (list.all() as (Omit<StoredOverride, 'value'> & { value: string })[]).map((row) => ({
        ...row,
        value: JSON.parse(row.value) as unknown,
      })),
    put: ({ what, id, field, value }, entry) => {
      put.run(what, id, field, entry, value === null ? null : JSON.stringify(value));
    },
    newest: () => Number(newest.get() ?? 0),
  };
}
