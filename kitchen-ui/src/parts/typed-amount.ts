import { decimalFromMicro, type Micro, microFromDecimal } from '#recipes/amount.ts';
import { readableText } from '#recipes/words/readable.ts';
import { type Lang, sayIfKnown } from '#recipes/words/words.ts';

/** What stands on a number pad: the digits as typed, and the unit they are in. */
export type Typed = { readonly text: string; readonly unit: string };

/** A unit to choose. `base` units are in 1 of it; null = only the box knows (a pack). */
export type PadUnit = { readonly unit: string; readonly base: number | null };

const UNITS: Readonly<Record<string, readonly PadUnit[]>> = {
  g: [
    { unit: 'kg', base: 1000 },
    { unit: 'g', base: 1 },
    { unit: '斤', base: 500 },
    { unit: '两', base: 50 },
  ],
  ml: [
    { unit: 'l', base: 1000 },
    { unit: 'ml', base: 1 },
  ],
  ea: [{ unit: 'ea', base: 1 }],
};
const DIGITS_MAX = 7;

/** The units for an item with this base unit and its own ones, the usual first. */
export function padUnits(base: string, own: readonly string[] = []): PadUnit[] {
  const known = UNITS[base] ?? [{ unit: base, base: 1 }];
  const more = own
    .filter((unit) => !known.some((one) => one.unit === unit.toLowerCase()))
    .map((unit) => ({ unit, base: null }));
  return [...known, ...more];
}

/** An empty pad in the usual unit. */
export function emptyTyped(base: string): Typed {
  return { text: '', unit: padUnits(base)[0]?.unit ?? base };
}

/** A base amount on the pad, in the unit in which a person reads it. */
export function typedFromBase(amount: string, base: string): Typed {
  const large = (UNITS[base] ?? []).find((one) => one.base === 1000);
  const micro = microFromDecimal(amount);
  if (large === undefined || Math.abs(micro) < 1_000_000_000) return { text: amount, unit: base };
  return { text: (Number(amount) / 1000).toString(), unit: large.unit };
}

/** The pad after a key: `0`–`9`, `.`, `back`, `clear`. Keys that make no number change nothing. */
export function press(typed: Typed, key: string): Typed {
  const { text } = typed;
  if (key === 'clear') return { ...typed, text: '' };
  if (key === 'back') return { ...typed, text: text.slice(0, -1) };
  if (key === '.') {
    if (text.includes('.') || !takesDecimals(typed.unit)) return typed;
    return { ...typed, text: text === '' ? '0.' : `${text}.` };
  }
  if (!/^\d$/.test(key) || text.replace('.', '').length >= DIGITS_MAX) return typed;
  if ((text.split('.')[1] ?? '').length >= 3) return typed;
  return { ...typed, text: text === '0' ? key : text + key };
}

/** Whether half of this unit makes sense; a counted thing has none. */
export function takesDecimals(unit: string): boolean {
  return unit !== 'ea';
}

/** As commands take it: "0.62 kg"; null while there is no number, or it is nothing. */
export function written(typed: Typed): string | null {
  const number = typed.text.replace(/\.$/, '');
  if (number === '' || Number(number) === 0) return null;
  return `${number} ${typed.unit}`;
}

/** In base units as decimal text; null when there is no number or only the box can convert it. */
export function inBase(typed: Typed, base: string): string | null {
  const factor = padUnits(base).find((one) => one.unit === typed.unit)?.base ?? null;
  const number = typed.text.replace(/\.$/, '');
  if (factor === null || number === '') return null;
  const micro: Micro = microFromDecimal(number) * factor;
  return Number.isSafeInteger(micro) ? decimalFromMicro(micro) : null;
}

/** The same amount in the other system: kg of what was typed in 斤, 斤 of what was typed in kg. */
export function echo(lang: Lang, typed: Typed, base: string): string {
  const amount = inBase(typed, base);
  if (amount === null || Number(amount) === 0) return '';
  if (base !== 'g') return typed.unit === base ? '' : readableText(lang, amount, base);
  if (typed.unit === '斤' || typed.unit === '两') return readableText(lang, amount, 'g');
  const jin = (Number(amount) / 500).toFixed(3).replace(/\.?0+$/, '');
  return `${jin}\u00a0${unitLabel(lang, '斤')}`;
}

/** A unit as the reader says it. */
export function unitLabel(lang: Lang, unit: string): string {
  return sayIfKnown(lang, `unit.${unit}`, unit);
}
