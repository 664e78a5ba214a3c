/**
 * Amounts on the ledger: integers in millionths of an item's base unit (µg, nl, millionth of a piece),
 * so that adding and taking back are exact. 2^53 - 1 of them are 9,007 t, enough for any kitchen.
 */
import { assert } from './assert.ts';

/** Integer millionths of the base unit; always a safe integer, never -0. */
export type Micro = number;

export const MICRO = 1_000_000;

/** The result would not fit into ±(2^53 - 1) millionths. Input can cause it, hence not a `Bug`. */
export class AmountOverflow extends RangeError {
  override readonly name = 'AmountOverflow';
}

/**
 * Exact millionths of a decimal: text ("0.348", "-0.4") or a JSON number, which is read through its
 * shortest decimal text (0.1 is "0.1"). At most 6 decimals that matter; zeros after them are fine.
 * @throws RangeError on anything else (`AmountOverflow` beyond ±(2^53 - 1) millionths).
 */
export function microFromDecimal(d: string | number): Micro {
  if (typeof d === 'string') return microFromText(d);
  if (Number.isInteger(d) && d >= -WHOLE_MAX && d <= WHOLE_MAX) return d * MICRO + 0;
  return microFromText(plainDecimal(d));
}

/** Shortest plain decimal: "4200.5", "-0.4", "0". The inverse of `microFromDecimal`. */
export function decimalFromMicro(m: Micro): string {
  assert(Number.isSafeInteger(m), `not an amount in millionths: ${m}`);
  const size = Math.abs(m);
  const fraction = size % MICRO;
  const whole = (size - fraction) / MICRO;
  const sign = m < 0 ? '-' : '';
  if (fraction === 0) return `${sign}${whole}`;
  return `${sign}${whole}.${String(fraction).padStart(6, '0').replace(/0+$/, '')}`;
}

/** a + b. @throws AmountOverflow */
export function addMicro(a: Micro, b: Micro): Micro {
  return checked(a + b);
}

/** What `qty` takes at `perUnit` for 1: round-half-even(perUnit × qty / 10^6). @throws AmountOverflow */
export function scaleMicro(perUnit: Micro, qty: Micro): Micro {
  if (qty % MICRO === 0) return checked(perUnit * (qty / MICRO));
  return proportion(perUnit, qty, MICRO);
}

/**
 * A share of `total`: round-half-even(total × part / whole). `whole` is not 0.
 * @throws AmountOverflow
 */
export function proportion(total: Micro, part: Micro, whole: Micro): Micro {
  assert(whole !== 0, 'proportion of a whole that is 0');
  const negative = (total < 0 !== part < 0) !== whole < 0;
  const divisor = Math.abs(whole);
  const product = Math.abs(total) * Math.abs(part);
  // A product of integers that comes out at or below 2^53 - 1 is exact, so BigInt is not needed.
  const size =
    product <= Number.MAX_SAFE_INTEGER
      ? divideHalfEven(product, divisor)
      : divideHalfEvenBig(BigInt(Math.abs(total)) * BigInt(Math.abs(part)), BigInt(divisor));
  return checked(negative ? -size : size);
}

/**
 * A JSON number as plain decimal text without exponent: 1e-7 is "0.0000001".
 * @throws RangeError for NaN and infinities
 */
export function plainDecimal(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`not a decimal: ${value}`);
  const text = String(value);
  const parts = /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
  if (parts === null) return text;
  const [, sign = '', head = '', tail = '', exponent = '0'] = parts;
  const digits = head + tail;
  const point = head.length + Number(exponent);
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  if (point >= digits.length) return `${sign}${digits}${'0'.repeat(point - digits.length)}`;
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

/** Whole units that fit into 2^53 - 1 millionths. */
const WHOLE_MAX = 9_007_199_254;

const ZERO_CODE = 48;
const NINE_CODE = 57;

/** Reads digit by digit: this runs for every line of every sale. */
function microFromText(text: string): Micro {
  const negative = text.startsWith('-');
  const start = negative ? 1 : 0;
  let at = start;
  let whole = 0;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < ZERO_CODE || code > NINE_CODE) break;
    whole = whole * 10 + (code - ZERO_CODE);
  }
  if (at === start) throw notDecimal(text);
  const fraction = at < text.length ? fractionFrom(text, at) : 0;
  if (whole > WHOLE_MAX) throw new AmountOverflow(`too large an amount: ${text.slice(0, 40)}`);
  const size = whole * MICRO + fraction;
  return checked(negative ? -size : size);
}

/** The millionths after the point at `point`. */
function fractionFrom(text: string, point: number): number {
  if (text.charAt(point) !== '.' || point + 1 === text.length) throw notDecimal(text);
  let fraction = 0;
  let worth = MICRO / 10;
  for (let at = point + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < ZERO_CODE || code > NINE_CODE) throw notDecimal(text);
    if (worth < 1 && code !== ZERO_CODE) {
      throw new RangeError(`more than 6 decimals: "${text.slice(0, 40)}"; round it to 6`);
    }
    fraction += worth < 1 ? 0 : (code - ZERO_CODE) * worth;
    worth /= 10;
  }
  return fraction;
}

function notDecimal(text: string): RangeError {
  return new RangeError(`not a decimal: "${text.slice(0, 40)}"; write it like 0.348`);
}

function checked(value: number): Micro {
  if (!Number.isSafeInteger(value)) {
    throw new AmountOverflow(`too large an amount: ${value} millionths`);
  }
  return value + 0;
}

function divideHalfEven(n: number, d: number): number {
  const rest = n % d;
  const quotient = (n - rest) / d;
  const twice = rest * 2;
  return twice > d || (twice === d && quotient % 2 === 1) ? quotient + 1 : quotient;
}

function divideHalfEvenBig(n: bigint, d: bigint): number {
  const quotient = n / d;
  const twice = (n % d) * 2n;
  return Number(twice > d || (twice === d && quotient % 2n === 1n) ? quotient + 1n : quotient);
}
