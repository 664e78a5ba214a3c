import { decimalFromMicro, type Micro, microFromDecimal } from '#recipes/amount.ts';
import {
  div,
  microFromRational,
  mul,
  type Rational,
  rationalFromDecimal,
} from '#recipes/rational.ts';
import type { Goods } from './digest.ts';

/** A unit in which an amount can be said, with what 1 of it is in the base unit, decimal. */
export type SaidUnit = { readonly unit: string; readonly per: string };

/** Units people weigh and measure in, whatever the book says, the larger first. */
const KNOWN: Readonly<Record<string, readonly SaidUnit[]>> = {
  g: [
    { unit: 'kg', per: '1000' },
    { unit: 'g', per: '1' },
  ],
  ml: [
    { unit: 'l', per: '1000' },
    { unit: 'ml', per: '1' },
  ],
  ea: [{ unit: 'ea', per: '1' }],
};

/** The item's own units (largest first), then those that everybody knows. */
export function unitsOf(item: string, base: string, goods: Goods): readonly SaidUnit[] {
  const own = ownUnits(item, goods);
  const known = (KNOWN[base] ?? [{ unit: base, per: '1' }]).filter(
    ({ unit }) => !own.some((one) => one.unit === unit),
  );
  return [...own, ...known];
}

/**
 * The case that is counted whole: the largest own unit, if it is a container and no single onion. A
 * density (`ml: 1.05 g`) is no container.
 */
export function caseUnit(item: string, base: string, goods: Goods): SaidUnit | null {
  const least = base === 'ea' ? '2' : '250';
  const cases = ownUnits(item, goods).filter(({ unit }) => !isMeasure(unit));
  return cases.find(({ per }) => micro(per) >= micro(least)) ?? null;
}

/** Weighed or measured, not counted. */
export function isMeasure(unit: string): boolean {
  return unit === 'g' || unit === 'kg' || unit === 'ml' || unit === 'l';
}

/** In which unit loose goods are said: kilograms, litres, pieces. */
export function looseUnit(base: string): SaidUnit {
  return KNOWN[base]?.[0] ?? { unit: base, per: '1' };
}

/** `qty` of a unit in base units, decimal; '' stays ''. Null when it is not a number. */
export function inBase(qty: string, per: string): string | null {
  if (qty === '') return '';
  return calculated(() => mul(rationalFromDecimal(tidy(qty)), rationalFromDecimal(per)));
}

/** Base units said in a unit, at most 6 decimals. Null when it is not a number. */
export function inUnit(amount: string, per: string): string | null {
  return calculated(() => div(rationalFromDecimal(amount), rationalFromDecimal(per)));
}

/** Sum of decimals; what is empty counts as nothing. */
export function sum(amounts: readonly string[]): string {
  return decimalFromMicro(amounts.reduce((total, one) => total + micro(one), 0));
}

/** a − b. */
export function minus(a: string, b: string): string {
  return decimalFromMicro(micro(a) - micro(b));
}

/** -1, 0 or 1. What is empty counts as 0. */
export function compareAmounts(a: string, b: string): number {
  return Math.sign(micro(a) - micro(b));
}

/** A number as a pad leaves it ("2.", ".5", "") as a decimal the box reads. */
export function tidy(typed: string): string {
  const text = typed.replace(/\.$/, '');
  if (text === '') return typed === '' ? '' : '0';
  return text.startsWith('.') ? `0${text}` : text;
}

function ownUnits(item: string, goods: Goods): SaidUnit[] {
  return Object.entries(goods.units[item] ?? {})
    .map(([unit, per]) => ({ unit, per }))
    .toSorted((a, b) => micro(b.per) - micro(a.per));
}

function micro(amount: string): Micro {
  try {
    return amount === '' ? 0 : microFromDecimal(tidy(amount));
  } catch {
    return 0;
  }
}

function calculated(work: () => Rational): string | null {
  try {
    return decimalFromMicro(microFromRational(work()));
  } catch {
    return null;
  }
}
