/** Calendar arithmetic on days written as numbers, 20261122, without a time zone. */

const DAY_MS = 86_400_000;

/** The day `count` days after. */
export function addDays(day: number, count: number): number {
  const at = new Date(utcOf(day) + count * DAY_MS);
  return at.getUTCFullYear() * 10_000 + (at.getUTCMonth() + 1) * 100 + at.getUTCDate();
}

/** 0 Sunday to 6 Saturday. */
export function weekdayOf(day: number): number {
  return new Date(utcOf(day)).getUTCDay();
}

function utcOf(day: number): number {
  return Date.UTC(Math.floor(day / 10_000), (Math.floor(day / 100) % 100) - 1, day % 100);
}
