/** SQL of what left the larder by item and day: written while the moves are read, read by the forecast. */
import { ENTRY_KINDS } from '#recipes/ledger/entry.ts';
import type { Db } from '../db/open.ts';
import { MOVES_PER_ENTRY } from '../ledger/entry-store.ts';

/** A move with the facts of its entry that say when it counts. */
export type UsageMove = {
  readonly item: number;
  readonly src: number;
  readonly dst: number;
  /** Millionths. */
  readonly amount: number;
  readonly kind: number;
  readonly day: number;
  readonly occurredAt: number;
  readonly sale: number | null;
  readonly reverses: number | null;
};

/** What a stretch of moves adds to one item's day. */
export type DayChange = {
  readonly item: number;
  readonly day: number;
  /** Used by guests and staff, less what came back; millionths. */
  amount: number;
  /** By how much the shelf changed. */
  stock: number;
  /** When it was used last; null = it was not. */
  lastAt: number | null;
};

/** One item's days without holes between them said: parallel lists, ascending by day. */
export type UsageRows = {
  readonly item: number;
  readonly days: readonly number[];
  readonly amounts: readonly number[];
  readonly stock: readonly number[];
  readonly lastAt: readonly (number | null)[];
};

export type Seen = { readonly seq: number; readonly hoursFrom: number };

export type ImportedDay = { readonly item: number; readonly day: number; readonly amount: number };

export type UsageStore = {
  /** How far the moves are summed; nothing = not at all. */
  seen(): Seen;
  /** Runs `work` as one transaction. */
  together<T>(work: () => T): T;
  moves(afterSeq: number, toSeq: number): UsageMove[];
  /** When and on which day an entry happened that another one takes back. */
  origin(seq: number): Pick<UsageMove, 'day' | 'occurredAt' | 'sale' | 'reverses'> | undefined;
  /** When the first entry of a sale happened. */
  soldAt(sale: number): number | undefined;
  add(change: DayChange): void;
  addHour(item: number, day: number, hour: number, amount: number): void;
  /** Moves the cursor; hours before `hoursFrom` go. */
  mark(seen: Seen): void;
  /** Forgets all sums, so that they are made again. */
  clear(): void;
  /** Every item's days from a day on, in one question. */
  readAll(from: number): UsageRows[];
  /** The items that have any. */
  items(): number[];
  read(item: number, from: number): UsageRows;
  imported(item: number, from: number): { day: number; amount: number }[];
  importedItems(): number[];
  insertImport(row: ImportedDay, entry: number): void;
  /** Grows whenever something may have been imported. */
  importVersion(): number;
  /** Sums by hour of an item since a day; hours without use are left out. */
  hours(item: number, from: number): { hour: number; amount: number }[];
  /** On how many days since a day how many items were used in each hour: when the kitchen is busy. */
  busyHours(from: number): { hour: number; amount: number }[];
};

const ROW = 'day, amount, stock, last_at';
const LISTS =
  'json_group_array(day), json_group_array(amount), json_group_array(stock), json_group_array(last_at)';

