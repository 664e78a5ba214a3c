import { allEn, allZh } from './all-words.ts';

/** The languages of the house. Which one comes first on a screen is the reader's choice. */
export type Lang = 'zh' | 'en';

/** A name as the book has it; one of the two may be missing. */
export type Name = { readonly zh?: string | undefined; readonly en?: string | undefined };

export type WordKey = keyof typeof allZh;

/** The placeholders of a text, read from the Chinese one: `'{n} 秒前'` needs `{ n }`. */
export type Placeholder<T extends string> = T extends `${string}{${infer P}}${infer Rest}`
  ? P | Placeholder<Rest>
  : never;

/** What must be passed for the placeholders of `K`; nothing when it has none. */
export type Fill<K extends WordKey> = [Placeholder<(typeof allZh)[K]>] extends [never]
  ? []
  : [fill: Readonly<Record<Placeholder<(typeof allZh)[K]>, string | number>>];

/** A text without placeholders. */
export type PlainKey = { [K in WordKey]: Fill<K> extends [] ? K : never }[WordKey];

/** The text for `key` in `lang`, its placeholders filled. */
export function say<K extends WordKey>(lang: Lang, key: K, ...fill: Fill<K>): string {
  return fillIn(texts[lang][key], fill[0]);
}

/** `say` for a key that is only known at run time to be one without placeholders. */
export function sayPlain(lang: Lang, key: PlainKey): string {
  return texts[lang][key];
}

/**
 * The text for a key that is put together at run time (`'move.' + kind`), or `otherwise` when the
 * words do not have it: a new kind of the box must show as its own name, not as an empty place.
 */
export function sayIfKnown(lang: Lang, key: string, otherwise: string): string {
  return isWordKey(key) ? texts[lang][key] : otherwise;
}

/** The name in `lang`, else the one there is, else `otherwise` (an id). */
export function nameIn(lang: Lang, name: Name | string | null | undefined, otherwise = ''): string {
  if (name === null || name === undefined) return otherwise;
  if (typeof name === 'string') return name === '' ? otherwise : name;
  const first = lang === 'zh' ? name.zh : name.en;
  const second = lang === 'zh' ? name.en : name.zh;
  return first || second || otherwise;
}

/** The name in the other language, or '' when there is none or it says the same. */
export function secondName(lang: Lang, name: Name | string | null | undefined): string {
  if (name === null || name === undefined || typeof name === 'string') return '';
  const second = (lang === 'zh' ? name.en : name.zh) ?? '';
  return second === nameIn(lang, name) ? '' : second;
}

/** The language that stands on the second line. */
export function otherLang(lang: Lang): Lang {
  return lang === 'zh' ? 'en' : 'zh';
}

const texts: Readonly<Record<Lang, Readonly<Record<WordKey, string>>>> = { zh: allZh, en: allEn };

function isWordKey(key: string): key is WordKey {
  return Object.hasOwn(allZh, key);
}

/** The text with its placeholders filled; one that nothing is given for stays as it is. */
export function fillIn(
  text: string,
  fill: Readonly<Record<string, string | number>> | undefined,
): string {
  if (fill === undefined) return text;
  return text.replaceAll(/\{(\w+)\}/g, (whole, key: string) => String(fill[key] ?? whole));
}
