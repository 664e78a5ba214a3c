/**
 * Material with somebody who works on it: what of it is still out there, and what a product costs that it
 * became. Each part of a line has its share of the line's cost, and the shares add up to it exactly.
 */
import { type Micro, proportion } from '../amount.ts';
import { type LotBasis, valueOfTake } from '../stock/lot-value.ts';

/** What is taken of each line, in their order: millionths. */
export type Split = readonly Micro[];

/** What is still out there of each line. */
export function stillOut(
  lines: readonly { readonly amount: Micro }[],
  back: readonly { readonly used: Split; readonly returned: Split; readonly lost: Split }[],
): Micro[] {
  return lines.map(({ amount }, i) =>
    back.reduce(
      (left, one) => left - (one.used[i] ?? 0) - (one.returned[i] ?? 0) - (one.lost[i] ?? 0),
      amount,
    ),
  );
}

/**
 * Takes amounts of items from what is out there, the oldest lines first.
 * @returns by line, or the item of which there is not enough and how much is out there
 */
export function takeOfOut(
  lines: readonly { readonly item: string }[],
  out: readonly Micro[],
  wanted: readonly { readonly item: string; readonly amount: Micro }[],
): { readonly taken: Micro[] } | { readonly item: string; readonly out: Micro } {
  const left = [...out];
  for (const { item, amount } of wanted) {
    let open = amount;
    let known = 0;
    for (const [i, line] of lines.entries()) {
      if (line.item !== item) continue;
      const here = Math.min(open, left[i] ?? 0);
      known += left[i] ?? 0;
      left[i] = (left[i] ?? 0) - here;
      open -= here;
    }
    if (open > 0) return { item, out: known };
  }
  return { taken: out.map((amount, i) => amount - (left[i] ?? 0)) };
}

/** What parts of the lines are worth, ten-thousandths; null = no cost is known. */
export function costOfSplit(
  lines: readonly LotBasis[],
  out: readonly Micro[],
  taken: Split,
): number | null {
  let cost: number | null = null;
  for (const [i, line] of lines.entries()) {
    const worth = valueOfTake(line, out[i] ?? 0, taken[i] ?? 0);
    if (worth !== null && (taken[i] ?? 0) !== 0) cost = (cost ?? 0) + worth;
  }
  return cost;
}

/**
 * Shares a cost among products: by amount where all are measured alike, else in equal parts. The last one
 * gets the rest, so that nothing is lost to rounding.
 */
export function shareCost(
  cost: number | null,
  products: readonly { readonly unit: string; readonly amount: Micro }[],
): (number | null)[] {
  if (cost === null) return products.map(() => null);
  const alike = products.every(({ unit }) => unit === products[0]?.unit);
  const weights = products.map(({ amount }) => (alike ? amount : 1));
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  let given = 0;
  let seen = 0;
  return weights.map((weight) => {
    seen += weight;
    const upTo = proportion(cost, seen, whole);
    const share = upTo - given;
    given = upTo;
    return share;
  });
}
