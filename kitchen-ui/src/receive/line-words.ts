import { type Lang, type Name, nameIn, say } from '#recipes/words/words.ts';
import { saidText } from '../goods/texts.ts';
import { compareAmounts, minus } from '../goods/units.ts';
import type { Tone } from '../parts/tone.ts';
import { type Line, PRICE_WORTH_TELLING, priceChange } from './delivery.ts';

/** How a line stands, in words with a shape. */
export type LineMark = { readonly tone: Tone; readonly word: string };

/** @param nameOf the name of another item, for a substitute */
export function lineMarks(
  lang: Lang,
  line: Line,
  nameOf: (item: string) => Name | string,
): LineMark[] {
  const marks = [stateMark(lang, line, nameOf)];
  const change = priceChange(line);
  if (Math.abs(change) > PRICE_WORTH_TELLING) {
    const percent = Math.round(Math.abs(change) * 100);
    const key = change > 0 ? 'receive.priceUp' : 'receive.priceDown';
    marks.push({ tone: change > 0 ? 'low' : 'idle', word: say(lang, key, { percent }) });
  }
  return marks;
}

/** What a receipt says on the undo bar: whose it was, of which order, how many lines. */
export function receiptText(
  lang: Lang,
  whose: Name | string | null,
  order: string | null,
  n: number,
): string {
  const what = `${nameIn(lang, whose)} ${order ?? ''}`.trim();
  return say(lang, 'receive.text', { what, n });
}

function stateMark(lang: Lang, line: Line, nameOf: (item: string) => Name | string): LineMark {
  const { qty, expected, refused, unit, problem } = line;
  if (problem === 'rejected') return { tone: 'out', word: say(lang, 'receive.rejected') };
  if (problem === 'damaged') {
    return {
      tone: 'low',
      word: say(lang, 'receive.damaged', { quantity: saidText(lang, refused || '0', unit) }),
    };
  }
  if (problem === 'substitute' && line.substituteFor !== undefined) {
    const name = nameIn(lang, nameOf(line.substituteFor), line.substituteFor);
    return { tone: 'low', word: say(lang, 'receive.substitute', { name }) };
  }
  if (qty === '') return { tone: 'idle', word: say(lang, 'receive.notSaid') };
  if (expected === null) return { tone: 'idle', word: say(lang, 'receive.notOrdered') };
  const sign = compareAmounts(qty, expected);
  if (sign === 0) return { tone: 'ok', word: say(lang, 'receive.asOrdered') };
  const quantity = saidText(lang, sign < 0 ? minus(expected, qty) : minus(qty, expected), unit);
  return {
    tone: 'low',
    word: say(lang, sign < 0 ? 'receive.short' : 'receive.over', { quantity }),
  };
}
