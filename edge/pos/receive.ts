/**
 * THE door for whatever a POS says, over MQTT or HTTP: stored as it came, then understood, then
 * settled, all in one commit for everything that arrived together. When this returns, it is on disk,
 * and only then may anybody acknowledge it.
 *
 * Storing does not depend on settling: when working out the effect fails, for whatever reason, the
 * bytes are stored alone and the effect is tried again later.
 */
import { hash } from 'node:crypto';
import type { EventResult, PosEvent, Reason } from '#recipes/contracts/pos-event.ts';
import { reason } from '#recipes/contracts/reasons.ts';
import { isStorageFault } from '../db/storage-fault.ts';
import type { Log } from '../runtime/log.ts';
import { sameJson } from '../runtime/same-json.ts';
import type { ConflictStore } from './conflict-store.ts';
import { publicStatus, STATUS } from './event-status.ts';
import type { StoredEvent } from './event-store.ts';
import { type Claim, NO_CLAIM, type ReadEvent, readEvent } from './read-event.ts';
import { noteSequence } from './sequence.ts';
import type { SequenceStore } from './sequence-store.ts';
import { settle, typeNumber } from './settle.ts';
import { settleWaiting } from './settle-waiting.ts';
import type { SettleParts, Settling } from './settling.ts';

export type Incoming = {
  readonly terminal: string;
  readonly body: Uint8Array;
  /** Set when the door knows it is not to be understood: kept, with this reason. */
  readonly refuse?: readonly Reason[];
  /** Bytes that are kept for the record and mean nothing by themselves, with the reason why. */
  readonly keep?: readonly Reason[];
  /** Whose event it says it is, when that could be read before it was refused. */
  readonly claim?: Claim;
  /** The adapter that made the event, when it was not the terminal itself. */
  readonly source?: string;
  /** When another life of the box received it; epoch milliseconds. Default: now. */
  readonly receivedAt?: number;
};

/** The source of an event that was stored before and is tried again. */
export const REPLAY = 'replay';

export type Received = {
  readonly terminal: string;
  readonly number: number;
  readonly result: EventResult;
  /** False when it had been stored before. */
  readonly fresh: boolean;
};

export type ReceiveParts = SettleParts & {
  readonly store: string;
  readonly conflicts: ConflictStore;
  readonly sequences: SequenceStore;
  readonly now: () => number;
  readonly log: Log;
};

export type Receiver = {
  /** @throws when it cannot be stored: then nothing of the batch may be acknowledged */
  receive(batch: readonly Incoming[]): Received[];
};

/** The receiver of one box. */
export function openReceiver(parts: ReceiveParts): Receiver {
  return {
    receive(batch) {
      try {
        return parts.ledger.transact(() =>
          batch.map((incoming) => receiveOne(parts, incoming, 'all')),
        );
      } catch (error) {
        if (isStorageFault(error)) throw error;
        parts.log.error({ err: error }, 'a group could not be settled; storing one by one');
        return batch.map((incoming) => receiveAlone(parts, incoming));
      }
    },
  };
}

/** What is settled: the event and what waited for it, the event itself, or nothing yet. */
type Settled = 'all' | 'itself' | 'nothing';

/**
 * One event in a transaction of its own: with all it sets off; else without what waited for it, which
 * may be what fails; else its bytes alone.
 */
function receiveAlone(parts: ReceiveParts, incoming: Incoming): Received {
  for (const settled of ['all', 'itself'] as const) {
    try {
      return parts.ledger.transact(() => receiveOne(parts, incoming, settled));
    } catch (error) {
      if (isStorageFault(error)) throw error;
      parts.log.error({ err: error, terminal: incoming.terminal }, 'an event could not be settled');
      if (settled === 'all' || !(error instanceof RangeError)) continue;
      // Not a fault of ours: an amount that no ledger of integers can hold.
      const refuse = [reason('bad_amount', error.message)];
      const claim = claimOfEvent(parts, incoming);
      return parts.ledger.transact(() =>
        receiveOne(parts, { ...incoming, refuse, claim }, 'nothing'),
      );
    }
  }
  return parts.ledger.transact(() => receiveOne(parts, incoming, 'nothing'));
}

function claimOfEvent(parts: ReceiveParts, { body, terminal }: Incoming): Claim {
  const read = readEvent(body, { store: parts.store, terminal });
  if (!read.ok) return read;
  const { id, epoch, sequence } = read.event;
  return { claimedId: id, epoch, sequence };
}

