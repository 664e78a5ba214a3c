/** Recipes with what they take and cost now. */
import { decimalFromMicro, type Micro } from '#recipes/amount.ts';
import type { Name } from '#recipes/book/fields.ts';
import type { Kitchen, Take } from '#recipes/kitchen.ts';
import type { RecipeInfo, RecipeLineInfo } from '#recipes/kitchen-types.ts';
import {
  add,
  compare,
  div,
  microFromRational,
  type Rational,
  rationalFromDecimal,
  ZERO,
} from '#recipes/rational.ts';
import { type Costs, priceText } from '../stock/costs.ts';

export type RecipeView = {
  readonly id: string;
  readonly name: Name;
  readonly sku: readonly string[];
  readonly kind: 'dish' | 'sub';
  readonly kept: 'stocked' | 'transparent';
  readonly category: string | null;
  /** What one run of the lines gives, and what one sold unit is; decimal text in `unit`. */
  readonly makes: string;
  readonly sold: string;
  readonly unit: string;
  readonly price: string | null;
  /** Money for 1 sold unit of a dish, for one run of a sub-recipe; null = nothing is known. */
  readonly cost: string | null;
  /** Items whose cost nobody knows: they are missing in `cost`. */
  readonly missing: readonly string[];
  /** (price - cost) / price, "0.71"; null when one of them is not known. */
  readonly margin: string | null;
  readonly lines: readonly LineView[];
  /** What can be chosen with it. */
  readonly modifiers: readonly { readonly sku: string; readonly name: Name }[];
  /** Recipes that have it as a line. */
  readonly usedBy: readonly string[];
};

type LineView = {
  readonly item?: string;
  readonly recipe?: string;
  readonly name: Name;
  /** What goes into the pot, and what leaves stock for it. */
  readonly qty: string;
  readonly ap: string;
  readonly yield: string;
  readonly unit: string;
  readonly cost: string | null;
  readonly channel: readonly string[];
};

/** Every recipe of the book, in its order. */
export function recipeViews(kitchen: Kitchen, costs: Costs): RecipeView[] {
  const usedBy = new Map<string, string[]>();
  for (const { id, uses } of kitchen.recipes.values()) {
    for (const target of new Set(uses)) usedBy.set(target, [...(usedBy.get(target) ?? []), id]);
  }
  return [...kitchen.recipes.values()].map((recipe) =>
    recipeView(kitchen, costs, recipe, usedBy.get(recipe.id) ?? []),
  );
}

function recipeView(
  kitchen: Kitchen,
  costs: Costs,
  recipe: RecipeInfo,
  usedBy: readonly string[],
): RecipeView {
  const { money, missing } = costs.of(takesOf(kitchen, recipe));
  const known = missing.length === 0 || compare(money, ZERO) > 0;
  return {
    id: recipe.id,
    name: recipe.name,
    sku: recipe.skus,
    kind: recipe.kind,
    kept: recipe.kept,
    category: recipe.category ?? null,
    makes: decimalFromMicro(recipe.makes),
    sold: decimalFromMicro(recipe.sold),
    unit: recipe.unit,
    price: recipe.price ?? null,
    cost: known ? priceText(money) : null,
    missing,
    margin: missing.length === 0 ? marginOf(recipe.price, money) : null,
    lines: recipe.lines.map((line) => lineView(kitchen, costs, line)),
    modifiers: modifiersOf(kitchen, recipe.id),
    usedBy,
  };
}

/** A dish as it is sold, through its recipe even when it is made ahead; a sub-recipe for one run. */
function takesOf(kitchen: Kitchen, recipe: RecipeInfo): readonly Take[] {
  if (recipe.kind === 'dish') return kitchen.explode(recipe.id, [], undefined);
  return kitchen.batch(recipe.id, recipe.makes);
}

function marginOf(price: string | undefined, cost: Rational): string | null {
  if (price === undefined) return null;
  const sold = rationalFromDecimal(price);
  if (compare(sold, ZERO) <= 0) return null;
  const margin = div(add(sold, { n: -cost.n, d: cost.d }), sold);
  return (microFromRational(margin) / 1_000_000).toFixed(2);
}

function lineView(kitchen: Kitchen, costs: Costs, line: RecipeLineInfo): LineView {
  const { target, kind, ep, ap, unit, channels } = line;
  const named = kind === 'item' ? kitchen.items.get(target) : kitchen.recipes.get(target);
  return {
    ...(kind === 'item' ? { item: target } : { recipe: target }),
    name: named?.name ?? {},
    qty: decimalFromMicro(ep),
    ap: decimalFromMicro(ap),
    yield: decimalFromMicro(microFromRational(line.yield)),
    unit,
    cost: costOfLine(kitchen, costs, target, ap),
    channel: channels ?? [],
  };
}

function costOfLine(kitchen: Kitchen, costs: Costs, target: string, amount: Micro): string | null {
  const stocked = kitchen.items.has(target);
  const takes = stocked ? [{ item: target, amount }] : kitchen.batch(target, amount);
  const { money, missing } = costs.of(takes);
  return missing.length === 0 ? priceText(money) : null;
}

/** Those that name the recipe, and those for every dish. */
function modifiersOf(kitchen: Kitchen, recipe: string): { sku: string; name: Name }[] {
  const all = kitchen.modifiers.flatMap(({ skus, name, on }) =>
    on === undefined || on.includes(recipe) ? skus.map((sku) => ({ sku, name })) : [],
  );
  // A code may mean one thing on this dish and another on the rest.
  return all.filter(({ sku }, i) => all.findIndex((other) => other.sku === sku) === i);
}

export type Simulation = {
  readonly takes: readonly {
    readonly item: string;
    readonly name: Name;
    readonly qty: string;
    readonly unit: string;
    readonly onHand: string;
    readonly after: string;
  }[];
  readonly cost: string | null;
  readonly missing: readonly string[];
};

/** @param onHand millionths on hand of an item */
export function simulationView(
  kitchen: Kitchen,
  costs: Costs,
  takes: readonly Take[],
  onHand: (item: string) => number,
): Simulation {
  const { money, missing } = costs.of(takes);
  const known = missing.length === 0 || compare(money, ZERO) > 0;
  return {
    takes: takes.map(({ item, amount }) => {
      const info = kitchen.items.get(item);
      const there = onHand(item);
      return {
        item,
        name: info?.name ?? {},
        qty: decimalFromMicro(amount),
        unit: info?.unit ?? 'g',
        onHand: decimalFromMicro(there),
        after: decimalFromMicro(there - amount),
      };
    }),
    cost: known ? priceText(money) : null,
    missing,
  };
}
