/** SQL of the few settings that are changed on the page and not in a file. */
import { eq } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import type { Db } from './db/open.ts';
import { settingTable } from './db/schema.ts';

export type Settings = {
  get(key: string): string | undefined;
  set(key: string, value: string): void;
};

export function openSettings(db: Db): Settings {
  const orm = drizzle(db);
  const { key } = settingTable;
  return {
    get: (name) => orm.select().from(settingTable).where(eq(key, name)).get()?.value,
    set: (name, value) => {
      orm
        .insert(settingTable)
        .values({ key: name, value })
        .onConflictDoUpdate({ target: key, set: { value } })
        .run();
    },
  };
}
