/**
 * What entries say to other programs. The id of an event is made of the command behind it: the same
 * command that happens again in another life of the store is the same event.
 */
import { ENTRY_KINDS, entryKindName } from '#recipes/ledger/entry.ts';
import type { EntryView } from '../board/entry-view.ts';
import { amountText, moneyText, wholeOf } from '../board/figures.ts';
import { listOf, type Note, textOf } from '../board/notes.ts';
import type { OrderView } from '../orders/order-view.ts';
import { eventId } from './event-id.ts';
import type { EventType, WebhookEvent } from './event-types.ts';

/** What is known of an entry beside its view. */
export type EntryFacts = {
  readonly view: EntryView;
  /** Of the life that wrote it. */
  readonly incarnation: string;
  readonly currency: string;
  /** The order it is about, as it was right after it. */
  readonly order: OrderView | undefined;
  /** Lots that a delivery brought. */
  readonly lots: readonly ReceivedLot[];
  /** What a reversal is about in the end, and whether that counts now. */
  readonly root: { readonly facts: EntryIdentity; readonly undone: boolean } | undefined;
};

export type ReceivedLot = {
  readonly item: string;
  readonly lot: string;
  readonly amount: string;
  readonly unit: string;
  readonly cost: string | null;
};

export type EntryIdentity = {
  readonly store: string;
  readonly incarnation: string;
  readonly seq: number;
  readonly kind: string;
  readonly command: string | null;
  readonly note: Note | null;
};

/** The event of an entry; undefined when nobody outside has to know it. */
export function entryEvent(facts: EntryFacts): WebhookEvent | undefined {
  const { view } = facts;
  const identity = { ...view, incarnation: facts.incarnation };
  const type = typeOf(identity);
  if (type === undefined) return undefined;
  const { store, life, seq, day, at, actor, command, words, cost, moves } = view;
  return {
    id: idOf(identity, type),
    type,
    at,
    data: {
      store,
      life,
      seq,
      day,
      at,
      actor,
      command,
      words,
      cost,
      currency: facts.currency,
      ...particulars(type, facts),
      moves,
    },
  };
}

/** Kinds whose entries are told of; a test holds it against `typeOf`. */
export const TOLD_KINDS: readonly number[] = [
  ENTRY_KINDS.receipt,
  ENTRY_KINDS.return,
  ENTRY_KINDS.waste,
  ENTRY_KINDS.count,
  ENTRY_KINDS.order,
  ENTRY_KINDS.transfer,
  ENTRY_KINDS.credit,
  ENTRY_KINDS.book,
  ENTRY_KINDS.reversal,
];

function typeOf({ kind, note }: EntryIdentity): EventType | undefined {
  if (kind === 'count') return note?.['of'] === undefined ? 'count.posted' : 'count.corrected';
  if (kind === 'order') return orderType(note ?? {});
  if (kind === 'transfer') return TRANSFERS[textOf(note ?? {}, 'what') ?? ''];
  return PLAIN[kind];
}

const PLAIN: Readonly<Record<string, EventType>> = {
  receipt: 'delivery.received',
  return: 'delivery.returned',
  waste: 'waste.logged',
  credit: 'credit.recorded',
  book: 'book.adopted',
  reversal: 'entry.reversed',
};
const TRANSFERS: Readonly<Record<string, EventType>> = {
  send: 'transfer.sent',
  receive: 'transfer.received',
};

/** One entry can approve and send: what it came to counts. */
function orderType(note: Note): EventType | undefined {
  const steps = Array.isArray(note['steps']) ? note['steps'] : [];
  if (steps.includes('sent')) return 'order.sent';
  if (steps.includes('approved')) return 'order.approved';
  if (steps.includes('submitted')) return 'order.submitted';
  return steps.includes('cancelled') ? 'order.cancelled' : undefined;
}

function idOf(entry: EntryIdentity, type: EventType): string {
  const { store, command, incarnation, seq } = entry;
  return command === null
    ? eventId(type, store, 'entry', incarnation, seq)
    : eventId(type, store, 'command', command);
}

function particulars(type: EventType, facts: EntryFacts): Note {
  const note = facts.view.note ?? {};
  const { order } = facts;
  switch (type) {
    case 'delivery.received':
      return { supplier: textOf(note, 'supplier'), order: textOf(note, 'order'), lots: facts.lots };
    case 'delivery.returned':
      return { supplier: textOf(note, 'supplier'), reason: textOf(note, 'reason') };
    case 'waste.logged':
      return { reason: textOf(note, 'reason'), lines: linesOf(note, ['amount'], ['cost']) };
    case 'count.posted':
    case 'count.corrected':
      return {
        count: textOf(note, 'count'),
        lines: linesOf(note, ['counted', 'book', 'variance'], ['cost']),
      };
    case 'transfer.sent':
    case 'transfer.received':
      return {
        transfer: textOf(note, 'transfer'),
        from: textOf(note, 'from') ?? facts.view.store,
        to: textOf(note, 'to') ?? facts.view.store,
        lines: linesOf(note, [], ['cost']),
      };
    case 'credit.recorded':
      return {
        credit: textOf(note, 'credit'),
        supplier: textOf(note, 'supplier'),
        order: textOf(note, 'order'),
        return: note['return'] ?? null,
        amount: moneyText(wholeOf(note['cost'])),
      };
    case 'book.adopted':
      return { version: note['version'] ?? null, note };
    case 'entry.reversed':
      return reversed(facts);
    default:
      return order === undefined ? {} : { order };
  }
}

/** Which event is taken back, or counts again. */
function reversed({ root }: EntryFacts): Note {
  if (root === undefined) return {};
  const { facts, undone } = root;
  const type = typeOf(facts);
  return {
    of: {
      seq: facts.seq,
      kind: facts.kind,
      type: type ?? null,
      event: type === undefined ? null : idOf(facts, type),
    },
    undone,
  };
}

/** Lines of a note with their figures as decimal text. */
function linesOf(note: Note, amounts: readonly string[], costs: readonly string[]): Note[] {
  return listOf(note, 'lines').map((line) => ({
    ...line,
    ...Object.fromEntries(
      amounts.map((key) => {
        const micro = wholeOf(line[key]);
        return [key, micro === null ? null : amountText(micro)];
      }),
    ),
    ...Object.fromEntries(costs.map((key) => [key, moneyText(wholeOf(line[key]))])),
  }));
}

/** The identity of an entry as it is stored. */
export function identityOf(
  store: string,
  incarnation: string,
  entry: { readonly seq: number; readonly kind: number; readonly command: string | null },
  note: Note | null,
): EntryIdentity {
  const kind = entryKindName(entry.kind) ?? '';
  return { store, incarnation, seq: entry.seq, kind, command: entry.command, note };
}
