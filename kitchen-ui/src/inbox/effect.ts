/** What a button of the inbox would do, worked out by the box before anybody presses it. */
import type { Name } from '#recipes/words/words.ts';
import type { CommandBody } from '../api-types.ts';

/** One item that comes or goes: `sign` -1 leaves stock. Amount: decimal text in `unit`. */
export type EffectPart = {
  readonly sign: 1 | -1;
  readonly item: string;
  readonly amount: string;
  readonly unit: string;
};

/** What waits for a code, and what it would take once the code is mapped. */
export type MappingAnswer = {
  readonly lines: number;
  readonly still: number;
  readonly more: boolean;
  readonly takes: readonly {
    readonly item: string;
    readonly name: Name;
    readonly qty: string;
    readonly unit: string;
  }[];
};

type MovesAnswer = {
  readonly moves?: readonly {
    readonly item: string;
    readonly from: string;
    readonly to: string;
    readonly amount: string;
    readonly unit: string;
  }[];
  readonly cost?: string | null;
};

export function isMapping(command: CommandBody): boolean {
  return command.kind === 'sku.map';
}

/** The parts of the answer to a rehearsed `sku.map`, the largest first. */
export function mappingParts(answer: MappingAnswer): EffectPart[] {
  return answer.takes
    .toSorted((a, b) => Number(b.qty) - Number(a.qty))
    .map(({ item, qty, unit }) => ({ sign: -1, item, amount: qty, unit }));
}

/** What leaves and what enters stock, each item once, what leaves first. */
export function movesParts(answer: unknown): EffectPart[] {
  const { moves = [] } = (answer ?? {}) as MovesAnswer;
  const sums = new Map<string, { item: string; unit: string; amount: number }>();
  for (const { item, from, to, amount, unit } of moves) {
    const sign = from === 'stock' ? -1 : to === 'stock' ? 1 : 0;
    if (sign === 0) continue;
    const key = `${sign} ${item}`;
    const before = sums.get(key)?.amount ?? 0;
    sums.set(key, { item, unit, amount: before + sign * Number(amount) });
  }
  return [...sums.values()]
    .toSorted((a, b) => a.amount - b.amount)
    .map(({ item, unit, amount }) => ({
      sign: amount < 0 ? -1 : 1,
      item,
      unit,
      amount: decimal(Math.abs(amount)),
    }));
}

/** Millionths are the finest there is; a sum of doubles must not show more. */
function decimal(amount: number): string {
  return amount.toFixed(6).replace(/\.?0+$/, '');
}

/** Money of the entry, or null when it is not known. */
export function costOf(answer: unknown): string | null {
  return ((answer ?? {}) as MovesAnswer).cost ?? null;
}
