/** What meets the need without ordering: lots on the shelf, goods on their way, offcuts that replace an item. */
import { type Micro, microFromDecimal } from '#recipes/amount.ts';
import type { Kitchen } from '#recipes/kitchen.ts';
import { deliveryOn, nextDelivery } from '#recipes/purchasing/delivery-days.ts';
import type { IncomingLot, StockLot, SubstituteLot } from '#recipes/purchasing/suggest-input.ts';
import { dayNumber } from '#recipes/time/business-day.ts';
import type { LedgerReader } from '../ledger/ledger.ts';
import type { OrderView } from './orders.ts';

/** Until an order that has not come is no longer counted on. */
const LATE_MS = 2 * 86_400_000;

/**
 * The lots of an item. What was used without a lot stands below zero beside them; it was taken from one
 * of them, so it is taken off those that expire first.
 */
export function lotsOf(ledger: Pick<LedgerReader, 'items' | 'shelf'>, item: string): StockLot[] {
  const number = ledger.items.find(item);
  const states = number === undefined ? [] : ledger.shelf.lotsOf(number);
  let short = states.reduce((sum, { amount }) => sum - Math.min(0, amount), 0);
  return states
    .filter(({ amount }) => amount > 0)
    .map(({ amount, expiresAt }) => ({ amount, expiresAt }))
    .sort((a, b) => (a.expiresAt ?? Infinity) - (b.expiresAt ?? Infinity))
    .flatMap((lot) => {
      const taken = Math.min(short, lot.amount);
      short -= taken;
      return lot.amount > taken ? [{ ...lot, amount: lot.amount - taken }] : [];
    });
}

/** Approved or sent, and not here yet. */
const ON_ITS_WAY: ReadonlySet<string> = new Set(['approved', 'sent', 'partly_received']);

/** What was ordered and has not come, by item. */
export function incomingOf(
  orders: readonly OrderView[],
  kitchen: Kitchen,
  timeZone: string,
  now: number,
): Map<string, IncomingLot[]> {
  const incoming = new Map<string, IncomingLot[]>();
  for (const order of orders) {
    if (!ON_ITS_WAY.has(order.state)) continue;
    const arrivesAt = arrivalOf(order, kitchen, timeZone);
    if (arrivesAt < now - LATE_MS) continue;
    for (const { item, ordered, received } of order.lines) {
      const amount: Micro = microFromDecimal(ordered) - microFromDecimal(received);
      if (amount <= 0) continue;
      const keeps = kitchen.items.get(item)?.shelfLifeMs;
      // What should have come by now may come any moment.
      const at = Math.max(arrivesAt, now);
      const expiresAt = keeps === undefined ? null : at + keeps;
      incoming.set(item, [...(incoming.get(item) ?? []), { amount, expiresAt, arrivesAt: at }]);
    }
  }
  return incoming;
}

/**
 * On the day that was said, although the supplier may not come on that weekday; an order that names no day
 * comes with the next delivery after it went out. Of a supplier that is no longer in the book any day and
 * its usual time will do.
 */
function arrivalOf(order: OrderView, kitchen: Kitchen, timeZone: string): number {
  if (order.arrivesAt !== null) return Date.parse(order.arrivesAt);
  const terms = kitchen.suppliers.get(order.supplier) ?? ANY_DAY;
  const plan =
    order.deliverOn === null
      ? nextDelivery(terms, timeZone, Date.parse(order.history.at(-1)?.at ?? order.createdAt))
      : deliveryOn(ANY_DAY, timeZone, 0, dayNumber(order.deliverOn));
  return plan.delivery.arrivesAt;
}

const ANY_DAY = { deliveries: [], leadTimeMs: 0 };

/** The note of `offcut.use`, as far as it is needed here. */
export type OffcutUse = { readonly item?: string; readonly into?: string };

/**
 * Offcuts that replace an item: what was used up into that very item before will be again, unit for
 * unit. What goes into a recipe is no substitute for one thing, so it is left out.
 * @param uses the newest first
 */
export function substitutesOf(
  uses: readonly OffcutUse[],
  kitchen: Kitchen,
  ledger: Pick<LedgerReader, 'items' | 'shelf'>,
): Map<string, SubstituteLot[]> {
  const substitutes = new Map<string, SubstituteLot[]>();
  const seen = new Set<string>();
  for (const { item, into } of uses) {
    if (item === undefined || into === undefined || seen.has(item)) continue;
    seen.add(item);
    const [offcut, target] = [kitchen.items.get(item), kitchen.items.get(into)];
    if (!offcut || !target || target.made || offcut.unit !== target.unit || item === into) continue;
    const lots = lotsOf(ledger, item).map((lot) => ({ ...lot, item }));
    if (lots.length > 0) substitutes.set(into, [...(substitutes.get(into) ?? []), ...lots]);
  }
  return substitutes;
}
