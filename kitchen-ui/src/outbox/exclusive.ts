import type { TabletDb } from '../keep/db.ts';

/** Longer than a batch may take; a tab that died in the middle holds the others up no longer. */
export const LEASE_MS = 20_000;

/** One tab sends at a time, by the browser's locks. They exist only with HTTPS or on localhost. */
export function byWebLock(locks: Pick<LockManager, 'request'>) {
  return (work: () => Promise<void>): Promise<boolean> =>
    locks.request('larder-outbox', { ifAvailable: true }, async (lock) => {
      if (lock === null) return false;
      await work();
      return true;
    });
}

/** The same by a record in the database, for a shop's tablet on plain HTTP. */
export function byLease(db: TabletDb, holder: string, now: () => number) {
  async function take(): Promise<boolean> {
    const tx = db.transaction('lease', 'readwrite');
    const lease = await tx.store.get('outbox');
    const free = lease === undefined || lease.holder === holder || lease.until < now();
    // A clock that was set back must not keep everybody out for hours.
    const absurd = lease !== undefined && lease.until > now() + LEASE_MS;
    const mine = free || absurd;
    if (mine) await tx.store.put({ holder, until: now() + LEASE_MS }, 'outbox');
    await tx.done;
    return mine;
  }

  async function give(): Promise<void> {
    const tx = db.transaction('lease', 'readwrite');
    const lease = await tx.store.get('outbox');
    if (lease?.holder === holder) await tx.store.delete('outbox');
    await tx.done;
  }

  return async (work: () => Promise<void>): Promise<boolean> => {
    if (!(await take())) return false;
    try {
      await work();
    } finally {
      await give();
    }
    return true;
  };
}
