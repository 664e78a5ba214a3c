/** SQL of conflicts: an id came again with other content, and a person has not said what of it. */
import { asc, eq } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import type { Db } from '../db/open.ts';
import { conflictTable } from '../db/schema.ts';

export type Conflict = {
  readonly id: number;
  /** The event that was stored first, and counts. */
  readonly event: number;
  readonly receivedAt: number;
  readonly body: Uint8Array;
};

export type ConflictStore = {
  /** The same other content again is one conflict. */
  insert(event: number, receivedAt: number, digest: string, body: Uint8Array): void;
  open(limit: number): Conflict[];
  get(id: number): Conflict | undefined;
  dismiss(id: number): void;
};

export function openConflictStore(db: Db): ConflictStore {
  const orm = drizzle(db);
  const { id, event, receivedAt, body, dismissed } = conflictTable;
  const columns = { id, event, receivedAt, body };
  return {
    insert: (original, at, digest, bytes) => {
      orm
        .insert(conflictTable)
        .values({ event: original, receivedAt: at, digest, body: Buffer.from(bytes) })
        .onConflictDoNothing()
        .run();
    },
    open: (limit) =>
      orm
        .select(columns)
        .from(conflictTable)
        .where(eq(dismissed, 0))
        .orderBy(asc(id))
        .limit(limit)
        .all(),
    get: (number) => orm.select(columns).from(conflictTable).where(eq(id, number)).get(),
    dismiss: (number) => {
      orm.update(conflictTable).set({ dismissed: 1 }).where(eq(id, number)).run();
    },
  };
}
