import type { Lang } from '#recipes/words/words.ts';
import { money } from '../../src/text/moment.ts';
import type { Words } from './api-types.ts';

/** Money with its currency; a bare figure where head office does not know which one it is. */
export function moneyText(lang: Lang, amount: string, currency: string | null): string {
  if (currency !== null && currency !== '') return money(lang, amount, currency);
  const value = Number(amount);
  if (!Number.isFinite(value)) return amount;
  const style = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  return value.toLocaleString(lang === 'zh' ? 'zh-CN' : 'en', style);
}

/** The same where there is little room: from a thousand up the hundredths say nothing. */
export function shortMoney(lang: Lang, amount: string, currency: string | null): string {
  const text = moneyText(lang, amount, currency);
  return Math.abs(Number(amount)) >= 1000 ? text.replace(/[.]\d+$/, '') : text;
}

/** What the box or head office said, in the language of the reader. */
export function wordsIn(lang: Lang, words: Words): string {
  return (lang === 'zh' ? words.zh : words.en) || words.zh || words.en;
}
