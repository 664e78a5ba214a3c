/** Which dishes cause the need of an item: what was sold in the last week, exploded to what is bought. */
import type { Name } from '#recipes/book/fields.ts';
import type { Kitchen } from '#recipes/kitchen.ts';
import { madeItems } from '../usage/made-demand.ts';

export type CausingDish = {
  readonly recipe: string;
  readonly name: Name;
  /** Share of the item's use that goes into this dish, within (0, 1]. */
  readonly share: number;
  /** Millionths of the item in one portion. */
  readonly perPortion: number;
};

const TOP = 3;

/** @param sold millionths sold by POS code */
export function causingDishes(
  kitchen: Kitchen,
  sold: ReadonlyMap<string, number>,
): (item: string) => readonly CausingDish[] {
  const made = madeItems(kitchen);
  const uses = new Map<string, (Omit<CausingDish, 'share'> & { amount: number })[]>();
  for (const [recipe, portions] of portionsOf(kitchen, sold)) {
    const takes = new Map(
      kitchen.explode(recipe, [], undefined).map(({ item, amount }) => [item, amount]),
    );
    for (const { item, takes: inside } of made) {
      const taken = takes.get(item) ?? 0;
      if (taken === 0) continue;
      for (const one of inside) takes.set(one.item, (takes.get(one.item) ?? 0) + taken * one.ratio);
    }
    const name = kitchen.recipes.get(recipe)?.name ?? {};
    for (const [item, perPortion] of takes) {
      if (perPortion <= 0) continue;
      const list = uses.get(item) ?? [];
      uses.set(item, list);
      list.push({ recipe, name, perPortion, amount: perPortion * portions });
    }
  }
  return (item) => {
    const list = uses.get(item) ?? [];
    const total = list.reduce((sum, { amount }) => sum + amount, 0);
    return list
      .sort((a, b) => b.amount - a.amount)
      .slice(0, TOP)
      .map(({ amount, ...dish }) => ({ ...dish, share: amount / total }));
  };
}

/** Several codes may mean one dish. */
function portionsOf(kitchen: Kitchen, sold: ReadonlyMap<string, number>): Map<string, number> {
  const portions = new Map<string, number>();
  for (const [sku, qty] of sold) {
    const meaning = kitchen.meaning(sku);
    if (meaning?.kind !== 'dish' || qty <= 0) continue;
    portions.set(meaning.recipe, (portions.get(meaning.recipe) ?? 0) + qty / 1_000_000);
  }
  return portions;
}
