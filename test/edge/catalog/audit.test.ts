/** `larder fsck` sees whatever is changed behind the back of head office's versions. */
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startBox, type TestBox } from '../../support/start-box.ts';
import { SMALL_BOOK } from '../small-kitchen.ts';
import { breaches, give, headOffice } from './head-office.ts';

let box: TestBox;
beforeAll(async () => {
  box = await startBox();
  const hq = headOffice();
  await give(box, hq.sign({ payload: { book: SMALL_BOOK } }));
  await box.command('book.override', {
    items: [{ id: 'pork', station: 'wok', stock: { par: '3 pack' } }],
  });
  await give(box, hq.sign({ kind: 'nobody', payload: {} }));
});
afterAll(() => box.stop());

/** Does it, looks, and takes it back. */
function after(sql: string): string[] {
  const db = new Database(box.box.parts.file);
  try {
    db.exec('BEGIN');
    const tables = ['catalog', 'book_override'];
    const kept = tables.map(
      (table) => [table, db.prepare(`SELECT * FROM ${table}`).all()] as const,
    );
    db.exec(sql);
    db.exec('COMMIT');
    const found = breaches(box).filter((line) => line.startsWith('catalog:'));
    for (const [table, rows] of kept) {
      db.exec(`DELETE FROM ${table}`);
      for (const row of rows as Record<string, unknown>[]) {
        const names = Object.keys(row);
        db.prepare(
          `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
        ).run(...Object.values(row));
      }
    }
    return found;
  } finally {
    db.close();
  }
}

it('finds nothing in what is whole', () => {
  expect(breaches(box)).toEqual([]);
});

it.each([
  ["UPDATE catalog SET state = 'taken' WHERE version = 2", 'tells something else'],
  ['DELETE FROM catalog WHERE version = 2', 'it is not stored'],
  ['DELETE FROM catalog WHERE version = 1', 'which never came'],
  ['UPDATE catalog SET entry = 1 WHERE version = 2', 'no entry tells of it'],
  ['UPDATE catalog SET signed = replace(signed, \'"version":1\', \'"version":7\')', 'of another'],
  ['UPDATE catalog SET book = 99 WHERE version = 1', 'became a book that is not stored'],
  ["UPDATE book_override SET value = '\"grill\"' WHERE field = 'station'", 'in another way'],
  ["DELETE FROM book_override WHERE field = 'par'", 'was said to be different here'],
])('sees %s', (sql, said) => {
  expect(after(sql).join('\n')).toContain(said);
  expect(breaches(box)).toEqual([]);
});
