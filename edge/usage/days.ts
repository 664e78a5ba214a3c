/** Business days as numbers like 20261122, counted forwards and backwards. */

const DAY_MS = 86_400_000;

/** `count` days before a day; negative = after it. */
export function dayBefore(day: number, count: number): number {
  return numberOf(utcOf(day) - count * DAY_MS);
}

/** 0 is Monday. */
export function weekdayOf(day: number): number {
  return (new Date(utcOf(day)).getUTCDay() + 6) % 7;
}

/** The days from one to another, both included. */
export function daysFrom(first: number, last: number): number[] {
  const days: number[] = [];
  for (let at = utcOf(first); at <= utcOf(last); at += DAY_MS) days.push(numberOf(at));
  return days;
}

/** Midnight of the calendar day in UTC, epoch milliseconds: to measure within a day, not to tell time. */
export function utcOf(day: number): number {
  return Date.UTC(Math.floor(day / 10_000), (Math.floor(day / 100) % 100) - 1, day % 100);
}

function numberOf(at: number): number {
  const date = new Date(at);
  return date.getUTCFullYear() * 10_000 + (date.getUTCMonth() + 1) * 100 + date.getUTCDate();
}
