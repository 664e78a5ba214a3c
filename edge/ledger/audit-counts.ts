/**
 * Posted counts against the ledger, worked out from its first entry: what was counted is what the book
 * says of that moment, adjustments included. The box does the same from the posting entry on and only
 * for what is new; here every move is looked at once more.
 */
import { momentOf, type Root, shelfChange } from '#recipes/counts/moment.ts';
import { WHOLE_ITEM } from '#recipes/counts/observed.ts';
import { decidingTargets, type PostedTarget } from '#recipes/counts/standing.ts';
import { ENTRY_KINDS, entryKindName } from '#recipes/ledger/entry.ts';
import type { Checks } from './audit-check.ts';
import type { AuditFile } from './audit-store.ts';
import { MOVES_PER_ENTRY } from './entry-store.ts';

/** What arrives late is settled within a second; a box that stopped first does it when it starts. */
const SETTLED_AFTER_MS = 10_000;

export function checkCounts(file: AuditFile, checks: Checks): void {
  checkProjections(file, checks);
  const books = openBooks(file);
  checks.count('counts', books.length);
  if (books.length === 0) return;
  fold(file, books);
  const settled = file.number('SELECT max(recorded_at) FROM entry') - SETTLED_AFTER_MS;
  for (const { target, book, since } of books) {
    if (book === target.qty) continue;
    const recorded = file.number(`SELECT recorded_at FROM entry WHERE seq = ${since ?? 0}`);
    if (recorded > settled) continue;
    const what = target.lot === WHOLE_ITEM ? '' : `, lot ${target.lot}`;
    checks.breach(
      'counts',
      `item ${target.item}${what}, entry ${target.entry}`,
      `${target.qty} were counted; the book says ${book} of that moment, since entry ${since}`,
    );
  }
}

/** Observations and posted counts name the entries that say the same. */
function checkProjections(file: AuditFile, checks: Checks): void {
  const lines = `SELECT l.entry, e.kind, json_extract(e.note, '$.count') IS l.count,
      json_extract(e.note, '$.item') IS i.code
     FROM count_line l LEFT JOIN entry e ON e.seq = l.entry LEFT JOIN item i ON i.id = l.item`;
  for (const [entry, kind, sameCount, sameItem] of file.rows(lines)) {
    checks.count('counts', 1);
    if (kind !== ENTRY_KINDS.observe || sameCount !== 1 || sameItem !== 1) {
      checks.breach('counts', `observation ${entry}`, 'its entry does not say the same');
    }
  }
  const counted = `SELECT c.entry, c.item, c.lot, e.kind, count(n.key) FROM counted c
     LEFT JOIN entry e ON e.seq = c.entry LEFT JOIN item i ON i.id = c.item
     LEFT JOIN json_each(CASE WHEN e.kind = ${ENTRY_KINDS.count} THEN e.note ELSE '{}' END, '$.lines') n
       ON json_extract(n.value, '$.item') IS i.code AND json_extract(n.value, '$.at') = c.at
      AND json_extract(n.value, '$.counted') = c.qty
      AND coalesce(json_extract(n.value, '$.lotNumber'), ${WHOLE_ITEM}) = c.lot
    GROUP BY c.entry, c.item, c.lot`;
  for (const [entry, item, lot, kind, same] of file.rows(counted)) {
    if (kind !== ENTRY_KINDS.count || same !== 1) {
      checks.breach(
        'counts',
        `counted item ${item}, lot ${lot}`,
        `entry ${entry} does not say the same`,
      );
    }
  }
  const lost = `SELECT e.seq FROM entry e WHERE e.kind = ${ENTRY_KINDS.observe}
     AND e.seq NOT IN (SELECT entry FROM count_line)
    UNION ALL SELECT e.seq FROM entry e WHERE e.kind = ${ENTRY_KINDS.count}
     AND json_extract(e.note, '$.of') IS NULL AND e.seq NOT IN (SELECT entry FROM counted)`;
  for (const [seq] of file.rows(lost))
    checks.breach('counts', `entry ${seq}`, 'what it counted is not stored');
}

type Book = {
  readonly target: PostedTarget;
  /** Of its moment, by the entries folded so far. */
  book: number;
  /** The entry since which it has not been what was counted. */
  since: number | undefined;
  /** The entry that is being folded. */
  seq: number;
};

