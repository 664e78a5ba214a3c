/** SQL of what people said of days. */
import type { DayNoteKind } from '#recipes/contracts/day-command.ts';
import type { Db } from '../db/open.ts';

export type DayNote = {
  readonly id: string;
  /** Sequence of the entry that said it last. */
  readonly entry: number;
  /** Business days as numbers, both included. */
  readonly from: number;
  readonly to: number;
  readonly kind: DayNoteKind;
  /** Decimal text; null = not said. */
  readonly value: string | null;
  readonly reason: string | null;
};

export type NoteStore = {
  get(id: string): DayNote | undefined;
  put(note: DayNote): void;
  /** @returns whether it stood */
  remove(id: string, entry: number): boolean;
  /** Those that touch these days, in their order. */
  between(from: number, to: number): DayNote[];
  /** Grows whenever a note may have changed: what was worked out before is out of date. */
  version(): number;
};

const COLUMNS = 'id, entry, first_day AS "from", last_day AS "to", kind, value, reason';

export function openNoteStore(db: Db): NoteStore {
  const get = db.prepare(`SELECT ${COLUMNS} FROM day_note WHERE id = ? AND removed = 0`);
  const put = db.prepare(
    `INSERT INTO day_note (id, entry, first_day, last_day, kind, value, reason) VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET entry = excluded.entry, first_day = excluded.first_day,
         last_day = excluded.last_day, kind = excluded.kind, value = excluded.value,
         reason = excluded.reason, removed = 0`,
  );
  const remove = db.prepare(
    'UPDATE day_note SET removed = 1, entry = ? WHERE id = ? AND removed = 0',
  );
  const between = db.prepare(
    `SELECT ${COLUMNS} FROM day_note WHERE removed = 0 AND last_day >= ? AND first_day <= ?
      ORDER BY first_day, id`,
  );
  let version = 0;
  return {
    get: (id) => get.get(id) as DayNote | undefined,
    put: ({ id, entry, from, to, kind, value, reason }) => {
      version++;
      put.run(id, entry, from, to, kind, value, reason);
    },
    remove(id, entry) {
      version++;
      return remove.run(entry, id).changes > 0;
    },
    between: (from, to) => between.all(from, to) as DayNote[],
    version: () => version,
  };
}
