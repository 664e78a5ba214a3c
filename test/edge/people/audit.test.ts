/** Rights that come from nowhere are found: a person or a tablet the entries do not know. */
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditFile } from '../../../edge/ledger/audit.ts';
import { copyDatabase } from '../../../edge/setup/backup-store.ts';
import { startBox } from '../../support/start-box.ts';
import { COOK, MANAGER, pairTablet } from './tablet.ts';

const folder = mkdtempSync(join(tmpdir(), 'larder-people-'));
const sound = join(folder, 'sound.db');

beforeAll(async () => {
  const box = await startBox();
  for (const person of [MANAGER, COOK, { ...COOK, user: 'li' }, { ...COOK, user: 'zhou' }]) {
    await box.command('user.add', person);
  }
  await box.command('user.add', { user: 'plain', name: 'plain', role: 'cook' });
  await box.command('user.edit', { user: 'chen', badge: 'BADGE-1', name: '陈师傅' });
  await box.command('user.remove', { user: 'li' });
  await box.command('user.remove', { user: 'zhou' });
  await box.command('user.add', { user: 'zhou', name: 'back', role: 'cook' });
  const [one] = [await pairTablet(box), await pairTablet(box)];
  await box.command('device.edit', { device: 'tablet-2', station: 'wok' });
  await box.command('device.revoke', { device: one.device });
  copyDatabase(join(box.data, 'larder.db'), sound);
  await box.stop();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function peopleCheck(file: string) {
  const check = auditFile(file, { full: false }).checks.find(({ id }) => id === 'people');
  return [check?.count, check?.breachCount];
}

test('a sound file passes', () => {
  expect(peopleCheck(sound)).toEqual([7, 0]);
  expect(auditFile(sound, { full: true }).ok).toBe(true);
});

test.each([
  "UPDATE person SET role = 'manager' WHERE id = 'chen'",
  "UPDATE person SET name = 'x' WHERE id = 'chen'",
  "UPDATE person SET removed = 0 WHERE id = 'li'",
  "UPDATE person SET removed = 1 WHERE id = 'wang'",
  "DELETE FROM person WHERE id = 'wang'",
  "INSERT INTO person (id, name, role) VALUES ('eve', 'eve', 'manager')",
  "UPDATE person SET pin = (SELECT pin FROM person WHERE id = 'chen') WHERE id = 'plain'",
  "UPDATE device SET revoked_at = NULL WHERE id = 'tablet-1'",
  "UPDATE device SET station = 'bar' WHERE id = 'tablet-2'",
  "DELETE FROM device WHERE id = 'tablet-1'",
  "INSERT INTO device VALUES ('eve', 'eve', NULL, 'x', 0, NULL)",
])('%s', (sql) => {
  const file = join(folder, 'broken.db');
  copyFileSync(sound, file);
  const db = new Database(file);
  db.exec(sql);
  db.close();
  expect(peopleCheck(file)[1]).toBe(1);
});
