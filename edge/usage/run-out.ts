/**
 * Days on which an item ran out before its guests did: what was used is the least that was wanted.
 *
 * The rule. By the book nothing was left at the end of the day, and
 * - its last use came clearly before its usual end: more than 90 minutes before the middle one of the
 *   last uses of the 28 days of use before, and before all but the earliest tenth of them; or
 * - nothing was left at the end of the day before either, nothing was used at all, and on most of the 28
 *   open days before it was.
 * With fewer than 5 days of use to compare nothing is said: a book that nobody keeps stands below zero
 * every evening, and the hours tell it apart from an empty shelf.
 */
import { utcOf } from './days.ts';

export type ShelfDay = {
  readonly day: number;
  /** Whether the store sold anything that day. */
  readonly open: boolean;
  readonly used: number;
  /** By how much the shelf changed that day. */
  readonly stock: number;
  /** What the clocks of the store showed at the last use, as `wallClock` gives it; null = there was none. */
  readonly lastAt: number | null;
};

/** Days looked back at, and how many of them with a use are enough to know what is usual. */
const BACK = 28;
const ENOUGH = 5;
const CLEARLY_MS = 90 * 60_000;

/**
 * @param days one after the other; @param balance what lay there before the first
 * @returns whether it ran out, by day
 */
export function ranOut(days: readonly ShelfDay[], balance: number): boolean[] {
  /** When in the day it was used last, of the last days of use that did not run out. */
  const ends: number[] = [];
  const recent: boolean[] = [];
  let left = balance;
  return days.map(({ day, open, used, stock, lastAt }) => {
    const before = left;
    left += stock;
    if (!open) return false;
    const end = lastAt === null ? undefined : lastAt - utcOf(day);
    const early = end !== undefined && used > 0 && isEarly(ends, end);
    const missed = used <= 0 && before <= 0 && isUsual(recent);
    const out = left <= 0 && (early || missed);
    keep(recent, used > 0);
    if (!out && used > 0 && end !== undefined) keep(ends, end);
    return out;
  });
}

function isEarly(ends: readonly number[], end: number): boolean {
  if (ends.length < ENOUGH) return false;
  const sorted = [...ends].sort((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const tenth = sorted[Math.floor(sorted.length / 10)] ?? 0;
  return end < middle - CLEARLY_MS && end < tenth;
}

function isUsual(recent: readonly boolean[]): boolean {
  const uses = recent.filter(Boolean).length;
  return uses >= ENOUGH && uses * 2 > recent.length;
}

function keep<T>(list: T[], value: T): void {
  list.push(value);
  if (list.length > BACK) list.shift();
}
