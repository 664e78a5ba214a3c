/** What items cost, so that grams and pieces can be added up. */
import type { Kitchen } from '#recipes/kitchen.ts';

/** What a millionth of an item's base unit costs, by the cheapest offer; 0 = nobody says. */
export function unitCosts(kitchen: Kitchen): (item: string) => number {
  const costs = new Map<string, number>();
  for (const { items } of kitchen.suppliers.values()) {
    for (const { item, pack, price } of items) {
      if (price === undefined) continue;
      const cost = Number(price) / pack;
      costs.set(item, Math.min(cost, costs.get(item) ?? Number.POSITIVE_INFINITY));
    }
  }
  return (item) => costs.get(item) ?? 0;
}
