/** Tells a failing disk from a failing program. */
import Database from 'better-sqlite3';

const STORAGE = /^SQLITE_(FULL|IOERR|CANTOPEN|READONLY|CORRUPT|NOTADB|NOMEM|BUSY|LOCKED)/;

/** The database cannot store now: nothing may be acknowledged. */
export function isStorageFault(error: unknown): boolean {
  return error instanceof Database.SqliteError && STORAGE.test(error.code);
}

/** Worse: after a failed fsync nothing this process believes about the file is certain. */
export function mustExit(error: unknown): boolean {
  return error instanceof Database.SqliteError && /^SQLITE_(IOERR|CORRUPT|NOTADB)/.test(error.code);
}
