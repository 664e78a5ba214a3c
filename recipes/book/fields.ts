/** Small values of the book in the form the programs use. The shapes have been checked. */
import { must } from '../assert.ts';

/** A name in one or both languages. */
export type Name = { readonly zh?: string; readonly en?: string };

/** A plain text is Chinese if it has a Han letter; without any name the id stands in for it. */
export function nameOf(
  raw: string | { zh?: string | undefined; en?: string | undefined } | undefined,
  id: string,
): Name {
  const name = raw ?? id;
  if (typeof name === 'string') return /\p{Script=Han}/u.test(name) ? { zh: name } : { en: name };
  return {
    ...(name.zh === undefined ? {} : { zh: name.zh }),
    ...(name.en === undefined ? {} : { en: name.en }),
  };
}

/** "3d", "72h" or "90m" (minutes) in milliseconds. */
export function durationMs(text: string): number {
  const unit = must(MS[text.at(-1) ?? ''], `not a duration: ${text}`);
  return Math.round(Number(text.slice(0, -1)) * unit);
}

const MINUTE_MS = 60_000;
const MS: Readonly<Record<string, number>> = {
  d: 24 * 60 * MINUTE_MS,
  h: 60 * MINUTE_MS,
  m: MINUTE_MS,
};
