/** SQL of the inbox: events as they arrived, and what is open about them. */
import type { Reason } from '#recipes/contracts/pos-event.ts';
import type { Db } from '../db/open.ts';
import type { StoredStatus } from './event-status.ts';

/** What settling an event came to. */
export type Outcome = {
  readonly status: StoredStatus;
  /** Lines that left stock, and lines that wait. */
  readonly applied: number;
  readonly held: number;
  /** Moves posted for it. */
  readonly moves: number;
  readonly reasons: readonly Reason[];
};

export type StoredEvent = Outcome & {
  readonly number: number;
  readonly terminal: number;
  readonly eventId: string;
  readonly receivedAt: number;
  readonly type: number;
  readonly attempts: number;
  /** Which door it came through when it was not the terminal's own topic: an adapter's name. */
  readonly source: string | null;
  readonly body: Uint8Array;
};

export type EventStore = {
  /** The next arrival number; numbers of a failed transaction are used again. */
  nextNumber(): number;
  insert(event: StoredEvent): void;
  find(eventId: string, terminal: number): StoredEvent | undefined;
  get(number: number): StoredEvent | undefined;
  /** A later outcome of a stored event: its held lines posted, it was replayed or dismissed. */
  setOutcome(number: number, outcome: Outcome, type?: number): void;
  countAttempt(number: number): void;
  /** Events with one of these states, oldest first. */
  withStatus(status: StoredStatus, limit: number): StoredEvent[];
  after(number: number, limit: number): StoredEvent[];
  latest(limit: number): StoredEvent[];
  countByStatus(): Map<number, number>;
};

const COLUMNS =
  'id, terminal, event_id, received_at, status, type, applied, held, moves, attempts, source, reasons, body';

export function openEventStore(db: Db): EventStore {
  const top = db.prepare('SELECT max(id) FROM event').pluck();
  const insert = db.prepare(
    `INSERT INTO event (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const find = db.prepare(`SELECT ${COLUMNS} FROM event WHERE event_id = ? AND terminal = ?`);
  const get = db.prepare(`SELECT ${COLUMNS} FROM event WHERE id = ?`);
  const setOutcome = db.prepare(
    `UPDATE event SET status = ?, applied = ?, held = ?, moves = ?, reasons = ?,
            type = coalesce(?, type) WHERE id = ?`,
  );
  const attempt = db.prepare('UPDATE event SET attempts = attempts + 1 WHERE id = ?');
  // The condition of the partial index stands in the query, or SQLite would scan the table.
  const byStatus = db.prepare(
    `SELECT ${COLUMNS} FROM event WHERE status = ? AND status NOT IN (1, 4, 7) ORDER BY id LIMIT ?`,
  );
  const after = db.prepare(`SELECT ${COLUMNS} FROM event WHERE id > ? ORDER BY id LIMIT ?`);
  const latest = db.prepare(`SELECT ${COLUMNS} FROM event ORDER BY id DESC LIMIT ?`);
  const counts = db.prepare(
    'SELECT status, count(*) AS n FROM event WHERE status NOT IN (1, 4, 7) GROUP BY status',
  );

  return {
    nextNumber: () => Number(top.get() ?? 0) + 1,
    insert: (e) => {
      insert.run(
        e.number,
        e.terminal,
        e.eventId,
        e.receivedAt,
        e.status,
        e.type,
        e.applied,
        e.held,
        e.moves,
        e.attempts,
        e.source,
        reasonsText(e.reasons),
        e.body,
      );
    },
    find: (eventId, terminal) => storedEvent(find.get(eventId, terminal)),
    get: (number) => storedEvent(get.get(number)),
    setOutcome: (number, o, type) => {
      setOutcome.run(o.status, o.applied, o.held, o.moves, reasonsText(o.reasons), type, number);
    },
    countAttempt: (number) => {
      attempt.run(number);
    },
    withStatus: (status, limit) =>
      byStatus.all(status, limit).flatMap((row) => storedEvent(row) ?? []),
    after: (number, limit) => after.all(number, limit).flatMap((row) => storedEvent(row) ?? []),
    latest: (limit) => latest.all(limit).flatMap((row) => storedEvent(row) ?? []),
    countByStatus: () =>
      new Map((counts.all() as { status: number; n: number }[]).map((row) => [row.status, row.n])),
  };
}

/** Nothing to say is stored as nothing: most events are simply applied. */
function reasonsText(reasons: readonly Reason[]): string | null {
  return reasons.length === 0 ? null : JSON.stringify(reasons);
}

type EventRow = {
  id: number;
  terminal: number;
  event_id: string;
  received_at: number;
  status: number;
  type: number;
  applied: number;
  held: number;
  moves: number;
  attempts: number;
  source: string | null;
  reasons: string | null;
  body: Uint8Array;
};

function storedEvent(value: unknown): StoredEvent | undefined {
  if (value === undefined) return undefined;
  const row = value as EventRow;
  return {
    number: row.id,
    terminal: row.terminal,
    eventId: row.event_id,
    receivedAt: row.received_at,
    status: row.status as StoredStatus,
    type: row.type,
    applied: row.applied,
    held: row.held,
    moves: row.moves,
    attempts: row.attempts,
    source: row.source,
    reasons: row.reasons === null ? [] : (JSON.parse(row.reasons) as Reason[]),
    body: row.body,
  };
}
