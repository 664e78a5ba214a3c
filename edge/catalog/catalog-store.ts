/** SQL of what head office sent down, and of the key that it signs with. */
import type { Db } from '../db/open.ts';

export const TAKEN_STATES = ['taken', 'refused', 'ignored'] as const;
/** ignored: it is for other stores. */
export type TakenState = (typeof TAKEN_STATES)[number];

/** A version that this box has dealt with. Times are epoch milliseconds. */
export type TakenVersion = {
  readonly version: number;
  /** Sequence of the entry that says what became of it. */
  readonly entry: number;
  readonly kind: string;
  readonly state: TakenState;
  readonly validFrom: number | null;
  readonly receivedAt: number;
  /** Version of the box's own book that it became. */
  readonly book: number | null;
  /** JSON of `Reason`. */
  readonly reason: string | null;
  /** JSON of `Rehearsal`. */
  readonly rehearsal: string | null;
  readonly signed: string;
  readonly signature: string;
};

/** Without its text, which may be as long as a book. */
export type TakenHead = Omit<TakenVersion, 'signed' | 'signature'>;

export type CatalogStore = {
  /** Highest version that was dealt with; 0 when there is none. */
  head(): number;
  get(version: number): TakenVersion | undefined;
  /** Newest first. @param kind only of this kind */
  list(limit: number, kind?: string): TakenHead[];
  insert(version: TakenVersion): void;
  /** A word that is kept beside the tables; undefined when there is none. */
  word(key: Word): string | undefined;
  /** @param value null forgets it */
  keep(key: Word, value: string | null): void;
};

/**
 * hqKey: the public key that is believed. hqStrangeKey: another one that was shown since.
 * catalogUnderway: the version that is being dealt with, as it came. catalogBook: how far its book is.
 * catalogAside: decisions that wait, as they came. catalogTries: how often those were tried that are not
 * dealt with.
 */
export type Word =
  | 'hqKey'
  | 'hqStrangeKey'
  | 'catalogUnderway'
  | 'catalogBook'
  | 'catalogAside'
  | 'catalogTries';

const HEAD =
  'version, entry, kind, state, valid_from AS validFrom, received_at AS receivedAt, book, reason, rehearsal';

export function openCatalogStore(db: Db): CatalogStore {
  const head = db.prepare('SELECT max(version) FROM catalog').pluck();
  const get = db.prepare(`SELECT ${HEAD}, signed, signature FROM catalog WHERE version = ?`);
  const list = db.prepare(
    `SELECT ${HEAD} FROM catalog WHERE @kind IS NULL OR kind = @kind ORDER BY version DESC LIMIT @limit`,
  );
  const insert = db.prepare(
    `INSERT INTO catalog (version, entry, kind, state, valid_from, received_at, book, reason, rehearsal, signed, signature)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const word = db.prepare('SELECT value FROM meta WHERE key = ?').pluck();
  const keep = db.prepare(
    'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
  );
  const forget = db.prepare('DELETE FROM meta WHERE key = ?');
  return {
    head: () => Number(head.get() ?? 0),
    get: (version) => get.get(version) as TakenVersion | undefined,
    list: (limit, kind) => list.all({ kind: kind ?? null, limit }) as TakenHead[],
    insert: (row) => {
      insert.run(
        row.version,
        row.entry,
        row.kind,
        row.state,
        row.validFrom,
        row.receivedAt,
        row.book,
        row.reason,
        row.rehearsal,
        row.signed,
        row.signature,
      );
    },
    word: (key) => word.get(key) as string | undefined,
    keep: (key, value) => {
      if (value === null) forget.run(key);
      else keep.run(key, value);
    },
  };
}
