/** What the settle steps work with, and the small answers they share. */
import type { Reason } from '#recipes/contracts/pos-event.ts';
import { reason } from '#recipes/contracts/reasons.ts';
import type { EntryHead, EntryKind } from '#recipes/ledger/entry.ts';
import { dayNumber, daysBetween } from '#recipes/time/business-day.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { History } from '../recipe-book/history.ts';
import type { Knowledge } from '../recipe-book/knowledge.ts';
import type { DayCloseStore } from './day-close-store.ts';
import { STATUS } from './event-status.ts';
import type { EventStore, Outcome } from './event-store.ts';
import type { HeldStore } from './held-store.ts';
import type { MenuStore } from './menu-store.ts';
import type { SaleStore, StoredSale } from './sale-store.ts';
import type { SnapshotTakeStore } from './snapshot-take-store.ts';
import type { TakenBackStore } from './taken-back-store.ts';
import type { TerminalStore } from './terminal-store.ts';
import type { WaitingStore } from './waiting-store.ts';

export type SettleParts = {
  readonly ledger: Ledger;
  readonly knowledge: Knowledge;
  /** What was known at an earlier entry: opened anew, because knowledge grows. */
  readonly history: () => History;
  readonly events: EventStore;
  readonly terminals: TerminalStore;
  readonly sales: SaleStore;
  readonly held: HeldStore;
  readonly backs: TakenBackStore;
  readonly waiting: WaitingStore;
  readonly snapshotTakes: SnapshotTakeStore;
  readonly dayCloses: DayCloseStore;
  readonly menus: MenuStore;
  /** Instant to business day of the store. */
  readonly dayOf: (at: number) => number;
  /** After how long from firing a voided dish counts as made, milliseconds. */
  readonly madeAfterMs: () => number;
  /** Arrival numbers of earlier events that were settled on the way; their results are told again. */
  readonly resettled: number[];
};

/** The event being settled. */
export type Settling = {
  /** Arrival number. */
  readonly event: number;
  readonly terminal: number;
  readonly receivedAt: number;
  /** By the POS's word, or when it arrived. */
  readonly occurredAt: number;
  /** When its effect is written down; default: when it arrived. */
  readonly recordedAt?: number;
  /** JSON text for the entry; null = nothing to say. */
  readonly note?: string | null;
};

const DAY_SLACK = 1;

/**
 * The POS's own business day counts when it is within a day of the event's time; a clock or a typo
 * that is further off is reported, and the time decides.
 */
export function businessDayOf(
  parts: SettleParts,
  at: Settling,
  said: string | undefined,
  reasons: Reason[],
): number {
  const computed = parts.dayOf(at.occurredAt);
  if (said === undefined) return computed;
  const day = dayNumber(said);
  if (Math.abs(daysBetween(computed, day)) <= DAY_SLACK) return day;
  reasons.push(reason('day_differs', said, '/data/businessDate'));
  return computed;
}

/** What posting the lines of a sale came to. */
export type Posted = { readonly applied: number; readonly held: number; readonly moves: number };

/** Applied, partial or held, by how many lines left stock. */
export function outcomeOf(posted: Posted, reasons: readonly Reason[]): Outcome {
  const { applied, held, moves } = posted;
  const status = held === 0 ? STATUS.applied : applied === 0 ? STATUS.held : STATUS.partial;
  return { status, applied, held, moves, reasons };
}

/** The reasons of lines that wait; gone when the lines have posted. */
export const WAITS: ReadonlySet<string> = new Set(['unknown_sku', 'unknown_modifier', 'no_book']);

/** The head of an entry that an event makes of a sale. */
export function saleHead(
  at: Settling,
  sale: StoredSale,
  kind: EntryKind,
  book: number | null,
): Omit<EntryHead, 'seq'> {
  return {
    kind,
    event: at.event,
    command: null,
    sale: sale.id,
    reverses: null,
    book,
    day: sale.day,
    occurredAt: at.occurredAt,
    recordedAt: at.recordedAt ?? at.receivedAt,
    actor: null,
    note: at.note ?? null,
  };
}
