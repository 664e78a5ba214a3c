import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { NewEntry, OutboxEntry } from '../outbox/entry.ts';

/** What this tablet keeps between visits. `n` of an entry is given by the database. */
export interface TabletSchema extends DBSchema {
  outbox: { key: number; value: OutboxEntry | NewEntry };
  /** Last answers of the box, by name: what a reload without the box shows. */
  answers: { key: string; value: { readonly at: number; readonly value: unknown } };
  lease: { key: string; value: { readonly holder: string; readonly until: number } };
}

export type TabletDb = IDBPDatabase<TabletSchema>;

/** Opens the database of this tablet. Rejects in private modes that have none, and after 4 s. */
export async function openTabletDb(name = 'larder'): Promise<TabletDb> {
  const opened = openDB<TabletSchema>(name, 1, {
    upgrade(db) {
      db.createObjectStore('outbox', { keyPath: 'n', autoIncrement: true });
      db.createObjectStore('answers');
      db.createObjectStore('lease');
    },
    blocking: (_old, _new, event) => (event.target as IDBDatabase).close(),
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the database does not open')), PATIENCE_MS);
  });
  return Promise.race([opened, tooLong]).finally(() => clearTimeout(timer));
}

const PATIENCE_MS = 4_000;
