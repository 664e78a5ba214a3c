/** Purchasing with what it needs of the rest of the box: the book in force, and which receipts count. */
import type { Db } from './db/open.ts';
import { openUndone } from './ledger/undone-store.ts';
import type { OrderCommandParts } from './purchasing/order-commands.ts';
import { openOrderStore } from './purchasing/order-store.ts';
import { type Orders, openOrders } from './purchasing/orders.ts';
import type { Knowledge } from './recipe-book/knowledge.ts';

export type Purchasing = Pick<OrderCommandParts, 'store' | 'kitchen'> & { readonly orders: Orders };

export function openPurchasing(db: Db, knowledge: Knowledge, now: () => number): Purchasing {
  const store = openOrderStore(db);
  const kitchen = () => knowledge.at(now())?.kitchen;
  const undone = openUndone(db);
  const stands = (entry: number) => !undone(entry);
  return { store, kitchen, orders: openOrders({ store, kitchen, stands }) };
}
