/**
 * Brings the file to this version's schema with drizzle's SQL migrations.
 *
 * drizzle runs them in one transaction in which `foreign_keys` cannot be switched, and its table
 * rebuilds cascade into child rows while it is on; so it is off before and checked after. drizzle
 * also never looks at what is already applied beyond a timestamp, so we refuse a newer file.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { Fault } from '../runtime/fault.ts';

/** @throws Fault `database_newer` or `database_damaged` */
export function migrateDatabase(db: Database.Database, folder: string): void {
  refuseNewer(db, folder);
  db.pragma('foreign_keys = OFF');
  migrate(drizzle(db), { migrationsFolder: folder });
  const broken = db.pragma('foreign_key_check') as unknown[];
  if (broken.length > 0) {
    throw new Fault('database_damaged', `${broken.length} rows name a row that does not exist`, {
      retryable: false,
    });
  }
}

function refuseNewer(db: Database.Database, folder: string): void {
  const journal = JSON.parse(readFileSync(join(folder, 'meta', '_journal.json'), 'utf8')) as {
    entries: { when: number }[];
  };
  const newest = Math.max(...journal.entries.map((entry) => entry.when));
  const known = db.prepare("SELECT 1 FROM sqlite_master WHERE name = '__drizzle_migrations'").get();
  if (known === undefined) return;
  const applied = db.prepare('SELECT max(created_at) FROM __drizzle_migrations').pluck().get();
  if (Number(applied) > newest) {
    throw new Fault(
      'database_newer',
      'a newer version of Larder wrote this database: update this box',
      {
        retryable: false,
      },
    );
  }
}
