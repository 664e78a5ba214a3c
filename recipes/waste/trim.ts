/**
 * Trimming (修割): one source, several destinations, weights that balance exactly.
 *
 * Stock is kept as bought (AP) and recipes take EP / yield, so the loss that the yield states leaves
 * stock with the dishes. Trimmings up to that loss are therefore *contained*: booking them as waste
 * would count them twice. What remains usable goes back as usable / yield; what was lost beyond the
 * yield leaves the source now.
 *
 * Cost: what is re-used and what the staff eats takes its share by weight; what stays usable carries
 * the rest (so the bin is paid by what is kept). If nothing is kept, the bin carries what is left.
 */
import { type Micro, proportion } from '../amount.ts';
import { div, microFromRational, type Rational, rationalFromMicro } from '../rational.ts';

export type TrimTo = 'usable' | 'reuse' | 'staff' | 'bin';

export type TrimOut = {
  readonly to: TrimTo;
  /** What it becomes; undefined = it stays the source item. */
  readonly item?: string | undefined;
  /** Millionths of the source's base unit; undefined = the remainder, at most once. */
  readonly qty?: Micro | undefined;
};

export type BalancedOut = {
  readonly to: TrimTo;
  readonly item: string | undefined;
  readonly qty: Micro;
  /** What leaves the source item for it beyond its yield; 0 for what stays usable. */
  readonly beyond: Micro;
  /** Ten-thousandths of the currency; null when the worth of the source is not known. */
  readonly cost: number | null;
};

export type BalancedTrim = {
  readonly outs: readonly BalancedOut[];
  /** What stays of the source item, as bought: usable / yield. */
  readonly kept: Micro;
  /** Cost of `kept`. */
  readonly keptCost: number | null;
  /** Trimmings that the yield contains already. */
  readonly contained: Micro;
  /** Usable of all kinds. */
  readonly usable: Micro;
};

export type TrimProblem = {
  readonly code: 'not_balanced' | 'two_remainders';
  /** What the destinations exceed (negative: miss) the source by, millionths. */
  readonly over: Micro;
};

/**
 * @param amount weight before trimming, millionths of the source's base unit, more than 0
 * @param yieldOf the source's standard yield, in (0, 1]
 * @param worth of the amount, ten-thousandths; null = not known
 */
export function balanceTrim(
  amount: Micro,
  outs: readonly TrimOut[],
  yieldOf: Rational,
  worth: number | null,
): BalancedTrim | TrimProblem {
  const known = outs.reduce((sum, out) => sum + (out.qty ?? 0), 0);
  const open = outs.filter((out) => out.qty === undefined).length;
  if (open > 1) return { code: 'two_remainders', over: 0 };
  if (known > amount || (open === 0 && known !== amount)) {
    return { code: 'not_balanced', over: known - amount };
  }
  const weighed = outs.map((out) => ({ ...out, qty: out.qty ?? amount - known }));
  const own = sumOf(weighed.filter(staysSource));
  const kept = microFromRational(div(rationalFromMicro(own), yieldOf));
  const lost = amount - own;
  const contained = Math.min(kept - own, lost);
  const costs = shareCost(weighed, amount, worth);
  let beyond = lost - contained;
  const beyondOf = new Map<TrimOut, Micro>();
  // What finds another use first, then the staff, then the bin: the bin is what a yield means.
  for (const out of [...weighed].filter((o) => !staysSource(o)).sort(byRank)) {
    const part = Math.min(beyond, out.qty);
    beyondOf.set(out, part);
    beyond -= part;
  }
  return {
    outs: weighed.map((out, i) => ({
      to: out.to,
      item: out.item,
      qty: out.qty,
      beyond: beyondOf.get(out) ?? 0,
      cost: costs[i] ?? null,
    })),
    kept,
    keptCost:
      worth === null
        ? null
        : weighed.reduce((s, o, i) => (staysSource(o) ? s + (costs[i] ?? 0) : s), 0),
    contained,
    usable: sumOf(weighed.filter((out) => out.to === 'usable')),
  };
}

/** Usable that goes on being the source item. */
function staysSource(out: TrimOut): boolean {
  return out.to === 'usable' && out.item === undefined;
}

const RANK: Readonly<Record<TrimTo, number>> = { usable: 0, reuse: 1, staff: 2, bin: 3 };

function byRank(a: TrimOut, b: TrimOut): number {
  return RANK[a.to] - RANK[b.to];
}

function sumOf(outs: readonly { readonly qty: Micro }[]): Micro {
  return outs.reduce((sum, out) => sum + out.qty, 0);
}

/**
 * The cost of each destination; they add up to `worth` exactly, because boundaries are rounded and not
 * the parts.
 */
function shareCost(
  outs: readonly (TrimOut & { readonly qty: Micro })[],
  amount: Micro,
  worth: number | null,
): (number | null)[] {
  if (worth === null) return outs.map(() => null);
  const costs: number[] = outs.map(() => 0);
  let weight = 0;
  let spent = 0;
  for (const [i, out] of outs.entries()) {
    if (out.to !== 'reuse' && out.to !== 'staff') continue;
    weight += out.qty;
    const upTo = proportion(worth, weight, amount);
    costs[i] = upTo - spent;
    spent = upTo;
  }
  const payers = outs.some((out) => out.to === 'usable' && out.qty > 0) ? 'usable' : 'bin';
  const paying = sumOf(outs.filter((out) => out.to === payers));
  const rest = worth - spent;
  let paid = 0;
  let paidWeight = 0;
  for (const [i, out] of outs.entries()) {
    if (out.to !== payers || paying === 0) continue;
    paidWeight += out.qty;
    const upTo = proportion(rest, paidWeight, paying);
    costs[i] = upTo - paid;
    paid = upTo;
  }
  // All of it found another use: the last one carries the rounding.
  if (paying === 0 && rest !== 0) {
    const last = outs.findLastIndex((out) => out.qty > 0);
    costs[last] = (costs[last] ?? 0) + rest;
  }
  return costs;
}
