/**
 * What the sample restaurant used before Larder came, as its spreadsheet would have it: the guests of
 * `red-braise-demand.ts` on past days, more at the weekend, some days better than others, each sale
 * exploded to what is bought and to what is made ahead. Pure: the same numbers give the same past.
 */
import { microFromDecimal } from '../amount.ts';
import type { Kitchen } from '../kitchen.ts';
import { nextSale, type Rng, salesPerHour } from './red-braise-demand.ts';

/** Millionths used by item. */
export type UseOfDay = ReadonlyMap<string, number>;

/** Sales of a day against an average one, Monday first. */
const WEEKDAYS = [0.88, 0.9, 0.94, 0.98, 1.12, 1.22, 1.08] as const;
/** One of the sample's days has about so many. */
const SALES = 300;
/** How much a day differs from its like for no reason anybody knows. */
const MOOD = 0.12;

/** @param weekday 0 = Monday */
export function pastDay(kitchen: Kitchen, rng: Rng, weekday: number): UseOfDay {
  const mood = 1 + MOOD * (rng() + rng() - 1);
  const sales = Math.round(SALES * (WEEKDAYS[weekday] ?? 1) * mood);
  const used = new Map<string, number>();
  for (let n = 0; n < sales; n++) {
    const { lines, channel } = nextSale(rng, hourOf(rng));
    for (const line of lines) {
      const meaning = kitchen.meaning(line.sku);
      if (meaning?.kind !== 'dish') continue;
      const modifiers = (line.modifiers ?? []).map(({ sku, qty }) => ({
        sku,
        qty: microFromDecimal(String(qty ?? 1)),
      }));
      const qty = Number(line.qty);
      for (const take of kitchen.explode(meaning.recipe, modifiers, channel))
        add(used, take.item, take.amount * qty);
    }
  }
  return withMade(kitchen, used);
}

/** What was made ahead was made of something, through any number of steps. */
function withMade(kitchen: Kitchen, sold: ReadonlyMap<string, number>): UseOfDay {
  const used = new Map<string, number>();
  let open: ReadonlyMap<string, number> = sold;
  while (open.size > 0) {
    const inside = new Map<string, number>();
    for (const [item, amount] of open) {
      add(used, item, amount);
      if (kitchen.items.get(item)?.made !== true) continue;
      for (const take of kitchen.batch(item, Math.round(amount)))
        add(inside, take.item, take.amount);
    }
    open = inside;
  }
  return used;
}

function add(sums: Map<string, number>, item: string, amount: number): void {
  sums.set(item, (sums.get(item) ?? 0) + amount);
}

/** An hour of the day, as likely as there are sales in it. */
function hourOf(rng: Rng): number {
  for (;;) {
    const hour = 10.5 + rng() * 11.5;
    if (rng() * BUSIEST < salesPerHour(hour)) return hour;
  }
}

/** No hour has more sales. */
const BUSIEST = 70;

/** A small generator for whoever has none: the same seed, the same past. */
export function seededRng(seed: number): Rng {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}
