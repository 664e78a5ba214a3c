/** The audit says nothing about a sound file, and finds each of many ways in which a file can lie. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AuditReport, auditFile } from '../../../edge/ledger/audit.ts';
import { CHECKS } from '../../../edge/ledger/audit-check.ts';
import { openReceiver } from '../../../edge/pos/receive.ts';
import { seedOf } from '../../support/seeded.ts';
import { startBox, type TestBox } from '../../support/start-box.ts';
import { roughDay } from './audit-traffic.ts';

const seed = seedOf(20_261_122);
let folder = '';
let sound = '';
let box: TestBox;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'larder-audit-'));
  box = await startBox({ data: join(folder, 'box') });
  sound = join(box.data, 'larder.db');
  await roughDay(box, seed, 400);
  await box.box.parts.usage.sums.caughtUp();
});

afterAll(async () => {
  await box.stop();
  rmSync(folder, { recursive: true, force: true });
});

function broken(report: AuditReport): string[] {
  return report.checks.filter((check) => check.breachCount > 0).map((check) => check.id);
}

function countOf(report: AuditReport, id: string): number {
  return report.checks.find((check) => check.id === id)?.count ?? 0;
}

test.each([false, true])('a sound file of a running box passes (full: %s)', (full) => {
  const report = auditFile(sound, { full });
  expect(report.checks.flatMap((check) => check.breaches)).toEqual([]);
  expect(report.ok).toBe(true);
  expect(report.seq).toBe(box.box.parts.ledger.seq());
  const tip = box.box.parts.ledger.entries.tip()?.hash ?? new Uint8Array();
  expect(report.headHash).toBe(Buffer.from(tip).toString('hex'));
  for (const id of [
    'moves',
    'chain',
    'balances',
    'lots',
    'links',
    'sales',
    'effects',
    'books',
  ] as const) {
    expect(countOf(report, id), `${id} looked at nothing`).toBeGreaterThan(0);
  }
  const all = Object.keys(CHECKS).filter((id) => full || (id !== 'exploded' && id !== 'contents'));
  expect(report.checks.map((check) => check.id)).toEqual(all);
});

test('the audit sees one instant of a box that goes on selling', () => {
  const { receiving } = box.box.parts;
  const receiver = openReceiver(receiving);
  const before = box.box.parts.ledger.seq();
  const passes = new Set<string>();
  const report = auditFile(sound, {
    full: true,
    onProgress(done, total, what) {
      expect(done).toBeLessThanOrEqual(total);
      passes.add(what);
      const body = Buffer.from(
        JSON.stringify({ id: `during-${what}`, items: [{ sku: 'M-1', qty: 1 }] }),
      );
      expect(receiver.receive([{ terminal: 'T1', body }])[0]?.result.movements).toBeGreaterThan(0);
    },
  });
  expect([...passes]).toEqual(['entries', 'events', 'bytes', 'sales']);
  expect(report).toMatchObject({ ok: true, seq: before });
  expect(auditFile(sound, { full: true })).toMatchObject({ ok: true, seq: before + passes.size });
});

test('a file that does not exist is said so, and not made', () => {
  const nowhere = join(folder, 'nowhere.db');
  expect(() => auditFile(nowhere, { full: false })).toThrow(/does not exist/);
  expect(existsSync(nowhere)).toBe(false);
});

test('a box that was killed leaves a file that passes', async () => {
  const data = join(folder, 'killed');
  const script = join(folder, 'seller.ts');
  const support = new URL('../../support/start-box.ts', import.meta.url).href;
  writeFileSync(
    script,
    `const { startBox } = await import(${JSON.stringify(support)});
     const box = await startBox({ demoBook: true, data: ${JSON.stringify(data)} });
     for (let n = 0; ; n++) {
       await box.send(Array.from({ length: 20 }, (_, i) => ({ id: 's' + n + '-' + i, items: [{ sku: 'M-1001', qty: 1 }] })));
       if (n === 5) process.stdout.write('selling');
     }`,
  );
  const child = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'exit');
  const file = join(data, 'larder.db');
  const report = auditFile(file, { full: true });
  expect(report.checks.flatMap((check) => check.breaches)).toEqual([]);
  expect(countOf(report, 'sales')).toBeGreaterThan(100);
});

const SALE_ENTRY = 'SELECT seq FROM entry WHERE kind = 1 AND seq > 40 LIMIT 1';
const ONE_MOVE = `SELECT min(id) FROM move WHERE id >= (${SALE_ENTRY}) * 65536`;
const PLAIN_SALE = `SELECT s.id FROM sale s JOIN event e ON e.id = s.id WHERE s.revision < 0 AND e.status = 1
   AND e.moves > 0 AND s.id NOT IN (SELECT sale FROM taken_back) AND s.id > 40 LIMIT 1`;
const copyOfEntry = `INSERT INTO entry SELECT (SELECT max(seq) + 1 FROM entry), kind, event, sale, reverses, book,
    day, occurred_at, recorded_at, command, actor, note, hash FROM entry WHERE seq = (${SALE_ENTRY});
  INSERT INTO move SELECT (SELECT max(seq) FROM entry) * 65536 + id % 65536, line, item, lot, src, dst, amount
    FROM move WHERE id / 65536 = (${SALE_ENTRY})`;

/** What somebody or something did to the file, and the checks that must notice, exactly. */
const SURGERIES: readonly (readonly [what: string, sql: string, notice: readonly string[]])[] = [
  [
    'one move takes more',
    `UPDATE move SET amount = amount + 1 WHERE id = (${ONE_MOVE})`,
    ['chain', 'balances', 'exploded', 'usage'],
  ],
  [
    'a move goes elsewhere',
    `UPDATE move SET dst = 5 WHERE id = (${ONE_MOVE})`,
    ['chain', 'balances', 'exploded', 'usage'],
  ],
  [
    'a move to no known place',
    `UPDATE move SET dst = 99 WHERE id = (${ONE_MOVE})`,
    ['chain', 'moves', 'balances', 'exploded', 'usage'],
  ],
  [
    'a move vanishes',
    `DELETE FROM move WHERE id = (${ONE_MOVE})`,
    ['chain', 'moves', 'balances', 'effects', 'exploded', 'usage'],
  ],
  [
    'a move of a lot of another item',
    `UPDATE move SET lot = (SELECT id FROM lot WHERE item <> move.item LIMIT 1) WHERE id = (SELECT min(id) FROM move WHERE lot > 0 AND src = 1 AND dst = 3)`,
    ['chain', 'lots', 'balances', 'negative'],
  ],
  [
    'an entry and its moves vanish',
    `DELETE FROM move WHERE id / 65536 = (${SALE_ENTRY}); DELETE FROM entry WHERE seq = (${SALE_ENTRY})`,
    ['sequence', 'chain', 'balances', 'effects', 'exploded', 'usage'],
  ],
  [
    'an entry vanishes, its moves stay',
    `DELETE FROM entry WHERE seq = (${SALE_ENTRY})`,
    ['sequence', 'chain', 'moves', 'effects', 'exploded', 'usage'],
  ],
  [
    'two hashes are swapped',
    `CREATE TEMP TABLE s AS SELECT seq, hash FROM entry WHERE seq IN (50, 51);
     UPDATE entry SET hash = (SELECT hash FROM s WHERE s.seq = 101 - entry.seq) WHERE seq IN (50, 51)`,
    ['chain'],
  ],
  [
    'an entry moves to another day',
    'UPDATE entry SET day = day + 1 WHERE seq = 60',
    ['chain', 'usage'],
  ],
  [
    'an entry names no event',
    `UPDATE entry SET event = 900000 WHERE seq = (${SALE_ENTRY})`,
    ['chain', 'causes', 'effects'],
  ],
  ['a sale is posted twice', copyOfEntry, ['chain', 'balances', 'effects', 'once', 'exploded']],
  [
    'a balance is off',
    'UPDATE balance SET amount = amount - 5 WHERE place = 1 AND lot > 0',
    ['balances', 'zero'],
  ],
  ['a balance is gone', 'DELETE FROM balance WHERE place = 3', ['balances', 'zero']],
  [
    'a balance of nothing',
    'INSERT INTO balance VALUES (1, 9, 0, 0), (1, 1, 999, 7)',
    ['balances', 'zero'],
  ],
  ['a lot is gone', 'DELETE FROM lot WHERE id = 3', ['lots']],
  ['a lot says it brought more', 'UPDATE lot SET amount = amount + 1 WHERE id = 4', ['lots']],
  [
    'other bytes of a sale',
    `UPDATE event SET body = CAST(replace(CAST(body AS TEXT), '"sku":"M-', '"sku":"W-') AS BLOB) WHERE id = (${PLAIN_SALE})`,
    ['exploded'],
  ],
  [
    'another quantity in the bytes',
    `UPDATE event SET body = CAST(replace(CAST(body AS TEXT), '"qty":"', '"qty":"1') AS BLOB) WHERE id = (${PLAIN_SALE})`,
    ['exploded'],
  ],
  [
    'bytes under another id',
    `UPDATE event SET event_id = 'T1-other' WHERE id = (${PLAIN_SALE})`,
    ['contents'],
  ],
  [
    'junk was tidied',
    `UPDATE event SET body = CAST('{}' AS BLOB) WHERE id = (SELECT id FROM event WHERE status = 6 LIMIT 1)`,
    ['contents'],
  ],
  [
    'an event is gone',
    `DELETE FROM event WHERE id = (${PLAIN_SALE})`,
    ['events', 'sales', 'causes'],
  ],
  [
    'an event twice',
    `DROP INDEX event_by_id; INSERT INTO event SELECT (SELECT max(id) + 1 FROM event), terminal, event_id, received_at, 4, type, 0, 0, 0, attempts, source, reasons, body FROM event WHERE id = 50`,
    ['schema', 'events'],
  ],
  ['an event in no known state', 'UPDATE event SET status = 9 WHERE id = 50', ['events']],
  [
    'an accepted sale is forgotten',
    `DELETE FROM sale WHERE id = (${PLAIN_SALE})`,
    ['causes', 'effects'],
  ],
  [
    'a result says more than happened',
    `UPDATE event SET moves = moves + 1 WHERE id = (${PLAIN_SALE})`,
    ['effects'],
  ],
  [
    'a line that waits is forgotten',
    'DELETE FROM held_line WHERE sale = (SELECT max(sale) FROM held_line)',
    ['links', 'exploded'],
  ],
  ['a void that waits is forgotten', "DELETE FROM waiting WHERE sale_id = 'nobody'", ['links']],
  [
    'what was taken back is forgotten',
    'DELETE FROM taken_back WHERE sale = (SELECT sale FROM taken_back WHERE disposition = 1 ORDER BY sale LIMIT 1)',
    ['exploded'],
  ],
  [
    'more is put back than was taken',
    `UPDATE move SET amount = amount * 9 WHERE id = (SELECT min(m.id) FROM move m JOIN entry e ON e.seq = m.id / 65536 WHERE e.kind = 2 AND m.dst = 1)`,
    ['chain', 'balances', 'once', 'exploded', 'usage'],
  ],
  [
    'a command is gone',
    'DELETE FROM command WHERE id = (SELECT command FROM entry WHERE kind = 5 LIMIT 1)',
    ['commands'],
  ],
  [
    'a command answers otherwise',
    "UPDATE command SET result = replace(result, '\"seq\":', '\"seq\":9') WHERE result LIKE '%\"seq\":%' AND content LIKE '%delivery%'",
    ['commands'],
  ],
  [
    'a book is rewritten',
    "UPDATE book SET document = replace(document, '261 g', '262 g') WHERE version = 2",
    ['books', 'exploded'],
  ],
  [
    'a mapping is changed',
    "UPDATE sku_map SET recipe = 'fried-rice' WHERE recipe = 'noodle-bowl'",
    ['books', 'exploded'],
  ],
  ['a gap is hidden', "UPDATE cursor SET contiguous = highest WHERE epoch = 'odd'", ['streams']],
  [
    'gaps overlap',
    "INSERT INTO gap VALUES (1, 'odd', 4, 8, 0, 0), (1, 'odd', 6, 7, 0, 0)",
    ['streams'],
  ],
  ['a menu of nobody', 'UPDATE pos_menu SET event = 1', ['links']],
  ['a day close is forgotten', 'DELETE FROM day_close', ['dayCloses']],
  ['a day close says another day', 'UPDATE day_close SET day = 20260101', ['dayCloses']],
  ['a trigger is dropped', 'DROP TRIGGER move_frozen', ['schema']],
  ['a table is added', 'CREATE TABLE side (x INTEGER) STRICT', ['schema']],
];

