/**
 * SQL of the feed: what head office has not seen yet, in pages. The moves of an entry leave SQLite as
 * the one text that was hashed, so that a week of them never becomes objects.
 */
import { NO_HASH } from '#recipes/contracts/sync.ts';
import { writeEntryText } from '#recipes/sync/read-entry-text.ts';
import type { Db } from '../db/open.ts';
import { MOVES_PER_ENTRY } from '../ledger/entry-store.ts';

/** An entry and the exact text that was hashed for it. */
export type FeedEntry = {
  readonly seq: number;
  /** Arrival number of the event behind it. */
  readonly event: number | null;
  readonly command: string | null;
  readonly reverses: number | null;
  readonly occurredAt: number;
  readonly recordedAt: number;
  readonly actor: string | null;
  /** 64 hex digits. */
  readonly hash: string;
  readonly text: string;
  /** Bytes of the event and of the command behind it. */
  readonly causeBytes: number;
};

export type FeedHead = { readonly seq: number; readonly hash: string; readonly recordedAt: number };

/** [number, code, unit] */
export type ItemRow = [number, string, string];
/** [number, item, code, supplier, entry, amount, cost, receivedAt, producedAt, expiresAt, parent] */
export type LotRow = [
  number,
  number,
  string,
  string | null,
  number,
  number,
  number | null,
  number,
  number | null,
  number | null,
  number | null,
];
export type BookRow = {
  readonly version: number;
  readonly entry: number;
  readonly validFrom: number;
  readonly adoptedAt: number;
  readonly document: string;
};

export type FeedStore = {
  /** The newest entry; undefined in an empty ledger. */
  head(): FeedHead | undefined;
  /** Hash of an entry, 64 hex digits; of 0, the one before the first. Undefined = no such entry. */
  hashAt(seq: number): string | undefined;
  /** When the box wrote an entry; epoch milliseconds. */
  recordedAt(seq: number): number | undefined;
  /** Entries after `seq`, oldest first, read one by one until `take` says that this was the last. */
  entries(seq: number, limit: number, take: (entry: FeedEntry) => boolean): void;
  items(after: number, limit: number): ItemRow[];
  lots(after: number, limit: number): LotRow[];
  /** Lots that these entries brought. */
  lotsOf(from: number, to: number, limit: number): LotRow[];
  /** The next book, if there is one. */
  book(after: number): BookRow | undefined;
  /** Books that these entries adopted. */
  booksOf(from: number, to: number): BookRow[];
  /** Highest numbers of the tables beside the ledger; 0 for an empty one. */
  heads(): { items: number; lots: number; books: number; events: number };
};

const ENTRY = `e.seq, e.kind, e.event, e.sale, e.reverses, e.book, e.day, e.occurred_at, e.recorded_at,
  e.command, e.actor, e.note, lower(hex(e.hash)),
  coalesce((SELECT length(body) FROM event WHERE id = e.event), 0)
    + coalesce((SELECT octet_length(content) FROM command WHERE id = e.command), 0)`;
const MOVES = `(SELECT group_concat(
    m.line || ',' || m.item || ',' || m.lot || ',' || m.src || ',' || m.dst || ',' || m.amount || ';',
    '' ORDER BY m.id)
  FROM move m WHERE m.id >= e.seq * ${MOVES_PER_ENTRY} AND m.id < (e.seq + 1) * ${MOVES_PER_ENTRY})`;
const LOT = `id, item, code, supplier, entry, amount, cost, received_at, produced_at, expires_at,
  parent`;
const BOOK = 'version, entry, valid_from AS validFrom, adopted_at AS adoptedAt, document';

/** Prepares its statements once. */
export function openFeedStore(db: Db): FeedStore {
  const head = db.prepare(
    `SELECT seq, lower(hex(hash)) AS hash, recorded_at AS recordedAt FROM entry
      ORDER BY seq DESC LIMIT 1`,
  );
  const hashOf = db.prepare('SELECT lower(hex(hash)) FROM entry WHERE seq = ?').pluck();
  const recordedAt = db.prepare('SELECT recorded_at FROM entry WHERE seq = ?').pluck();
  const entries = db
    .prepare(`SELECT ${ENTRY}, ${MOVES} FROM entry e WHERE e.seq > ? ORDER BY e.seq LIMIT ?`)
    .raw();
  const items = db
    .prepare('SELECT id, code, unit FROM item WHERE id > ? ORDER BY id LIMIT ?')
    .raw();
  const lots = db.prepare(`SELECT ${LOT} FROM lot WHERE id > ? ORDER BY id LIMIT ?`).raw();
  const lotsOf = db
    .prepare(`SELECT ${LOT} FROM lot WHERE entry BETWEEN ? AND ? ORDER BY id LIMIT ?`)
    .raw();
  const book = db.prepare(`SELECT ${BOOK} FROM book WHERE version > ? ORDER BY version LIMIT 1`);
  const booksOf = db.prepare(
    `SELECT ${BOOK} FROM book WHERE entry BETWEEN ? AND ? ORDER BY version`,
  );
  const heads = db.prepare(
    `SELECT (SELECT coalesce(max(id), 0) FROM item) AS items,
            (SELECT coalesce(max(id), 0) FROM lot) AS lots,
            (SELECT coalesce(max(version), 0) FROM book) AS books,
            (SELECT coalesce(max(id), 0) FROM event) AS events`,
  );
  return {
    head: () => head.get() as FeedHead | undefined,
    hashAt: (seq) => (seq === 0 ? NO_HASH : (hashOf.get(seq) as string | undefined)),
    recordedAt: (seq) => recordedAt.get(seq) as number | undefined,
    entries(seq, limit, take) {
      for (const row of entries.iterate(seq, limit)) if (!take(feedEntry(row))) return;
    },
    items: (after, limit) => items.all(after, limit) as ItemRow[],
    lots: (after, limit) => lots.all(after, limit) as LotRow[],
    lotsOf: (from, to, limit) => lotsOf.all(from, to, limit) as LotRow[],
    book: (after) => book.get(after) as BookRow | undefined,
    booksOf: (from, to) => booksOf.all(from, to) as BookRow[],
    heads: () => heads.get() as ReturnType<FeedStore['heads']>,
  };
}

type EntryRow = [
  seq: number,
  kind: number,
  event: number | null,
  sale: number | null,
  reverses: number | null,
  book: number | null,
  day: number,
  occurredAt: number,
  recordedAt: number,
  command: string | null,
  actor: string | null,
  note: string | null,
  hash: string,
  causeBytes: number,
  moves: string | null,
];

function feedEntry(value: unknown): FeedEntry {
  const row = value as EntryRow;
  const [seq, kind, event, sale, reverses, book, day, occurredAt, recordedAt] = row;
  const [command, actor, note, hash, causeBytes] = [row[9], row[10], row[11], row[12], row[13]];
  const text = writeEntryText({
    seq,
    kind,
    event,
    sale,
    reverses,
    book,
    day,
    occurredAt,
    recordedAt,
    command,
    actor,
    note,
    moves: row[14] ?? '',
  });
  return { seq, event, command, reverses, occurredAt, recordedAt, actor, hash, text, causeBytes };
}
