/** Purchase orders of the stores. */
import type { Name, Words } from '../api-types.ts';

/** A purchase order of a store. */
export type OrderRow = {
  readonly store: string;
  readonly order: string;
  readonly supplier: string;
  readonly supplierName: Name | string | null;
  readonly deliverOn: string | null;
  /** Money; null where a price is missing. */
  readonly total: string | null;
  readonly currency: string;
  readonly state: string;
  /** Who asked for approval, and when. */
  readonly by: string | null;
  readonly at: string;
  readonly seq: number;
  /** Of the last rejection. */
  readonly reason: string | null;
  /** What head office decided and the store has not carried out yet, or refused; null = nothing. */
  readonly decision: {
    readonly verb: 'approve' | 'reject';
    readonly state: 'waiting' | 'taken' | 'refused';
    readonly by: string | null;
    readonly at: string;
    readonly version: number;
    readonly reason: Words | null;
  } | null;
  readonly lines: readonly {
    readonly item: string;
    readonly name: Name;
    readonly qty: string;
    readonly unit: string;
    readonly packs: string | null;
    /** What a pack is, in words: "1 bag 10 kg". */
    readonly pack: string;
    readonly amount: string | null;
  }[];
};

export type OrdersAnswer = {
  readonly orders: readonly OrderRow[];
  /** Given back as `cursor`; null = there are no more. */
  readonly next: string | null;
};
