/** The lines of an order in packs and money: the same sums in the box and at head office. */
import { decimalFromMicro, type Micro } from '../amount.ts';
import { parseQuantity } from '../quantity.ts';
import {
  add,
  div,
  isZero,
  microFromRational,
  mul,
  type Rational,
  rational,
  rationalFromDecimal,
  rationalFromMicro,
  roundHalfEven,
} from '../rational.ts';

/** A line with the pack and price of the moment it was ordered. */
export type PricedLine = {
  /** Millionths of the item's base unit. */
  readonly qty: Micro;
  /** The quantity as it was written: "4 pack". */
  readonly written: string;
  /** Decimal text per 1 of the unit that the quantity is written in; null = as in the book. */
  readonly price: string | null;
  /** One pack as the supplier sold it when it was ordered: millionths, as written, money. */
  readonly pack: Micro | null;
  readonly packText: string | null;
  readonly packPrice: string | null;
};

/** Whole and parts of packs in a line; undefined when nobody knows the pack. */
export function packsOf(line: PricedLine): Rational | undefined {
  const pack = packAmountOf(line);
  return isZero(pack) ? undefined : div(rationalFromMicro(line.qty), pack);
}

/** One pack in the base unit: the supplier's, else 1 of the unit that the line is written in. */
export function packAmountOf(line: PricedLine): Rational {
  return line.pack === null ? oneWritten(line).amount : rationalFromMicro(line.pack);
}

/** A pack in words: "2 kg". */
export function packTextOf(line: PricedLine): string {
  return line.packText ?? oneWritten(line).text;
}

/** Decimal text per pack: as agreed for the line, else as in the book when it was ordered; null = unknown. */
export function packPriceOf(line: PricedLine): string | null {
  if (line.price === null) return line.packPrice;
  const one = oneWritten(line).amount;
  if (isZero(one)) return line.packPrice;
  // A price is said per 1 of the unit that the quantity is written in.
  return moneyText(div(mul(rationalFromDecimal(line.price), packAmountOf(line)), one));
}

/** What a line costs, exact; undefined when no price is known. */
export function amountOf(line: PricedLine): Rational | undefined {
  const price = packPriceOf(line);
  const packs = packsOf(line);
  return price === null || packs === undefined ? undefined : mul(rationalFromDecimal(price), packs);
}

/** What is known of the whole; undefined when nothing is. */
export function totalOf(lines: readonly PricedLine[]): Rational | undefined {
  const known = lines.map(amountOf).filter((one) => one !== undefined);
  return known.length === 0 ? undefined : known.reduce((sum, one) => add(sum, one));
}

/** Money with two decimals, half to even. */
export function cents(value: Rational): string {
  return (Number(roundHalfEven(mul(value, rational(100n)))) / 100).toFixed(2);
}

/** Decimal text with at least two decimals. */
function moneyText(value: Rational): string {
  const text = decimalFromMicro(microFromRational(value));
  const [whole = '0', part = ''] = text.split('.');
  return `${whole}.${part.padEnd(2, '0')}`;
}

/** 1 of the unit that a line is written in: "1 pack", and what that is in the base unit. */
function oneWritten(line: PricedLine): { text: string; amount: Rational } {
  const written = parseQuantity(line.written);
  const whole = rationalFromMicro(line.qty);
  if (!written.ok || isZero(written.value)) return { text: line.written, amount: whole };
  return { text: `1 ${written.unit ?? ''}`.trim(), amount: div(whole, written.value) };
}
