/** One thing that needs a person, with the button that fixes it. */
import type { Words } from '#recipes/contracts/command.ts';
import type { HeadOfficeStatus } from '../feed/head-office.ts';
import type { InferredStore } from '../kitchen/inferred-store.ts';
import type { LotStore } from '../ledger/lot-store.ts';
import type { BegunLife, TakenLife } from '../lives/life-store.ts';
import type { DayReport } from '../pos/day.ts';
import type { ReceiveParts } from '../pos/receive.ts';
import type { TerminalStates } from '../pos/terminal-states.ts';
import type { JobHead } from '../print/job.ts';
import type { PrinterView } from '../print/queue.ts';
import type { RequisitionStore } from '../transfers/requisition-store.ts';
import type { TransferStore } from '../transfers/transfer-store.ts';
import type { OrderInbox } from './order-inbox.ts';

export type InboxAction = {
  readonly label: Words;
  readonly command: { readonly kind: string; readonly data: unknown };
};

export type InboxItem = {
  readonly id: string;
  readonly kind:
    | 'unknown_sku'
    | 'quarantined'
    | 'conflict'
    | 'gap'
    | 'negative'
    | 'expiring'
    | 'prep_inferred'
    | 'held_void'
    | 'dayclose'
    | 'menu'
    | 'poison'
    | 'printer'
    | 'print_job'
    | 'order_cut_off'
    | 'order_waiting'
    | 'order_unsent'
    | 'order_overdue'
    | 'denied'
    | 'terminal_lost'
    | 'transfer_incoming'
    | 'transfer_late'
    | 'transfer_disputed'
    | 'requisition_waiting'
    | 'hq_lag'
    | 'hq_differs'
    | 'hq_two_boxes'
    | 'hq_refused_version'
    | 'hq_refused_facts'
    | 'hq_life'
    | 'book_drops_dishes';
  readonly severity: 'act' | 'watch';
  /** RFC 3339 */
  readonly since: string;
  readonly title: Words;
  readonly detail: Words;
  readonly subject: Readonly<Record<string, unknown>>;
  readonly actions: readonly InboxAction[];
};

export type InboxParts = ReceiveParts & {
  readonly states: TerminalStates;
  readonly denials: () => readonly Denial[];
  readonly dayReport: (day: number) => DayReport;
  readonly inferred: InferredStore;
  readonly lots: LotStore;
  readonly purchase: OrderInbox;
  readonly printing: PrintItemParts;
  readonly headOffice: HqInboxParts;
  readonly transfers: TransferInboxParts;
  readonly dropped: () => readonly DroppedDishes[];
};

/** Paper that does not come out. */
export type PrintItemParts = {
  /** Open jobs and those that failed, oldest first. */
  readonly jobs: () => readonly JobHead[];
  readonly printers: () => readonly PrinterView[];
};

/** What a book of head office does not know of what is sold here. */
export type DroppedDishes = {
  /** Of head office. */
  readonly version: number;
  /** Epoch milliseconds. */
  readonly receivedAt: number;
  readonly validFrom: number;
  readonly dishes: readonly { readonly sku: string; readonly qty: string }[];
};

/** Of head office; handed in by the box, because features do not know each other. */
export type HqInboxParts = {
  readonly status: () => HeadOfficeStatus;
  /** Versions that were not taken and still matter, newest first. */
  readonly refusedVersions: () => readonly RefusedVersion[];
  /** Another key that signs in head office's name, and what people compare of it. */
  readonly strangeKey: () => { readonly key: string; readonly fingerprint: string } | undefined;
  /** Lives of this box that nobody has said to have seen. */
  readonly begunLives: () => readonly BegunLife[];
  readonly takenLives: () => readonly TakenLife[];
};

export type RefusedVersion = {
  readonly version: number;
  readonly kind: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly reason: Words;
};

/** Somebody tried what they may not. */
export type Denial = {
  readonly who: string;
  readonly what: string;
  readonly at: number;
  times: number;
};

/** Most things of one kind that are listed at once. */
export const LIST_MAX = 200;

/** RFC 3339 in UTC. */
export function iso(at: number): string {
  return new Date(at).toISOString();
}

/** Handed in by the box, because features do not know each other. */
export type TransferInboxParts = {
  readonly transfers: Pick<TransferStore, 'open' | 'latest'>;
  readonly requisitions: Pick<RequisitionStore, 'open'>;
};
