/**
 * What things cost now, per base unit: what lies on the shelf by its receipts; of what is used up, the
 * last receipt; of what never came, the supplier's price; of what is made here, its recipe.
 */

import { decimalFromMicro } from '#recipes/amount.ts';
import { must } from '#recipes/assert.ts';
import type { Kitchen, Take } from '#recipes/kitchen.ts';
import { UNALLOCATED } from '#recipes/ledger/entry.ts';
import {
  add,
  div,
  microFromRational,
  mul,
  type Rational,
  rational,
  rationalFromDecimal,
  rationalFromMicro,
  ZERO,
} from '#recipes/rational.ts';
import { valueLeft } from '#recipes/stock/lot-value.ts';
import type { LedgerReader } from '../ledger/ledger.ts';
import type { LotStore } from '../ledger/lot-store.ts';
import { COST_UNIT } from '../ledger/money.ts';

export type CostParts = {
  readonly ledger: LedgerReader;
  readonly lots: Pick<LotStore, 'get' | 'newestPriced'>;
  readonly kitchen: () => Kitchen | undefined;
};

export type CostOfTakes = {
  /** Money of what has a known cost. */
  readonly money: Rational;
  /** Items whose cost nobody knows. */
  readonly missing: readonly string[];
};

export type Costs = {
  /** Money per base unit; undefined when nothing is known. */
  unit(item: string): Rational | undefined;
  of(takes: readonly Take[]): CostOfTakes;
};

/** Valid for one answer: what an item costs is worked out once. */
export function openCosts(parts: CostParts): Costs {
  const known = new Map<string, Rational | undefined>();
  let offers: ReadonlyMap<string, Rational> | undefined;

  function unit(item: string): Rational | undefined {
    if (!known.has(item)) known.set(item, unitCost(item));
    return known.get(item);
  }

  function unitCost(item: string): Rational | undefined {
    const number = parts.ledger.items.find(item);
    const kept = number === undefined ? undefined : (onShelf(parts, number) ?? last(parts, number));
    offers ??= offered(parts.kitchen());
    return kept ?? offers.get(item) ?? made(item);
  }

  /** A checked book has no cycle, so this ends. */
  function made(item: string): Rational | undefined {
    const kitchen = parts.kitchen();
    const recipe = kitchen?.items.get(item)?.made === true ? kitchen.recipes.get(item) : undefined;
    if (!kitchen || !recipe || recipe.makes <= 0) return undefined;
    const { money, missing } = of(kitchen.batch(item, recipe.makes));
    return missing.length > 0 ? undefined : div(money, rationalFromMicro(recipe.makes));
  }

  function of(takes: readonly Take[]): CostOfTakes {
    let money = ZERO;
    const missing: string[] = [];
    for (const { item, amount } of takes) {
      const per = unit(item);
      if (per === undefined) missing.push(item);
      else money = add(money, mul(per, rationalFromMicro(amount)));
    }
    return { money, missing };
  }

  return { unit, of };
}

/** Money with two decimals. */
export function priceText(money: Rational): string {
  const cents = microFromRational(mul(money, rational(1n, 10_000n)));
  const sign = cents < 0 ? '-' : '';
  const digits = String(Math.abs(cents)).padStart(3, '0');
  return `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** Money per base unit, which may be far below a cent: up to 6 decimals. */
export function unitCostText(money: Rational): string {
  return decimalFromMicro(microFromRational(money));
}

/** What lies there, by the receipts it came from; without those whose cost nobody knows. */
function onShelf(parts: CostParts, item: number): Rational | undefined {
  let value = 0;
  let amount = 0;
  for (const state of parts.ledger.shelf.lotsOf(item)) {
    if (state.lot === UNALLOCATED || state.amount <= 0) continue;
    const lot = must(parts.lots.get(state.lot), `lot ${state.lot} is on the shelf but not stored`);
    const worth = valueLeft(lot, state.amount);
    if (worth === null) continue;
    value += worth;
    amount += state.amount;
  }
  return amount > 0 ? perUnit(value, amount) : undefined;
}

function last(parts: CostParts, item: number): Rational | undefined {
  const lot = parts.lots.newestPriced(item);
  return lot ? perUnit(lot.cost ?? 0, lot.amount) : undefined;
}

/** By item, the price of the first supplier of the book that names one. */
function offered(kitchen: Kitchen | undefined): Map<string, Rational> {
  const prices = new Map<string, Rational>();
  for (const supplier of kitchen?.suppliers.values() ?? []) {
    for (const { item, pack, price } of supplier.items) {
      if (price === undefined || pack <= 0 || prices.has(item)) continue;
      prices.set(item, div(rationalFromDecimal(price), rationalFromMicro(pack)));
    }
  }
  return prices;
}

/** @param cost ten-thousandths of the currency @param amount millionths, more than 0 */
function perUnit(cost: number, amount: number): Rational {
  return div(rational(BigInt(cost), BigInt(COST_UNIT)), rationalFromMicro(amount));
}
