/** Goods between stores and outside work as the box answers them, as far as the screens use them. */
import type { Name } from '#recipes/words/words.ts';

/** Another store. */
export type OtherStore = { readonly store: string; readonly name: Name };

type Goods = { readonly item: string; readonly name: Name; readonly unit: string };

/** One lot of a transfer; amounts are decimal text in `unit`. */
export type SentLine = Goods & {
  readonly qty: string;
  readonly lot: string | null;
  readonly expiresAt: string | null;
};

/** What came of one line. */
export type CameLine = Goods & {
  readonly qty: string;
  readonly sent: string | null;
  readonly lot: string | null;
  readonly problem: string | null;
};

/** Goods to another store, or from one. */
export type Transfer = {
  readonly transfer: string;
  readonly direction: 'out' | 'in';
  readonly other: string;
  readonly otherName: Name;
  readonly state: 'sent' | 'incoming' | 'received' | 'cancelled' | 'disputed';
  readonly at: string;
  readonly entry: number | null;
  /** Of a sending that was called off: undoing this entry brings it back. */
  readonly undoneBy: number | null;
  readonly requisition: string | null;
  readonly note: string | null;
  readonly lines: readonly SentLine[];
  readonly received: readonly CameLine[] | null;
  readonly differences: readonly (Goods & { readonly qty: string })[];
};

/** Answer of `GET /transfers`. */
export type Transfers = {
  readonly store: string;
  readonly stores: readonly OtherStore[];
  readonly transfers: readonly Transfer[];
};

/** What one store asks of another. */
export type Requisition = {
  readonly requisition: string;
  readonly direction: 'out' | 'in';
  readonly other: string;
  readonly otherName: Name;
  readonly state: 'sent' | 'accepted' | 'declined' | 'shipped' | 'received' | 'cancelled';
  readonly at: string;
  readonly deliverOn: string | null;
  readonly purchase: string | null;
  readonly note: string | null;
  readonly lines: readonly (Goods & { readonly qty: string })[];
};

/** What is asked of this store for one day. */
export type DayDemand = {
  readonly on: string | null;
  readonly items: readonly (Goods & { readonly total: string; readonly onHand: string })[];
};

/** Answer of `GET /requisitions`. */
export type Requisitions = {
  readonly store: string;
  readonly stores: readonly OtherStore[];
  readonly requisitions: readonly Requisition[];
  readonly demand: readonly DayDemand[];
};

/** Material that somebody outside works on. */
export type OutsideJob = {
  readonly job: string;
  readonly processor: string;
  readonly state: 'out' | 'partly_back' | 'done' | 'cancelled';
  readonly at: string;
  readonly cost: string | null;
  readonly lines: readonly (Goods & {
    readonly lot: string | null;
    readonly qty: string;
    readonly out: string;
  })[];
};

/** Answer of `GET /outsource`. */
export type OutsideJobs = {
  readonly processors: readonly string[];
  readonly jobs: readonly OutsideJob[];
};
