/** Demand made up to be known: weekday factors around a level, with a little noise that repeats. */
import { seeded } from '../../support/seeded.ts';

/** 2026-01-01 was a Thursday. */
export const FROM = 20260101;

/** Of Sunday to Saturday. */
export const FACTORS = [1.5, 0.7, 0.8, 0.9, 1.0, 1.3, 1.4];

/** Day `i`, counted from `FROM`, as a weekday from 0 Sunday. */
export function weekdayAt(i: number): number {
  return (4 + i) % 7;
}

export function weekly(days: number, level: number, noise = 0.1, seed = 1): number[] {
  const random = seeded(seed);
  return Array.from({ length: days }, (_, i) => {
    const factor = FACTORS[weekdayAt(i)] ?? 1;
    return level * factor * (1 + noise * (2 * random.next() - 1));
  });
}
