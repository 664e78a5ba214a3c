import type { Name } from '#recipes/words/words.ts';
import type { Dish, Lot, StockItem } from '../api-types.ts';
import { findDishes, findItems } from '../parts/find-items.ts';

/** The category under which a book lists what trimming leaves over. */
const OFFCUT = 'offcut';

export function isOffcut(item: StockItem): boolean {
  return item.category === OFFCUT;
}

/**
 * Where the re-use goes when nobody has said so before: the offcut that is named after its source
 * (五花肉边角 of 五花肉), or the only one there is; else null, to be asked.
 */
export function firstTarget(stock: readonly StockItem[], source: StockItem): string | null {
  const offcuts = stock.filter(isOffcut);
  const named = offcuts.filter((one) => namesOf(one).some((name, i) => holds(name, source, i)));
  const [only, more] = named.length > 0 ? named : offcuts;
  return only !== undefined && more === undefined ? only.item : null;
}

function holds(name: string, source: StockItem, language: number): boolean {
  const own = namesOf(source)[language] ?? '';
  return own !== '' && name.startsWith(own);
}

function namesOf({ name }: StockItem): string[] {
  return typeof name === 'string' ? [name, name] : [name.zh ?? '', name.en ?? ''];
}

/** What an offcut can become, offcut items first; a search looks through everything. */
export function targets(stock: readonly StockItem[], source: string, query: string): StockItem[] {
  const found = findItems(stock, query).filter((one) => one.item !== source);
  return query === '' ? found.filter(isOffcut) : found;
}

/** One lot of an offcut. */
export type Offcut = { readonly item: StockItem; readonly lot: Lot };

/** Offcuts on the shelf, what expires first first. */
export function offcutsOf(stock: readonly StockItem[]): Offcut[] {
  return stock
    .filter(isOffcut)
    .flatMap((item) =>
      item.lots
        .filter((lot) => Number(lot.onHand) > 0 && lot.lot !== 'unallocated')
        .map((lot) => ({ item, lot })),
    )
    .toSorted((a, b) => expiry(a.lot) - expiry(b.lot));
}

/** Something that an offcut goes into: a dish or a thing made ahead. */
export type Use = { readonly id: string; readonly name: Name | string };

/**
 * The uses of an offcut: the last ones here first, then what is made ahead, then the dishes. A search
 * looks through all of them.
 */
export function usesOf(
  stock: readonly StockItem[],
  dishes: readonly Dish[],
  last: readonly string[],
  query: string,
): Use[] {
  const made = findItems(
    stock.filter((one) => one.made === true),
    query,
  ).map((one) => ({ id: one.item, name: one.name }));
  const sold = findDishes(dishes, query).map((one) => ({ id: one.recipe, name: one.name }));
  const all = new Map([...made, ...sold].map((one) => [one.id, one]));
  const first = last.flatMap((id) => all.get(id) ?? []);
  return [...new Set([...first, ...all.values()])];
}

/** What this item went into before on this tablet, the newest first. */
export function lastUses(
  entries: readonly { readonly kind: string; readonly data: unknown }[],
  item: string,
): string[] {
  const uses = entries
    .filter(({ kind, data }) => kind === 'offcut.use' && (data as Said).item === item)
    .map(({ data }) => (data as Said).into ?? '');
  return [...new Set(uses.toReversed())];
}

type Said = { readonly item?: string; readonly into?: string };

function expiry(lot: Lot): number {
  const at = Date.parse(lot.expiresAt ?? '');
  return Number.isNaN(at) ? Number.MAX_SAFE_INTEGER : at;
}
