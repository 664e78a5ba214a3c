/** SQL of counts: observations as they were made, what posted counts say, and the entries around them. */
import type { Observation } from '#recipes/counts/observed.ts';
import type { PostedTarget } from '#recipes/counts/standing.ts';
import { ENTRY_KINDS, type EntryKind, entryKindName } from '#recipes/ledger/entry.ts';
import type { Db } from '../db/open.ts';
import { openUndone } from '../ledger/undone-store.ts';

/** As much of an entry as a count needs to know. */
export type Head = {
  readonly seq: number;
  readonly kind: EntryKind;
  readonly occurredAt: number;
  readonly reverses: number | null;
  /** Of a count only. */
  readonly note: string | null;
};

export type CountHead = {
  readonly count: string;
  /** Moments of its first and last observation. */
  readonly firstAt: number;
  readonly lastAt: number;
};

export type CountStore = {
  addLine(count: string, line: Observation): void;
  addCounted(count: string, row: PostedTarget): void;
  /** Observations of a count, as recorded. */
  linesOf(count: string): Observation[];
  /** What posted counts said of an item, reversed ones included. */
  countedOf(item: number): PostedTarget[];
  /** Rows of the entries that posted a count. */
  countedBy(count: string): PostedTarget[];
  /** Rows of one posting entry. */
  postedBy(entry: number): PostedTarget[];
  hasCounted(item: number): boolean;
  /** The newest counted moment; undefined when nothing was ever posted. */
  newestMoment(): number | undefined;
  /** Sequence of the newest posting entry; 0 when there is none. */
  newestPost(): number;
  /** Newest first. */
  counts(limit: number): CountHead[];
  head(seq: number): Head | undefined;
  /** Whether an entry was not reversed, or was restored since. */
  stands(seq: number): boolean;
  /** The entry that reverses this one. */
  reversalOf(seq: number): number | undefined;
  /** Entries after `seq` that happened by `until`, and all that reverse or count something. */
  late(seq: number, until: number): Head[];
  /** Entries that happened after an instant. */
  since(at: number): Head[];
  /** What was posted late for the count of this entry. */
  lateOf(entry: number): Head[];
  /** Amount and cost of the newest lot of an item whose cost is known. */
  costBasis(item: number): { readonly amount: number; readonly cost: number } | undefined;
};

const HEAD = `seq, kind, occurred_at AS occurredAt, reverses,
  CASE kind WHEN ${ENTRY_KINDS.count} THEN note END AS note`;

export function openCountStore(db: Db): CountStore {
  const undone = openUndone(db);
  const addLine = db.prepare(
    'INSERT INTO count_line (entry, count, item, lot, place, qty, at, actor) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const addCounted = db.prepare(
    'INSERT INTO counted (item, lot, entry, count, at, qty) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const linesOf = db.prepare(
    'SELECT entry, item, lot, place, qty, at, actor FROM count_line WHERE count = ? ORDER BY entry',
  );
  const counted = 'SELECT item, lot, entry, at, qty FROM counted WHERE';
  const countedOf = db.prepare(`${counted} item = ?`);
  const countedBy = db.prepare(`${counted} count = ? ORDER BY entry`);
  const postedBy = db.prepare(
    `${counted} count = (SELECT json_extract(note, '$.count') FROM entry WHERE seq = :entry) AND entry = :entry`,
  );
  const hasCounted = db.prepare('SELECT 1 FROM counted WHERE item = ? LIMIT 1');
  const newestMoment = db.prepare('SELECT max(at) FROM counted').pluck();
  const newestPost = db.prepare('SELECT max(entry) FROM counted').pluck();
  const counts = db.prepare(
    `SELECT count, min(at) AS firstAt, max(at) AS lastAt FROM count_line
      GROUP BY count ORDER BY max(entry) DESC LIMIT ?`,
  );
  const head = db.prepare(`SELECT ${HEAD} FROM entry WHERE seq = ?`);
  const reversalOf = db
    .prepare(`SELECT seq FROM entry WHERE reverses = ? AND kind = ${ENTRY_KINDS.reversal}`)
    .pluck();
  const late = db.prepare(
    `SELECT ${HEAD} FROM entry WHERE seq > ?
        AND (occurred_at <= ? OR kind IN (${ENTRY_KINDS.reversal}, ${ENTRY_KINDS.count})) ORDER BY seq`,
  );
  const since = db.prepare(`SELECT ${HEAD} FROM entry WHERE occurred_at > ? ORDER BY seq`);
  const lateOf = db.prepare(
    `SELECT ${HEAD} FROM entry WHERE event IS NULL AND seq > :entry AND kind = ${ENTRY_KINDS.count}
        AND json_extract(note, '$.of') = :entry ORDER BY seq`,
  );
  const costBasis = db.prepare(
    'SELECT amount, cost FROM lot WHERE item = ? AND cost IS NOT NULL ORDER BY id DESC LIMIT 1',
  );
  return {
    addLine: (count, l) => {
      addLine.run(l.entry, count, l.item, l.lot, l.place, l.qty, l.at, l.actor);
    },
    addCounted: (count, r) => {
      addCounted.run(r.item, r.lot, r.entry, count, r.at, r.qty);
    },
    linesOf: (count) => linesOf.all(count) as Observation[],
    countedOf: (item) => countedOf.all(item) as PostedTarget[],
    countedBy: (count) => countedBy.all(count) as PostedTarget[],
    postedBy: (entry) => postedBy.all({ entry }) as PostedTarget[],
    hasCounted: (item) => hasCounted.get(item) !== undefined,
    newestMoment: () => (newestMoment.get() as number | null) ?? undefined,
    newestPost: () => (newestPost.get() as number | null) ?? 0,
    counts: (limit) => counts.all(limit) as CountHead[],
    head: (seq) => headOf(head.get(seq)),
    stands: (seq) => !undone(seq),
    reversalOf: (seq) => reversalOf.get(seq) as number | undefined,
    late: (seq, until) => late.all(seq, until).flatMap((row) => headOf(row) ?? []),
    since: (at) => since.all(at).flatMap((row) => headOf(row) ?? []),
    costBasis: (item) => costBasis.get(item) as ReturnType<CountStore['costBasis']>,
    lateOf: (entry) => lateOf.all({ entry }).flatMap((row) => headOf(row) ?? []),
  };
}

function headOf(value: unknown): Head | undefined {
  const row = value as (Omit<Head, 'kind'> & { kind: number }) | undefined;
  const kind = row && entryKindName(row.kind);
  return row && kind && { ...row, kind };
}
