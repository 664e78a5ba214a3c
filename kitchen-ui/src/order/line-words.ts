import { readableText } from '#recipes/words/readable.ts';
import { type Lang, say, sayIfKnown } from '#recipes/words/words.ts';
import type { Tone } from '../parts/tone.ts';
import type { DraftLine } from './draft.ts';
import type { SuggestedLine } from './order-types.ts';

/** A mark of a line: a shape and a word, never a colour alone. */
export type LineMark = { readonly flag: string; readonly tone: Tone; readonly word: string };

/** What should be known of a line at a glance; an unknown flag of the box shows as its own name. */
export function marksOf(lang: Lang, line: SuggestedLine): LineMark[] {
  return line.flags.map((flag) => ({
    flag,
    tone: TONES[flag] ?? 'idle',
    word: sayIfKnown(lang, `order.flag.${flag}`, flag),
  }));
}

const TONES: Readonly<Record<string, Tone>> = {
  low: 'low',
  use_first: 'out',
  low_confidence: 'idle',
  capped_by_max: 'idle',
  capped_by_shelf_life: 'idle',
  raised_to_minimum: 'idle',
  offcut: 'ok',
};

/** `8 kg`, or the word for nothing. */
export function quantityText(lang: Lang, line: DraftLine): string {
  if (line.packs === 0) return say(lang, 'order.nothingOrdered');
  return readableText(lang, line.quantity, line.of.unit, 3);
}

/** `4 × 2 kg`; what was suggested when somebody chose otherwise; '' when one pack is the quantity. */
export function packsText(lang: Lang, line: DraftLine): string {
  const { of, packs } = line;
  if (packs === 0) return line.changed ? suggestedText(lang, of) : '';
  return say(lang, 'order.packs', { n: packs, pack: packText(lang, of) });
}

/** One pack as a person reads it. */
export function packText(lang: Lang, line: Pick<SuggestedLine, 'packAmount' | 'unit'>): string {
  return readableText(lang, line.packAmount, line.unit, 3);
}

export function suggestedText(lang: Lang, line: SuggestedLine): string {
  const quantity = readableText(lang, line.quantity, line.unit, 3);
  return say(lang, 'order.suggested', { quantity });
}

/** A share as a person reads it: 0.123 -> `12%`. '' when it is not known. */
export function percentText(share: string | number | null): string {
  if (share === null || share === '') return '';
  const value = Number(share) * 100;
  if (!Number.isFinite(value)) return '';
  return `${Math.abs(value) < 10 ? Math.round(value * 10) / 10 : Math.round(value)}%`;
}
