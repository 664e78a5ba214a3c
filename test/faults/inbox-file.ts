/** Looks into the inbox of a running box from outside, read-only: what is stored, byte for byte. */
import Database from 'better-sqlite3';
import { STORED_STATUSES } from './larder-file.ts';

export type InboxRow = {
  readonly number: number;
  readonly eventId: string;
  readonly terminal: string;
  readonly status: string;
  readonly codes: readonly string[];
  readonly body: Uint8Array;
};

export type InboxFile = {
  /** Arrival number of the newest event, 0 when there is none. */
  newest(): number;
  /** Events that arrived after the given one, oldest first. */
  after(number: number): InboxRow[];
  byNumber(number: number): InboxRow | undefined;
  /** Bodies kept as conflicts with the given event, oldest first. */
  conflictsOf(eventId: string): Uint8Array[];
  close(): void;
};

export function openInboxFile(file: string): InboxFile {
  const db = new Database(file, { readonly: true });
  const columns = `event.id AS number, event_id AS eventId, terminal.name AS terminal, status, reasons, body
    FROM event JOIN terminal ON terminal.id = event.terminal`;
  const after = db.prepare(`SELECT ${columns} WHERE event.id > ? ORDER BY event.id`);
  const one = db.prepare(`SELECT ${columns} WHERE event.id = ?`);
  const conflicts = db
    .prepare(
      `SELECT conflict.body FROM conflict JOIN event ON event.id = conflict.event
        WHERE event.event_id = ? ORDER BY conflict.id`,
    )
    .pluck();
  return {
    newest: () => Number(db.prepare('SELECT coalesce(max(id), 0) FROM event').pluck().get()),
    after: (number) => (after.all(number) as StoredRow[]).map(toRow),
    byNumber: (number) => (one.all(number) as StoredRow[]).map(toRow)[0],
    conflictsOf: (eventId) => conflicts.all(eventId) as Uint8Array[],
    close: () => db.close(),
  };
}

type StoredRow = Omit<InboxRow, 'status' | 'codes'> & { status: number; reasons: string | null };

function toRow({ status, reasons, ...row }: StoredRow): InboxRow {
  const codes = (JSON.parse(reasons ?? '[]') as { code: string }[]).map(({ code }) => code);
  return { ...row, status: STORED_STATUSES[status] ?? `status ${status}`, codes };
}
