import { type Lang, type Name, nameIn } from '#recipes/words/words.ts';
import { unitLabel } from '../parts/typed-amount.ts';

/** A text in both languages: what an entry says on the undo bar. */
export function inBoth(text: (lang: Lang) => string): Name {
  return { zh: text('zh'), en: text('en') };
}

/** `4 包`: an amount in the unit it was said in. */
export function saidText(lang: Lang, qty: string, unit: string): string {
  return `${qty}\u00a0${unitLabel(lang, unit)}`;
}

/** Who an entry says it was: by the list of people, else as it is. */
export function whoText(
  people: readonly { readonly user: string; readonly name: string }[] | null,
  actor: string | null,
  nobody: string,
): string {
  if (actor === null || actor === '') return nobody;
  return people?.find(({ user }) => user === actor)?.name ?? actor;
}

/** The name of an item, as far as the tablet knows it. */
export function itemName(
  lang: Lang,
  stock: readonly { readonly item: string; readonly name: Name | string }[],
  item: string,
): string {
  return nameIn(lang, stock.find((one) => one.item === item)?.name, item);
}
