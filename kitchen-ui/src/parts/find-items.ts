import { rank } from '#recipes/words/search.ts';
import type { Dish, StockItem } from '../api-types.ts';

/** Items by name, pinyin, initials, id or barcode, the likeliest first. */
export function findItems(stock: readonly StockItem[], query: string): StockItem[] {
  return rank(
    stock.map((one) => ({
      id: one.item,
      name: one.name,
      search: one.search,
      codes: one.barcodes,
      one,
    })),
    query,
  ).map(({ one }) => one);
}

/** Dishes by name, pinyin, initials or sku, the likeliest first. */
export function findDishes(dishes: readonly Dish[], query: string): Dish[] {
  return rank(
    dishes.map((one) => ({ id: one.sku, name: one.name, search: one.search, one })),
    query,
  ).map(({ one }) => one);
}

/** The pinyin of an item, for the second line where a name is missing. */
export function pinyinOf(item: { readonly search?: string }): string {
  return (item.search ?? '').split(' ')[0] ?? '';
}
