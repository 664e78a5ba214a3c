/**
 * A supplier's minimum. Below it there are two ways: order more now of what keeps, or go without this
 * delivery. More costs what the money and the room tied up cost and what spoils of it; going without
 * costs the demand that the delivery would have served. The cheaper way is taken.
 */
import { type Micro, microFromDecimal } from '../amount.ts';
import type { ItemPlan } from './item-plan.ts';
import { costOfPacks, moneyText } from './money-text.ts';
import { HOLDING_PER_DAY } from './order-size.ts';
import { assertSum } from './recompute.ts';
import type { SupplierTerms } from './suggest-input.ts';
import type { SuggestionLine, SupplierSuggestion } from './suggestion-types.ts';

/** @param plans in the order in which the lines are answered */
export function raiseToMinimum(
  plans: readonly ItemPlan[],
  { minimumOrder }: SupplierTerms,
): SupplierSuggestion {
  const packs = plans.map(({ line }) => line.sum.packs);
  const minimum = minimumOrder === null ? 0 : microFromDecimal(minimumOrder);
  if (packs.some((n) => n > 0) && subtotalOf(plans, packs) < minimum) {
    const most = waitingCost(plans, packs);
    const raised = raise(plans, packs, { minimum, most });
    if (raised !== null && raised.cost < most) {
      return answer(plans, raised.packs, minimum);
    }
  }
  return answer(plans, packs, minimum);
}

/** Of one more pack, the share that may be expected to spoil before the line is not raised further. */
const MAY_SPOIL = 0.05;

/**
 * Adds the pack that is cheapest for the money it brings, again and again; null when none is left, or
 * when it costs more than `most` already and every further pack adds to it.
 */
function raise(
  plans: readonly ItemPlan[],
  from: readonly number[],
  { minimum, most }: { readonly minimum: Micro; readonly most: number },
): { readonly packs: number[]; readonly cost: number } | null {
  const packs = [...from];
  // Only the line that was raised last has another next pack: to work them all out takes seconds.
  const next = plans.map((plan, i) => onePack(plan, packs[i] ?? 0));
  let subtotal = subtotalOf(plans, packs);
  let cost = 0;
  while (subtotal < minimum) {
    const at = cheapestOf(next);
    const best = next[at];
    const plan = plans[at];
    if (!best || !plan || (cost >= most && best.cost >= 0)) return null;
    const now = (packs[at] ?? 0) + 1;
    packs[at] = now;
    next[at] = onePack(plan, now);
    subtotal += best.money;
    cost += best.cost;
  }
  return { packs, cost };
}

type OnePack = { readonly cost: number; readonly money: Micro };

/** Place of the cheapest for its money, the first of equals; -1 = there is none. */
function cheapestOf(packs: readonly (OnePack | null)[]): number {
  let [at, best]: [number, OnePack | null] = [-1, null];
  for (const [i, one] of packs.entries()) {
    if (one !== null && (best === null || one.cost * best.money < best.cost * one.money))
      [at, best] = [i, one];
  }
  return at;
}

/** What the next pack costs beyond its price; null when it must not be. */
function onePack(plan: ItemPlan, packs: number): OnePack | null {
  const { price, line } = plan;
  if (price === null || packs + 1 > plan.room || line.basis === 'par') return null;
  const money = microFromDecimal(price);
  const spoils = plan.spoiled(packs + 1) - plan.spoiled(packs);
  if (money === 0 || spoils > MAY_SPOIL * line.sum.pack) return null;
  const cost = plan.cost(packs + 1) - plan.cost(packs) + held(plan, packs + 1) - held(plan, packs);
  return Number.isFinite(cost) ? { cost, money } : null;
}

/** Of what is left after the cover, over half the time until it is used. */
function held({ price, line, left }: ItemPlan, packs: number): number {
  const { amount, days } = left(packs);
  const perUnit = Number(price) / line.sum.pack;
  return amount === 0 ? 0 : amount * perUnit * HOLDING_PER_DAY * (days / 2);
}

/** Without a price nobody knows what an item's shortage is worth: it does not speak for raising. */
function waitingCost(plans: readonly ItemPlan[], packs: readonly number[]): number {
  return plans.reduce(
    (all, plan, i) => (plan.price === null ? all : all + plan.cost(0) - plan.cost(packs[i] ?? 0)),
    0,
  );
}

function subtotalOf(plans: readonly ItemPlan[], packs: readonly number[]): Micro {
  return plans.reduce(
    (all, { price }, i) => all + (price === null ? 0 : costOfPacks(price, packs[i] ?? 0)),
    0,
  );
}

function answer(
  plans: readonly ItemPlan[],
  packs: readonly number[],
  minimum: Micro,
): SupplierSuggestion {
  const subtotal = subtotalOf(plans, packs);
  const short = packs.some((n) => n > 0) && subtotal < minimum ? minimum - subtotal : null;
  return {
    lines: plans.map((plan, i) => lineWith(plan, packs[i] ?? 0)),
    subtotal: moneyText(subtotal),
    belowMinimum: short !== null,
    short: short === null ? null : moneyText(short),
  };
}

function lineWith({ line, price }: ItemPlan, packs: number): SuggestionLine {
  if (packs === line.sum.packs) return line;
  const raised: SuggestionLine = {
    ...line,
    sum: { ...line.sum, raisedTo: packs, packs, quantity: packs * line.sum.pack },
    flags: [...line.flags, 'raised_to_minimum'],
    amount: price === null ? null : moneyText(costOfPacks(price, packs)),
  };
  assertSum(raised);
  return raised;
}
