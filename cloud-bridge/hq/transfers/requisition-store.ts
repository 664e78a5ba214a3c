/** SQL of requisitions, on the chain's server. */
import type { Pool, PoolClient } from 'pg';
import type { AskedLine } from '#recipes/contracts/transfer-note.ts';
import { storedInstant } from '../board/instants.ts';

type Db = Pool | PoolClient;

/** What the two stores said. */
export type AskedState = 'sent' | 'accepted' | 'declined' | 'shipped' | 'cancelled';

/** A requisition as head office keeps it. */
export type Requisition = {
  readonly id: string;
  /** Who asks. */
  readonly store: string;
  /** Who is asked. */
  readonly kitchen: string;
  readonly state: AskedState;
  /** "2026-11-23"; null = as soon as it can be. */
  readonly deliverOn: string | null;
  /** Epoch milliseconds. */
  readonly at: number;
  /** When the last answer was given. */
  readonly answeredAt: number | null;
  readonly lines: readonly AskedLine[];
  readonly purchase: string | null;
  readonly note: string | null;
  /** Words of the answer. */
  readonly answer: string | null;
};

type Row = {
  id: string;
  store: string;
  kitchen: string;
  state: AskedState;
  deliver_on: string | null;
  at: Date;
  answered_at: Date | null;
  lines: AskedLine[];
  purchase: string | null;
  note: string | null;
  answer: string | null;
};

const COLUMNS = `id, store, kitchen, state, deliver_on::text AS deliver_on, at, answered_at, lines,
  purchase, note, answer`;

/** The requisition with this number, unless nobody has spoken of it. */
export async function readRequisition(db: Db, id: string): Promise<Requisition | undefined> {
  const { rows } = await db.query<Row>(`SELECT ${COLUMNS} FROM requisition WHERE id = $1`, [id]);
  return rows[0] && requisitionOf(rows[0]);
}

/** Writes all of it. */
export async function writeRequisition(db: Db, row: Requisition): Promise<void> {
  await db.query(
    `INSERT INTO requisition (id, store, kitchen, state, deliver_on, at, answered_at, lines, purchase, note, answer)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     ON CONFLICT (id) DO UPDATE SET store = excluded.store, kitchen = excluded.kitchen,
       state = excluded.state, deliver_on = excluded.deliver_on, at = excluded.at,
       answered_at = excluded.answered_at, lines = excluded.lines, purchase = excluded.purchase,
       note = excluded.note, answer = excluded.answer`,
    [
      row.id,
      row.store,
      row.kitchen,
      row.state,
      row.deliverOn,
      storedInstant(row.at),
      storedInstant(row.answeredAt),
      JSON.stringify(row.lines),
      row.purchase,
      row.note,
      row.answer,
    ],
  );
}

/** Where a page ended; `at` in epoch milliseconds. */
type RequisitionCursor = { readonly at: number; readonly id: string };

/** The newest first. @param query `store` asks or is asked */
export async function listRequisitions(
  db: Db,
  query: {
    readonly store?: string | undefined;
    readonly on?: string | undefined;
    readonly after?: RequisitionCursor | undefined;
    readonly limit: number;
  },
): Promise<Requisition[]> {
  const { store, on, after, limit } = query;
  const { rows } = await db.query<Row>({
    name: 'list-requisitions',
    text: `SELECT ${COLUMNS} FROM requisition
           WHERE ($1::text IS NULL OR $1 IN (store, kitchen)) AND ($2::date IS NULL OR deliver_on = $2)
             AND ($3::timestamptz IS NULL OR (at, id) < ($3, $4))
           ORDER BY at DESC, id DESC LIMIT $5`,
    values: [store ?? null, on ?? null, storedInstant(after?.at ?? null), after?.id ?? null, limit],
  });
  return rows.map(requisitionOf);
}

/** That nobody has shipped, declined or called off. @param on for this day; undefined = all */
export async function openRequisitions(db: Db, on: string | undefined): Promise<Requisition[]> {
  const { rows } = await db.query<Row>({
    name: 'open-requisitions',
    text: `SELECT ${COLUMNS} FROM requisition r
           WHERE state IN ('sent', 'accepted') AND ($1::date IS NULL OR deliver_on = $1)
             AND NOT EXISTS (SELECT 1 FROM transfer t WHERE t.requisition = r.id
               AND t.state IN ('in_transit', 'received', 'disputed'))
           ORDER BY kitchen, deliver_on, id`,
    values: [on ?? null],
  });
  return rows.map(requisitionOf);
}

function requisitionOf(row: Row): Requisition {
  return {
    id: row.id,
    store: row.store,
    kitchen: row.kitchen,
    state: row.state,
    deliverOn: row.deliver_on,
    at: row.at.getTime(),
    answeredAt: row.answered_at?.getTime() ?? null,
    lines: row.lines,
    purchase: row.purchase,
    note: row.note,
    answer: row.answer,
  };
}
