/** Figures as they stand on paper: short, and never longer than what is known. */
import { decimalFromMicro, MICRO, type Micro, microFromDecimal } from '../amount.ts';
import { readable } from '../words/readable.ts';
import type { Lang } from '../words/words.ts';

/**
 * An amount in a base unit as it is read in a kitchen: "4.2kg", "480g", "265个". Two decimals of a
 * kilogram or litre below 100, one above; whole grams from 10 g on. Zero has no unit.
 */
export function paperAmount(lang: Lang, amount: string, unit: string): string {
  const micro = microOrNull(amount);
  if (micro === 0) return '0';
  const rounded = micro === null ? amount : decimalFromMicro(roundTo(micro, stepOf(micro, unit)));
  const { value, unit: word } = readable(lang, rounded, unit, 2);
  return value + (unit === 'ea' && lang === 'en' ? '' : word);
}

/** The same in full, for sums that are worked out again: "11.05kg", "0.348kg". */
export function exactAmount(lang: Lang, amount: string, unit: string): string {
  const micro = microOrNull(amount);
  if (micro === 0) return '0';
  const { value, unit: word } = readable(lang, amount, unit, 3);
  return value + (unit === 'ea' && lang === 'en' ? '' : word);
}

/** Money with two decimals and thousands grouped: "1,496.00". What is no number stays as it is. */
export function plainMoney(amount: string): string {
  const micro = microOrNull(amount);
  if (micro === null) return amount;
  const text = decimalFromMicro(roundTo(micro, CENT));
  const [whole = '0', cents = ''] = text.split('.');
  return `${whole.replaceAll(/\B(?=(\d{3})+$)/g, ',')}.${cents.padEnd(2, '0')}`;
}

/** Money with its currency: "￥496.00" where Chinese is read, "CNY 496.00" elsewhere. */
export function paperMoney(lang: Lang, currency: string, amount: string): string {
  const plain = plainMoney(amount);
  if (lang === 'zh' && currency === 'CNY') {
    return plain.startsWith('-') ? `-￥${plain.slice(1)}` : `￥${plain}`;
  }
  return `${currency} ${plain}`;
}

/** The sum of amounts of money; null when one of them is not known. */
export function sumOfMoney(amounts: readonly (string | null)[]): string | null {
  let sum = 0;
  for (const amount of amounts) {
    const micro = amount === null ? null : microOrNull(amount);
    if (micro === null) return null;
    sum += micro;
    // More than any order: better no sum than a wrong one.
    if (!Number.isSafeInteger(sum)) return null;
  }
  return decimalFromMicro(sum);
}

/** 0.013 -> "1.3%". */
export function percent(share: number): string {
  return `${(share * 100).toFixed(1)}%`;
}

/** Whole packs in an ordered amount; null when it is not whole packs. */
export function wholePacks(amount: string, pack: string): number | null {
  const [all, one] = [microOrNull(amount), microOrNull(pack)];
  if (all === null || one === null || one <= 0 || all % one !== 0) return null;
  return all / one;
}

const CENT = 10_000;
const THOUSAND: Micro = 1000 * MICRO;

function microOrNull(amount: string): Micro | null {
  try {
    return microFromDecimal(amount);
  } catch {
    return null;
  }
}

function stepOf(micro: Micro, unit: string): Micro {
  const size = Math.abs(micro);
  if (unit === 'ea') return size < 10 * MICRO ? MICRO / 100 : MICRO / 10;
  if (size >= 100 * THOUSAND) return THOUSAND / 10;
  if (size >= THOUSAND) return THOUSAND / 100;
  return size >= 10 * MICRO ? MICRO : MICRO / 10;
}

/** Half away from zero, as people round. */
function roundTo(micro: Micro, step: Micro): Micro {
  const rounded = Math.sign(micro) * Math.floor((Math.abs(micro) + step / 2) / step) * step;
  // The largest amount there is may not be rounded up.
  return Number.isSafeInteger(rounded) ? rounded : micro;
}
