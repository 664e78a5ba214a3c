/** SQL of credit notes, and of the returns to suppliers that they pay for. */
import { ENTRY_KINDS } from '#recipes/ledger/entry.ts';
import type { Db } from '../db/open.ts';
import { MOVES_PER_ENTRY } from '../ledger/entry-store.ts';
import { NUMBER_DIGITS } from '../ledger/numbered-id.ts';
import { undoneSql } from '../ledger/undone-store.ts';

/** A credit note as it is stored. */
export type StoredCredit = {
  readonly id: string;
  readonly entry: number;
  readonly supplier: string;
  readonly order: string | null;
  /** Sequence of the return it pays for. */
  readonly returned: number | null;
  /** Ten-thousandths of the currency. */
  readonly amount: number;
  /** Business day as the number 20261122. */
  readonly day: number;
  readonly note: string | null;
  readonly at: number;
  readonly actor: string | null;
};

/** A return to a supplier that counts. */
export type StoredReturn = {
  readonly entry: number;
  readonly at: number;
  readonly day: number;
  readonly actor: string | null;
  /** As it was said, else of the lots that went back when they are of one; null = nobody knows. */
  readonly supplier: string | null;
  /** Facts of the entry, as JSON text. */
  readonly note: string;
};

/** Reads and writes credit notes; reads the returns they pay for. */
export type CreditStore = {
  insert(credit: Omit<StoredCredit, 'at' | 'actor'>): void;
  has(id: string): boolean;
  /** The highest number in use behind a prefix; 0 when there is none. */
  highest(prefix: string): number;
  /** Those that count, the newest first. */
  credits(): StoredCredit[];
  returns(): StoredReturn[];
  return(entry: number): StoredReturn | undefined;
};

/** Of the box's own connection, or of one that only reads. */
export function openCreditStore(db: Db): CreditStore {
  const insert = db.prepare(
    `INSERT INTO credit_note (id, entry, supplier, purchase, returned, amount, day, note)
     VALUES (@id, @entry, @supplier, @order, @returned, @amount, @day, @note)`,
  );
  const has = db.prepare('SELECT 1 FROM credit_note WHERE id = ?').pluck();
  const highest = db
    .prepare(
      `SELECT max(CAST(substr(id, length(@prefix) + 1) AS INTEGER)) FROM credit_note
        WHERE id >= @prefix AND id < @prefix || ':' AND substr(id, length(@prefix) + 1) NOT GLOB '*[^0-9]*'
          AND length(id) <= length(@prefix) + ${NUMBER_DIGITS}`,
    )
    .pluck();
  const credits = db.prepare(
    `SELECT c.id, c.entry, c.supplier, c.purchase AS "order", c.returned, c.amount, c.day, c.note,
        e.occurred_at AS at, e.actor
       FROM credit_note c JOIN entry e ON e.seq = c.entry
      WHERE NOT ${undoneSql('c.entry')} ORDER BY c.entry DESC`,
  );
  const returns = (where: string) =>
    db.prepare(
      `SELECT e.seq AS entry, e.occurred_at AS at, e.day, e.actor, e.note,
          coalesce(e.note ->> '$.supplier', (SELECT CASE WHEN count(DISTINCT l.supplier) = 1 THEN max(l.supplier) END
             FROM move m JOIN lot l ON l.id = m.lot
            WHERE m.id >= e.seq * ${MOVES_PER_ENTRY} AND m.id < (e.seq + 1) * ${MOVES_PER_ENTRY})) AS supplier
        FROM entry e WHERE e.event IS NULL AND e.kind = ${ENTRY_KINDS.return} AND ${where}
         AND NOT ${undoneSql('e.seq')} ORDER BY e.seq DESC`,
    );
  const all = returns('TRUE');
  const one = returns('e.seq = ?');
  return {
    insert: (credit) => {
      insert.run(credit);
    },
    has: (id) => has.get(id) === 1,
    highest: (prefix) => (highest.get({ prefix }) as number | null) ?? 0,
    credits: () => credits.all() as StoredCredit[],
    returns: () => all.all() as StoredReturn[],
    return: (entry) => one.get(entry) as StoredReturn | undefined,
  };
}
