import type { TabletDb } from '../keep/db.ts';
import type { NewEntry, OutboxEntry, OutboxStore } from './entry.ts';

/** Entries in IndexedDB; each promise resolves when its transaction is on disk. */
export function idbOutbox(db: TabletDb): OutboxStore {
  return {
    all: async () => (await db.getAll('outbox')) as OutboxEntry[],
    add: async (entry) => {
      const tx = db.transaction('outbox', 'readwrite', { durability: 'strict' });
      const [n] = await Promise.all([tx.store.add(entry), tx.done]);
      return { ...entry, n };
    },
    update: async (change) => {
      const tx = db.transaction('outbox', 'readwrite', { durability: 'strict' });
      const all = (await tx.store.getAll()) as OutboxEntry[];
      const changed = change(all);
      await Promise.all([...changed.map((entry) => tx.store.put(entry)), tx.done]);
      return changed;
    },
    remove: async (numbers) => {
      const tx = db.transaction('outbox', 'readwrite');
      await Promise.all([...numbers.map((n) => tx.store.delete(n)), tx.done]);
    },
  };
}

/** Entries in memory: for a tablet that cannot store, and gone with the page. */
export function memoryOutbox(): OutboxStore & { readonly peek: () => readonly OutboxEntry[] } {
  let entries: readonly OutboxEntry[] = [];
  // Behind everything that the database holds.
  let last = FIRST_IN_MEMORY;
  return {
    peek: () => entries,
    all: async () => entries,
    add: async (entry: NewEntry) => {
      last += 1;
      const kept = { ...entry, n: last };
      entries = [...entries, kept];
      return kept;
    },
    update: async (change) => {
      const changed = change(entries);
      const by = new Map(changed.map((entry) => [entry.n, entry]));
      entries = entries.map((entry) => by.get(entry.n) ?? entry);
      return changed;
    },
    remove: async (numbers) => {
      entries = entries.filter((entry) => !numbers.includes(entry.n));
    },
  };
}

const FIRST_IN_MEMORY = 1e12;

/**
 * The database while it works. What it cannot take goes into memory and is sent from there, and
 * `broken` says so: the screen must be loud about it.
 */
export function sturdyOutbox(database: OutboxStore | null, broken: () => void): OutboxStore {
  const memory = memoryOutbox();

  async function first<T>(work: (store: OutboxStore) => Promise<T>, otherwise: () => Promise<T>) {
    if (database === null) return otherwise();
    try {
      return await work(database);
    } catch {
      broken();
      return otherwise();
    }
  }

  return {
    all: () =>
      first(
        async (store) => [...(await store.all()), ...memory.peek()],
        () => memory.all(),
      ),
    add: (entry) =>
      first(
        (store) => store.add(entry),
        () => memory.add(entry),
      ),
    update: (change) =>
      first(
        async (store) => {
          let rest: readonly OutboxEntry[] = [];
          const stored = await store.update((entries) => {
            const changed = change([...entries, ...memory.peek()]);
            rest = changed.filter((entry) => entry.n > FIRST_IN_MEMORY);
            return changed.filter((entry) => entry.n <= FIRST_IN_MEMORY);
          });
          await memory.update(() => rest);
          return [...stored, ...rest];
        },
        () => memory.update(change),
      ),
    remove: async (numbers) => {
      await memory.remove(numbers);
      await first(
        (store) => store.remove(numbers),
        async () => {},
      );
    },
  };
}
