import { type Lang, say, sayIfKnown } from '#recipes/words/words.ts';

/** A shelf as the reader says it: `fridge-1` is 冷柜 1; what nobody translated stays as the book has it. */
export function placeName(lang: Lang, place: string): string {
  if (place === '') return say(lang, 'shelf.none');
  const [, kind = place, number = ''] = /^(.*?)[-_ ]?(\d*)$/.exec(place) ?? [];
  const word = sayIfKnown(lang, `shelf.${kind}`, '');
  return word === '' ? place : `${word} ${number}`.trim();
}
