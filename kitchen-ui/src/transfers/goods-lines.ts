/** Lines that somebody puts together: what leaves the larder, or what is asked for. */
import { decimalFromMicro, microFromDecimal } from '#recipes/amount.ts';
import type { StockItem } from '../api-types.ts';
import { type Typed, typedFromBase, written } from '../parts/typed-amount.ts';

/** One line: an item, or one lot of it, and how much. */
export type GoodsLine = {
  readonly key: number;
  readonly item: string;
  /** null = first expired first. */
  readonly lot: string | null;
  readonly typed: Typed;
};

/** Lines of what was asked for, in the units in which a person reads them. */
export function linesOf(
  asked: readonly { readonly item: string; readonly qty: string; readonly unit: string }[],
): GoodsLine[] {
  return asked.map(({ item, qty, unit }, key) => {
    return { key, item, lot: null, typed: typedFromBase(qty, unit) };
  });
}

/** The next free key. */
export function nextKey(lines: readonly GoodsLine[]): number {
  return Math.max(-1, ...lines.map(({ key }) => key)) + 1;
}

/** As the command takes them; lines without an amount are left out. */
export function saidLines(
  lines: readonly GoodsLine[],
): { readonly item: string; readonly lot?: string; readonly qty: string }[] {
  return lines.flatMap(({ item, lot, typed }) => {
    const qty = written(typed);
    return qty === null ? [] : [{ item, ...(lot === null ? {} : { lot }), qty }];
  });
}

/** Lots in the order in which they are used up: those without a date last. */
export function lotsInOrder(item: StockItem): StockItem['lots'] {
  return item.lots
    .filter(({ onHand }) => Number(onHand) > 0)
    .toSorted((a, b) => dateOf(a.expiresAt) - dateOf(b.expiresAt));
}

/** What is asked for and not here, decimal; "0" = there is enough. */
export function missingOf(total: string, onHand: string): string {
  return decimalFromMicro(Math.max(0, microFromDecimal(total) - microFromDecimal(onHand)));
}

function dateOf(at: string | null | undefined): number {
  return at === null || at === undefined ? Number.POSITIVE_INFINITY : Date.parse(at);
}
