/** What is known of days beside the sales: what people noted, and on which weekdays the store is closed. */
import type { Covariate } from '#recipes/forecast/types.ts';
import { dayBefore, daysFrom, weekdayOf } from './days.ts';
import type { Histories } from './histories.ts';
import type { DayNote } from './note-store.ts';

export type DayFacts = {
  /** Share of the day that the store is open, 0 to 1; 1 where nobody said anything. */
  share(day: number): number;
  /** What an event multiplies the demand by; 1 = nothing. */
  event(day: number): number;
  /** What events of a reason came to before; undefined = none is over yet. */
  learned(reason: string | null): number | undefined;
  /** Whether a person said something of the day that means it is open. */
  isNoted(day: number): boolean;
  /** What was noted in numbers, by day; a series that nobody noted within these days is left out. */
  covariates(days: readonly number[]): Covariate[];
};

/** @param learned what events of a reason came to, for those of which nobody said a number */
export function dayFacts(notes: readonly DayNote[], learned: DayFacts['learned']): DayFacts {
  const shares = new Map<number, number>();
  const events = new Map<number, number>();
  const series = { promotion: new Map<number, number>(), weather: new Map<number, number>() };
  for (const { from, to, kind, value, reason } of notes) {
    const number = Number(value ?? 1);
    for (const day of daysFrom(from, to)) {
      if (kind === 'closed') shares.set(day, 0);
      else if (kind === 'half') shares.set(day, Math.min(number, shares.get(day) ?? 1));
      else if (kind === 'event')
        events.set(
          day,
          (events.get(day) ?? 1) * (value === null ? (learned(reason) ?? 1) : number),
        );
      else series[kind].set(day, number);
    }
  }
  return {
    learned,
    share: (day) => shares.get(day) ?? 1,
    event: (day) => events.get(day) ?? 1,
    isNoted: (day) => (shares.get(day) ?? 0) > 0 || events.has(day) || series.promotion.has(day),
    covariates(days) {
      const promotion = days.map((day) => series.promotion.get(day) ?? 0);
      const weather = days.map((day) => series.weather.get(day) ?? null);
      return [
        ...(promotion.some((value) => value !== 0)
          ? [{ name: 'promotion', values: promotion }]
          : []),
        ...(weather.some((value) => value !== null) ? [{ name: 'weather', values: weather }] : []),
      ];
    },
  };
}

/** Weeks in a row that a weekday must have been without any sale. */
const WEEKS_CLOSED = 3;

/**
 * Weekdays on which the store does not open, 0 = Monday: without any sale in each of the last three
 * weeks, while it sold on other days of them.
 */
export function closedWeekdays({
  days,
  open,
}: Pick<Histories, 'days' | 'open'>): ReadonlySet<number> {
  const closed = new Set<number>();
  const last = days.length - 1;
  for (let weekday = 0; weekday < 7; weekday++) {
    let weeks = 0;
    for (let i = last; i >= 0 && weeks < WEEKS_CLOSED; i--) {
      if (weekdayOf(days[i] ?? 0) !== weekday) continue;
      if (!isClosedAWhile(open, i)) break;
      weeks++;
    }
    if (weeks === WEEKS_CLOSED) closed.add(weekday);
  }
  return closed;
}

/**
 * Without any sale, within less than a week of such days between days that sold; the days up to yesterday
 * have those before them only. A longer stretch is a holiday, or Larder was not there yet.
 */
export function isClosedAWhile(open: Histories['open'], i: number): boolean {
  if (open[i] === 1) return false;
  let first = i;
  while (first > 0 && open[first - 1] !== 1) first--;
  let end = i + 1;
  while (end < open.length && open[end] !== 1) end++;
  return first > 0 && end - first < 7;
}

/** The days to come, `today` first. */
export function daysAhead(today: number, count: number): number[] {
  return daysFrom(today, dayBefore(today, 1 - count));
}
