/** The business day that is now in a store, and whether it is open. */
import { businessCalendar } from '#recipes/time/business-day.ts';
import { type WallClock, wallClock } from '#recipes/time/wall-clock.ts';
import type { Past } from './past.ts';
import type { OfficeStore } from './past-store.ts';

const TIMEZONE = 'Asia/Shanghai';
const DAY_START = '04:00';
const DAY_MINUTES = 24 * 60;

const calendars = new Map<string, (at: number) => number>();

/** Instant to business day, by the clocks and rules of the store's box. */
export function dayOf(past: Pick<Past, 'store' | 'main'>): (at: number) => number {
  const dayStart = past.main?.box?.dayStart ?? DAY_START;
  const key = `${timezoneOf(past)} ${dayStart}`;
  const known = calendars.get(key);
  if (known !== undefined) return known;
  const made = calendarOr(timezoneOf(past), dayStart);
  calendars.set(key, made);
  return made;
}

/** The store's time zone by its box, else by head office; null = nobody said, or there is no such zone. */
export function knownTimezone({ store, main }: Pick<Past, 'store' | 'main'>): string | null {
  const said = main?.box?.timezone ?? store.timezone;
  return said !== null && isTimezone(said) ? said : null;
}

/** Whoever posts batches names the zone: one that does not exist must not stop the board. */
function timezoneOf(past: Pick<Past, 'store' | 'main'>): string {
  return knownTimezone(past) ?? TIMEZONE;
}

/** Whether there is such a zone. */
export function isTimezone(name: string): boolean {
  const known = zones.get(name);
  if (known !== undefined) return known;
  const is = makesClock(name);
  if (zones.size < ZONES_KEPT) zones.set(name, is);
  return is;
}

const zones = new Map<string, boolean>();
const ZONES_KEPT = 1_000;

function makesClock(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).format(0) !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** The start of the day comes from whoever posts batches, too. */
function calendarOr(timezone: string, dayStart: string): (at: number) => number {
  try {
    return businessCalendar(timezone, dayStart);
  } catch (error) {
    if (error instanceof RangeError) return businessCalendar(timezone, DAY_START);
    throw error;
  }
}

/**
 * For how long a store has been open, in milliseconds; null = closed now. Without hours of its own it
 * has always been open. Hours may pass midnight ("18:00" to "02:00").
 */
export function openFor(past: Pick<Past, 'store' | 'main'>, now: number): number | null {
  const { opens, closes } = hoursOf(past.store);
  if (opens === undefined || closes === undefined || opens === closes) {
    return Number.POSITIVE_INFINITY;
  }
  const minute = localMinute(timezoneOf(past), now);
  const since = (minute - opens + DAY_MINUTES) % DAY_MINUTES;
  const length = (closes - opens + DAY_MINUTES) % DAY_MINUTES;
  return since < length ? since * 60_000 + (now % 60_000) : null;
}

function hoursOf({ opens, closes }: OfficeStore) {
  return { opens: minutesOf(opens), closes: minutesOf(closes) };
}

function minutesOf(text: string | null): number | undefined {
  const match = /^([01]?\d|2[0-4]):([0-5]\d)$/.exec(text ?? '');
  return match ? (Number(match[1]) * 60 + Number(match[2])) % DAY_MINUTES : undefined;
}

const clocks = new Map<string, WallClock>();

function localMinute(timezone: string, now: number): number {
  const clock = clocks.get(timezone) ?? wallClock(timezone);
  clocks.set(timezone, clock);
  return Math.floor(clock(now) / 60_000) % DAY_MINUTES;
}
