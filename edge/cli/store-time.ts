/** Times as people write them for the tool: by the clock of the store, wherever the tool runs. */
import {
  businessCalendar,
  dayNumber,
  dayText,
  isDay,
  startOfDay,
} from '#recipes/time/business-day.ts';
import { instantsOf, wallClock } from '#recipes/time/wall-clock.ts';
import { readConfig, type Surroundings } from './place.ts';

/**
 * Epoch milliseconds of "2026-11-22T18:00" by the store's clock, or with an offset of its own; of a day
 * alone what `ofDay` makes of it. NaN for anything else.
 */
export function instantIn(text: string, timezone: string, ofDay: (day: string) => number): number {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return isDay(text) ? ofDay(text) : Number.NaN;
  const [, day = '', time = '', offset] = MOMENT.exec(text) ?? [];
  if (!isDay(day)) return Number.NaN;
  if (offset !== undefined) return Date.parse(`${day}T${time}${offset.toUpperCase()}`);
  const shown = Date.parse(`${day}T${time}Z`);
  return Number.isNaN(shown) ? shown : instantsOf(wallClock(timezone), shown).first;
}

const MOMENT = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+-]\d{2}:\d{2})?$/i;

/** The last second of a calendar day by the store's clock: what expires on a day may be used on it. */
export function endOfDay(day: string, timezone: string): number {
  return instantsOf(wallClock(timezone), Date.parse(`${day}T23:59:59Z`)).last;
}

/** The store's days by the settings that the tool finds. @throws Stop `bad_config` with every mistake */
export function storeDays(around: Surroundings): {
  readonly timezone: string;
  /** When the business day "2026-11-22" starts, epoch milliseconds. */
  readonly start: (day: string) => number;
  /** The business day of an instant. */
  readonly dayOf: (at: number) => string;
} {
  const { timezone, dayStart } = readConfig(around).config;
  const calendar = businessCalendar(timezone, dayStart);
  return {
    timezone,
    start: (day) => startOfDay(calendar, dayNumber(day)),
    dayOf: (at) => dayText(calendar(at)),
  };
}
