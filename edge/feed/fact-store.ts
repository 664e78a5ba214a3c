/** SQL of what happened, as it came in: events as bytes, commands as they were sent and answered. */
import type { Db } from '../db/open.ts';

/** An event as it arrived. */
export type EventRow = {
  /** Arrival number. */
  readonly number: number;
  readonly terminal: string;
  readonly eventId: string;
  /** Epoch milliseconds. */
  readonly receivedAt: number;
  readonly status: number;
  /** 0 = it was not understood. */
  readonly type: number;
  readonly source: string | null;
  /** JSON, or null. */
  readonly reasons: string | null;
  readonly body: Uint8Array;
};

/** A command that was carried out. */
export type CommandRow = {
  /** JSON of `{kind, at, data}`. */
  readonly content: string;
  /** JSON of what it answered. */
  readonly result: string;
  readonly device: string | null;
};

/** What an event is known by in every life of the box. */
export type EventName = { readonly terminal: string; readonly eventId: string };

export type FactStore = {
  /** Events after an arrival number up to another, oldest first, one by one until `take` says stop. */
  events(after: number, to: number, take: (event: EventRow) => boolean): void;
  command(id: string): CommandRow | undefined;
  /** The command behind an entry; null when there is none. */
  commandOf(seq: number): string | null;
  /** Digest of a version of the book. */
  bookDigest(version: number): string | undefined;
  /** Whose event has this arrival number. */
  eventName(number: number): EventName | undefined;
  /** The event that a conflict is about, and the digest of the bytes that came later. */
  conflictName(id: number): (EventName & { readonly digest: string }) | undefined;
};

/** Prepares its statements once. */
export function openFactStore(db: Db): FactStore {
  const name = 't.name AS terminal, e.event_id AS eventId';
  const events = db.prepare(
    `SELECT e.id AS number, ${name}, e.received_at AS receivedAt, e.status, e.type, e.source,
            e.reasons, e.body
       FROM event e JOIN terminal t ON t.id = e.terminal
      WHERE e.id > ? AND e.id <= ? ORDER BY e.id`,
  );
  const command = db.prepare('SELECT content, result, device FROM command WHERE id = ?');
  const commandOf = db.prepare('SELECT command FROM entry WHERE seq = ?').pluck();
  const bookDigest = db.prepare('SELECT hash FROM book WHERE version = ?').pluck();
  const eventName = db.prepare(
    `SELECT ${name} FROM event e JOIN terminal t ON t.id = e.terminal WHERE e.id = ?`,
  );
  const conflictName = db.prepare(
    `SELECT ${name}, c.digest FROM conflict c JOIN event e ON e.id = c.event
       JOIN terminal t ON t.id = e.terminal WHERE c.id = ?`,
  );
  return {
    events(after, to, take) {
      for (const row of events.iterate(after, to)) if (!take(row as EventRow)) return;
    },
    command: (id) => command.get(id) as CommandRow | undefined,
    commandOf: (seq) => (commandOf.get(seq) as string | null | undefined) ?? null,
    bookDigest: (version) => bookDigest.get(version) as string | undefined,
    eventName: (number) => eventName.get(number) as EventName | undefined,
    conflictName: (id) => conflictName.get(id) as ReturnType<FactStore['conflictName']>,
  };
}
