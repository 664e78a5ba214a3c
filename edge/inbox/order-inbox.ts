/** What the inbox reads of orders. */
import type { OrderState } from '#recipes/purchasing/order-state.ts';
import type { OrderView } from '../purchasing/order-view.ts';
import type { StoredSending } from '../purchasing/sending/sending-store.ts';

export type OrderInbox = {
  readonly open: () => readonly OrderView[];
  readonly get: (order: string) => OrderView | undefined;
  /** Every order of a supplier for a delivery day (the number 20261123), with its state. */
  readonly ofDay: (
    supplier: string,
    day: number,
  ) => readonly { readonly order: string; readonly state: OrderState }[];
  /** Messages that failed, the newest of each order. */
  readonly failed: () => readonly StoredSending[];
  readonly timeZone: string;
};
