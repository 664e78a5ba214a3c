/**
 * How many portions of each dish are left, what runs out first, and when: the list of what is sold
 * out (86) that the POS gets back. Recomputed only for dishes that use what has just moved.
 */
import type { Kitchen } from '#recipes/kitchen.ts';
import { type LevelState, levelState } from './levels.ts';

export type MenuEntry = {
  readonly sku: string;
  readonly recipe: string;
  /** Whole portions; null = takes nothing from stock. */
  readonly sellable: number | null;
  readonly state: LevelState;
  /** The item that runs out first. */
  readonly blocking: string | null;
  /** RFC 3339; null = not soon, or no pace yet. */
  readonly until: string | null;
};

export type MenuParts = {
  readonly onHand: (item: string) => number;
  readonly safety: (item: string) => number;
  readonly until: (item: string) => string | null;
};

/** Which dishes use an item, for one book. */
export type MenuIndex = {
  readonly dishes: ReadonlyMap<
    string,
    { readonly skus: readonly string[]; readonly takes: readonly Take[] }
  >;
  readonly byItem: ReadonlyMap<string, readonly string[]>;
};

type Take = { readonly item: string; readonly amount: number };

/** Works out once per book which dishes use which items. */
export function indexMenu(kitchen: Kitchen): MenuIndex {
  const dishes = new Map<string, { skus: readonly string[]; takes: readonly Take[] }>();
  const byItem = new Map<string, string[]>();
  for (const recipe of kitchen.recipes.values()) {
    if (recipe.skus.length === 0) continue;
    const takes = kitchen.explode(recipe.id, [], undefined);
    dishes.set(recipe.id, { skus: recipe.skus, takes });
    for (const { item } of takes) byItem.set(item, [...(byItem.get(item) ?? []), recipe.id]);
  }
  return { dishes, byItem };
}

/** The menu entries of one dish, one for each code the POS has for it. */
export function menuOf(index: MenuIndex, recipe: string, parts: MenuParts): MenuEntry[] {
  const dish = index.dishes.get(recipe);
  if (dish === undefined) return [];
  let sellable: number | null = null;
  let blocking: string | null = null;
  for (const take of dish.takes) {
    const portions = Math.max(0, Math.floor(parts.onHand(take.item) / take.amount));
    if (sellable === null || portions < sellable) {
      sellable = portions;
      blocking = take.item;
    }
  }
  const state =
    blocking === null || sellable === null ? 'ok' : dishState(sellable, blocking, parts);
  const until = blocking === null ? null : parts.until(blocking);
  return dish.skus.map((sku) => ({ sku, recipe, sellable, state, blocking, until }));
}

function dishState(sellable: number, blocking: string, parts: MenuParts): LevelState {
  if (sellable === 0) return 'out';
  return levelState(parts.onHand(blocking), parts.safety(blocking));
}
