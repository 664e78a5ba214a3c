/**
 * One box per database. SQLite would happily let a second process write; the lock is an exclusive
 * transaction on a file of its own, which the kernel releases even after `kill -9`.
 */
import Database from 'better-sqlite3';
import { Fault } from '../runtime/fault.ts';

/** @returns what releases the lock. @throws Fault `database_in_use` */
export function lockDatabase(file: string): () => void {
  const lock = new Database(`${file}.lock`, { timeout: 200 });
  try {
    lock.pragma('journal_mode = DELETE');
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    throw new Fault(
      'database_in_use',
      `${file} is in use by another box: stop that one first, or set LARDER_DATA to another folder`,
      { retryable: false, cause: error },
    );
  }
  return () => lock.close();
}