export function openUsageStore(db: Db): UsageStore {
  const seen = db.prepare('SELECT seq, hours_from AS hoursFrom FROM usage_seen WHERE one = 1');
  const mark = db.prepare(
    `INSERT INTO usage_seen (one, seq, hours_from) VALUES (1, ?, ?)
       ON CONFLICT (one) DO UPDATE SET seq = excluded.seq, hours_from = excluded.hours_from`,
  );
  const prune = db.prepare('DELETE FROM usage_hour WHERE day < ?');
  const moves = db.prepare(
    `SELECT m.item, m.src, m.dst, m.amount, e.kind, e.day, e.occurred_at AS occurredAt, e.sale, e.reverses
       FROM move m CROSS JOIN entry e ON e.seq = m.id / ${MOVES_PER_ENTRY}
      WHERE m.id >= ? AND m.id < ? ORDER BY m.id`,
  );
  const origin = db.prepare(
    'SELECT day, occurred_at AS occurredAt, sale, reverses FROM entry WHERE seq = ?',
  );
  const soldAt = db
    .prepare('SELECT occurred_at FROM entry WHERE sale = ? ORDER BY seq LIMIT 1')
    .pluck();
  const add = db.prepare(
    `INSERT INTO usage_day (item, ${ROW}) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (item, day) DO UPDATE SET amount = amount + excluded.amount, stock = stock + excluded.stock,
         last_at = max(coalesce(last_at, excluded.last_at), coalesce(excluded.last_at, last_at))`,
  );
  const readAll = db
    .prepare(`SELECT item, ${LISTS} FROM usage_day WHERE day >= ? GROUP BY item ORDER BY item`)
    .raw();
  const read = db
    .prepare(`SELECT item, ${LISTS} FROM usage_day WHERE item = ? AND day >= ? GROUP BY item`)
    .raw();
  const items = db.prepare('SELECT DISTINCT item FROM usage_day').pluck();
  const imported = db.prepare(
    'SELECT day, amount FROM usage_import WHERE item = ? AND day >= ? ORDER BY day',
  );
  const importedItems = db.prepare('SELECT DISTINCT item FROM usage_import').pluck();
  const insertImport = db.prepare(
    `INSERT INTO usage_import (item, day, amount, entry) VALUES (?, ?, ?, ?)
       ON CONFLICT (item, day) DO UPDATE SET amount = excluded.amount, entry = excluded.entry`,
  );
  let imports = 0;
  const clear = db.transaction(() => {
    for (const table of ['usage_day', 'usage_hour', 'usage_seen'])
      db.prepare(`DELETE FROM ${table}`).run();
  });
  return {
    ...openHours(db),
    seen: () => (seen.get() as Seen | undefined) ?? { seq: 0, hoursFrom: 0 },
    together: (work) => db.transaction(work).immediate(),
    moves: (after, to) =>
      moves.all((after + 1) * MOVES_PER_ENTRY, (to + 1) * MOVES_PER_ENTRY) as UsageMove[],
    origin: (seq) => origin.get(seq) as ReturnType<UsageStore['origin']>,
    soldAt: (sale) => soldAt.get(sale) as number | undefined,
    add: ({ item, day, amount, stock, lastAt }) => {
      add.run(item, day, amount, stock, lastAt);
    },
    mark: ({ seq, hoursFrom }) => {
      const before = (seen.get() as Seen | undefined)?.hoursFrom;
      mark.run(seq, hoursFrom);
      if (hoursFrom !== before) prune.run(hoursFrom);
    },
    clear: () => clear(),
    readAll: (from) => readAll.all(from).map(rowsOf),
    items: () => items.all() as number[],
    read: (item, from) => {
      const found = read.get(item, from);
      return found === undefined
        ? { item, days: [], amounts: [], stock: [], lastAt: [] }
        : rowsOf(found);
    },
    imported: (item, from) => imported.all(item, from) as { day: number; amount: number }[],
    importedItems: () => importedItems.all() as number[],
    importVersion: () => imports,
    insertImport: ({ item, day, amount }, entry) => {
      imports++;
      insertImport.run(item, day, amount, entry);
    },
  };
}

function openHours(db: Db): Pick<UsageStore, 'addHour' | 'hours' | 'busyHours'> {
  const addHour = db.prepare(
    `INSERT INTO usage_hour (item, day, hour, amount) VALUES (?, ?, ?, ?)
       ON CONFLICT (item, day, hour) DO UPDATE SET amount = amount + excluded.amount`,
  );
  const hours = db.prepare(
    'SELECT hour, sum(amount) AS amount FROM usage_hour WHERE item = ? AND day >= ? GROUP BY hour',
  );
  const busy = db.prepare(
    'SELECT hour, count(*) AS amount FROM usage_hour WHERE day >= ? AND amount > 0 GROUP BY hour',
  );
  return {
    addHour: (item, day, hour, amount) => {
      addHour.run(item, day, hour, amount);
    },
    busyHours: (from) => busy.all(from) as { hour: number; amount: number }[],
    hours: (item, from) => hours.all(item, from) as { hour: number; amount: number }[],
  };
}

/** Lists as JSON texts: two and a half times as fast as a row of SQLite for every day. */
function rowsOf(row: unknown): UsageRows {
  const [item, days, amounts, stock, lastAt] = row as [number, string, string, string, string];
  return {
    item,
    days: JSON.parse(days) as number[],
    amounts: JSON.parse(amounts) as number[],
    stock: JSON.parse(stock) as number[],
    lastAt: JSON.parse(lastAt) as (number | null)[],
  };
}

/** Entries that say by themselves when a guest or the staff used something. */
export const USING_KINDS: ReadonlySet<number> = new Set([
  ENTRY_KINDS.sale,
  ENTRY_KINDS.snapshot,
  ENTRY_KINDS.consume,
]);
