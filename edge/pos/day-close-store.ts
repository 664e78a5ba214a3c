/** SQL of what terminals said at the end of a business day. */
import { desc, eq, max } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import type { DayClose } from '#recipes/contracts/pos-event.ts';
import type { Db } from '../db/open.ts';
import { dayCloseTable } from '../db/schema.ts';

export type StoredDayClose = {
  readonly event: number;
  readonly terminal: number;
  readonly day: number;
  readonly totals: DayClose;
};

export type DayCloseStore = {
  insert(close: StoredDayClose): void;
  /** The newest word of each terminal about a day. */
  ofDay(day: number): StoredDayClose[];
  /** Business days that were closed by a terminal, newest first. */
  days(limit: number): number[];
};

export function openDayCloseStore(db: Db): DayCloseStore {
  const orm = drizzle(db);
  const { event, terminal, day, totals } = dayCloseTable;
  return {
    insert: (close) => {
      const row = { ...close, totals: JSON.stringify(close.totals) };
      orm.insert(dayCloseTable).values(row).run();
    },
    ofDay: (date) =>
      orm
        // SQLite gives the other columns of the row that has the maximum.
        .select({ event: max(event), terminal, day, totals })
        .from(dayCloseTable)
        .where(eq(day, date))
        .groupBy(terminal)
        .all()
        .map((row) => ({
          ...row,
          event: row.event ?? 0,
          totals: JSON.parse(row.totals) as DayClose,
        })),
    days: (limit) =>
      orm
        .selectDistinct({ day })
        .from(dayCloseTable)
        .orderBy(desc(day))
        .limit(limit)
        .all()
        .map((row) => row.day),
  };
}
