import { type Micro, microFromDecimal } from '../amount.ts';
import { type Lang, sayIfKnown } from './words.ts';

/** An amount as a person reads it: `4.2` and `kg`. */
export type Readable = { readonly value: string; readonly unit: string };

/**
 * An amount in a base unit (`"4200.5"`, `g` | `ml` | `ea`) as a person reads it: kg and L from 1,000
 * up, thousands grouped, trailing zeros dropped. Decimals: 3 for kg and L (one gram), else
 * `baseDecimals`, 1 where somebody glances (a tile) and 3 where somebody checks (a sale's moves).
 * What is not a decimal number comes back as it is: a strange figure must stay visible.
 */
export function readable(lang: Lang, amount: string, unit: string, baseDecimals = 1): Readable {
  const micro = microOrNull(amount);
  if (micro === null) return { value: amount, unit: unitWord(lang, unit) };
  const large = LARGE[unit];
  if (large !== undefined && Math.abs(micro) >= THOUSAND) {
    return { value: decimal(micro, 9, 3), unit: unitWord(lang, large) };
  }
  return { value: decimal(micro, 6, baseDecimals), unit: unitWord(lang, unit) };
}

/** The same as one text, with a space that keeps a line from breaking there. */
export function readableText(lang: Lang, amount: string, unit: string, baseDecimals = 1): string {
  const { value, unit: word } = readable(lang, amount, unit, baseDecimals);
  return `${value}\u00a0${word}`;
}

const LARGE: Readonly<Record<string, string>> = { g: 'kg', ml: 'l' };
const THOUSAND = 1_000_000_000;

function microOrNull(amount: string): Micro | null {
  try {
    return microFromDecimal(amount);
  } catch {
    return null;
  }
}

/** `digits` of `micro` are the fraction; shown with at most `keep`, rounded half away from zero. */
function decimal(micro: Micro, digits: number, keep: number): string {
  const step = 10n ** BigInt(digits - keep);
  const rounded = (BigInt(Math.abs(micro)) + step / 2n) / step;
  const text = rounded.toString().padStart(keep + 1, '0');
  const point = text.length - keep;
  const fraction = text.slice(point).replace(/0+$/, '');
  const grouped = text.slice(0, point).replaceAll(/\B(?=(\d{3})+$)/g, ',');
  const sign = micro < 0 && rounded !== 0n ? '\u2212' : '';
  return sign + grouped + (fraction === '' ? '' : `.${fraction}`);
}

function unitWord(lang: Lang, unit: string): string {
  return sayIfKnown(lang, `unit.${unit}`, unit);
}
