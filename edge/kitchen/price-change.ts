/** A price has changed: what that does to the dishes that use the item. */
import { MICRO, type Micro } from '#recipes/amount.ts';
import type { Kitchen } from '#recipes/kitchen.ts';
import { COST_UNIT } from '../ledger/money.ts';

export type PriceChange = {
  readonly item: string;
  /** Money per base unit, decimal text. */
  readonly was: string;
  readonly now: string;
  /** Share of the change, 0.05 = 5 % dearer. */
  readonly change: number;
  /** Dishes that use it, with what one of them costs more (or less). */
  readonly dishes: readonly { readonly recipe: string; readonly more: string }[];
};

/** Smaller changes are the noise of rounding a pack price. */
const WORTH_TELLING = 0.001;
const DISHES_SHOWN = 20;

/**
 * Compares a line with the newest lot of the item before it.
 * @param before newest bought lot before this delivery, or undefined
 */
export function priceChange(
  kitchen: Kitchen,
  before: { readonly amount: Micro; readonly cost: number | null } | undefined,
  line: { readonly item: string; readonly amount: Micro; readonly cost: number | null },
): PriceChange | undefined {
  if (!before || before.cost === null || line.cost === null || line.amount === 0) return undefined;
  const was = perUnit(before.cost, before.amount);
  const now = perUnit(line.cost, line.amount);
  if (was === 0 || Math.abs(now / was - 1) < WORTH_TELLING) return undefined;
  const dishes = [...kitchen.recipes.values()]
    .filter((recipe) => recipe.kind === 'dish')
    .flatMap((recipe) => {
      const take = kitchen.explode(recipe.id, [], undefined).find((t) => t.item === line.item);
      return take
        ? [{ recipe: recipe.id, more: ((take.amount / MICRO) * (now - was)).toFixed(2) }]
        : [];
    });
  return {
    item: line.item,
    was: money(was),
    now: money(now),
    change: Number((now / was - 1).toFixed(4)),
    dishes: dishes.slice(0, DISHES_SHOWN),
  };
}

/** Currency per base unit. */
function perUnit(cost: number, amount: Micro): number {
  return cost / COST_UNIT / (amount / MICRO);
}

function money(value: number): string {
  return String(Number(value.toPrecision(6)));
}
