/** SQL of the newest dish list of each terminal. */
import { drizzle } from 'drizzle-orm/better-sqlite3';
import type { Db } from '../db/open.ts';
import { posMenuTable } from '../db/schema.ts';

export type MenuStore = {
  /** This event is the terminal's dish list from now on. */
  put(terminal: number, event: number): void;
  all(): { terminal: number; event: number }[];
};

export function openMenuStore(db: Db): MenuStore {
  const orm = drizzle(db);
  return {
    put: (terminal, event) => {
      orm
        .insert(posMenuTable)
        .values({ terminal, event })
        .onConflictDoUpdate({ target: posMenuTable.terminal, set: { event } })
        .run();
    },
    all: () => orm.select().from(posMenuTable).all(),
  };
}
