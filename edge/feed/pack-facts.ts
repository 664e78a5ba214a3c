/**
 * Facts: what happened, in the words in which it came in, so that it can happen again in another life of
 * the box. Head office and the bridge do not open them.
 */
import { promisify } from 'node:util';
import { constants, zstdCompress } from 'node:zlib';
import type { Reason } from '#recipes/contracts/pos-event.ts';
import type { Fact, Facts, FactTarget } from '#recipes/contracts/sync.ts';
import type { EventRow, FactStore } from './fact-store.ts';
import type { FeedEntry } from './feed-store.ts';

/** The facts of a batch, not packed yet. */
export type BatchFacts = {
  /** Events after `after`, up to `to`, by arrival number. */
  readonly events: { readonly after: number; readonly to: number };
  readonly facts: readonly Fact[];
};

/** Most events in a batch, and most bytes of them. */
export const EVENTS_MAX = 4_000;
export const EVENT_BYTES = 768 * 1024;

/** Stored numbers of the state of an event; see `pos/event-status`. */
const DISMISSED = 7;
const NOT_UNDERSTOOD = 0;
const REPLAYED = 'replay';

/**
 * What happened up to these entries: their commands, and events in the order of their arrival. Events
 * that made no entry (held, not understood) travel with their neighbours.
 * @param after events after this arrival number
 * @param newest the newest event there was when these were the newest entries; undefined = they are
 *   not, and only events up to those of the entries may go
 */
export function factsOf(
  store: FactStore,
  entries: readonly FeedEntry[],
  after: number,
  newest: number | undefined,
): BatchFacts {
  const commands = commandsOf(store, entries);
  const decided = new Set(commands.flatMap((fact) => eventDecided(fact) ?? []));
  // What somebody decided about had arrived before.
  const arrived = Math.max(lastEvent(entries, after), ...decided);
  const events = readEvents(store, after, newest ?? arrived);
  const madeBy = firstEntries(entries);
  const waiting = events.map((row) => eventFact(row, madeBy.get(row.number) ?? null, decided));
  return {
    events: { after, to: events.at(-1)?.number ?? after },
    facts: inOrder(entries, waiting, new Map(commands.map((fact) => [fact.seq, fact]))),
  };
}

/** base64 of zstd of the JSON; null when nothing happened. Compressed beside the event loop. */
export async function packFacts(facts: readonly Fact[]): Promise<string | null> {
  if (facts.length === 0) return null;
  const all: Facts = { v: 1, facts };
  const packed = await compress(Buffer.from(JSON.stringify(all)), FAST);
  return packed.toString('base64');
}

const compress = promisify(zstdCompress);
const FAST = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

function lastEvent(entries: readonly FeedEntry[], after: number): number {
  return entries.reduce((last, { event }) => Math.max(last, event ?? 0), after);
}

function readEvents(store: FactStore, after: number, upTo: number): EventRow[] {
  const events: EventRow[] = [];
  if (upTo <= after) return events;
  let bytes = 0;
  store.events(after, upTo, (event) => {
    bytes += event.body.byteLength;
    if (events.length > 0 && bytes > EVENT_BYTES) return false;
    events.push(event);
    return events.length < EVENTS_MAX;
  });
  return events;
}

/** An event that waited makes its entry later, perhaps in parts: the first one counts. */
function firstEntries(entries: readonly FeedEntry[]): Map<number, number> {
  const first = new Map<number, number>();
  for (const { event, seq } of entries) {
    if (event !== null && !first.has(event)) first.set(event, seq);
  }
  return first;
}

