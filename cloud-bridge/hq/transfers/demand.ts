/** What the stores ask of each kitchen, summed by item, beside what the kitchen has. */
import { decimalFromMicro, microFromDecimal } from '#recipes/amount.ts';
import type { Name } from '#recipes/words/words.ts';
import { stockSums } from '../board/stock-store.ts';
import type { HqParts } from '../parts.ts';
import { allStores } from '../stores-store.ts';
import { mainLives } from './life-store.ts';
import { openRequisitions, type Requisition } from './requisition-store.ts';

/** Amounts are decimal text in the unit of the item. */
export type Demand = {
  /** Day of delivery; null = all that is open. */
  readonly on: string | null;
  readonly kitchens: readonly {
    readonly kitchen: string;
    readonly name: { readonly zh: string; readonly en: string };
    readonly items: readonly DemandItem[];
  }[];
};

/** What is asked of one item. */
export type DemandItem = {
  readonly item: string;
  readonly name: Name;
  readonly unit: string;
  readonly total: string;
  /** In the kitchen, by its ledger; null = nobody has heard of it. */
  readonly onHand: string | null;
  /** What has to be made or bought for it; "0" = there is enough. */
  readonly missing: string;
  readonly stores: readonly {
    readonly store: string;
    readonly requisition: string;
    readonly deliverOn: string | null;
    readonly qty: string;
  }[];
};

/** @param on "2026-11-23"; undefined = all that is open */
export async function readDemand(parts: HqParts, on: string | undefined): Promise<Demand> {
  const open = await openRequisitions(parts.db.chain, on);
  const codes = [...new Set(open.map(({ kitchen }) => kitchen))];
  const stores = (await allStores(parts.db.chain)).filter(({ code }) => codes.includes(code));
  const onHand = await stockOf(parts, new Map(stores.map(({ id, code }) => [id, code])));
  return {
    on: on ?? null,
    kitchens: codes.map((kitchen) => ({
      kitchen,
      name: stores.find(({ code }) => code === kitchen)?.name ?? { zh: kitchen, en: kitchen },
      items: itemsOf(
        open.filter((one) => one.kitchen === kitchen),
        (goods) => onHand.get(`${kitchen} ${goods}`),
      ),
    })),
  };
}

/** "kitchen item unit" to millionths. */
async function stockOf(
  parts: HqParts,
  kitchens: ReadonlyMap<number, string>,
): Promise<Map<string, bigint>> {
  const sums = new Map<string, bigint>();
  for (const pool of parts.db.shards) {
    const lives = await mainLives(pool, [...kitchens.keys()]);
    const columns = [lives.map(({ store }) => store), lives.map(({ life }) => life)] as const;
    for (const { store, item, unit, amount } of await stockSums(pool, columns, undefined)) {
      sums.set(`${kitchens.get(store)} ${item} ${unit}`, amount);
    }
  }
  return sums;
}

function itemsOf(
  asked: readonly Requisition[],
  onHand: (goods: string) => bigint | undefined,
): DemandItem[] {
  const items = new Map<string, DemandItem & { readonly sum: number }>();
  for (const { id: requisition, store, deliverOn, lines } of asked) {
    for (const { item, name, unit, qty } of lines) {
      // Two stores may count the same code in other units: those do not add up.
      const goods = `${item} ${unit}`;
      const before = items.get(goods);
      const sum = (before?.sum ?? 0) + microFromDecimal(qty);
      const here = onHand(goods);
      const missing = Math.max(0, sum - Number(here ?? 0n));
      items.set(goods, {
        item,
        name: before?.name ?? (name as Name | undefined) ?? { en: item },
        unit,
        sum,
        total: decimalFromMicro(sum),
        onHand: here === undefined ? null : decimalFromMicro(Number(here)),
        missing: decimalFromMicro(missing),
        stores: [...(before?.stores ?? []), { store, requisition, deliverOn, qty }],
      });
    }
  }
  return [...items.values()].map(({ sum: _, ...one }) => one);
}
