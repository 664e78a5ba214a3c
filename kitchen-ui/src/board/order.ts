import { microFromDecimal } from '#recipes/amount.ts';
import { nameIn } from '#recipes/words/words.ts';
import type { BookRecipe, Dish, Level, StockItem } from '../api-types.ts';
import type { Proposal } from '../inbox/inbox-types.ts';

/** Filters of the stock tiles: everything, what is low or out, or one category. */
export type TileFilter = { readonly kind: 'all' | 'attention' } | CategoryFilter;
export type CategoryFilter = { readonly kind: 'category'; readonly category: string };

/** A recipe that an unknown sku can be mapped to. */
export type Choice = {
  readonly recipe: string;
  readonly name: BookRecipe['name'];
  readonly score?: number;
};

/**
 * What ends first comes first: out, low, then by the estimate. Estimates within the same half hour
 * keep the order of their ids, so that tiles do not change places under a finger at every sale.
 */
export function byUrgency(items: readonly StockItem[]): StockItem[] {
  return items.toSorted(
    (a, b) =>
      RANK[a.state] - RANK[b.state] ||
      halfHour(a.until) - halfHour(b.until) ||
      compareText(a.item, b.item),
  );
}

/** Dishes, those that are sold out first, then what runs out first, then fewest portions. */
export function dishesByUrgency(dishes: readonly Dish[]): Dish[] {
  return dishes.toSorted(
    (a, b) =>
      RANK[a.state] - RANK[b.state] ||
      halfHour(a.until) - halfHour(b.until) ||
      (a.sellable ?? Number.POSITIVE_INFINITY) - (b.sellable ?? Number.POSITIVE_INFINITY) ||
      compareText(a.sku, b.sku),
  );
}

/** The items that pass the filter and whose name (either language), pinyin or id contains `search`. */
export function filterItems(
  items: readonly StockItem[],
  filter: TileFilter,
  search: string,
): StockItem[] {
  const wanted = plain(search);
  return items.filter(
    (item) => passes(item, filter) && matches(item.item, item.name, wanted, item.search),
  );
}

/** The categories that occur, each once, the fullest first. '' stands for no category. */
export function categoriesOf(items: readonly StockItem[]): string[] {
  const count = new Map<string, number>();
  for (const { category } of items) count.set(category ?? '', (count.get(category ?? '') ?? 0) + 1);
  return [...count]
    .toSorted((a, b) => b[1] - a[1] || compareText(a[0], b[0]))
    .map(([name]) => name);
}

/**
 * What an unknown sku can be mapped to. Without a search the proposals of the box alone, best first;
 * with one, the recipes that match, those that are sold before those that are only made.
 */
export function choicesFor(
  recipes: readonly BookRecipe[],
  proposals: readonly Proposal[],
  search: string,
  limit: number,
): Choice[] {
  const wanted = plain(search);
  if (wanted === '' && proposals.length > 0) {
    return proposals.toSorted((a, b) => b.score - a.score).slice(0, limit);
  }
  return recipes
    .filter((recipe) => matches(recipe.id, recipe.name, wanted))
    .toSorted((a, b) => Number(isSold(b)) - Number(isSold(a)) || compareText(a.id, b.id))
    .slice(0, limit)
    .map(({ id, name }) => ({ recipe: id, name }));
}

/**
 * How full the bar of a tile is, 0 to 1: a quarter is the safety level, so the tick stands at the
 * same place on every tile. Null when the item has no safety level.
 */
export function fullness(item: StockItem): number | null {
  const safety = micro(item.safety);
  const onHand = micro(item.onHand);
  if (safety === null || safety <= 0 || onHand === null) return null;
  return Math.min(1, Math.max(0, onHand / (safety * 4)));
}

const RANK: Readonly<Record<Level, number>> = { out: 0, low: 1, ok: 2 };
const HALF_HOUR_MS = 1_800_000;

function halfHour(until: string | null | undefined): number {
  const at = Date.parse(until ?? '');
  return Number.isNaN(at) ? Number.MAX_SAFE_INTEGER : Math.floor(at / HALF_HOUR_MS);
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function passes(item: StockItem, filter: TileFilter): boolean {
  if (filter.kind === 'all') return true;
  if (filter.kind === 'category') return (item.category ?? '') === filter.category;
  return item.state !== 'ok';
}

function matches(id: string, name: BookRecipe['name'], wanted: string, sound = ''): boolean {
  if (wanted === '') return true;
  return [id, nameIn('zh', name), nameIn('en', name), sound].some((text) =>
    plain(text).includes(wanted),
  );
}

function isSold(recipe: BookRecipe): boolean {
  return recipe.sku !== undefined && recipe.sku !== null && recipe.sku.length > 0;
}

function plain(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase();
}

function micro(amount: string | null | undefined): number | null {
  try {
    return amount === null || amount === undefined ? null : microFromDecimal(amount);
  } catch {
    return null;
  }
}
