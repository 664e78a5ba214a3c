/** The database as it was made: strict, append-only, durable at every open, mirrored truly. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getTableColumns, getTableName, is, type Table } from 'drizzle-orm';
import { SQLiteTable } from 'drizzle-orm/sqlite-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Db, openDatabase } from '../../edge/db/open.ts';
import * as schema from '../../edge/db/schema.ts';
import { installation } from '../../edge/installation.ts';

const { migrations } = installation();
let folder: string;
let db: Db;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'larder-db-'));
  db = openDatabase(join(folder, 'larder.db'), migrations);
});
afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true });
});

test('every open commits with a full flush, the second one too', () => {
  for (let i = 0; i < 3; i++) {
    expect(db.pragma('synchronous', { simple: true })).toBe(2);
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(db.pragma('foreign_keys', { simple: true })).toBe(1);
    db.close();
    db = openDatabase(join(folder, 'larder.db'), migrations);
  }
});

test('all tables are strict', () => {
  const tables = db
    .prepare(
      "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite_%'",
    )
    .all() as { name: string; strict: number }[];
  const loose = tables.filter((t) => !t.strict).map((t) => t.name);
  expect(loose).toEqual(['__drizzle_migrations']);
  expect(tables.length).toBeGreaterThan(15);
});

test('facts cannot be changed or deleted', () => {
  db.exec("INSERT INTO terminal VALUES (1, 'T1')");
  db.exec("INSERT INTO event VALUES (1, 1, 'a', 0, 1, 1, 0, 0, 0, 0, NULL, NULL, x'00')");
  db.exec(
    'INSERT INTO entry VALUES (1, 1, NULL, NULL, NULL, NULL, 1, 1, 1, NULL, NULL, NULL, zeroblob(32))',
  );
  db.exec('INSERT INTO move VALUES (65536, 0, 1, 0, 1, 3, 5)');
  for (const change of [
    'UPDATE entry SET day = 2',
    'DELETE FROM entry',
    'UPDATE move SET amount = 6',
    'DELETE FROM move',
    "UPDATE event SET body = x'01'",
    "UPDATE event SET event_id = 'b'",
    'DELETE FROM event',
  ]) {
    expect(() => db.exec(change), change).toThrow(/never/);
  }
  db.exec('UPDATE event SET status = 7');
  expect(() => db.exec('INSERT INTO move VALUES (65537, 0, 1, 0, 1, 3, 1.5)')).toThrow(/INTEGER/);
  expect(() => db.exec('INSERT INTO move VALUES (65537, 0, 1, 0, 1, 3, 0)')).toThrow(/CHECK/);
});

test('a database of a newer version is refused, untouched', () => {
  db.exec('INSERT INTO __drizzle_migrations (hash, created_at) VALUES (0, 9999999999999)');
  db.close();
  expect(() => openDatabase(join(folder, 'larder.db'), migrations)).toThrow(/newer version/);
  db = openDatabase(':memory:'.replace(':memory:', join(folder, 'other.db')), migrations);
});

test('the mirror for drizzle says what the migrations made', () => {
  const mirrored = Object.values(schema).filter((value) => is(value, SQLiteTable));
  expect(mirrored.length).toBeGreaterThan(8);
  for (const table of mirrored as Table[]) {
    const name = getTableName(table);
    const real = db
      .prepare('SELECT name, type, "notnull" AS required FROM pragma_table_info(?)')
      .all(name);
    const mirror = Object.values(getTableColumns(table)).map((column) => ({
      name: column.name,
      type: column.getSQLType().toUpperCase(),
      required: column.notNull ? 1 : 0,
    }));
    expect(mirror, name).toEqual(real);
  }
});
