import { useHouse } from '../state/context.ts';
import { type Live, useLive } from '../state/live.svelte.ts';
import type { Order } from './delivery.ts';

/** Orders as the box knows them, kept for the days without it. */
export function useOrders(): Live<readonly Order[]> {
  const { api } = useHouse();
  return useLive(
    'orders',
    async () => (await api.get<{ orders: Order[] }>('/orders')).orders,
    (change) => change.entries === true || (change.items ?? []).length > 0,
  );
}

/** Those that goods are expected for, the earliest delivery first. */
export function expectedOrders(orders: readonly Order[]): Order[] {
  return orders
    .filter(({ state }) => EXPECTED.has(state))
    .toSorted((a, b) => (a.deliverOn ?? '9999').localeCompare(b.deliverOn ?? '9999'));
}

/** An approved one may be printed and phoned through: goods come although nobody said sent. */
const EXPECTED: ReadonlySet<string> = new Set(['approved', 'sent', 'partly_received']);
