/**
 * SQL of the audit: a read-only connection held in one transaction, rows in key order a few thousand
 * at a time, and the questions whose only good answer is no row.
 */
import Database from 'better-sqlite3';
import { migrateDatabase } from '../db/migrate.ts';
import { type Db, openReader } from '../db/open.ts';

/** Rows read at once: enough to be fast, little enough to hold. */
const PAGE = 4_096;

export type Row = readonly (number | string | Uint8Array | null)[];

export type AuditFile = {
  /** All rows of a question in its order, a page at a time; its first column is the key it pages by. */
  pages(select: string, from: string, where?: string): IterableIterator<Row>;
  /** All rows of a question in its own order. */
  rows(sql: string): IterableIterator<Row>;
  number(sql: string): number;
  /** SQLite's own check of the file; empty when it is whole. */
  integrity(full: boolean): string[];
  db: Db;
  close(): void;
};

/** @throws Fault `no_database` */
export function openAuditFile(file: string): AuditFile {
  const db = openReader(file);
  // One snapshot for everything: a running box goes on writing beside it.
  db.exec('BEGIN');
  db.prepare('SELECT count(*) FROM sqlite_master').get();

  function* pages(select: string, from: string, where = 'TRUE'): IterableIterator<Row> {
    const key = select.split(',')[0] ?? '';
    const sql = `SELECT ${select} FROM ${from} WHERE ${key} > ? AND ${where} ORDER BY ${key} LIMIT ${PAGE}`;
    const statement = db.prepare(sql).raw();
    let after = -(2 ** 53);
    for (;;) {
      const page = statement.all(after) as Row[];
      yield* page;
      if (page.length < PAGE) return;
      after = Number(page.at(-1)?.[0]);
    }
  }

  return {
    db,
    pages,
    rows: (sql) => db.prepare(sql).raw().iterate() as IterableIterator<Row>,
    number: (sql) => Number(db.prepare(sql).pluck().get() ?? 0),
    integrity(full) {
      const rows = db.pragma(`${full ? 'integrity_check' : 'quick_check'}(100)`) as object[];
      const said = rows.map((row) => String(Object.values(row)[0]));
      return said.length === 1 && said[0] === 'ok' ? [] : said;
    },
    close() {
      db.close();
    },
  };
}

/** A storage error of SQLite while reading, as against an error of ours. */
export function isReadFault(error: unknown): boolean {
  return error instanceof Database.SqliteError;
}

/** The schema as the migrations make it, and as the file has it: name of each thing to its words. */
export function readSchemas(db: Db, migrations: string): { right: Schema; found: Schema } {
  const fresh = new Database(':memory:');
  try {
    migrateDatabase(fresh, migrations);
    return { right: schemaOf(fresh), found: schemaOf(db) };
  } finally {
    fresh.close();
  }
}

export type Schema = ReadonlyMap<string, string>;

function schemaOf(db: Db): Schema {
  const rows = db
    .prepare(
      "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE '\\_\\_%' ESCAPE '\\'",
    )
    .all() as { type: string; name: string; sql: string }[];
  return new Map(rows.map(({ type, name, sql }) => [`${type} ${name}`, sql.replace(/\s+/g, ' ')]));
}

/** Rows that belong to growing keys, taken out key by key. */
export class Grouped {
  readonly #rows: Iterator<Row>;
  #head: Row | undefined;

  constructor(rows: Iterator<Row>) {
    this.#rows = rows;
    this.#advance();
  }

  /** The rows of one key, which is greater than that of the call before. */
  take(key: number): Row[] {
    const list: Row[] = [];
    while (this.#head !== undefined && Number(this.#head[0]) <= key) {
      if (this.#head[0] === key) list.push(this.#head);
      this.#advance();
    }
    return list;
  }

  #advance(): void {
    const next = this.#rows.next();
    this.#head = next.done === true ? undefined : next.value;
  }
}