function eventFact(row: EventRow, seq: number | null, decided: ReadonlySet<number>) {
  const { number, terminal, eventId, receivedAt, source } = row;
  const body = Buffer.from(row.body.buffer, row.body.byteOffset, row.body.byteLength);
  const fact = { seq, number, terminal, eventId, receivedAt, source };
  const event = { what: 'event', ...fact, body: body.toString('base64') } as const;
  if (row.type !== NOT_UNDERSTOOD || row.status === 0) return event;
  const reasons = row.reasons === null ? [] : (JSON.parse(row.reasons) as Reason[]);
  // A person dismisses what was quarantined; what an adapter keeps for the record never was.
  const kept =
    row.status === DISMISSED && source !== null && source !== REPLAYED && !decided.has(number);
  return { ...event, unread: { kept, reasons } };
}

type CommandFact = Extract<Fact, { what: 'command' }>;

/** One for each command, at its first entry. */
function commandsOf(store: FactStore, entries: readonly FeedEntry[]): CommandFact[] {
  const [first] = entries;
  const seen = new Set<string | null>([
    null,
    first === undefined ? null : store.commandOf(first.seq - 1),
  ]);
  return entries.flatMap((entry): CommandFact[] => {
    const { command: id } = entry;
    if (id === null || seen.has(id)) return [];
    seen.add(id);
    const row = store.command(id);
    if (row === undefined) return [];
    const { kind, data } = JSON.parse(row.content) as { kind: string; data: unknown };
    const target = targetOf(store, entry, kind, data);
    return [
      {
        what: 'command',
        seq: entry.seq,
        id,
        kind,
        at: entry.occurredAt,
        actor: entry.actor,
        device: row.device,
        data,
        result: JSON.parse(row.result) as unknown,
        ...(target === undefined ? {} : { target }),
      },
    ];
  });
}

/** What a command names by a number, by a name that holds in every life. */
function targetOf(
  store: FactStore,
  entry: FeedEntry,
  kind: string,
  data: unknown,
): FactTarget | undefined {
  const named = (data ?? {}) as Readonly<
    Partial<Record<'return' | 'event' | 'conflict' | 'to', unknown>>
  >;
  if (kind === 'entry.reverse') return commandTarget(store, entry.reverses);
  if (kind === 'credit.record') return commandTarget(store, named.return);
  if (kind === 'book.rollback') return bookTarget(store, named.to);
  if (!kind.startsWith('quarantine.')) return undefined;
  if (typeof named.conflict === 'number') return store.conflictName(named.conflict);
  return typeof named.event === 'number' ? store.eventName(named.event) : undefined;
}

function commandTarget(store: FactStore, seq: unknown): FactTarget | undefined {
  const command = typeof seq === 'number' ? store.commandOf(seq) : null;
  return command === null ? undefined : { command };
}

function bookTarget(store: FactStore, version: unknown): FactTarget | undefined {
  const book = typeof version === 'number' ? store.bookDigest(version) : undefined;
  return book === undefined ? undefined : { book };
}

/** The arrival number of an event that a person decided about. */
function eventDecided({ kind, data }: CommandFact): number | undefined {
  const { event } = (data ?? {}) as { event?: unknown };
  return kind.startsWith('quarantine.') && typeof event === 'number' ? event : undefined;
}

type EventFact = ReturnType<typeof eventFact>;

/**
 * Commands in the order of their entries; before each, the events that had arrived. An event stands
 * before its own entry in any case.
 */
function inOrder(
  entries: readonly FeedEntry[],
  events: readonly EventFact[],
  commands: ReadonlyMap<number, CommandFact>,
): Fact[] {
  const facts: Fact[] = [];
  let next = 0;
  const emit = (ready: (event: EventFact) => boolean) => {
    for (let event = events[next]; event && ready(event); event = events[++next]) facts.push(event);
  };
  for (const { seq, event, recordedAt } of entries) {
    if (event !== null) emit(({ number }) => number <= event);
    const command = commands.get(seq);
    if (command === undefined) continue;
    emit(({ receivedAt, seq: made }) => receivedAt <= recordedAt && (made === null || made < seq));
    facts.push(command);
  }
  emit(() => true);
  return facts;
}
