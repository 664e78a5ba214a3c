/** The audit notices when what is stored about counts is not what the entries say, or does not hold. */
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditFile } from '../../../edge/ledger/audit.ts';
import { type CountBox, receiveEggs, startCountBox } from './count-box.ts';

let box: CountBox;
let folder = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'larder-counts-'));
  box = await startCountBox();
  await receiveEggs(box, 0, 100, 'A');
  await receiveEggs(box, 0, 50, 'B');
  await box.observe(10, 'C1', 'egg', '140');
  await box.post(11, 'C1');
  await box.sell(5, 4);
  await box.observe(20, 'C2', 'egg', '90', { lot: 'A' });
  await box.post(21, 'C2');
  await box.settled('egg');
  box.box.parts.db.pragma('wal_checkpoint(TRUNCATE)');
});
afterAll(async () => {
  await box.stop();
  rmSync(folder, { recursive: true, force: true });
});

function counts(surgery: string) {
  const copy = join(folder, 'copy.db');
  rmSync(copy, { force: true });
  copyFileSync(box.box.parts.file, copy);
  const db = new Database(copy);
  db.exec(surgery);
  db.close();
  const check = auditFile(copy, { full: false }).checks.find(({ id }) => id === 'counts');
  return { looked: check?.count ?? 0, breaches: check?.breachCount ?? -1 };
}

test('a sound file passes, and something was looked at', () => {
  // Two observations and two counts that decide: the whole item, and a lot that was counted later.
  expect(counts('')).toEqual({ looked: 4, breaches: 0 });
});

test.each([
  ['a counted amount changes', 'UPDATE counted SET qty = qty + 1 WHERE lot = 0'],
  ['a counted moment changes', 'UPDATE counted SET at = at - 360000 WHERE lot = 0'],
  ['a counted lot is another', 'UPDATE counted SET lot = 2 WHERE lot = 1'],
  ['a posted count is forgotten', 'DELETE FROM counted WHERE lot = 1'],
  ['a posted count names no entry', 'UPDATE counted SET entry = 9999 WHERE lot = 1'],
  ['an observation is forgotten', 'DELETE FROM count_line'],
  ['an observation is of another item', 'UPDATE count_line SET item = item + 1'],
  [
    'what arrived late is taken out again',
    `DROP TRIGGER move_kept; DELETE FROM move WHERE id / 65536 IN
       (SELECT seq FROM entry WHERE json_extract(note, '$.of') IS NOT NULL AND kind = 21);
     DROP TRIGGER entry_frozen; UPDATE entry SET recorded_at = recorded_at - 60000
      WHERE seq < (SELECT max(seq) FROM entry)`,
  ],
])('%s: noticed', (_, surgery) => {
  expect(counts(surgery).breaches).toBeGreaterThan(0);
});
