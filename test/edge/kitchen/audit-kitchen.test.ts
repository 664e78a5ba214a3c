/** The audit finds goods whose cost came from nowhere, and inferred prep that its entries do not explain. */
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AuditReport, auditFile } from '../../../edge/ledger/audit.ts';
import { innerBox, templateOf } from './inner-box.ts';
import { KITCHEN_BOOK } from './kitchen-book.ts';

let folder = '';
let sound = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'larder-audit-kitchen-'));
  sound = join(folder, 'sound.db');
  const template = templateOf(KITCHEN_BOOK);
  const box = innerBox(template);
  const lines = [
    { item: 'belly', qty: '1 kg', lot: 'A', price: '33.33' },
    { item: 'soy', qty: '150', lot: 'S', price: '0.0333' },
  ];
  const done = (kind: string, data: object) => {
    const result = box.command(kind, data);
    if (result.status !== 'applied') throw new Error(JSON.stringify(result));
    return result;
  };
  done('delivery.receive', { lines });
  const outs = [
    { to: 'usable', qty: 70 },
    { to: 'reuse', item: 'scraps', qty: 11 },
    { to: 'staff' },
  ];
  done('trim.log', { lot: 'A', in: 101, outs });
  done('trim.log', { lot: 'A', in: 7, outs: [{ to: 'bin' }] });
  done('lot.open', { lot: 'A', qty: '333.3', how: 'opened' });
  const batch = done('batch.produce', { recipe: 'broth', qty: '1 kg' });
  done('entry.reverse', { entry: batch.seq });
  for (const [n, qty] of ['3', '7', '1'].entries()) {
    box.event('sale', { saleId: `S${n}`, lines: [{ lineId: '1', sku: 'S', qty }] });
    box.tick();
  }
  box.event('void', { saleId: 'S0', disposition: 'not_made' });
  box.tick();
  expect(box.parts.inferred.all()).toHaveLength(2);
  box.db.pragma('wal_checkpoint(TRUNCATE)');
  copyFileSync(box.file, sound);
  box.close();
  rmSync(template, { recursive: true, force: true });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function broken(report: AuditReport): string[] {
  return report.checks.filter((check) => check.breachCount > 0).map((check) => check.id);
}

test.each([false, true])('a sound kitchen passes, and was looked at (full: %s)', (full) => {
  const report = auditFile(sound, { full });
  expect(report.checks.flatMap(({ breaches }) => breaches)).toEqual([]);
  const count = (id: string) => report.checks.find((check) => check.id === id)?.count;
  expect(count('values')).toBe(4);
  expect(count('prep')).toBeGreaterThan(4);
});

const TRIM = 'SELECT min(seq) FROM entry WHERE kind = 15';
const SURGERIES: readonly (readonly [what: string, sql: string, notice: readonly string[]])[] = [
  [
    'a trimmed lot costs a hundredth of a cent more',
    `UPDATE lot SET cost = cost + 1 WHERE entry = (${TRIM}) AND id = (SELECT min(id) FROM lot WHERE entry = (${TRIM}))`,
    ['values'],
  ],
  [
    'an offcut costs nothing',
    "UPDATE lot SET cost = NULL WHERE item = (SELECT id FROM item WHERE code = 'scraps')",
    ['values'],
  ],
  [
    'what was bought gets dearer afterwards',
    "UPDATE lot SET cost = cost * 2 WHERE code = 'A' AND parent IS NULL",
    ['values'],
  ],
  [
    'the staff paid for less than it ate',
    `UPDATE entry SET note = json_set(note, '$.outs[2].cost', 1) WHERE seq = (${TRIM})`,
    ['chain', 'values'],
  ],
  [
    'a trim whose note is no note',
    `UPDATE entry SET note = 'lost' WHERE seq = (${TRIM})`,
    ['chain', 'values'],
  ],
  [
    'a lot says it brought twice as much',
    "UPDATE lot SET amount = amount * 2 WHERE code = 'A' AND parent IS NULL",
    ['lots', 'values'],
  ],
  ['an inferred batch grows', 'UPDATE inferred_prep SET amount = amount + 1', ['prep']],
  [
    'an inferred batch took from another lot',
    `UPDATE inferred_prep SET takes = replace(takes, '"lot":0', '"lot":1')`,
    ['prep'],
  ],
  ['what was inferred is forgotten', 'DELETE FROM inferred_prep', ['prep']],
  ['what was inferred cannot be read', "UPDATE inferred_prep SET takes = '{'", ['prep']],
  [
    'something stands inferred that no entry made',
    `INSERT INTO inferred_prep VALUES (1, 5, '[]', 0)`,
    ['prep'],
  ],
  [
    'an inferring entry made more than it says',
    `UPDATE entry SET note = json_set(note, '$.inferred', 1) WHERE kind = 26`,
    ['chain', 'prep'],
  ],
];

test.each(SURGERIES)('%s', (_what, sql, notice) => {
  const copy = join(folder, 'copy.db');
  copyFileSync(sound, copy);
  const db = new Database(copy);
  const triggers = db
    .prepare("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    .all() as { name: string; sql: string }[];
  for (const { name } of triggers) db.exec(`DROP TRIGGER ${name}`);
  db.exec(sql);
  for (const trigger of triggers) db.exec(trigger.sql);
  db.close();
  for (const full of [false, true]) {
    const report = auditFile(copy, { full });
    expect(broken(report)).toEqual([...notice]);
    for (const check of report.checks)
      for (const { where, detail } of check.breaches)
        expect(`${where}: ${detail}`).toMatch(/\w+.*: \w+/);
  }
});
