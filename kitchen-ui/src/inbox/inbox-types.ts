/** What entries of the inbox are about, as the box answers it; the pages read tolerantly. */
import type { Name } from '#recipes/words/words.ts';

export type Proposal = {
  readonly recipe: string;
  readonly name: Name | string;
  /** Likeness, 0 to 1. */
  readonly score: number;
};

/** What an entry is about; each kind fills the fields that it has. */
export type Subject = {
  readonly sku?: string;
  readonly name?: Name | string | null;
  readonly count?: number;
  readonly proposals?: readonly Proposal[];
  /** Number of the stored event, for `GET /events/{number}`. */
  readonly event?: number | string;
  /** Of a conflict: the number of the event that came first. */
  readonly original?: number | string;
  readonly terminal?: string;
  readonly item?: string;
  /** Of a version that head office sent. */
  readonly version?: number;
  /** Of an order, or of a cut-off: the draft, if there is one, and the delivery day. */
  readonly order?: string | null;
  readonly for?: string;
  /** Of an expiring lot: how much of it is left, with its unit, and until when. */
  readonly amount?: string;
  readonly expiresAt?: string;
  /** Code of an expiring lot. */
  readonly code?: string;
  /** Of a conflict: the message that came second, when it is no event of its own. */
  readonly second?: string;
  readonly secondAt?: string;
  /** Of a batch that was inferred. */
  readonly qty?: string;
  readonly unit?: string;
  /** Of a dish list: what has no recipe. */
  readonly unknown?: readonly {
    readonly sku: string;
    readonly name: string | null;
    readonly proposals: readonly Proposal[];
  }[];
  /** Of a day that does not add up. */
  readonly terminals?: readonly DayTotals[];
  /** Of another box: what this one could not take over. */
  readonly refused?: readonly RefusedFact[];
};

/** Something another box did that this one cannot do again, and why. */
export type RefusedFact = {
  readonly what: string;
  readonly id: string;
  readonly code: string;
  readonly message: Name;
};

/** What a terminal sold on a day, as the box counts and as the POS says. */
export type DayTotals = {
  readonly terminal: string;
  readonly counted: Totals;
  readonly said: Totals | null;
};

export type Totals = {
  readonly saleCount?: number | null;
  readonly voidCount?: number | null;
  readonly refundCount?: number | null;
  readonly lineQty?: string | number | null;
};

export type EventReason = {
  readonly code: string;
  readonly path?: string;
  readonly message?: Name | string;
  readonly messageZh?: string;
};

export type StoredEvent = {
  readonly number: number;
  readonly terminal: string;
  readonly eventId: string | null;
  readonly receivedAt: string;
  readonly status: string;
  readonly reasons: readonly (EventReason | string)[];
  readonly body: string;
};
