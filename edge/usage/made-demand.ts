/**
 * What the demand of things made ahead means for what goes into them. A stocked recipe is sold by itself
 * or taken by dishes; its batches take raw ingredients at their own time. So the use of a raw ingredient
 * is what dishes took of it, plus what the used part of everything made with it is made of, by the book
 * in force now, through any number of steps.
 */
import type { Kitchen } from '#recipes/kitchen.ts';

/** Millionths of `item` that go into one millionth of what is made. */
export type MadeTake = { readonly item: string; readonly ratio: number };

export type MadeItem = { readonly item: string; readonly takes: readonly MadeTake[] };

/** Everything made ahead, each before what it is made of. A book has no cycles. */
export function madeItems(kitchen: Kitchen): MadeItem[] {
  const takes = new Map<string, readonly MadeTake[]>();
  for (const item of kitchen.items.values()) {
    const recipe = item.made ? kitchen.recipes.get(item.id) : undefined;
    if (!recipe || recipe.makes <= 0) continue;
    const { makes } = recipe;
    takes.set(
      item.id,
      kitchen
        .batch(item.id, makes)
        .map((take) => ({ item: take.item, ratio: take.amount / makes })),
    );
  }
  const done = new Set<string>();
  const order: MadeItem[] = [];
  function visit(item: string): void {
    const own = takes.get(item);
    if (own === undefined || done.has(item)) return;
    done.add(item);
    for (const take of own) visit(take.item);
    order.push({ item, takes: own });
  }
  for (const item of takes.keys()) visit(item);
  return order.reverse();
}
