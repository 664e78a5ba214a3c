/**
 * Exact fractions. A recipe is multiplied out in these and rounded once at the end, so neither a deep
 * nesting nor a yield of 0.87 leaves a trace of rounding.
 */
import { AmountOverflow, MICRO, type Micro, plainDecimal } from './amount.ts';
import { assert } from './assert.ts';

/** n / d, d > 0; in lowest terms unless the denominator is very long. Compare with `compare`. */
export type Rational = { readonly n: bigint; readonly d: bigint };

/** n / d in lowest terms. `d` is not 0. */
export function rational(n: bigint, d: bigint = 1n): Rational {
  assert(d !== 0n, 'a fraction with denominator 0');
  const divisor = gcd(size(n), size(d)) * (d < 0n ? -1n : 1n);
  return { n: n / divisor, d: d / divisor };
}

export const ZERO: Rational = { n: 0n, d: 1n };
export const ONE: Rational = { n: 1n, d: 1n };

/**
 * Exact value of a plain decimal ("0.87", "-12", ".5") of at most 400 characters, or of a JSON number
 * through its shortest decimal text.
 * @throws RangeError on anything else
 */
export function rationalFromDecimal(decimal: string | number): Rational {
  const text = typeof decimal === 'number' ? plainDecimal(decimal) : decimal;
  const parts = text.length <= 400 ? /^(-?)(\d*)(?:\.(\d+))?$/.exec(text) : null;
  const [, sign = '', whole = '', fraction = ''] = parts ?? [];
  if (whole === '' && fraction === '') {
    throw new RangeError(`not a decimal: "${text.slice(0, 40)}"; write it like 0.87`);
  }
  const size = BigInt(whole + fraction);
  return rational(sign === '' ? size : -size, 10n ** BigInt(fraction.length));
}

/** The exact value of an amount in millionths, in whole base units. */
export function rationalFromMicro(m: Micro): Rational {
  return rational(BigInt(m), BigInt(MICRO));
}

/**
 * a + b over their common denominator. Long ones are left unreduced: finding the common factor of two
 * long numbers is what would make a deeply nested book slow.
 */
export function add(a: Rational, b: Rational): Rational {
  if (a.d === b.d) return a.d < LONG ? rational(a.n + b.n, a.d) : { n: a.n + b.n, d: a.d };
  const common = gcd(a.d, b.d);
  const n = a.n * (b.d / common) + b.n * (a.d / common);
  const d = (a.d / common) * b.d;
  return d < LONG ? rational(n, d) : { n, d };
}

/** a × b. Reduced crosswise, which is quick when one of the two is short. */
export function mul(a: Rational, b: Rational): Rational {
  const left = gcd(size(a.n), b.d);
  const right = gcd(size(b.n), a.d);
  return { n: (a.n / left) * (b.n / right), d: (a.d / right) * (b.d / left) };
}

/** a / b; `b` is not 0. */
export function div(a: Rational, b: Rational): Rational {
  assert(b.n !== 0n, 'a fraction divided by 0');
  return mul(a, b.n < 0n ? { n: -b.d, d: -b.n } : { n: b.d, d: b.n });
}

/** Negative, 0 or positive as a is less than, equal to or greater than b. */
export function compare(a: Rational, b: Rational): number {
  const difference = a.n * b.d - b.n * a.d;
  return difference < 0n ? -1 : Number(difference > 0n);
}

/** Whether it is exactly 0. */
export function isZero(a: Rational): boolean {
  return a.n === 0n;
}

/** The nearest integer; a tie goes to the even one. */
export function roundHalfEven(a: Rational): bigint {
  const negative = a.n < 0n;
  const size = negative ? -a.n : a.n;
  const quotient = size / a.d;
  const twice = (size % a.d) * 2n;
  const rounded = twice > a.d || (twice === a.d && quotient % 2n === 1n) ? quotient + 1n : quotient;
  return negative ? -rounded : rounded;
}

/** The nearest floating point number, or close to it; for estimates. */
export function toNumber(a: Rational): number {
  const value = Number(a.n) / Number(a.d);
  return Number.isNaN(value) ? Number(roundHalfEven(a)) : value;
}

/** Base units to millionths, rounded half-even. @throws AmountOverflow beyond ±(2^53 - 1) */
export function microFromRational(a: Rational): Micro {
  const micro = Number(roundHalfEven({ n: a.n * BigInt(MICRO), d: a.d }));
  if (!Number.isSafeInteger(micro)) throw new AmountOverflow('too large an amount');
  return micro;
}

const LONG = 1n << 256n;

function size(n: bigint): bigint {
  return n < 0n ? -n : n;
}

function gcd(a: bigint, b: bigint): bigint {
  let x = a;
  let y = b;
  while (y !== 0n) {
    const rest = x % y;
    x = y;
    y = rest;
  }
  return x;
}
