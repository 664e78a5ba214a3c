/** SQL of reading the ledger for people: moves with the document behind each. */
import { and, asc, desc, eq, gt, gte, lt, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { ENTRY_KINDS, entryKindName } from '#recipes/ledger/entry.ts';
import type { Db } from '../db/open.ts';
import { entryTable, eventTable, lotTable, moveTable, saleTable } from '../db/schema.ts';
import { MOVES_PER_ENTRY } from './entry-store.ts';

export type MoveQuery = {
  readonly item?: number;
  /** Epoch milliseconds, by when it happened. */
  readonly from?: number;
  readonly to?: number;
  /** The `id` of the last move that was read. */
  readonly cursor?: number;
  readonly limit: number;
  readonly newestFirst: boolean;
};

export type MoveRow = {
  readonly id: number;
  readonly seq: number;
  readonly kind: string;
  readonly item: number;
  readonly lot: number;
  readonly lotCode: string | null;
  readonly from: number;
  readonly to: number;
  readonly amount: number;
  readonly occurredAt: number;
  readonly recordedAt: number;
  readonly eventId: string | null;
  readonly saleId: string | null;
  readonly command: string | null;
  readonly actor: string | null;
};

export type MoveStore = {
  read(query: MoveQuery): MoveRow[];
  /** The entry that reversed this one, if any. */
  reversalOf(seq: number): number | undefined;
};

export function openMoveStore(db: Db): MoveStore {
  const orm = drizzle(db);
  return {
    read: (query) =>
      orm
        .select(COLUMNS)
        .from(moveTable)
        .innerJoin(entryTable, eq(entryTable.seq, ENTRY_OF_MOVE))
        .leftJoin(lotTable, eq(lotTable.id, moveTable.lot))
        .leftJoin(eventTable, eq(eventTable.id, entryTable.event))
        .leftJoin(saleTable, eq(saleTable.id, entryTable.sale))
        .where(conditions(query))
        .orderBy(query.newestFirst ? desc(moveTable.id) : asc(moveTable.id))
        .limit(query.limit)
        .all()
        .map((row) => ({ ...row, kind: entryKindName(row.kind) ?? String(row.kind) })),
    reversalOf: (seq) =>
      orm
        .select({ seq: entryTable.seq })
        .from(entryTable)
        .where(and(eq(entryTable.reverses, seq), eq(entryTable.kind, ENTRY_KINDS.reversal)))
        .limit(1)
        .get()?.seq,
  };
}

/** Written out: a bound number would arrive as a float, and floats do not divide to whole numbers. */
const ENTRY_OF_MOVE = sql`${moveTable.id} / ${sql.raw(String(MOVES_PER_ENTRY))}`;

const COLUMNS = {
  id: moveTable.id,
  item: moveTable.item,
  lot: moveTable.lot,
  lotCode: lotTable.code,
  from: moveTable.src,
  to: moveTable.dst,
  amount: moveTable.amount,
  seq: entryTable.seq,
  kind: entryTable.kind,
  occurredAt: entryTable.occurredAt,
  recordedAt: entryTable.recordedAt,
  eventId: eventTable.eventId,
  saleId: saleTable.saleId,
  command: entryTable.command,
  actor: entryTable.actor,
};

function conditions({ item, from, to, cursor, newestFirst }: MoveQuery) {
  const after = newestFirst ? lt : gt;
  return and(
    item === undefined ? undefined : eq(moveTable.item, item),
    from === undefined ? undefined : gte(entryTable.occurredAt, from),
    to === undefined ? undefined : lt(entryTable.occurredAt, to),
    cursor === undefined ? undefined : after(moveTable.id, cursor),
  );
}
