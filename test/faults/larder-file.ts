/**
 * Looks into the box's database file from outside, read-only, past all of the box's own code: which
 * events are there, in what state, and what each place of the ledger holds. Also folds the moves by
 * itself, so that a wrong balance cannot hide behind the balances.
 */
import Database from 'better-sqlite3';
import { ITEMS, type Item } from './kitchen.ts';
import type { Totals } from './oracle.ts';

/** Amounts in millionths. `stock` is what is in the larder, the negative pseudo-lot included. */
export type Holdings = Readonly<Record<Item, Totals & { stock: bigint }>>;

export type LarderFile = {
  /** Event ids, each with the number of rows that carry it. */
  readonly events: ReadonlyMap<string, number>;
  /** Rows per status: `pending`, `applied`, `partial`, `held`, … */
  readonly statuses: Readonly<Record<string, number>>;
  readonly conflicts: number;
  /** Folded from the moves. */
  readonly moves: Holdings;
  /** As the box keeps them. */
  readonly balances: Holdings;
};

export function readLarderFile(file: string): LarderFile {
  const db = new Database(file, { readonly: true });
  db.defaultSafeIntegers(true);
  try {
    const events = new Map<string, number>();
    const ids = db.prepare('SELECT event_id FROM event').pluck() as Database.Statement<[], string>;
    for (const id of ids.iterate()) events.set(id, (events.get(id) ?? 0) + 1);
    return {
      events,
      statuses: statusesOf(db),
      conflicts: Number(db.prepare('SELECT count(*) FROM conflict').pluck().get()),
      moves: holdings(db, FOLD_OF_MOVES),
      balances: holdings(
        db,
        'SELECT item, place, sum(amount) AS amount FROM balance GROUP BY 1, 2',
      ),
    };
  } finally {
    db.close();
  }
}

/** The states of a stored event by their numbers. */
export const STORED_STATUSES: readonly string[] = [
  'pending',
  'applied',
  'partial',
  'held',
  'duplicate',
  'conflict',
  'quarantined',
  'dismissed',
];

/** Events that are stored but not yet settled. */
export function countPending(file: string): number {
  const db = new Database(file, { readonly: true });
  try {
    return Number(db.prepare('SELECT count(*) FROM event WHERE status = 0').pluck().get());
  } finally {
    db.close();
  }
}

/** Ids of `wanted` that the file does not have. */
export function missingEvents(file: string, wanted: Iterable<string>): string[] {
  const db = new Database(file, { readonly: true });
  try {
    const find = db.prepare('SELECT 1 FROM event WHERE event_id = ?').pluck();
    return [...wanted].filter((id) => find.get(id) === undefined);
  } finally {
    db.close();
  }
}

const PLACES: Readonly<Record<number, keyof Totals | 'stock'>> = {
  1: 'stock',
  3: 'sold',
  4: 'waste',
  6: 'comp',
};
const FOLD_OF_MOVES = `
  SELECT item, place, sum(amount) AS amount FROM (
    SELECT item, dst AS place, amount FROM move
    UNION ALL SELECT item, src AS place, -amount FROM move
  ) GROUP BY 1, 2`;

function statusesOf(db: Database.Database): Record<string, number> {
  const rows = db.prepare('SELECT status, count(*) AS count FROM event GROUP BY 1').all() as {
    status: bigint;
    count: bigint;
  }[];
  return Object.fromEntries(
    rows.map((row) => [
      STORED_STATUSES[Number(row.status)] ?? `status ${row.status}`,
      Number(row.count),
    ]),
  );
}

function holdings(db: Database.Database, query: string): Holdings {
  const held = Object.fromEntries(
    ITEMS.map((item) => [item, { stock: 0n, sold: 0n, waste: 0n, comp: 0n }]),
  ) as Record<Item, Totals & { stock: bigint }>;
  const rows = db
    .prepare(
      `SELECT item.code AS code, f.place, f.amount FROM (${query}) f JOIN item ON item.id = f.item`,
    )
    .all() as { code: Item; place: bigint; amount: bigint }[];
  for (const row of rows) {
    const place = PLACES[Number(row.place)];
    if (place !== undefined && held[row.code] !== undefined) held[row.code][place] = row.amount;
  }
  return held;
}
