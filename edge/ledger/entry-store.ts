/** SQL of entries and moves, written on the hot path: prepared statements, eight moves at a time. */

import { assert } from '#recipes/assert.ts';
import { ENTRY_KINDS, type EntryHead, entryKindName, type Move } from '#recipes/ledger/entry.ts';
import type { Db } from '../db/open.ts';

/** `move.id = seq × MOVES_PER_ENTRY + number of the move`. */
export const MOVES_PER_ENTRY = 65_536;

export type StoredEntry = { readonly head: EntryHead; readonly hash: Uint8Array };

export type EntryStore = {
  insert(head: EntryHead, moves: readonly Move[], hash: Uint8Array): void;
  /** The newest entry's sequence and hash; undefined in an empty ledger. */
  tip(): { seq: number; hash: Uint8Array } | undefined;
  /** Entries after a sequence, oldest first. */
  after(seq: number, limit: number): StoredEntry[];
  get(seq: number): StoredEntry | undefined;
  movesOf(seq: number): Move[];
  /** Every entry of a sale, oldest first. */
  ofSale(sale: number): EntryHead[];
  /** First entries of the nearest sales before and after this one that have any. */
  around(sale: number): { before: number | undefined; after: number | undefined };
};

const GROUP = 8;
const COLUMNS = '(id, line, item, lot, src, dst, amount)';
const HEAD_COLUMNS =
  'seq, kind, event, sale, reverses, book, day, occurred_at, recorded_at, command, actor, note';

export function openEntryStore(db: Db): EntryStore {
  const insertMoves = moveWriter(db);
  const insertEntry = db.prepare(
    `INSERT INTO entry (${HEAD_COLUMNS}, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const tip = db.prepare('SELECT seq, hash FROM entry ORDER BY seq DESC LIMIT 1');
  const after = db.prepare(
    `SELECT ${HEAD_COLUMNS}, hash FROM entry WHERE seq > ? ORDER BY seq LIMIT ?`,
  );
  const get = db.prepare(`SELECT ${HEAD_COLUMNS}, hash FROM entry WHERE seq = ?`);
  const ofSale = db.prepare(`SELECT ${HEAD_COLUMNS} FROM entry WHERE sale = ? ORDER BY seq`);
  const nearest = (side: string, order: string) =>
    db
      .prepare(
        `SELECT seq FROM entry WHERE sale IS NOT NULL AND sale ${side} ?
          ORDER BY sale ${order}, seq LIMIT 1`,
      )
      .pluck();
  const saleBefore = nearest('<', 'DESC');
  const saleAfter = nearest('>', 'ASC');
  const moves = db.prepare(
    `SELECT line, item, lot, src AS "from", dst AS "to", amount FROM move
      WHERE id >= ? AND id < ? ORDER BY id`,
  );
  return {
    insert(head, list, hash) {
      assert(list.length < MOVES_PER_ENTRY, `entry ${head.seq} has ${list.length} moves`);
      insertEntry.run(
        head.seq,
        ENTRY_KINDS[head.kind],
        head.event,
        head.sale,
        head.reverses,
        head.book,
        head.day,
        head.occurredAt,
        head.recordedAt,
        head.command,
        head.actor,
        head.note,
        hash,
      );
      insertMoves(head.seq, list);
    },
    tip: () => tip.get() as { seq: number; hash: Uint8Array } | undefined,
    after: (seq, limit) => after.all(seq, limit).map(storedEntry),
    get(seq) {
      const found = get.get(seq);
      return found === undefined ? undefined : storedEntry(found);
    },
    movesOf: (seq) => moves.all(seq * MOVES_PER_ENTRY, (seq + 1) * MOVES_PER_ENTRY) as Move[],
    ofSale: (sale) => ofSale.all(sale).map(entryHead),
    around: (sale) => ({
      before: saleBefore.get(sale) as number | undefined,
      after: saleAfter.get(sale) as number | undefined,
    }),
  };
}

/** Writes the moves of an entry, eight to a statement: most of a sale's time goes here. */
function moveWriter(db: Db): (seq: number, list: readonly Move[]) => void {
  const oneMove = db.prepare(`INSERT INTO move ${COLUMNS} VALUES (?, ?, ?, ?, ?, ?, ?)`);
  const row = '(?, ?, ?, ?, ?, ?, ?)';
  const eightMoves = db.prepare(
    `INSERT INTO move ${COLUMNS} VALUES ${Array.from({ length: GROUP }, () => row).join(', ')}`,
  );
  const values: number[] = new Array(GROUP * 7).fill(0);

  return (seq, list) => {
    const first = seq * MOVES_PER_ENTRY;
    let n = 0;
    while (n + GROUP <= list.length) {
      for (let g = 0, v = 0; g < GROUP; g++, n++) {
        const move = list[n] as Move;
        values[v++] = first + n;
        values[v++] = move.line;
        values[v++] = move.item;
        values[v++] = move.lot;
        values[v++] = move.from;
        values[v++] = move.to;
        values[v++] = move.amount;
      }
      eightMoves.run(values);
    }
    for (; n < list.length; n++) {
      const m = list[n] as Move;
      oneMove.run(first + n, m.line, m.item, m.lot, m.from, m.to, m.amount);
    }
  };
}

type EntryRow = {
  seq: number;
  kind: number;
  event: number | null;
  sale: number | null;
  reverses: number | null;
  book: number | null;
  day: number;
  occurred_at: number;
  recorded_at: number;
  command: string | null;
  actor: string | null;
  note: string | null;
  hash: Uint8Array;
};

function entryHead(value: unknown): EntryHead {
  const row = value as EntryRow;
  const kind = entryKindName(row.kind);
  assert(kind !== undefined, `entry ${row.seq} has the unknown kind ${row.kind}`);
  return {
    seq: row.seq,
    kind,
    event: row.event,
    command: row.command,
    sale: row.sale,
    reverses: row.reverses,
    book: row.book,
    day: row.day,
    occurredAt: row.occurred_at,
    recordedAt: row.recorded_at,
    actor: row.actor,
    note: row.note,
  };
}

function storedEntry(value: unknown): StoredEntry {
  return { head: entryHead(value), hash: (value as EntryRow).hash };
}
