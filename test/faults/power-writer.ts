/**
 * The control of the power test: the box's inbox insert with nothing around it. It opens an existing
 * WAL database (the second open is where better-sqlite3 falls back to NORMAL), commits numbers in
 * groups, and writes each group's last number to standard output only after COMMIT returned.
 *
 *   node power-writer.ts FILE FULL|NORMAL|DEFAULT
 */
import { writeSync } from 'node:fs';
import Database from 'better-sqlite3';

const [file, mode] = process.argv.slice(2);
if (file === undefined || mode === undefined)
  throw new Error('power-writer FILE FULL|NORMAL|DEFAULT');

const first = new Database(file);
first.pragma('journal_mode = WAL');
first.exec('CREATE TABLE IF NOT EXISTS event (id INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT');
first.close();

const db = new Database(file);
if (mode !== 'DEFAULT') db.pragma(`synchronous = ${mode}`);
db.pragma('wal_autocheckpoint = 2000'); // as the box has it
const insert = db.prepare('INSERT INTO event (id, body) VALUES (?, ?)');
let next = 1 + Number(db.prepare('SELECT coalesce(max(id), 0) FROM event').pluck().get());
const group = db.transaction((count: number) => {
  for (let written = 0; written < count; written += 1) {
    insert.run(next, Buffer.alloc(500, next % 256));
    next += 1;
  }
});

const GROUP = 20;
function turn(): void {
  group(GROUP);
  writeSync(1, `${next - 1}\n`);
  setImmediate(turn);
}
turn();
