/** Goods between stores, and what they ask of each other. */
import type { Name } from '../api-types.ts';

export type TransferState = 'announced' | 'in_transit' | 'received' | 'cancelled' | 'disputed';

type Goods = {
  readonly item: string;
  readonly name: Name;
  readonly qty: string;
  readonly unit: string;
};

export type TransferLine = Goods & { readonly lot: string | null; readonly problem: string | null };

export type TransferRow = {
  readonly transfer: string;
  readonly from: string;
  readonly to: string;
  readonly state: TransferState;
  readonly requisition: string | null;
  readonly sentAt: string | null;
  readonly receivedAt: string | null;
  readonly note: string | null;
  readonly cost: string | null;
  /** Null: only the receiver has spoken. */
  readonly lines: readonly TransferLine[] | null;
  readonly received: readonly TransferLine[] | null;
  /** By item: what came less what was sent. */
  readonly differences: readonly Goods[];
  readonly settled: {
    readonly by: string;
    readonly at: string;
    readonly note: string | null;
  } | null;
};

export type TransfersAnswer = {
  readonly transfers: readonly TransferRow[];
  readonly next: string | null;
  /** By item and unit: what the ledgers have in transit, and what the open transfers say. */
  readonly inTransit: readonly (Omit<Goods, 'qty'> & {
    readonly ledger: string;
    readonly open: string;
  })[];
};

export type RequisitionRow = {
  readonly requisition: string;
  readonly store: string;
  readonly kitchen: string;
  readonly state: string;
  readonly deliverOn: string | null;
  readonly at: string;
  readonly note: string | null;
  readonly answer: string | null;
  readonly lines: readonly Goods[];
  readonly transfers: readonly string[];
};

export type RequisitionsAnswer = {
  readonly requisitions: readonly RequisitionRow[];
  readonly next: string | null;
};

/** What is asked of each kitchen, by item. */
export type DemandAnswer = {
  readonly on: string | null;
  readonly kitchens: readonly {
    readonly kitchen: string;
    readonly name: Name;
    readonly items: readonly {
      readonly item: string;
      readonly name: Name;
      readonly unit: string;
      readonly total: string;
      readonly onHand: string | null;
      readonly missing: string;
      readonly stores: readonly {
        readonly store: string;
        readonly requisition: string;
        readonly qty: string;
      }[];
    }[];
  }[];
};
