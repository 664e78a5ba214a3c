/**
 * How much of each POS code was sold lately. The bytes of the sales are the truth, so they are read
 * again: a day at a time, letting the box work in between, and each finished day only once.
 */
import { addMicro, microFromDecimal } from '#recipes/amount.ts';
import { nextDay, startOfDay } from '#recipes/time/business-day.ts';
import type { EventStore } from './event-store.ts';
import { saleContent } from './sale-content.ts';
import type { SaleStore, StoredSale } from './sale-store.ts';

export type SoldSkuParts = {
  readonly sales: Pick<SaleStore, 'ofDay' | 'markOfDay'>;
  readonly events: EventStore;
  readonly dayOf: (at: number) => number;
  readonly now: () => number;
  /** Lets everything else run first. */
  readonly soon: (run: () => void) => void;
};

export type SoldSkus = {
  /** Millionths sold by code, over so many business days up to now; codes of modifiers are not in it. */
  last(days: number): Promise<ReadonlyMap<string, number>>;
};

type Day = { readonly mark: string; readonly sold: ReadonlyMap<string, number> };

/** Sales read in one turn: a few milliseconds. */
const SLICE = 100;
const HALF_DAY_MS = 43_200_000;

export function openSoldSkus(parts: SoldSkuParts): SoldSkus {
  const days = new Map<number, Day>();

  async function dayOf(day: number): Promise<Day> {
    const mark = parts.sales.markOfDay(day);
    const known = days.get(day);
    if (known?.mark === mark) return known;
    const sold = new Map<string, number>();
    const sales = parts.sales.ofDay(day);
    for (let from = 0; from < sales.length; from += SLICE) {
      for (const sale of sales.slice(from, from + SLICE)) addSale(parts, sale, sold);
      await new Promise<void>((resolve) => parts.soon(resolve));
    }
    const read = { mark, sold };
    days.set(day, read);
    return read;
  }

  return {
    async last(count) {
      const wanted = lastDays(parts, count);
      for (const day of days.keys()) if (!wanted.includes(day)) days.delete(day);
      const total = new Map<string, number>();
      for (const day of wanted) {
        for (const [sku, qty] of (await dayOf(day)).sold) {
          total.set(sku, addMicro(total.get(sku) ?? 0, qty));
        }
      }
      return total;
    },
  };
}

function addSale(parts: SoldSkuParts, sale: StoredSale, sold: Map<string, number>): void {
  const content = saleContent(parts.events, sale.event);
  for (const { sku, qty } of content?.lines ?? []) {
    sold.set(sku, addMicro(sold.get(sku) ?? 0, microFromDecimal(qty)));
  }
}

/** Business days, today first; a POS may be a day ahead of the clock. */
function lastDays({ dayOf, now }: SoldSkuParts, count: number): number[] {
  const today = dayOf(now());
  const list = [nextDay(today), today];
  while (list.length <= count) {
    const start = startOfDay(dayOf, list.at(-1) ?? today);
    list.push(dayOf(start - HALF_DAY_MS));
  }
  return list;
}
