/**
 * What a person may type to find a name: the pinyin of its Chinese letters without tones, and their
 * first letters. `五花肉` is found by `wuhuarou` and `whr`. Worked out here so that the tablets carry no
 * dictionary; the rest (Chinese, English, codes) they match themselves.
 */
import { pinyin, polyphonic } from 'pinyin-pro';
import type { Name } from '#recipes/book/fields.ts';

const KEPT = 10_000;
/** Readings of one name: the usual one, then those that a letter of several sounds may have. */
const READINGS_MAX = 8;

const known = new Map<string, string>();

/** Keys of a name, lower case, separated by spaces; empty for a name without Chinese letters. */
export function searchKeys(name: Name): string {
  const text = name.zh ?? name.en ?? '';
  const ready = known.get(text);
  if (ready !== undefined) return ready;
  const keys = /\p{Script=Han}/u.test(text) ? [...new Set(keysOf(text))].join(' ') : '';
  if (known.size >= KEPT) known.clear();
  known.set(text, keys);
  return keys;
}

function keysOf(text: string): string[] {
  const usual = pinyin(text, { toneType: 'none', type: 'array', v: true }).map(plain);
  const readings = [usual, ...others(text, usual)].slice(0, READINGS_MAX);
  return readings.flatMap((sounds) => [sounds.join(''), sounds.map(initial).join('')]);
}

/** The same with one letter read in another way: 重庆 as `zhongqing`, too, for who types it so. */
function others(text: string, usual: readonly string[]): string[][] {
  const all = polyphonic(text, { toneType: 'none', type: 'array', v: true });
  return all.flatMap((sounds, at) => {
    const different = new Set(sounds.map(plain).filter((sound) => sound !== usual[at]));
    return [...different].map((sound) => usual.with(at, sound));
  });
}

/** Letters and digits only, as they are typed: `ü` is `v` on every keyboard. */
function plain(sound: string): string {
  return sound
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}]/gu, '');
}

/** Digits stay whole, so that 500克 is found by `500k`. */
function initial(sound: string): string {
  return /^\d/.test(sound) ? sound : sound.slice(0, 1);
}