/** A book for each count that decides. */
function openBooks(file: AuditFile): Book[] {
  const undone = undoneEntries(file);
  const byItem = new Map<number, PostedTarget[]>();
  for (const [item, lot, entry, at, qty] of file.rows(
    'SELECT item, lot, entry, at, qty FROM counted',
  ) as Iterable<number[]>) {
    const target = { item, lot, entry, at, qty } as PostedTarget;
    if (undone(target.entry)) continue;
    byItem.set(target.item, [...(byItem.get(target.item) ?? []), target]);
  }
  return [...byItem.values()]
    .flatMap((rows) => decidingTargets(rows))
    .map((target) => ({ target, book: 0, since: undefined, seq: 0 }));
}

/** Whether an entry was reversed, and its reversal not. */
function undoneEntries(file: AuditFile): (seq: number) => boolean {
  const reversals = new Map<number, number>();
  for (const [seq, reverses] of file.rows(
    'SELECT seq, reverses FROM entry WHERE reverses IS NOT NULL',
  ) as Iterable<[number, number]>) {
    reversals.set(reverses, seq);
  }
  const undone = (seq: number): boolean => {
    const reversal = reversals.get(seq);
    return reversal !== undefined && !undone(reversal);
  };
  return undone;
}

function fold(file: AuditFile, books: readonly Book[]): void {
  const byItem = new Map<number, Book[]>();
  for (const book of books) {
    byItem.set(book.target.item, [...(byItem.get(book.target.item) ?? []), book]);
  }
  const roots = readRoots(file);
  const moves = 'id, line, item, lot, src, dst, amount';
  // The + keeps SQLite from walking by item, which would sort all moves again for each page.
  for (const row of file.pages(moves, 'move', '+item IN (SELECT item FROM counted)')) {
    const [id, line, item, lot, from, to, amount] = row as number[];
    const seq = Math.floor((id ?? 0) / MOVES_PER_ENTRY);
    const move = { line: line ?? 0, from: from ?? 0, to: to ?? 0, amount: amount ?? 0 };
    const change = shelfChange(move);
    const root = change === 0 ? undefined : roots(seq);
    if (root === undefined) continue;
    const moment = momentOf(root, move);
    for (const book of byItem.get(item ?? 0) ?? []) {
      const { target } = book;
      if (moment > target.at || (target.lot !== WHOLE_ITEM && target.lot !== lot)) continue;
      // Between the moves of an entry it may be wrong; after its last one it may not.
      if (seq !== book.seq && book.book === target.qty) book.since = undefined;
      book.since ??= seq;
      book.seq = seq;
      book.book += change;
    }
  }
}

/** The root of each entry: when it happened, or what it reverses did. */
function readRoots(file: AuditFile): (seq: number) => Root | undefined {
  const times = new Float64Array(file.number('SELECT max(seq) FROM entry') + 1).fill(Number.NaN);
  for (const [seq, at] of file.pages('seq, occurred_at', 'entry'))
    times[seq as number] = at as number;
  const special = new Map<number, Root & { readonly reverses?: number }>();
  const counts = `SELECT seq, kind, occurred_at, reverses, CASE kind WHEN ${ENTRY_KINDS.count} THEN
      (SELECT json_group_array(json_extract(value, '$.at')) FROM json_each(note, '$.lines')) END
     FROM entry WHERE kind IN (${ENTRY_KINDS.count}, ${ENTRY_KINDS.reversal})`;
  for (const [seq, kind, occurredAt, reverses, moments] of file.rows(counts)) {
    special.set(seq as number, {
      kind: entryKindName(kind as number) ?? 'reversal',
      occurredAt: occurredAt as number,
      ...(reverses === null ? {} : { reverses: reverses as number }),
      ...(moments === null ? {} : { countedAt: JSON.parse(String(moments)) as number[] }),
    });
  }
  const rootOf = (seq: number): Root | undefined => {
    const known = special.get(seq);
    if (known?.reverses !== undefined && known.reverses < seq) return rootOf(known.reverses);
    const occurredAt = times[seq];
    if (known !== undefined) return known;
    return occurredAt === undefined || Number.isNaN(occurredAt)
      ? undefined
      : { kind: 'sale', occurredAt };
  };
  return rootOf;
}
