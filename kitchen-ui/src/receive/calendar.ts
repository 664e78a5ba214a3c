/**
 * Days as goods carry them ("2026-11-25") and the moments they mean in the store's time zone: what was
 * produced on a day is counted from its beginning, what expires on a day may still be used on it.
 */
import { instantsOf, wallClock } from '#recipes/time/wall-clock.ts';

/** First moment of the day, RFC 3339; null for what is no day. Where midnight is skipped it is 01:00. */
export function dayStart(day: string, timezone: string): string | null {
  return instant(day, '00:00:00', timezone, 'first');
}

/** Last second of the day. */
export function dayEnd(day: string, timezone: string): string | null {
  return instant(day, '23:59:59', timezone, 'last');
}

/** The day that a moment falls on. */
export function dayAt(at: number, timezone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: timezone, ...DATE }).format(at);
}

/** So many days later. */
export function daysAfter(day: string, days: number): string {
  const at = Date.parse(`${day}T12:00:00Z`);
  return Number.isNaN(at) ? day : new Date(at + days * DAY_MS).toISOString().slice(0, 10);
}

const DAY_MS = 86_400_000;
const DATE = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;

function instant(
  day: string,
  time: string,
  timezone: string,
  which: 'first' | 'last',
): string | null {
  const shown = Date.parse(`${day}T${time}Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(shown)) return null;
  return new Date(instantsOf(wallClock(timezone), shown)[which]).toISOString();
}
