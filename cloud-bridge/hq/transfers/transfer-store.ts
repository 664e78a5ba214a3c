/** SQL of transfers, on the chain's server. */
import type { Pool, PoolClient } from 'pg';
import { storedInstant } from '../board/instants.ts';
import type { Settled, Transfer, TransferState } from './fold-transfer.ts';

type Db = Pool | PoolClient;

/** Where a page ended; `at` in microseconds since 1970. */
type TransferCursor = { readonly at: number; readonly id: string };

type Row = {
  id: string;
  from_store: string;
  to_store: string;
  state: TransferState;
  requisition: string | null;
  sent_at: Date | null;
  received_at: Date | null;
  lines: Transfer['lines'];
  received: Transfer['received'];
  note: string | null;
  sent_what: Transfer['sentWhat'];
  sent_step: number;
  sent_by: string | null;
  got_what: Transfer['gotWhat'];
  got_step: number;
  got_by: string | null;
  settled: Settled | null;
};

/**
 * Runs `work` with the transfer as it is, while nobody else works on it, and writes what comes of it.
 * `work` may be repeated after a crash: what it publishes has causes.
 */
export async function changeTransfer(
  chain: Pool,
  id: string,
  work: (before: Transfer | undefined) => Promise<Transfer | undefined>,
): Promise<Transfer | undefined> {
  return await locked(chain, `transfer ${id}`, async (client) => {
    const after = await work(await readTransfer(client, id));
    if (after) await writeTransfer(client, after);
    return after;
  });
}

/** Runs `work` in a transaction that only one receiver at a time has for this name. */
export async function locked<T>(
  chain: Pool,
  name: string,
  work: (client: PoolClient) => Promise<T>,
): Promise<T> {
  const client = await chain.connect();
  try {
    await client.query('BEGIN');
    await client.query('SELECT pg_advisory_xact_lock($1, hashtext($2))', [LOCK, name]);
    const result = await work(client);
    await client.query('COMMIT');
    client.release();
    return result;
  } catch (error) {
    const broken = await client.query('ROLLBACK').then(
      () => false,
      () => true,
    );
    client.release(broken);
    throw error;
  }
}

/** Any number that nothing else of head office locks. */
const LOCK = 5_150_003;

/** The transfer with this number, unless nobody has spoken of it. */
export async function readTransfer(db: Db, id: string): Promise<Transfer | undefined> {
  const { rows } = await db.query<Row>('SELECT * FROM transfer WHERE id = $1', [id]);
  return rows[0] && transferOf(rows[0]);
}

async function writeTransfer(client: PoolClient, row: Transfer): Promise<void> {
  const json = (value: unknown) => (value === null ? null : JSON.stringify(value));
  await client.query(
    `INSERT INTO transfer (id, from_store, to_store, state, requisition, sent_at, received_at, lines,
       received, note, sent_what, sent_step, sent_by, got_what, got_step, got_by, settled, changed_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, now())
     ON CONFLICT (id) DO UPDATE SET from_store = excluded.from_store, to_store = excluded.to_store,
       state = excluded.state, requisition = excluded.requisition, sent_at = excluded.sent_at,
       received_at = excluded.received_at, lines = excluded.lines, received = excluded.received,
       note = excluded.note, sent_what = excluded.sent_what, sent_step = excluded.sent_step,
       sent_by = excluded.sent_by, got_what = excluded.got_what, got_step = excluded.got_step, got_by = excluded.got_by,
       settled = excluded.settled, changed_at = excluded.changed_at`,
    [
      row.id,
      row.from,
      row.to,
      row.state,
      row.requisition,
      storedInstant(row.sentAt),
      storedInstant(row.receivedAt),
      json(row.lines),
      json(row.received),
      row.note,
      row.sentWhat,
      row.sentStep,
      row.sentBy,
      row.gotWhat,
      row.gotStep,
      row.gotBy,
      json(row.settled),
    ],
  );
}

/** Which are asked for: `states` undefined = all, `store` = to or from it. */
export type TransferQuery = {
  readonly states?: readonly TransferState[] | undefined;
  readonly store?: string | undefined;
  readonly after?: TransferCursor | undefined;
  readonly limit: number;
};

/** The newest change first, and where the page ended; null = there are no more. */
export async function listTransfers(
  db: Db,
  { states, store, after, limit }: TransferQuery,
): Promise<{ transfers: Transfer[]; next: TransferCursor | null }> {
  const { rows } = await db.query<Row & { at: string }>({
    name: 'list-transfers',
    text: `SELECT *, (extract(epoch FROM changed_at) * 1000000)::bigint AS at FROM transfer
           WHERE ($1::text[] IS NULL OR state = ANY ($1)) AND ($2::text IS NULL OR $2 IN (from_store, to_store))
             AND ($3::bigint IS NULL
               OR (changed_at, id) < ('epoch'::timestamptz + $3 * interval '1 microsecond', $4))
           ORDER BY changed_at DESC, id DESC LIMIT $5`,
    values: [states ?? null, store ?? null, after?.at ?? null, after?.id ?? null, limit],
  });
  const last = rows.length < limit ? undefined : rows.at(-1);
  const next = last === undefined ? null : { at: Number(last.at), id: last.id };
  return { transfers: rows.map(transferOf), next };
}

/** Those that were sent for one of these requisitions. */
export async function transfersOfRequisitions(
  db: Db,
  ids: readonly string[],
): Promise<{ id: string; requisition: string; state: TransferState }[]> {
  const { rows } = await db.query<{ id: string; requisition: string; state: TransferState }>({
    name: 'transfers-of-requisitions',
    text: `SELECT id, requisition, state FROM transfer WHERE requisition = ANY ($1::text[]) ORDER BY sent_at`,
    values: [ids],
  });
  return rows;
}

function transferOf(row: Row): Transfer {
  return {
    id: row.id,
    from: row.from_store,
    to: row.to_store,
    state: row.state,
    requisition: row.requisition,
    sentAt: row.sent_at?.getTime() ?? null,
    receivedAt: row.received_at?.getTime() ?? null,
    lines: row.lines,
    received: row.received,
    note: row.note,
    sentWhat: row.sent_what,
    sentStep: row.sent_step,
    sentBy: row.sent_by,
    gotWhat: row.got_what,
    gotStep: row.got_step,
    gotBy: row.got_by,
    settled: row.settled,
  };
}
