import type { Dish, StockItem, Tiles } from '../api-types.ts';
import { type Typed, typedFromBase } from '../parts/typed-amount.ts';

/** What the first view shows; two more tiles open the dishes and everything. */
export const USUAL_MAX = 8;

/** Items by use at this time of day; the rest of the room goes to what expires first. */
export function usualItems(tiles: Tiles | null, stock: readonly StockItem[]): StockItem[] {
  const byId = new Map(stock.map((item) => [item.item, item]));
  const used = (tiles?.items ?? []).flatMap((id) => byId.get(id) ?? []);
  const rest = stock
    .filter((item) => !used.includes(item) && Number(item.onHand) > 0)
    .toSorted((a, b) => firstExpiry(a) - firstExpiry(b));
  return [...used, ...rest].slice(0, USUAL_MAX);
}

/** Dishes by use, then the others in their own order. */
export function usualDishes(tiles: Tiles | null, dishes: readonly Dish[]): Dish[] {
  const bySku = new Map(dishes.map((dish) => [dish.sku, dish]));
  const used = (tiles?.dishes ?? []).flatMap((sku) => bySku.get(sku) ?? []);
  return [...used, ...dishes.filter((dish) => !used.includes(dish))];
}

/** What is usually thrown away of an item at once, as a pad would have it. */
export function usualAmounts(tiles: Tiles | null, item: StockItem): Typed[] {
  const known = tiles?.amounts[item.item] ?? [];
  const amounts = known.length > 0 ? known : (ROUND[item.unit] ?? []);
  return amounts.slice(0, AMOUNTS_MAX).map((amount) => typedFromBase(amount, item.unit));
}

const AMOUNTS_MAX = 3;
const ROUND: Readonly<Record<string, readonly string[]>> = {
  g: ['200', '500', '1000'],
  ml: ['200', '500', '1000'],
  ea: ['1', '2', '5'],
};

function firstExpiry(item: StockItem): number {
  const times = item.lots.map((lot) => Date.parse(lot.expiresAt ?? '')).filter(Number.isFinite);
  return times.length === 0 ? Number.MAX_SAFE_INTEGER : Math.min(...times);
}
