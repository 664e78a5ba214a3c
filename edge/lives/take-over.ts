/**
 * Lets the facts of another life of this box happen here as well: in their order, through the ordinary
 * doors, so that an event or a command that is known already has no effect. It can be broken off at any
 * point and done again; selling goes on meanwhile.
 */
import type { EventResult, Reason } from '#recipes/contracts/pos-event.ts';
import type { Fact, TakenOver, Takeover } from '#recipes/contracts/sync.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Ports } from '../runtime/ports.ts';
import { ownHead } from './begin-life.ts';
import type { LifeStore } from './life-store.ts';
import {
  type CommandFact,
  type Outcome,
  type Refused,
  type Source,
  type TakeCommandParts,
  takeCommand,
} from './take-command.ts';
import { unpackFacts } from './unpack-facts.ts';

export type EventFact = Extract<Fact, { what: 'event' }>;

/** An event as the door for tills takes it. */
export type TakenEvent = {
  readonly terminal: string;
  readonly body: Uint8Array;
  readonly receivedAt: number;
  readonly source?: string;
  /** It was not understood then, and is not now. */
  readonly refuse?: readonly Reason[];
  /** It means nothing by itself. */
  readonly keep?: readonly Reason[];
};

export type TakeOverParts = TakeCommandParts & {
  readonly ledger: Ledger;
  readonly lives: LifeStore;
  readonly dayOf: (at: number) => number;
  readonly ports: Pick<Ports, 'now' | 'mono' | 'soon'>;
  /** A version of the book that may have come after its minute: brings what was sold since to it. */
  readonly bookCame: (version: number) => Promise<unknown>;
  /** The door for tills; the results are told to nobody. @throws when it cannot be stored */
  readonly receive: (
    events: readonly TakenEvent[],
  ) => readonly { readonly fresh: boolean; readonly result: EventResult }[];
};

/** As long as the event loop is kept busy at a time, milliseconds. */
const SLICE_MS = 10;
/** Events that share a commit. */
const EVENTS_AT_ONCE = 8;

/**
 * One piece at a time, in the order in which they are asked for. Undefined: the piece cannot be read, and
 * nothing of it has happened.
 */
export function openTakeOver(
  parts: TakeOverParts,
): (piece: Takeover) => Promise<TakenOver | undefined> {
  let last: Promise<unknown> = Promise.resolve();
  return (piece) => {
    const taken = last.then(() => takeOver(parts, piece));
    last = taken.catch(() => undefined);
    return taken;
  };
}

async function takeOver(parts: TakeOverParts, piece: Takeover): Promise<TakenOver | undefined> {
  const facts = await unpackFacts(piece.facts);
  if (!facts) return undefined;
  const tally: Tally = { applied: 0, duplicates: 0, refused: [] };
  const rest = openRest(parts.ports);
  for (const step of stepsOf(facts.facts, piece.afterSeq)) {
    const outcomes =
      'events' in step ? takeEvents(parts, step.events) : [takeOne(parts, step, piece)];
    count(tally, outcomes);
    for (const { book } of outcomes) if (book !== undefined) await parts.bookCame(book);
    await rest();
  }
  const { incarnation, segment } = piece;
  const before = parts.lives.piece(piece);
  const news = newsOf(tally, parts.lives.refused(incarnation));
  if (before && news.applied === 0 && news.refused.length === 0) return before;
  const all = before ? together(before, news) : news;
  parts.ledger.transact(() => {
    const at = parts.ports.now();
    const { applied, duplicates, refused } = all;
    if (applied > 0) {
      const counts = { applied, duplicates, refused: refused.length };
      const note = { what: 'facts', of: incarnation, segment, ...counts };
      parts.ledger.append(ownHead(parts, at, note), parts.ledger.draft());
    }
    parts.lives.putPiece({ incarnation, segment }, at, all);
  });
  return tally;
}

/**
 * The number of a piece is head office's, and where a piece ends is the other life's batches': the same
 * facts may come in other pieces, and other facts under the same number. So a piece happens again in any
 * case, what came under its number before stays told, and nobody hears twice of what was refused.
 */
function newsOf(tally: Tally, told: TakenOver['refused']): Tally {
  const isTold = ({ what, id, code }: Refused) =>
    told.some((one) => one.what === what && one.id === id && one.code === code);
  return { ...tally, refused: tally.refused.filter((one) => !isTold(one)) };
}

function together(before: TakenOver, news: Tally): TakenOver {
  return {
    applied: before.applied + news.applied,
    duplicates: before.duplicates + news.duplicates,
    refused: [...before.refused, ...news.refused],
  };
}

type Tally = { applied: number; duplicates: number; refused: Refused[] };

function count(tally: Tally, outcomes: readonly Outcome[]): void {
  for (const { became, says } of outcomes) {
    if (became === 'applied') tally.applied++;
    if (became === 'duplicate') tally.duplicates++;
    if (says) tally.refused.push(says);
  }
}

/** What is done in one commit. */
type Step = { readonly events: readonly EventFact[] } | { readonly command: CommandFact };

/** What this box does not have in its own past, in groups that share a commit. */
function* stepsOf(facts: readonly Fact[], afterSeq: number): Generator<Step> {
  let events: EventFact[] = [];
  for (const fact of facts) {
    if (fact.seq !== null && fact.seq <= afterSeq) continue;
    if (fact.what === 'event') events.push(fact);
    if (events.length > 0 && (fact.what === 'command' || events.length === EVENTS_AT_ONCE)) {
      yield { events };
      events = [];
    }
    if (fact.what === 'command') yield { command: fact };
  }
  if (events.length > 0) yield { events };
}

function takeEvents(parts: TakeOverParts, events: readonly EventFact[]): Outcome[] {
  const received = parts.receive(events.map(incomingOf));
  return received.map(({ fresh, result }, i): Outcome => {
    if (fresh) return { became: 'applied' };
    if (result.status !== 'conflict') return { became: 'duplicate' };
    const id = events[i]?.eventId ?? '';
    return { became: 'refused', says: { what: 'event', id, code: 'id_conflict', message: OTHER } };
  });
}

function incomingOf({ terminal, body, receivedAt, source, unread }: EventFact): TakenEvent {
  return {
    terminal,
    body: Buffer.from(body, 'base64'),
    receivedAt,
    ...(source === null ? {} : { source }),
    ...(unread === undefined ? {} : { [unread.kept ? 'keep' : 'refuse']: unread.reasons }),
  };
}

const OTHER = {
  en: 'another event came here under this id; both are kept, the first one counts: look at the inbox',
  zh: '此编号在本机已有不同内容的事件;两者都已保留,以先到者为准:请查看待处理',
};

function takeOne(
  parts: TakeOverParts,
  { command }: { readonly command: CommandFact },
  source: Source,
): Outcome {
  return takeCommand(parts, command, source);
}

/** Lets others work when a slice is over. */
function openRest(ports: TakeOverParts['ports']): () => Promise<void> {
  let began = ports.mono();
  return async () => {
    if (ports.mono() - began < SLICE_MS) return;
    await new Promise<void>((resolve) => ports.soon(resolve));
    began = ports.mono();
  };
}
