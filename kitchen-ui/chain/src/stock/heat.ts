import { microFromDecimal } from '#recipes/amount.ts';
import type { Lang } from '#recipes/words/words.ts';
import { nameIn } from '#recipes/words/words.ts';
import type { ChainItem, StockState } from '../api-types.ts';

/** Stores side by side on one page of the table. */
export const COLUMNS = 24;

const BAD: readonly StockState[] = ['out', 'low'];

/** How many places lack something, per store; the worst store first. */
export function storesByNeed(items: readonly ChainItem[]): string[] {
  const need = new Map<string, number>();
  for (const { stores } of items) {
    for (const { store, state } of stores) {
      const weight = state === 'out' ? 1_000 : state === 'low' ? 1 : 0;
      need.set(store, (need.get(store) ?? 0) + weight);
    }
  }
  return [...need].sort((a, b) => b[1] - a[1] || compare(a[0], b[0])).map(([store]) => store);
}

/** Does any store lack it? */
export function isShort(item: ChainItem): boolean {
  return item.stores.some(({ state }) => BAD.includes(state));
}

/** What lacks in the most stores first, then by name. */
export function itemsByNeed(items: readonly ChainItem[], lang: Lang): ChainItem[] {
  const weight = ({ stores }: ChainItem) =>
    stores.reduce((sum, { state }) => sum + (state === 'out' ? 1_000 : state === 'low' ? 1 : 0), 0);
  const keyed = items.map((item) => ({ item, need: weight(item) }));
  const name = ({ name, item }: ChainItem) => nameIn(lang, name, item);
  return keyed
    .sort((a, b) => b.need - a.need || compare(name(a.item), name(b.item)))
    .map(({ item }) => item);
}

/** How full, 0 to 1, by its par; null without one. */
export function fullnessOf(onHand: string, par: string | null): number | null {
  if (par === null) return null;
  const most = microFromDecimal(par);
  if (most <= 0) return null;
  return Math.max(0, Math.min(1, microFromDecimal(onHand) / most));
}

/** Places with nothing, and places with little. */
export function countShort(items: readonly ChainItem[]): { out: number; low: number } {
  let out = 0;
  let low = 0;
  for (const { stores } of items) {
    for (const { state } of stores) {
      if (state === 'out') out += 1;
      if (state === 'low') low += 1;
    }
  }
  return { out, low };
}

const collator = new Intl.Collator('zh', { numeric: true });
const compare = (a: string, b: string): number => collator.compare(a, b);
