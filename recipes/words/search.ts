import type { Name } from './words.ts';

/** What can be found: by either name, pinyin, initials, id and codes. */
export type Searchable = {
  readonly id: string;
  readonly name: Name | string;
  /** Pinyin and initials, lower case, separated by spaces: `wuhuarou whr`. */
  readonly search?: string | undefined;
  readonly codes?: readonly string[] | undefined;
};

/**
 * The items that match `query`, the likeliest first, items of the same likeness in their own order.
 * Several words must all match. An empty query finds everything.
 */
export function rank<T extends Searchable>(items: readonly T[], query: string): T[] {
  const words = plain(query).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...items];
  const found: { item: T; score: number }[] = [];
  for (const item of items) {
    const score = scoreOf(item, words);
    if (score !== null) found.push({ item, score });
  }
  return found.toSorted((a, b) => a.score - b.score).map(({ item }) => item);
}

/** How an item is compared, from the surest to the weakest sign; null = not at all. */
function scoreOf(item: Searchable, words: readonly string[]): number | null {
  const names = typeof item.name === 'string' ? [item.name] : [item.name.zh, item.name.en];
  const texts = names.map((name) => plain(name ?? ''));
  const sounds = (item.search ?? '').split(' ').filter(Boolean);
  const codes = [item.id, ...(item.codes ?? [])].map(plain);
  let sum = 0;
  for (const word of words) {
    const score = scoreOfWord(word, texts, sounds, codes);
    if (score === null) return null;
    sum += score;
  }
  return sum;
}

function scoreOfWord(
  word: string,
  texts: readonly string[],
  sounds: readonly string[],
  codes: readonly string[],
): number | null {
  if (codes.includes(word) || texts.includes(word)) return 0;
  if (sounds.includes(word)) return 1;
  if (texts.some((text) => text.startsWith(word))) return 2;
  if (sounds.some((sound) => sound.startsWith(word))) return 3;
  if (texts.some((text) => text.includes(` ${word}`))) return 4;
  if (texts.some((text) => text.includes(word))) return 5;
  if (sounds.some((sound) => sound.includes(word))) return 6;
  if (codes.some((code) => code.includes(word))) return 7;
  return null;
}

function plain(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase();
}
