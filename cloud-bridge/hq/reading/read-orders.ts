/** Entries about orders, folded into the orders as they are kept. */
import type { Kitchen } from '#recipes/kitchen.ts';
import { ENTRY_KINDS } from '#recipes/ledger/entry.ts';
import type { FoundEntry } from '../board/entry-row-store.ts';
import { LAST_MS } from '../board/instants.ts';
import { readNote } from '../board/notes.ts';
import {
  type FoldedOrder,
  foldOrder,
  foldReceipt,
  foldUndone,
  orderOf,
  standingState,
} from '../orders/order-fold.ts';
import { type PurchaseRow, purchasesById, putPurchases } from '../orders/orders-store.ts';
import type { Client, DueLife } from './reading-store.ts';
import type { Root } from './roots-store.ts';

/** Kinds that say something of an order. */
export const ORDER_KINDS: readonly number[] = [
  ENTRY_KINDS.order,
  ENTRY_KINDS.receipt,
  ENTRY_KINDS.reversal,
];

/** An order after one of the entries. */
export type OrderChange = { readonly seq: number; readonly order: FoldedOrder };

/**
 * Brings the orders of a life up to date with these entries, which are in their order. Entries that an
 * order has already change nothing.
 * @returns each order after each entry that changed it
 */
export async function readOrders(
  client: Client,
  life: DueLife,
  entries: readonly FoundEntry[],
  roots: ReadonlyMap<number, Root>,
  kitchen: Kitchen | undefined,
): Promise<OrderChange[]> {
  const about = entries.flatMap((entry) => {
    const order = orderBehind(entry, roots);
    return order === null ? [] : [{ entry, order }];
  });
  if (about.length === 0) return [];
  const ids = [...new Set(about.map(({ order }) => order))];
  const rows = await purchasesById(client, life.store, life.life, ids);
  const orders = new Map<string, Pick<PurchaseRow, 'said' | 'seq'>>(
    rows.map((row) => [row.id, row]),
  );
  const changed = new Map<string, number>();
  const changes: OrderChange[] = [];
  for (const { entry, order } of about) {
    const before = orders.get(order);
    if (before !== undefined && before.seq >= entry.seq) continue;
    const said = after(before?.said, entry, roots.get(entry.seq), kitchen);
    if (said === undefined) continue;
    orders.set(order, { said, seq: entry.seq });
    changed.set(order, Math.min(LAST_MS, entry.recordedAt));
    changes.push({ seq: entry.seq, order: said });
  }
  const written = [...changed].flatMap(([id, at]) => {
    const row = orders.get(id);
    return row === undefined ? [] : [{ id, at, ...row, state: standingState(row.said) }];
  });
  await putPurchases(client, life.store, life.life, written);
  return changes;
}

function orderBehind(entry: FoundEntry, roots: ReadonlyMap<number, Root>): string | null {
  if (entry.kind === ENTRY_KINDS.order || entry.kind === ENTRY_KINDS.receipt) {
    return orderOf(readNote(entry.note));
  }
  const root = roots.get(entry.seq)?.entry;
  return root?.kind === ENTRY_KINDS.receipt ? orderOf(readNote(root.note)) : null;
}

/** @returns undefined when a receipt names an order that head office never heard of */
function after(
  before: FoldedOrder | undefined,
  entry: FoundEntry,
  root: Root | undefined,
  kitchen: Kitchen | undefined,
): FoldedOrder | undefined {
  if (entry.kind === ENTRY_KINDS.order) return foldOrder(before, entry, kitchen);
  if (before === undefined) return undefined;
  if (entry.kind === ENTRY_KINDS.receipt) return foldReceipt(before, entry, kitchen);
  return root && foldUndone(before, root.entry.seq, root.undone);
}
