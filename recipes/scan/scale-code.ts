/**
 * Labels of the shop's own scale: EAN-13 whose prefix 20 to 29 is free for every store to use, and the
 * 18-digit form of Chinese scales with amount and weight. A pattern says what each digit is: `P` number
 * of the article, `W` weight in grams, `E` money in cents, `N` pieces, `C` check digit, `x` any digit.
 */
import { hasCheckDigit } from './gtin.ts';

export type ScaleCode = {
  /** Number of the article in the scale. */
  readonly number: string;
  /** Prefix and number: the same on every label of the article, whatever it weighs. */
  readonly key: string;
  readonly grams?: string;
  /** Money on the label, decimal text. */
  readonly price?: string;
  readonly count?: number;
};

/** Tried in order. Stores that print amounts instead of weights put their own pattern first. */
export const SCALE_PATTERNS: readonly string[] = [
  '22PPPPPWWWWWC',
  '2xPPPPPxxxxxC',
  '2xPPPPPEEEEEWWWWWC',
];

/** What a label of the scale says; undefined when no pattern fits or the check digit is wrong. */
export function readScaleCode(
  text: string,
  patterns: readonly string[] = SCALE_PATTERNS,
): ScaleCode | undefined {
  if (!/^\d{12,18}$/.test(text)) return undefined;
  for (const pattern of patterns) {
    if (!fits(pattern, text)) continue;
    if (pattern.includes('C') && !hasCheckDigit(text)) continue;
    const number = pick(pattern, text, 'P');
    const grams = pick(pattern, text, 'W');
    const cents = pick(pattern, text, 'E');
    const count = pick(pattern, text, 'N');
    return {
      number,
      key: text.slice(0, pattern.lastIndexOf('P') + 1),
      ...(grams === '' ? {} : { grams: String(Number(grams)) }),
      ...(cents === '' ? {} : { price: (Number(cents) / 100).toFixed(2) }),
      ...(count === '' ? {} : { count: Number(count) }),
    };
  }
  return undefined;
}

function fits(pattern: string, text: string): boolean {
  if (pattern.length !== text.length) return false;
  for (let i = 0; i < text.length; i++) {
    const want = pattern[i] ?? '';
    if (want >= '0' && want <= '9' && want !== text[i]) return false;
  }
  return true;
}

function pick(pattern: string, text: string, letter: string): string {
  let found = '';
  for (let i = 0; i < text.length; i++) if (pattern[i] === letter) found += text[i];
  return found;
}
