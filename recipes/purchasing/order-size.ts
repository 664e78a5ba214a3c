/**
 * How much to have for the cover, in money: the newsvendor. With S in hand for it (what is there, what is
 * on order, what is ordered now) the expected cost is
 *
 *   cost(S) = short × E[(D - S)+]  +  spoil × E[(S - L)+]
 *
 * D is the demand until the cover ends, or until the new lot expires when that is sooner: later demand
 * it cannot serve. L is the demand until the new lot expires: older lots go first, so what of S is more
 * than L spoils. The cost is convex in S; it is least where  short × P(D > S) = spoil × P(L < S).
 *
 * Sources: Silver, Pyke & Thomas, Inventory and Production Management in Supply Chains, 4th ed.,
 * chapter 9 (newsvendor); Nahmias, Perishable Inventory Systems, 2011, chapter 3 (one order, fixed life).
 */
import { MICRO, microFromDecimal } from '../amount.ts';
import type { Cover } from './cover.ts';
import {
  amountWithin,
  expectedLeft,
  expectedShort,
  probabilityWithin,
  type Spread,
} from './demand-spread.ts';
import type { SuggestInput } from './suggest-input.ts';

export type OrderSize = {
  /** Wanted probability of not running out. */
  readonly serviceLevel: number;
  /** What demand until the end of the cover may come out as. */
  readonly demand: Spread;
  /** To have for the cover: the wanted service level, or less when the rest would rather spoil. */
  readonly target: number;
  /** Expected cost of having S, in currency (or in prices of one base unit when no price is known). */
  cost(have: number): number;
  /** Expected amount of S that spoils, millionths. */
  spoiled(have: number): number;
  /** What is expected to be left of S after the cover, and in how many days it will be used. */
  left(have: number): { readonly amount: number; readonly days: number };
  /** Whole packs on top of `have` that cost least; Infinity when nothing spoils. */
  cheapestPacks(have: number): number;
};

/** Money and cold room tied up in what lies there, per day, as a share of its price. */
export const HOLDING_PER_DAY = 0.002;

/** @param cover of the same input */
export function orderSizeOf(input: SuggestInput, cover: Cover): OrderSize {
  const { coverUntil, arrivesAt, shelfLifeMs, pack } = input;
  const spoilsAt = shelfLifeMs === null ? null : Math.max(arrivesAt, input.now) + shelfLifeMs;
  const demand = cover.spreadUntil(coverUntil);
  const life = spoilsAt === null ? null : cover.spreadUntil(spoilsAt);
  const served = life !== null && life.mean < demand.mean ? life : demand;
  const money = moneyOf(input);
  const wanted = amountWithin(demand, money.serviceLevel);
  const cost = (have: number): number =>
    (money.short * expectedShort(served, have) +
      (life === null ? 0 : money.spoil * expectedLeft(life, have))) /
    MICRO;
  const cheapest = life === null ? Infinity : cheapestOf(money, served, life, wanted);
  return {
    serviceLevel: money.serviceLevel,
    demand,
    target: Math.min(wanted, cheapest),
    cost,
    spoiled: (have) => (life === null ? 0 : expectedLeft(life, have)),
    left: (have) => {
      const amount = expectedLeft(demand, have);
      const perMs = demand.mean / Math.max(1, coverUntil - input.now);
      return { amount, days: amount === 0 ? 0 : amount / perMs / DAY_MS };
    },
    cheapestPacks: (have) => {
      if (life === null || money.spoil === 0) return Infinity;
      const best = cheapest === Infinity ? cheapestOf(money, served, life, Infinity) : cheapest;
      return bestPacks(best, have, pack, cost);
    },
  };
}

type Money = { readonly serviceLevel: number; readonly short: number; readonly spoil: number };

const USUAL_SERVICE = 0.95;
const MOST_SERVICE = 0.9995;

/** What one base unit costs when it is missing and when it spoils, and the service level they ask for. */
function moneyOf({
  price,
  pack,
  shortCost,
  serviceLevel,
  arrivesAt,
  coverUntil,
}: SuggestInput): Money {
  const spoil = price === null ? null : microFromDecimal(price) / pack || 0;
  if (shortCost === undefined || spoil === null || shortCost <= 0) {
    const level = serviceLevel ?? USUAL_SERVICE;
    const worth = spoil ?? 1;
    return { serviceLevel: level, spoil: worth, short: (worth * level) / (1 - level) };
  }
  const days = Math.max(1, (coverUntil - arrivesAt) / DAY_MS);
  const held = spoil * HOLDING_PER_DAY * days;
  const level = Math.min(MOST_SERVICE, shortCost / (shortCost + held));
  return { serviceLevel: serviceLevel ?? level, spoil, short: shortCost };
}

const DAY_MS = 86_400_000;

/** The S of least cost, searched up to `most`; Infinity when it lies beyond. */
function cheapestOf(money: Money, served: Spread, life: Spread, most: number): number {
  const slope = (have: number): number =>
    money.spoil * probabilityWithin(life, have) -
    money.short * (1 - probabilityWithin(served, have));
  const top = most === Infinity ? amountWithin(life, MOST_SERVICE) : most;
  if (slope(top) <= 0) return most === Infinity ? top : Infinity;
  let low = 0;
  let high = top;
  for (let i = 0; i < BISECTIONS; i++) {
    const middle = (low + high) / 2;
    if (slope(middle) < 0) low = middle;
    else high = middle;
  }
  return high;
}

const BISECTIONS = 40;

/** The cost is convex, so one of the two counts around its lowest point is the cheapest. */
function bestPacks(
  best: number,
  have: number,
  pack: number,
  cost: (have: number) => number,
): number {
  const below = Math.max(0, Math.floor((best - have) / pack));
  return cost(have + (below + 1) * pack) < cost(have + below * pack) ? below + 1 : below;
}