test.each(SURGERIES)('%s', (_what, sql, notice) => {
  const copy = operated(sql);
  const report = auditFile(copy, { full: true });
  expect(report.ok).toBe(false);
  expect(broken(report).sort()).toEqual([...notice].sort());
  for (const check of report.checks) {
    expect(check.breaches.length).toBe(Math.min(check.breachCount, 20));
    for (const { where, detail } of check.breaches)
      expect(`${where}: ${detail}`).toMatch(/\w+.*: \w+/);
  }
});

test('without the bytes, a quick audit finds all but what only the bytes tell', () => {
  const bytes = new Set(['exploded', 'contents']);
  const unseen = SURGERIES.filter(([, sql]) => auditFile(operated(sql), { full: false }).ok);
  const expected = SURGERIES.filter(([, , notice]) => notice.every((id) => bytes.has(id)));
  expect(unseen.map(([what]) => what)).toEqual(expected.map(([what]) => what));
});

test('a damaged page is reported, and the rest is still looked at', () => {
  const copy = operated('SELECT 1');
  const db = new Database(copy);
  const root = Number(
    db.prepare("SELECT rootpage FROM sqlite_master WHERE name = 'command'").pluck().get(),
  );
  const size = Number(db.pragma('page_size', { simple: true }));
  db.close();
  const bytes = readFileSync(copy);
  bytes.fill(0xff, (root - 1) * size, root * size);
  writeFileSync(copy, bytes);
  const report = auditFile(copy, { full: false });
  expect(broken(report)).toEqual(expect.arrayContaining(['file', 'commands']));
  expect(broken(report)).not.toContain('chain');
  expect(countOf(report, 'chain')).toBeGreaterThan(100);
});

/** A copy of the sound file after an operation that the triggers would have refused. */
function operated(sql: string): string {
  const copy = join(folder, 'copy.db');
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${copy}${suffix}`, { force: true });
  if (!existsSync(join(folder, 'still.db'))) {
    box.box.parts.db.pragma('wal_checkpoint(TRUNCATE)');
    copyFileSync(sound, join(folder, 'still.db'));
  }
  copyFileSync(join(folder, 'still.db'), copy);
  const db = new Database(copy);
  db.pragma('foreign_keys = OFF');
  const triggers = db
    .prepare("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    .all() as {
    name: string;
    sql: string;
  }[];
  const own = /DROP TRIGGER/.test(sql);
  if (!own) for (const { name } of triggers) db.exec(`DROP TRIGGER ${name}`);
  db.exec(sql);
  if (!own) for (const trigger of triggers) db.exec(trigger.sql);
  db.close();
  return copy;
}
