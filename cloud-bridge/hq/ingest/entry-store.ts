/** Entries of stores in the database. */
import type { Pool, PoolClient } from 'pg';
import type { EntryRecord } from '#recipes/sync/read-entry-text.ts';
import { numberList, textList } from '../db/array-text.ts';
import type { Stretch } from '../lives/lineage.ts';

type Db = Pool | PoolClient;

/** A row of `entry` as the driver gives it: big integers as texts. */
export type EntryRow = {
  seq: string;
  kind: number;
  event: string | null;
  sale: string | null;
  reverses: string | null;
  book: number | null;
  day: number;
  occurred_at: string;
  recorded_at: string;
  command: string | null;
  actor: string | null;
  note: string | null;
  hash: Buffer;
  moves: string;
};

/** The record that `writeEntryText` makes the hashed text of. */
export function recordOf(row: EntryRow): EntryRecord {
  return {
    seq: Number(row.seq),
    kind: row.kind,
    event: numberOrNull(row.event),
    sale: numberOrNull(row.sale),
    reverses: numberOrNull(row.reverses),
    book: row.book,
    day: row.day,
    occurredAt: Number(row.occurred_at),
    recordedAt: Number(row.recorded_at),
    command: row.command,
    actor: row.actor,
    note: row.note,
    moves: row.moves,
  };
}

/** A verified entry on its way into the table; hash in hex. */
export type HashedEntry = { readonly record: EntryRecord; readonly hash: string };

/** Writes entries of one life in one statement. */
export async function insertEntries(
  db: Db,
  store: number,
  life: number,
  entries: readonly HashedEntry[],
): Promise<void> {
  const columns = entryColumns(entries);
  await db.query({
    name: 'insert-entries',
    text: `INSERT INTO entry (store, life, seq, kind, event, sale, reverses, book, day, occurred_at,
             recorded_at, command, actor, note, hash, moves)
           SELECT $1, $2, seq, kind, event, sale, reverses, book, day, occurred_at, recorded_at,
             command, actor, note, decode(hash, 'hex'), moves
           FROM unnest($3::bigint[], $4::smallint[], $5::bigint[], $6::bigint[], $7::bigint[],
             $8::int[], $9::int[], $10::bigint[], $11::bigint[], $12::text[], $13::text[],
             $14::text[], $15::text[], $16::text[])
             AS t (seq, kind, event, sale, reverses, book, day, occurred_at, recorded_at, command,
               actor, note, hash, moves)`,
    values: [store, life, ...columns],
  });
}

/** Hashes in hex by sequence; what is not held is not in it. `lineage` = where each sequence is. */
export async function hashesAt(
  db: Db,
  store: number,
  lineage: readonly Stretch[],
  sequences: readonly number[],
): Promise<Map<number, string>> {
  const found = new Map<number, string>();
  for (const { life, from, to } of lineage) {
    const inside = sequences.filter((seq) => seq >= from && seq <= to);
    if (inside.length === 0) continue;
    const { rows } = await db.query<{ seq: string; hash: string }>({
      name: 'hashes-at',
      text: `SELECT seq, encode(hash, 'hex') AS hash FROM entry
             WHERE store = $1 AND life = $2 AND seq = ANY ($3::bigint[])`,
      values: [store, life, inside],
    });
    for (const { seq, hash } of rows) found.set(Number(seq), hash);
  }
  return found;
}

function numberOrNull(text: string | null): number | null {
  return text === null ? null : Number(text);
}

function entryColumns(entries: readonly HashedEntry[]): string[] {
  const numbers = (get: (record: EntryRecord) => number | null) =>
    numberList(entries.map(({ record }) => get(record)));
  const texts = (get: (record: EntryRecord) => string | null) =>
    textList(entries.map(({ record }) => get(record)));
  return [
    numbers((r) => r.seq),
    numbers((r) => r.kind),
    numbers((r) => r.event),
    numbers((r) => r.sale),
    numbers((r) => r.reverses),
    numbers((r) => r.book),
    numbers((r) => r.day),
    numbers((r) => r.occurredAt),
    numbers((r) => r.recordedAt),
    texts((r) => r.command),
    texts((r) => r.actor),
    texts((r) => r.note),
    textList(entries.map(({ hash }) => hash)),
    texts((r) => r.moves),
  ];
}
