/**
 * The pizza place's year as a buyer of ingredients: what every pizza sold took from the larder, exploded
 * by the product's own recipe book. Shelf lives are those of the book; prices, packs and delivery days
 * are ours, by kind of goods, the same for whoever orders.
 */
import { checkBook } from '#recipes/book/check.ts';
import { openKitchen } from '#recipes/kitchen.ts';
import { readPizzaBook } from '../replay/pizza-book.ts';
import { pizzaDataPresent, readOrders, readPizzas } from '../replay/pizza-data.ts';
import type { World } from './ordering-world.ts';

type Kind = {
  /** Grams (or ml) in a pack, dollars per kilogram, delivery days (0 = Monday). */
  readonly pack: number;
  readonly perKg: number;
  readonly deliveries: readonly number[];
};

const MON_WED_FRI = [0, 2, 4];
const MON_TO_SAT = [0, 1, 2, 3, 4, 5];
const TUE_FRI = [1, 4];

/** A trade pack of each: butchers and dairies sell kilos, greengrocers every day, dry goods by the sack. */
const KINDS: Readonly<Record<string, Kind>> = {
  meat: { pack: 1000, perKg: 12, deliveries: MON_WED_FRI },
  seafood: { pack: 500, perKg: 18, deliveries: MON_WED_FRI },
  dairy: { pack: 1000, perKg: 11, deliveries: TUE_FRI },
  vegetable: { pack: 1000, perKg: 4, deliveries: MON_TO_SAT },
  sauce: { pack: 1000, perKg: 6, deliveries: TUE_FRI },
  dry: { pack: 5000, perKg: 2, deliveries: [1] },
};
/** Herbs and garlic come in small bunches and bags. */
const SMALL: Readonly<Record<string, Kind>> = Object.fromEntries(
  ['cilantro', 'thyme', 'oregano'].map((id) => [
    id,
    { pack: 50, perKg: 25, deliveries: MON_TO_SAT },
  ]),
);
/** A missing ingredient loses the pizza's margin (price less 35 % food) for every second guest; the other takes another pizza. */
const MARGIN = 0.65;
const LOST_GUESTS = 0.5;

export const PIZZA_SETTINGS =
  'meat 1 kg Mon Wed Fri $12, fish 0.5 kg Mon Wed Fri $18, cheese 1 kg Tue Fri $11, vegetables 1 kg Mon-Sat $4, sauces 1 kg Tue Fri $6, dry 5 kg Tue $2, herbs 50 g Mon-Sat $25 (per kg); shelf lives of the book (3 to 365 days); a missing ingredient loses half of the margin (65 %) of the pizzas it belongs to';

/** One world per ingredient, or null when the data are missing (which it says). */
export async function pizzaWorlds(): Promise<World[] | null> {
  if (!pizzaDataPresent()) return null;
  const book = await readPizzaBook();
  const checked = checkBook(book);
  if (!checked.ok) throw new Error('the pizza book is not sound');
  const kitchen = openKitchen(checked.book);
  const days = calendarOf(await readOrders());
  const prices = new Map((await readPizzas()).map(({ id, price }) => [id, Number(price)]));
  const used = new Map<string, number[]>();
  const margin = new Map<string, number>();
  for (const [day, { sold }] of days.entries()) {
    for (const [sku, count] of sold) {
      const dish = kitchen.meaning(sku);
      if (dish?.kind !== 'dish') throw new Error(`${sku} is no dish`);
      const lost = count * (prices.get(sku) ?? 0) * MARGIN * LOST_GUESTS;
      for (const { item, amount } of kitchen.explode(dish.recipe, [], undefined)) {
        const series = used.get(item) ?? days.map(() => 0);
        series[day] = (series[day] ?? 0) + (amount / 1_000_000) * count;
        used.set(item, series);
        margin.set(item, (margin.get(item) ?? 0) + lost);
      }
    }
  }
  return [...used].flatMap(([item, demand]) => {
    const stocked = kitchen.items.get(item);
    // Water comes from the tap.
    if (stocked === undefined || item === 'water') return [];
    const kind = SMALL[item] ?? KINDS[stocked.category ?? ''];
    if (kind === undefined) throw new Error(`${item}: no settings for ${stocked.category}`);
    const total = demand.reduce((sum, amount) => sum + amount, 0);
    const life = stocked.shelfLifeMs === undefined ? null : stocked.shelfLifeMs / 86_400_000;
    return [
      {
        item,
        dates: days.map(({ date }) => date),
        weekday: days.map(({ weekday }) => weekday),
        demand,
        closed: days.map(({ sold }) => sold.size === 0),
        known: [],
        pack: kind.pack,
        price: (kind.pack / 1000) * kind.perKg,
        shortCost: (margin.get(item) ?? 0) / total,
        life,
        deliveries: kind.deliveries,
      },
    ];
  });
}

type SoldDay = { date: number; weekday: number; sold: Map<string, number> };

/** Every day of the year; a day without orders was closed. */
function calendarOf(orders: Awaited<ReturnType<typeof readOrders>>): SoldDay[] {
  const days: SoldDay[] = [];
  const byDate = new Map<string, SoldDay>();
  const start = Date.parse('2015-01-01T00:00:00Z');
  for (let i = 0; i < 365; i++) {
    const at = new Date(start + i * 86_400_000);
    const text = at.toISOString().slice(0, 10);
    const day = {
      date: Number(text.replaceAll('-', '')),
      weekday: (at.getUTCDay() + 6) % 7,
      sold: new Map(),
    };
    days.push(day);
    byDate.set(text, day);
  }
  for (const { date, lines } of orders) {
    const day = byDate.get(date);
    if (day === undefined) throw new Error(`an order of ${date} is not of the year`);
    for (const { pizza, quantity } of lines) {
      day.sold.set(pizza, (day.sold.get(pizza) ?? 0) + quantity);
    }
  }
  return days;
}