function receiveOne(parts: ReceiveParts, incoming: Incoming, settled: Settled): Received {
  const { body } = incoming;
  const terminal = parts.terminals.number(incoming.terminal);
  const told = incoming.refuse ?? incoming.keep;
  const read: ReadEvent = told
    ? { ok: false, ...(incoming.claim ?? NO_CLAIM), reasons: [...told] }
    : readEvent(body, { store: parts.store, terminal: incoming.terminal });
  const eventId = read.ok ? read.event.id : digestId(body);
  const known = parts.events.find(eventId, terminal);
  if (known) return receiveAgain(parts, incoming, known);

  const number = parts.events.nextNumber();
  const now = parts.now();
  const receivedAt = incoming.receivedAt ?? now;
  const arrival = noteArrival(parts, incoming, read, terminal, now);
  const clock = read.ok ? clockReasons(read.event, receivedAt) : [];
  const outcome = !read.ok
    ? {
        status: incoming.keep ? STATUS.dismissed : STATUS.quarantined,
        ...NO_EFFECT,
        reasons: read.reasons,
      }
    : settled !== 'nothing'
      ? settle(
          parts,
          { ...settlingAt(read.event, number, terminal, receivedAt), recordedAt: now },
          read.event,
        )
      : { status: STATUS.pending, ...NO_EFFECT, reasons: [reason('internal', 'settle')] };
  const event: StoredEvent = {
    number,
    terminal,
    eventId,
    receivedAt,
    type: read.ok ? typeNumber(read.event.type) : 0,
    attempts: settled === 'nothing' ? 1 : 0,
    source: incoming.source ?? null,
    body,
    ...outcome,
    reasons: [...arrival, ...outcome.reasons, ...clock],
  };
  parts.events.insert(event);
  if (read.ok && settled === 'all') settleWaiting(parts, read.event);
  const claimed = read.ok ? read.event.id : (read.claimedId ?? eventId);
  return { terminal: incoming.terminal, number, result: resultOf(event, claimed), fresh: true };
}

/** An event counts as arrived even when it is not understood, or the POS would resend it for ever. */
function noteArrival(
  parts: ReceiveParts,
  incoming: Incoming,
  read: ReadEvent,
  terminal: number,
  now: number,
): Reason[] {
  const { epoch, sequence } = read.ok ? read.event : read;
  if (sequence === undefined || incoming.source === REPLAY) return [];
  const news = noteSequence(parts.sequences, terminal, epoch, sequence, now);
  return news === 'again' ? [reason('sequence_reused', String(sequence), '/sequence')] : [];
}

/** Late is usual, early is a wrong clock or a wrong zone: the time is kept as it was sent, and says so. */
function clockReasons({ occurredAt }: PosEvent, receivedAt: number): Reason[] {
  const ahead = (occurredAt ?? receivedAt) - receivedAt;
  if (ahead < AHEAD_MS) return [];
  return [reason('time_ahead', `${Math.round((ahead / HOUR_MS) * 10) / 10} h`, '/time')];
}

const HOUR_MS = 3_600_000;
/** More than a clock drifts that nobody sets; zones differ by no less. */
const AHEAD_MS = HOUR_MS / 2;

function settlingAt(
  event: PosEvent,
  number: number,
  terminal: number,
  receivedAt: number,
): Settling {
  return { event: number, terminal, receivedAt, occurredAt: event.occurredAt ?? receivedAt };
}

const NO_EFFECT = { applied: 0, held: 0, moves: 0 } as const;

/** The id was stored before: with the same content it is a duplicate, else a conflict. */
function receiveAgain(parts: ReceiveParts, incoming: Incoming, known: StoredEvent): Received {
  const eventId = known.eventId.startsWith('#') ? claimedIdOf(known) : known.eventId;
  const first = resultOf(known, eventId);
  const base = { terminal: incoming.terminal, number: known.number, fresh: false };
  if (sameBytes(known.body, incoming.body) || sameContent(known.body, incoming.body)) {
    return { ...base, result: { ...first, status: 'duplicate' } };
  }
  const digest = hash('sha256', incoming.body, 'hex');
  parts.conflicts.insert(known.number, parts.now(), digest, incoming.body);
  const why = reason('id_conflict', known.eventId, '/id');
  return { ...base, result: { ...first, status: 'conflict', reasons: [why] } };
}

/** The box's answer to a stored event. */
export function resultOf(event: StoredEvent, eventId: string): EventResult {
  return {
    eventId,
    status: publicStatus(event.status),
    receivedAt: new Date(event.receivedAt).toISOString(),
    lines: { applied: event.applied, held: event.held },
    movements: event.moves,
    reasons: event.reasons,
  };
}

/** The id the sender gave; for bytes that were not understood, what can be read of it. */
export function claimedIdOf(event: StoredEvent): string {
  if (!event.eventId.startsWith('#')) return event.eventId;
  try {
    const value: unknown = JSON.parse(Buffer.from(event.body).toString('utf8'));
    const id = (value as { id?: unknown } | null)?.id;
    return typeof id === 'string' ? id : event.eventId;
  } catch {
    return event.eventId;
  }
}

/** Bytes without a usable id are known by what they are; `#` cannot start an id of a POS. */
function digestId(body: Uint8Array): string {
  return `#${hash('sha256', body, 'hex').slice(0, 40)}`;
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.byteLength === b.byteLength && Buffer.compare(a, b) === 0;
}

/** The same event written by another serialiser is still the same event. */
function sameContent(a: Uint8Array, b: Uint8Array): boolean {
  try {
    return sameJson(
      JSON.parse(Buffer.from(a).toString('utf8')),
      JSON.parse(Buffer.from(b).toString('utf8')),
    );
  } catch {
    return false;
  }
}
