/**
 * Days as goods carry them ("2026-11-25") and the moments they mean in the store's time zone: what was
 * produced on a day is counted from its beginning, what expires on a day may still be used on it.
 */

/** First moment of the day, RFC 3339; null for what is no day. */
export function dayStart(day: string, timezone: string): string | null {
  return instant(day, '00:00:00', timezone);
}

/** Last second of the day. */
export function dayEnd(day: string, timezone: string): string | null {
  return instant(day, '23:59:59', timezone);
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
const TIME = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const;

function instant(day: string, time: string, timezone: string): string | null {
  const wall = Date.parse(`${day}T${time}Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(wall)) return null;
  // The offset at the first guess is nearly always the right one; a second look meets clock changes.
  const guess = wall - offsetAt(wall, timezone);
  return new Date(wall - offsetAt(guess, timezone)).toISOString();
}

/** What the wall clock shows more than UTC, milliseconds. */
function offsetAt(at: number, timezone: string): number {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone: timezone, ...DATE, ...TIME });
  const part = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
  const day = `${part.get('year')}-${part.get('month')}-${part.get('day')}`;
  const time = `${part.get('hour')}:${part.get('minute')}:${part.get('second')}`;
  return Date.parse(`${day}T${time}Z`) - Math.floor(at / 1000) * 1000;
}
