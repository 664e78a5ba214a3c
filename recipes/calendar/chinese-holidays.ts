/**
 * Public holidays of mainland China with the working days that make up for them.
 *
 * The dates come from the package chinese-days, which follows the yearly notices of the State Council;
 * for years without a notice yet it knows the lunar calendar, so that the festivals themselves are
 * expected on their days for as long as the statute of 2024 grants.
 */
import chineseDays from 'chinese-days';
import { must } from '../assert.ts';
import type { Words } from '../contracts/command.ts';
import { addDays } from '../forecast/dates.ts';
import { dayNumber, dayText } from '../time/business-day.ts';
import type { CalendarRun } from './calendar-run.ts';

type Festival = { readonly key: string; readonly name: Words };

/** By the name that chinese-days gives them. */
const FESTIVALS: Readonly<Record<string, Festival>> = {
  元旦: { key: 'cn.new-year', name: { zh: '元旦', en: "New Year's Day" } },
  春节: { key: 'cn.spring-festival', name: { zh: '春节', en: 'Spring Festival' } },
  清明: { key: 'cn.tomb-sweeping', name: { zh: '清明节', en: 'Tomb-sweeping Day' } },
  劳动节: { key: 'cn.labour-day', name: { zh: '劳动节', en: 'Labour Day' } },
  端午: { key: 'cn.dragon-boat', name: { zh: '端午节', en: 'Dragon Boat Festival' } },
  中秋: { key: 'cn.mid-autumn', name: { zh: '中秋节', en: 'Mid-autumn Festival' } },
  国庆节: { key: 'cn.national-day', name: { zh: '国庆节', en: 'National Day' } },
};

export const MAKEUP_WORKDAY = 'cn.makeup-workday';

/** Whether the notice for `year` is known here. */
export function isAnnounced(year: number): boolean {
  return officialName(year * 10_000 + 101) !== null;
}

/** The runs around the festivals of `year`: from the days off of new year, which may begin in December. */
export function chineseRuns(year: number): CalendarRun[] {
  if (year < FIRST_YEAR || year > LAST_YEAR) return [];
  return isAnnounced(year) ? announcedRuns(year) : expectedRuns(year);
}

/** Whose lunar months the package knows. */
const FIRST_YEAR = 1901;
const LAST_YEAR = 2099;

type DayOff = { readonly day: number; readonly festival: Festival };

function announcedRuns(year: number): CalendarRun[] {
  const runs: CalendarRun[] = [];
  let stretch: DayOff[] = [];
  const last = year * 10_000 + LAST_BEFORE_NEW_YEAR;
  for (let day = addDays(last - 10_000, 1); day <= last; day = addDays(day, 1)) {
    const official = officialName(day);
    const festival = official ? FESTIVALS[official.name] : undefined;
    if (festival && official?.isWork === false) {
      stretch.push({ day, festival });
      continue;
    }
    runs.push(...stretchRuns(stretch));
    stretch = [];
    if (festival) runs.push(makeupRun(day, festival));
  }
  return runs;
}

/**
 * Days off in a row. A festival inside another's days (mid-autumn in the national week) keeps its own
 * key, and the other goes on counting.
 */
function stretchRuns(days: readonly DayOff[]): CalendarRun[] {
  return days.map(({ day, festival }, i) => {
    const first = days.find((other) => other.festival === festival)?.day ?? day;
    const origin = originOf(festival, first);
    return {
      ...festival,
      from: day,
      to: day,
      origin,
      eve: i === 0,
      expected: false,
      stretch: days.length,
    };
  });
}

/**
 * Spring Festival counts from the lunar new year, so that its eve is -1 in every year, wherever the
 * days off begin.
 */
function originOf(festival: Festival, first: number): number {
  if (festival !== FESTIVALS['春节']) return first;
  return lunarDay(Math.floor(first / 10_000), 1, 1);
}

function makeupRun(day: number, { name }: Festival): CalendarRun {
  const words = { zh: `调休上班(${name.zh})`, en: `make-up working day (${name.en})` };
  return { key: MAKEUP_WORKDAY, name: words, from: day, to: day, eve: false, expected: false };
}

/** The days that the law of 2024 grants, without those that a notice will move to them. */
function expectedRuns(year: number): CalendarRun[] {
  const newYear = lunarDay(year, 1, 1);
  const tombs = dayShownAs(chineseDays.getSolarTermDate(year, 4, 'pure_brightness'));
  const spans: readonly (readonly [string, from: number, to: number, origin?: number])[] = [
    ['元旦', year * 10_000 + 101, year * 10_000 + 101],
    ['春节', addDays(newYear, -1), addDays(newYear, 2), newYear],
    ['清明', tombs, tombs],
    ['劳动节', year * 10_000 + 501, year * 10_000 + 502],
    ['端午', lunarDay(year, 5, 5), lunarDay(year, 5, 5)],
    ['中秋', lunarDay(year, 8, 15), lunarDay(year, 8, 15)],
    ['国庆节', year * 10_000 + 1001, year * 10_000 + 1003],
  ];
  return spans.map(([festival, from, to, origin = from]) => {
    const known = must(FESTIVALS[festival], `no festival ${festival}`);
    return { ...known, from, to, origin, eve: true, expected: true };
  });
}

/**
 * The solar date of a day of the lunar calendar. Not asked as text: the package reads that as midnight in
 * Greenwich, and takes the day that is then in the zone of the machine.
 */
function lunarDay(year: number, month: number, day: number): number {
  return dayNumber(chineseDays.getSolarDateFromLunar(new Date(year, month - 1, day, 12)).date);
}

/** What the package shows of a day on a machine west of Greenwich is the day before it. */
function dayShownAs(shown: string): number {
  const after = addDays(dayNumber(shown), 1);
  const isWest = chineseDays.getDayDetail(dayText(after)).date === shown;
  return isWest ? after : dayNumber(shown);
}

/** What the notices say of a day: "National Day,国庆节,3" is special, "Thursday" is not. */
function officialName(day: number): { readonly name: string; readonly isWork: boolean } | null {
  const { name, work } = chineseDays.getDayDetail(dayText(day));
  const zh = name.split(',')[1];
  return zh === undefined ? null : { name: zh, isWork: work };
}

/** December 24: from the next day on, days off belong to the new year. */
const LAST_BEFORE_NEW_YEAR = 1224;
