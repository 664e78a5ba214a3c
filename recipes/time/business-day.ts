/**
 * The business day: the day a sale belongs to, which may end at 04:00 of the next morning.
 *
 * It is the local calendar date of the store, or the date before when the local wall clock is still
 * before the day's start. By wall clock, not by subtracting hours from the instant, so that the days
 * of 23 and 25 hours come out right. A day that has begun does not end because the clocks are put back.
 */
import { instantsOf, type WallClock, wallClock } from './wall-clock.ts';

/** Minutes after local midnight at which a business day starts, from "04:00". */
export function dayStartMinutes(text: string): number {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text);
  if (!match) throw new RangeError(`a day starts at HH:MM, not "${text}"`);
  return Number(match[1]) * 60 + Number(match[2]);
}

/** A store's calendar: instant to business day as the number 20261122, remembering recent minutes. */
export function businessCalendar(timeZone: string, dayStart: string): (at: number) => number {
  const start = dayStartMinutes(dayStart);
  const clock = wallClock(timeZone);
  // Zone rules change on whole minutes only, so one answer serves the whole minute.
  const known = new Map<number, number>();
  return (at) => {
    const minute = Math.floor(at / 60_000);
    const hit = known.get(minute);
    if (hit !== undefined) return hit;
    const day = businessDay(clock, at, start * MINUTE_MS);
    if (known.size >= MINUTES_KEPT) known.clear();
    known.set(minute, day);
    return day;
  };
}

/** 20261122 -> "2026-11-22". */
export function dayText(day: number): string {
  const text = String(day).padStart(8, '0');
  return `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`;
}

/** "2026-11-22" -> 20261122. */
export function dayNumber(text: string): number {
  return Number(text.replaceAll('-', ''));
}

/** Whole days from one business day to another; negative when `b` is before `a`. */
export function daysBetween(a: number, b: number): number {
  return Math.round((utcOf(b) - utcOf(a)) / DAY_MS);
}

/**
 * When a business day starts, epoch milliseconds: the first minute that the calendar gives to it.
 * @param dayOf a store's calendar
 */
export function startOfDay(dayOf: (at: number) => number, day: number): number {
  let low = (utcOf(day) - 2 * DAY_MS) / MINUTE_MS;
  let high = (utcOf(day) + 2 * DAY_MS) / MINUTE_MS;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (dayOf(middle * MINUTE_MS) < day) low = middle + 1;
    else high = middle;
  }
  return low * MINUTE_MS;
}

/** The day after, by the calendar. */
export function nextDay(day: number): number {
  return numberOf(utcOf(day) + DAY_MS);
}

/** "2026-02-31" is no day, although it looks like one. */
export function isDay(text: string): boolean {
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(text) &&
    new Date(utcOf(dayNumber(text))).toISOString().startsWith(text)
  );
}

const MINUTE_MS = 60_000;
const MINUTES_KEPT = 4096;
const DAY_MS = 86_400_000;

function businessDay(clock: WallClock, at: number, start: number): number {
  const shown = clock(at);
  const midnight = Math.floor(shown / DAY_MS) * DAY_MS;
  const begun = shown - midnight >= start || instantsOf(clock, midnight + start).first <= at;
  return numberOf(begun ? midnight : midnight - DAY_MS);
}

function numberOf(at: number): number {
  const day = new Date(at);
  return day.getUTCFullYear() * 10_000 + (day.getUTCMonth() + 1) * 100 + day.getUTCDate();
}

function utcOf(day: number): number {
  return Date.UTC(Math.floor(day / 10_000), (Math.floor(day / 100) % 100) - 1, day % 100);
}
