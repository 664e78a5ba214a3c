/** SQL of transfers: goods to and from other stores, as this box knows them. */
import type { ReceivedLine, SentLine } from '#recipes/contracts/transfer-note.ts';
import type { Db } from '../db/open.ts';
import { NUMBER_DIGITS } from '../ledger/numbered-id.ts';

/** What this box did with a transfer, or knows of it. undone: received from its paper, and that was undone. */
export type TransferState = 'sent' | 'incoming' | 'received' | 'cancelled' | 'undone';
/** What head office says of it beyond that. */
export type HqState = 'received' | 'disputed';

/** A transfer as it is stored. */
export type StoredTransfer = {
  readonly id: string;
  readonly direction: 'out' | 'in';
  /** The other store. */
  readonly other: string;
  readonly state: TransferState;
  /** Sequence of the entry that sent or received it; 0 while it is only announced. */
  readonly entry: number;
  /** When it was sent or received; of what is only announced, when it was sent. Epoch milliseconds. */
  readonly at: number;
  /** How many times this box has said something of it. */
  readonly step: number;
  readonly requisition: string | null;
  /** What was sent, one line for each lot; empty where nobody has announced it. */
  readonly lines: readonly SentLine[];
  readonly received: readonly ReceivedLine[] | null;
  readonly hq: HqState | null;
  readonly note: string | null;
};

/** Reads and writes transfers; writing only inside `transact`. */
export type TransferStore = {
  get(id: string): StoredTransfer | undefined;
  has(id: string): boolean;
  /** Writes all of a row. */
  put(row: StoredTransfer): void;
  /** Of a requisition, those that were not called off. */
  ofRequisition(requisition: string): StoredTransfer[];
  /** That still wait: incoming, and sent ones that nobody has received. Oldest first. */
  open(): StoredTransfer[];
  /** The newest first. */
  latest(limit: number): StoredTransfer[];
  /** Other stores that goods went to or came from, the newest first. */
  others(): string[];
  /** The highest number in use behind a prefix, 0 when there is none. */
  highest(prefix: string): number;
};

const COLUMNS =
  'id, direction, other, state, entry, at, step, requisition, lines, received, hq, note';

type Row = Omit<StoredTransfer, 'lines' | 'received'> & {
  readonly lines: string;
  readonly received: string | null;
};

/** Opens the table of transfers. */
export function openTransferStore(db: Db): TransferStore {
  const select = `SELECT ${COLUMNS} FROM transfer`;
  const get = db.prepare(`${select} WHERE id = ?`);
  const put = db.prepare(
    `INSERT OR REPLACE INTO transfer (${COLUMNS}) VALUES (@id, @direction, @other, @state, @entry,
       @at, @step, @requisition, @lines, @received, @hq, @note)`,
  );
  const ofRequisition = db.prepare(
    `${select} WHERE requisition = ? AND state NOT IN ('cancelled', 'undone') ORDER BY at, id`,
  );
  const open = db.prepare(
    `${select} WHERE state = 'incoming' OR (state = 'sent' AND hq IS NULL) ORDER BY at, id`,
  );
  const latest = db.prepare(`${select} ORDER BY at DESC, id DESC LIMIT ?`);
  const others = db
    .prepare('SELECT other FROM transfer GROUP BY other ORDER BY max(at) DESC LIMIT 200')
    .pluck();
  const highest = highestOf(db, 'transfer');
  return {
    get: (id) => stored(get.get(id)),
    has: (id) => get.get(id) !== undefined,
    put(row) {
      const received = row.received === null ? null : JSON.stringify(row.received);
      put.run({ ...row, lines: JSON.stringify(row.lines), received });
    },
    ofRequisition: (id) => ofRequisition.all(id).map(storedRow),
    open: () => open.all().map(storedRow),
    latest: (limit) => latest.all(limit).map(storedRow),
    others: () => others.all() as string[],
    highest,
  };
}

/** The highest number behind a prefix in a table whose `id` is text. */
export function highestOf(
  db: Db,
  table: 'transfer' | 'requisition' | 'outsource_job',
): (prefix: string) => number {
  const statement = db
    .prepare(
      `SELECT max(CAST(substr(id, length(@prefix) + 1) AS INTEGER)) FROM ${table}
        WHERE id >= @prefix AND id < @prefix || ':' AND substr(id, length(@prefix) + 1) NOT GLOB '*[^0-9]*'
          AND length(id) <= length(@prefix) + ${NUMBER_DIGITS}`,
    )
    .pluck();
  return (prefix) => (statement.get({ prefix }) as number | null) ?? 0;
}

function stored(value: unknown): StoredTransfer | undefined {
  return value === undefined ? undefined : storedRow(value);
}

function storedRow(value: unknown): StoredTransfer {
  const row = value as Row;
  return {
    ...row,
    lines: JSON.parse(row.lines) as SentLine[],
    received: row.received === null ? null : (JSON.parse(row.received) as ReceivedLine[]),
  };
}
