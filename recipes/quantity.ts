/** Reads amounts as people write them: "348 g", "0.4kg", "1/2 cup", "1½ 斤", "12". */
import { add, type Rational, rational, rationalFromDecimal } from './rational.ts';

/** Why an amount is not understood, in both languages, with what to do. */
export type QuantityProblem = {
  readonly code:
    | 'bad_quantity'
    | 'unknown_unit'
    | 'no_conversion'
    | 'inconsistent_units'
    | 'bad_unit'
    | 'too_large';
  readonly message: string;
  readonly messageZh: string;
  readonly remedy: string;
  readonly remedyZh: string;
};

/** An amount somebody wrote cannot be understood; nothing was changed. */
export class QuantityError extends Error {
  override readonly name = 'QuantityError';
  readonly problem: QuantityProblem;
  constructor(problem: QuantityProblem) {
    super(`${problem.message}; ${problem.remedy}`);
    this.problem = problem;
  }
}

export type Quantity =
  | { readonly ok: true; readonly value: Rational; readonly unit: string | undefined }
  | { readonly ok: false; readonly problem: QuantityProblem };

/**
 * Value and unit of a written amount, 0 or more. Without a unit it is in the base unit. Full-width
 * letters and digits, "½" and "1 1/2" are understood; a comma is not, because it means a thousand to
 * some and a decimal point to others.
 */
export function parseQuantity(text: string): Quantity {
  if (text.length > QUANTITY_LENGTH_MAX) return bad(text);
  const parts = QUANTITY.exec(plain(text));
  const [, decimal, mixed, numerator, denominator, unit] = parts ?? [];
  const under = BigInt(denominator ?? '1');
  if (parts === null || under === 0n) return bad(text);
  const value =
    decimal === undefined
      ? add(rational(BigInt(mixed ?? '0')), rational(BigInt(numerator ?? '0'), under))
      : rationalFromDecimal(decimal);
  return { ok: true, value, unit: unit === undefined || unit === '' ? undefined : unit };
}

/** Longest amount anybody needs to write. */
export const QUANTITY_LENGTH_MAX = 64;

/** Decimal, or fraction with a whole part before it; then a unit that starts with no digit or sign. */
const QUANTITY =
  /^(?:(\d{0,15}(?:\d|\.\d{1,20}))|(?:(\d{1,9})\s+)?(\d{1,9})\/(\d{1,9}))\s*(|[^\s\d.,/+*-][^\d,/+*]*)$/u;

const FRACTIONS: Readonly<Record<string, string>> = {
  '½': '1/2',
  '⅓': '1/3',
  '⅔': '2/3',
  '¼': '1/4',
  '¾': '3/4',
  '⅕': '1/5',
  '⅛': '1/8',
};

const SQUARED: Readonly<Record<string, string>> = {
  '㎏': 'kg',
  '㎎': 'mg',
  '㎖': 'ml',
  '㎗': 'dl',
  ℓ: 'l',
  '⁄': '/',
  '　': ' ',
};

/** Plain ASCII where a Chinese keyboard or a printed recipe offers a look-alike. */
function plain(text: string): string {
  let out = '';
  for (const letter of text) {
    const code = letter.codePointAt(0) ?? 0;
    const fraction = FRACTIONS[letter];
    if (fraction !== undefined) out += ` ${fraction} `;
    else if (code >= 0xff01 && code <= 0xff5e) out += String.fromCodePoint(code - 0xfee0);
    else out += SQUARED[letter] ?? letter;
  }
  return out.trim().replace(/\s+/g, ' ');
}

function bad(text: string): Quantity {
  const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  return {
    ok: false,
    problem: {
      code: 'bad_quantity',
      message: `"${shown}" is not an amount`,
      messageZh: `“${shown}”不是有效的数量`,
      remedy: 'write a number and a unit, for example "348 g" or "0.4 kg"',
      remedyZh: '请写数字加单位，例如“348 g”或“0.4 kg”',
    },
  };
}
