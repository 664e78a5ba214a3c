/** A batch stays small: by entries, by bytes, by time; and at least one entry always goes. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NO_SIDE } from '#recipes/contracts/sync.ts';
import { type Db, openDatabase } from '../../../edge/db/open.ts';
import {
  type BatchParts,
  type Built,
  buildBatch,
  CAUSE_BYTES,
  READ_MS,
  TEXT_BYTES,
} from '../../../edge/feed/build-batch.ts';
import { openFeedStore } from '../../../edge/feed/feed-store.ts';
import { installation } from '../../../edge/installation.ts';
import { openLedger } from '../../../edge/ledger/append.ts';
import type { Ledger } from '../../../edge/ledger/ledger.ts';

const folder = mkdtempSync(join(tmpdir(), 'larder-feed-'));
let db: Db;
let ledger: Ledger;
beforeAll(() => {
  db = openDatabase(join(folder, 'larder.db'), installation().migrations);
  db.pragma('synchronous = OFF');
  ledger = openLedger(db);
});
afterAll(() => {
  db.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Appends entries whose notes are so long. @returns the sequence before the first */
function append(notes: readonly number[], event: (at: number) => number | null = () => null) {
  const before = ledger.seq();
  ledger.transact(() => {
    for (const [at, length] of notes.entries()) {
      ledger.append(
        {
          kind: 'setting',
          event: event(at),
          command: null,
          sale: null,
          reverses: null,
          book: null,
          day: 20261122,
          occurredAt: 1,
          recordedAt: 1,
          actor: null,
          note: '字'.repeat(length / 3),
        },
        ledger.draft(),
      );
    }
  });
  return before;
}

function build(after: number, limit = 2_000, more: Partial<BatchParts> = {}, events = 0): Built {
  const parts: BatchParts = {
    store: openFeedStore(db),
    digest: () => '0'.repeat(32),
    life: () => ({ incarnation: 'a', parent: null }),
    about: () => ({ session: 's', version: 'v', sentAt: 0 }),
    caption: () => undefined,
    refold: () => null,
    mono: () => 0,
    ...more,
  };
  const built = buildBatch(parts, { after, limit, side: { ...NO_SIDE, events } });
  if ('ahead' in built) throw new Error('the ledger is shorter');
  return built;
}

const bytesOf = ({ entries }: Built) =>
  entries.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);

test('by bytes of what is said, not by letters', () => {
  const before = append(Array.from({ length: 60 }, () => 30_000));
  let after = before;
  let read = 0;
  while (after < before + 60) {
    const built = build(after);
    expect(bytesOf(built)).toBeLessThanOrEqual(TEXT_BYTES);
    expect(built.entries.length).toBe(Math.min(13, 60 - read));
    expect(built.newestEvent === undefined).toBe(built.batch.to < before + 60);
    read += built.entries.length;
    after = built.batch.to;
  }
  expect(read).toBe(60);
});

test('one that is larger than a batch goes alone', () => {
  const before = append([300, TEXT_BYTES * 2, 300]);
  expect([0, 1, 2].map((n) => build(before + n).entries.length)).toEqual([1, 1, 1]);
});

test('by entries', () => {
  const before = append(Array.from({ length: 30 }, () => 30));
  expect(build(before, 7).entries.map(({ seq }) => seq - before)).toEqual([1, 2, 3, 4, 5, 6, 7]);
});

test('by the events behind them, unless head office has those', () => {
  const bytes = CAUSE_BYTES / 8;
  const insert = db.prepare(
    `INSERT INTO event (id, terminal, event_id, received_at, status, type, applied, held, moves,
       attempts, body) VALUES (?, 1, ?, 1, 1, 1, 1, 0, 0, 0, ?)`,
  );
  for (let id = 1; id <= 20; id++) insert.run(id, `e${id}`, Buffer.alloc(bytes));
  const before = append(
    Array.from({ length: 20 }, () => 30),
    (at) => at + 1,
  );
  expect(build(before).entries.length).toBe(8);
  expect(build(before, 2_000, {}, 20).entries.length).toBe(20);
});

test('by time: a slow disk makes short batches', () => {
  const before = append(Array.from({ length: 30 }, () => 30));
  let now = 0;
  const mono = () => {
    now += READ_MS / 3;
    return now;
  };
  expect(build(before, 2_000, { mono }).entries.length).toBe(3);
});

test('a long book leaves little room beside it, but an entry goes all the same', () => {
  const before = append(Array.from({ length: 30 }, () => 30));
  const document = 'x'.repeat(TEXT_BYTES);
  db.prepare(
    `INSERT INTO book (version, entry, valid_from, adopted_at, hash, document)
     VALUES (1, 1, 1, 1, '', ?)`,
  ).run(document);
  const { batch, entries } = build(before);
  expect(batch.books?.map((book) => book.document.length)).toEqual([TEXT_BYTES]);
  expect(entries.length).toBe(1);
});
