/** Parts of a kitchen's day, by the local hour: enough to see when something happens, few enough to read. */
import { wallClock } from './wall-clock.ts';

export const DAY_PARTS = ['morning', 'lunch', 'afternoon', 'dinner', 'night'] as const;
export type DayPart = (typeof DAY_PARTS)[number];

/** morning until 11, lunch until 14, afternoon until 17, dinner until 21, night until the day starts. */
export function dayPart(hour: number): DayPart {
  if (hour < NIGHT_ENDS || hour >= 21) return 'night';
  if (hour < 11) return 'morning';
  if (hour < 14) return 'lunch';
  return hour < 17 ? 'afternoon' : 'dinner';
}

/** Instant (epoch ms) to the hour of the day there, 0 to 23. */
export function localHour(timeZone: string): (at: number) => number {
  const clock = wallClock(timeZone);
  return (at) => ((Math.floor(clock(at) / HOUR_MS) % 24) + 24) % 24;
}

const HOUR_MS = 3_600_000;
const NIGHT_ENDS = 4;
