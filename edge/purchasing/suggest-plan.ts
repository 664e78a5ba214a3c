/** Who delivers on which day, and who of them sells what: the frame that the suggestion is made in. */
import type { Kitchen } from '#recipes/kitchen.ts';
import type { SupplierInfo, SupplierItem } from '#recipes/kitchen-types.ts';
import {
  DAYS_AHEAD,
  type DeliveryPlan,
  deliveryOn,
  nextDelivery,
} from '#recipes/purchasing/delivery-days.ts';

export type SupplierPlan = {
  readonly supplier: SupplierInfo;
  readonly plan: DeliveryPlan;
  /** What is bought there this time, in the order of the book; each item at one supplier only. */
  readonly offers: readonly SupplierItem[];
};

export type Upcoming = { readonly supplier: SupplierInfo; readonly plan: DeliveryPlan };

const AHEAD_MS = DAYS_AHEAD * 86_400_000;

/**
 * The next delivery that can still be ordered, of every supplier that sells anything, the soonest cut-off
 * first. Deliveries more than half a year ahead are left out.
 */
export function upcoming(kitchen: Kitchen, timeZone: string, now: number): Upcoming[] {
  return [...kitchen.suppliers.values()]
    .filter(({ items }) => items.length > 0)
    .map((supplier) => ({ supplier, plan: nextDelivery(supplier, timeZone, now) }))
    .filter(({ plan }) => plan.delivery.arrivesAt < now + AHEAD_MS)
    .sort((a, b) => a.plan.delivery.cutOff - b.plan.delivery.cutOff);
}

/** The first day on which something that can still be ordered comes; undefined without suppliers. */
export function nextDeliveryDay(list: readonly Upcoming[]): number | undefined {
  const days = list.map(({ plan }) => plan.delivery.date);
  return days.length === 0 ? undefined : Math.min(...days);
}

/**
 * Who delivers on a day, with what to buy there. What several sell is bought where it is cheapest per
 * base unit, of those for whom it is not too late. What is made here is not bought. More than half a year
 * ahead nobody comes yet: every day until then would have to be thought of.
 * @param date local calendar day as the number 20261123
 */
export function plansOf(
  kitchen: Kitchen,
  timeZone: string,
  now: number,
  date: number,
): SupplierPlan[] {
  const coming = [...kitchen.suppliers.values()].flatMap((supplier) => {
    if (supplier.items.length === 0) return [];
    const plan = deliveryOn(supplier, timeZone, now, date);
    const { arrivesAt } = plan.delivery;
    const comes = plan.delivery.date === date && arrivesAt > now && arrivesAt < now + AHEAD_MS;
    return comes ? [{ supplier, plan }] : [];
  });
  const seller = new Map<string, { supplier: string; late: boolean; price: number }>();
  for (const { supplier, plan } of coming) {
    for (const { item, pack, price } of supplier.items) {
      const offer = {
        supplier: supplier.id,
        late: plan.pastCutOff,
        price: price === undefined ? Number.POSITIVE_INFINITY : Number(price) / pack,
      };
      const known = seller.get(item);
      if (known === undefined || isBetter(offer, known)) seller.set(item, offer);
    }
  }
  return coming.map(({ supplier, plan }) => ({
    supplier,
    plan,
    offers: supplier.items.filter(
      ({ item }, i) =>
        kitchen.items.get(item)?.made === false &&
        seller.get(item)?.supplier === supplier.id &&
        supplier.items.findIndex((one) => one.item === item) === i,
    ),
  }));
}

type Offer = { readonly late: boolean; readonly price: number };

function isBetter(offer: Offer, known: Offer): boolean {
  return offer.late === known.late ? offer.price < known.price : known.late;
}
