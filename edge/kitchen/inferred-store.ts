/** SQL of batches that nobody logged: how much of each made-ahead item stands inferred, and from what. */
import type { Db } from '../db/open.ts';

/** What an inferred batch took of one lot, millionths. */
export type InferredTake = { readonly item: number; readonly lot: number; readonly amount: number };

export type Inferred = {
  /** Number of the made item. */
  readonly item: number;
  /** Millionths that stand inferred, more than 0. */
  readonly amount: number;
  /** In the order in which it was taken. */
  readonly takes: readonly InferredTake[];
  readonly since: number;
};

export type InferredStore = {
  get(item: number): Inferred | undefined;
  all(): Inferred[];
  /** Writes what stands now; nothing = the row goes. */
  set(inferred: Inferred): void;
};

export function openInferredStore(db: Db): InferredStore {
  const get = db.prepare('SELECT item, amount, takes, since FROM inferred_prep WHERE item = ?');
  const all = db.prepare('SELECT item, amount, takes, since FROM inferred_prep ORDER BY since');
  const upsert = db.prepare(
    `INSERT INTO inferred_prep (item, amount, takes, since) VALUES (?, ?, ?, ?)
       ON CONFLICT (item) DO UPDATE SET amount = excluded.amount, takes = excluded.takes`,
  );
  const remove = db.prepare('DELETE FROM inferred_prep WHERE item = ?');
  return {
    get(item) {
      const row = get.get(item);
      return row === undefined ? undefined : inferredOf(row);
    },
    all: () => all.all().map(inferredOf),
    set({ item, amount, takes, since }) {
      if (amount === 0 && takes.length === 0) remove.run(item);
      else upsert.run(item, amount, JSON.stringify(takes), since);
    },
  };
}

function inferredOf(value: unknown): Inferred {
  const row = value as { item: number; amount: number; takes: string; since: number };
  return { ...row, takes: JSON.parse(row.takes) as InferredTake[] };
}
