/**
 * Opens the box's one database file for its one writer.
 *
 * better-sqlite3 opens an existing WAL database with `synchronous=NORMAL`, which loses the last
 * commits when the power goes: so FULL is set on every open and read back, and a box that cannot
 * have it does not start.
 */
import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { Fault } from '../runtime/fault.ts';
import { migrateDatabase } from './migrate.ts';

export type Db = Database.Database;

/** The first SQLite without the WAL-reset race between two connections. */
const SQLITE_MIN = [3, 51, 3] as const;
const CACHE_KIB = 8 * 1024;

/**
 * @throws Fault `database_in_use` when another process writes to it, `database_newer` when a newer
 *   version of Larder has written it, `not_durable` when the pragmas cannot be had.
 */
export function openDatabase(file: string, migrations: string): Db {
  const db = new Database(file);
  try {
    lockForOneWriter(db, file);
    db.pragma('synchronous = FULL');
    db.pragma('trusted_schema = OFF');
    db.pragma('cell_size_check = ON');
    db.pragma('mmap_size = 0');
    // 32 MiB: index pages that many sales touch are copied into the file once, not every 8 MiB.
    db.pragma('wal_autocheckpoint = 8000');
    db.pragma('journal_size_limit = 67108864');
    db.pragma(`cache_size = -${CACHE_KIB}`);
    requireDurable(db);
    migrateDatabase(db, migrations);
    db.pragma('foreign_keys = ON');
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** A second, read-only connection for whatever takes long: reports, fsck, exports. */
export function openReader(file: string): Db {
  if (!existsSync(file)) {
    throw new Fault(
      'no_database',
      `${file} does not exist: start the box once, or set LARDER_DATA`,
      {
        retryable: false,
      },
    );
  }
  const db = new Database(file, { readonly: true });
  db.pragma('trusted_schema = OFF');
  return db;
}

function lockForOneWriter(db: Db, file: string): void {
  db.pragma('busy_timeout = 200');
  try {
    db.pragma('journal_mode = WAL');
  } catch (error) {
    throw new Fault('database_in_use', `${file} is in use by another process`, {
      retryable: true,
      cause: error,
    });
  }
}

function requireDurable(db: Db): void {
  const version = String(db.prepare('SELECT sqlite_version()').pluck().get())
    .split('.')
    .map(Number);
  const older = SQLITE_MIN.findIndex((part, i) => part !== version[i]);
  if (older >= 0 && (version[older] ?? 0) < (SQLITE_MIN[older] ?? 0)) {
    throw new Fault(
      'not_durable',
      `SQLite ${version.join('.')} is older than ${SQLITE_MIN.join('.')}`,
      {
        retryable: false,
      },
    );
  }
  const mode = db.pragma('journal_mode', { simple: true });
  const synchronous = db.pragma('synchronous', { simple: true });
  if (mode !== 'wal' || synchronous !== 2) {
    throw new Fault(
      'not_durable',
      `the database would lose sales when the power goes (journal_mode=${mode}, synchronous=${synchronous}); use a local disk`,
      { retryable: false },
    );
  }
}
