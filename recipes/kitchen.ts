/**
 * A book in force: what the box asks while it works. Everything is computed from the book alone, so
 * the same book gives the same answers on every box.
 */
import type { Micro } from './amount.ts';
import { must } from './assert.ts';
import type { Model, ModifierModel } from './book/model.ts';
import { readKitchenParts } from './book/open.ts';
import type { Book } from './contracts/book.ts';
import { type Applied, explodeBatch, explodeSold, type Leaves } from './explode.ts';
import type { Kitchen, SoldModifier, Take } from './kitchen-types.ts';
import { microFromRational, rationalFromMicro } from './rational.ts';

export type { Kitchen, StockItem, Take } from './kitchen-types.ts';

/** Configurations (dish, modifiers, channel) kept ready; the oldest goes first. */
export const EXPLODE_CACHE_MAX = 5_000;

/** Opens a checked book. A book that `checkBook` would refuse is a `Bug`. */
export function openKitchen(book: Book): Kitchen {
  const { model, items, recipes, modifiers, suppliers, meanings } = readKitchenParts(book);
  const order = new Map([...items.keys()].map((id, i) => [id, i]));
  const finder = modifierFinder(model);
  const channels = channelsOf(model);
  const cache = new Map<string, readonly Take[]>();

  return {
    items,
    recipes,
    modifiers,
    suppliers,
    meaning: (sku) => meanings.get(sku),
    unknownModifiers: (recipe, skus) => skus.filter((sku) => finder(recipe, sku) === undefined),
    explode(recipe, sold, channel) {
      // A channel no line asks for is like none, so that a POS cannot fill the cache with names.
      const known = channel !== undefined && channels.has(channel) ? channel : undefined;
      const key = cacheKey(recipe, sold, known);
      const ready = cache.get(key);
      if (ready !== undefined) return ready;
      const dish = must(model.recipes.get(recipe), `no recipe "${recipe}" in this book`);
      const takes = roundTakes(
        explodeSold(model, dish, applied(finder, recipe, sold), known),
        order,
      );
      if (cache.size >= EXPLODE_CACHE_MAX)
        cache.delete(must(cache.keys().next().value, 'empty cache'));
      cache.set(key, takes);
      return takes;
    },
    batch(recipe, amount, channel) {
      const made = must(model.recipes.get(recipe), `no recipe "${recipe}" in this book`);
      return roundTakes(explodeBatch(model, made, rationalFromMicro(amount), channel), order);
    },
  };
}

type Finder = (recipe: string, sku: string) => ModifierModel | undefined;

/** Parent-scoped meanings first, then the one for every dish. */
function modifierFinder(model: Model): Finder {
  const bySku = new Map<string, ModifierModel[]>();
  for (const modifier of model.modifiers) {
    for (const sku of modifier.skus) bySku.set(sku, [...(bySku.get(sku) ?? []), modifier]);
  }
  return (recipe, sku) => {
    const all = bySku.get(sku);
    return all?.find(({ on }) => on?.has(recipe)) ?? all?.find(({ on }) => on === undefined);
  };
}

/** Each modifier once, with the sum of its quantities; 0 of a modifier is none. */
function applied(
  finder: Finder,
  recipe: string,
  sold: readonly SoldModifier[],
): readonly Applied[] {
  const quantities = new Map<ModifierModel, Micro>();
  for (const { sku, qty } of sold) {
    const modifier = finder(recipe, sku);
    if (modifier !== undefined && qty > 0)
      quantities.set(modifier, (quantities.get(modifier) ?? 0) + qty);
  }
  return [...quantities].map(([modifier, qty]) => ({ modifier, qty: rationalFromMicro(qty) }));
}

/** No two configurations share a key: an id has no "|", and what follows carries its length. */
function cacheKey(
  recipe: string,
  sold: readonly SoldModifier[],
  channel: string | undefined,
): string {
  let key = channel === undefined ? recipe : `${recipe}|${channel.length}:${channel}`;
  for (const { sku, qty } of sold) key += `|*${sku.length}:${sku}*${qty}`;
  return key;
}

/** Rounded half-even to millionths, once, here; sorted as the items are. */
function roundTakes(leaves: Leaves, order: ReadonlyMap<string, number>): readonly Take[] {
  const takes: { take: Take; at: number }[] = [];
  for (const [item, exact] of leaves) {
    const amount = microFromRational(exact);
    const at = must(order.get(item), `"${item}" is taken but not stocked`);
    if (amount > 0) takes.push({ take: Object.freeze({ item, amount }), at });
  }
  return Object.freeze(takes.sort((a, b) => a.at - b.at).map(({ take }) => take));
}

function channelsOf(model: Model): ReadonlySet<string> {
  const channels = new Set<string>();
  for (const { lines } of [...model.recipes.values(), ...model.modifiers]) {
    for (const line of lines) for (const channel of line.channels ?? []) channels.add(channel);
  }
  return channels;
}
