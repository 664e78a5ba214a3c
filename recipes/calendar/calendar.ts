/** Which days are special, and what is alike about them. */
import type { Words } from '../contracts/command.ts';
import { addDays } from '../forecast/dates.ts';
import type { SpecialDay } from '../forecast/types.ts';
import { daysBetween } from '../time/business-day.ts';
import type { CalendarRun } from './calendar-run.ts';
import { chineseRuns } from './chinese-holidays.ts';

/** A special day with its name for people. */
export type CalendarDay = SpecialDay & {
  readonly name: Words;
  /** The official calendar of that year is not out yet: the festival is certain, days off may move. */
  readonly expected: boolean;
};

export type Calendar = {
  /** What is special about a day, the number 20261001; null for an ordinary one. */
  day(date: number): CalendarDay | null;
};

export type CalendarOptions = {
  /** Public holidays of mainland China; default yes. */
  readonly chinese?: boolean;
  /** Others: school holidays, a fair, another country's days. */
  readonly others?: readonly CalendarRun[];
};

/** A calendar, worked out year by year when asked. */
export function openCalendar({ chinese = true, others = [] }: CalendarOptions = {}): Calendar {
  const years = new Map<number, ReadonlyMap<number, CalendarDay>>();
  return {
    day(date) {
      const year = Math.floor(date / 10_000);
      let days = years.get(year);
      if (!days) {
        const runs = chinese ? [...chineseRuns(year), ...chineseRuns(year + 1)] : [];
        days = daysOf([...others, ...runs], year);
        years.set(year, days);
      }
      return days.get(date) ?? null;
    },
  };
}

/** What the forecaster takes of a day. */
export function specialDay(calendar: Calendar, date: number): CalendarDay | null {
  return calendar.day(date);
}

/**
 * One entry per day of the year. Where runs meet, the shorter one counts, because it is the more particular:
 * the national week within the school holidays, the fair within the national week. An eve gives way to
 * any day of its own. Of equals the first counts.
 */
function daysOf(runs: readonly CalendarRun[], year: number): Map<number, CalendarDay> {
  const days = new Map<number, CalendarDay>();
  const lengths = new Map<number, number>();
  const enter = (run: CalendarRun, date: number, length: number) => {
    if (Math.floor(date / 10_000) !== year) return;
    if (length >= (lengths.get(date) ?? Number.POSITIVE_INFINITY)) return;
    lengths.set(date, length);
    const nth = daysBetween(run.origin ?? run.from, date);
    days.set(date, { key: run.key, nth, name: nameOf(run, date), expected: run.expected });
  };
  for (const run of runs) {
    const length = Math.max(run.stretch ?? 0, daysBetween(run.from, run.to) + 1);
    if (run.eve) enter(run, addDays(run.from, -1), EVE);
    for (let date = run.from; date <= run.to; date = addDays(date, 1)) enter(run, date, length);
  }
  return days;
}

/** Longer than any run: an eve counts only where nothing else does. */
const EVE = 1e6;

function nameOf(run: CalendarRun, date: number): Words {
  if (date >= run.from) return run.name;
  return { zh: `${run.name.zh}前一天`, en: `the day before ${run.name.en}` };
}
