/**
 * Back-flush (反冲): what one unit of a dish takes from stock. Exact fractions all the way; the caller
 * rounds once.
 */
import { must } from './assert.ts';
import type { Line, Model, ModifierModel, RecipeModel } from './book/model.ts';
import { add, div, mul, type Rational, ZERO } from './rational.ts';

/** A modifier that was found to fit the dish, and how many of it per 1 of the dish. */
export type Applied = { readonly modifier: ModifierModel; readonly qty: Rational };

/** Base units by id of an item or a stocked recipe. */
export type Leaves = Map<string, Rational>;

/**
 * What 1 sold unit of `recipe` takes:
 * (own lines and transparent sub-recipes - removed, swapped) × scales + added lines × their qty.
 * The order of `applied` does not matter. Each modifier stands in it once.
 */
export function explodeSold(
  model: Model,
  recipe: RecipeModel,
  applied: readonly Applied[],
  channel: string | undefined,
): Leaves {
  const removed = new Set(applied.flatMap(({ modifier }) => modifier.remove));
  const swaps = applied.flatMap(({ modifier }) => modifier.swap ?? []);
  const swapped: Leaves = new Map();
  for (const swap of swaps) swapped.set(swap.from, ZERO);
  const start = new Map([[recipe.id, recipe.sold]]);
  const takes = walk(model, start, { channel, removed, swapped });
  // `to` and added lines come on top: a wish removes what the dish would have used, never more.
  const instead: Leaves = new Map();
  for (const swap of swaps) {
    const used = swapped.get(swap.from) ?? ZERO;
    if (used.n > 0n) sum(instead, swap.to, swap.qty ?? mul(used, swap.factor));
  }
  sumAll(takes, walk(model, instead, { channel }));
  for (const { modifier } of applied) scaleAll(takes, modifier.scale);
  const extra: Leaves = new Map();
  for (const { modifier, qty } of applied) {
    for (const line of modifier.lines) {
      if (isTaken(line, channel)) sum(extra, line.target, mul(line.ap, qty));
    }
  }
  sumAll(takes, walk(model, extra, { channel }));
  return takes;
}

/** What making `amount` base units of `recipe` takes: the lines themselves, even of a stocked one. */
export function explodeBatch(
  model: Model,
  recipe: RecipeModel,
  amount: Rational,
  channel: string | undefined,
): Leaves {
  const runs = div(amount, recipe.output);
  const demand: Leaves = new Map();
  for (const line of recipe.lines) {
    if (isTaken(line, channel)) sum(demand, line.target, mul(line.ap, runs));
  }
  return walk(model, demand, { channel });
}

/** Ids that `recipe` uses when sold: lines and, through transparent sub-recipes, their lines. */
export function usedBy(model: Model, recipe: RecipeModel): ReadonlySet<string> {
  const used = new Set<string>();
  for (const opened of openedFrom(model, [recipe.id])) {
    for (const line of opened.lines) used.add(line.target);
  }
  return used;
}

type Rules = {
  readonly channel?: string | undefined;
  readonly removed?: ReadonlySet<string>;
  /** Targets to set aside instead of taking; collects what went into the pot (EP). */
  readonly swapped?: Leaves;
};

/**
 * Passes demand down from parents to parts, each recipe once with its whole demand: a part that is
 * used on many ways costs no more than one that is used once, and depth needs no recursion.
 */
function walk(model: Model, demand: ReadonlyMap<string, Rational>, rules: Rules): Leaves {
  const leaves: Leaves = new Map();
  const open: Leaves = new Map();
  const pass = (target: string, amount: Rational): void => {
    const recipe = model.recipes.get(target);
    sum(recipe === undefined || recipe.stocked ? leaves : open, target, amount);
  };
  for (const [target, amount] of demand) pass(target, amount);
  for (const recipe of openedFrom(model, demand.keys())) {
    const amount = open.get(recipe.id);
    if (amount === undefined) continue;
    const runs = div(amount, recipe.output);
    for (const line of recipe.lines) {
      if (!isTaken(line, rules.channel)) continue;
      if (rules.removed?.has(line.target)) continue;
      if (rules.swapped?.has(line.target)) sum(rules.swapped, line.target, mul(line.ep, runs));
      else pass(line.target, mul(line.ap, runs));
    }
  }
  return leaves;
}

/** The transparent recipes reachable from `roots`, parents before their parts. */
function openedFrom(model: Model, roots: Iterable<string>): readonly RecipeModel[] {
  const found = new Map<string, RecipeModel>();
  const queue: string[] = [...roots];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    const recipe = model.recipes.get(id);
    if (recipe === undefined || recipe.stocked || found.has(id)) continue;
    found.set(id, recipe);
    for (const line of recipe.lines) queue.push(line.target);
  }
  const rank = (recipe: RecipeModel): number =>
    must(model.rank.get(recipe.id), 'recipe without rank');
  return [...found.values()].sort((a, b) => rank(a) - rank(b));
}

function isTaken(line: Line, channel: string | undefined): boolean {
  return line.channels === undefined || (channel !== undefined && line.channels.has(channel));
}

function sum(into: Leaves, id: string, amount: Rational): void {
  const before = into.get(id);
  into.set(id, before === undefined ? amount : add(before, amount));
}

function sumAll(into: Leaves, from: Leaves): void {
  for (const [id, amount] of from) sum(into, id, amount);
}

function scaleAll(leaves: Leaves, scale: Rational | undefined): void {
  if (scale === undefined) return;
  for (const [id, amount] of leaves) leaves.set(id, mul(amount, scale));
}
