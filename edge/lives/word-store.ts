/** SQL of words of which the newest counts: what was said of a setting, a code, a person. */
import { ENTRY_KINDS, type EntryKind } from '#recipes/ledger/entry.ts';
import type { Db } from '../db/open.ts';

/** Entries whose newest word counts; the index `entry_of_words` covers exactly these. */
export const WORD_KINDS = [
  'mapping',
  'setting',
  'barcode',
  'person',
  'device',
  'override',
] as const satisfies readonly EntryKind[];
export type WordKind = (typeof WORD_KINDS)[number];

export type WordStore = {
  /**
   * Notes of the entries of a kind that happened after an instant, parsed, oldest first.
   * @param after epoch milliseconds
   */
  since(kind: WordKind, after: number): unknown[];
};

export function openWordStore(db: Db): WordStore {
  const since = new Map(
    WORD_KINDS.map((kind) => {
      // The number stands in the statement, or SQLite would not see that the index covers it.
      const sql = `SELECT note FROM entry WHERE kind = ${ENTRY_KINDS[kind]} AND occurred_at > ?
        ORDER BY occurred_at`;
      return [kind, db.prepare(sql).pluck()] as const;
    }),
  );
  return {
    since: (kind, after) =>
      ((since.get(kind)?.all(after) ?? []) as (string | null)[]).map((note) =>
        note === null ? null : (JSON.parse(note) as unknown),
      ),
  };
}
