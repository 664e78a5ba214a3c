import { describe, expect, it } from 'vitest';
import { openCalendar, specialDay } from '#recipes/calendar/calendar.ts';
import { readCalendar } from '#recipes/calendar/calendar-file.ts';
import { isAnnounced, MAKEUP_WORKDAY } from '#recipes/calendar/chinese-holidays.ts';
import { addDays } from '#recipes/forecast/dates.ts';

const calendar = openCalendar();
const at = (date: number) => specialDay(calendar, date);
const short = (date: number) => {
  const day = at(date);
  return day ? `${day.key} ${day.nth}` : null;
};
const span = (from: number, to: number) => {
  const days: number[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  return days;
};

describe('the notices of the State Council', () => {
  // From the notices themselves (国办发明电), not from the package.
  it.each([
    [2025, 'cn.new-year', [[20250101, 20250101]]],
    [2025, 'cn.spring-festival', [[20250128, 20250204]]],
    [2025, 'cn.tomb-sweeping', [[20250404, 20250406]]],
    [2025, 'cn.labour-day', [[20250501, 20250505]]],
    [2025, 'cn.dragon-boat', [[20250531, 20250602]]],
    [
      2025,
      'cn.national-day',
      [
        [20251001, 20251005],
        [20251007, 20251008],
      ],
    ],
    [2025, 'cn.mid-autumn', [[20251006, 20251006]]],
    [2026, 'cn.new-year', [[20260101, 20260103]]],
    [2026, 'cn.spring-festival', [[20260215, 20260223]]],
    [2026, 'cn.tomb-sweeping', [[20260404, 20260406]]],
    [2026, 'cn.labour-day', [[20260501, 20260505]]],
    [2026, 'cn.dragon-boat', [[20260619, 20260621]]],
    [2026, 'cn.mid-autumn', [[20260925, 20260927]]],
    [2026, 'cn.national-day', [[20261001, 20261007]]],
  ])('%i %s', (year, key, spans) => {
    const days = spans.flatMap(([from = 0, to = 0]) => span(from, to));
    for (const day of days) expect([day, at(day)?.key]).toEqual([day, key]);
    const others = span(year * 10_000 + 101, year * 10_000 + 1231)
      .filter((day) => at(day)?.key === key && !days.includes(day))
      .map((day) => at(day)?.name.en.startsWith('the day before'));
    expect(others.every(Boolean)).toBe(true);
    expect(others.length).toBeLessThanOrEqual(1);
  });

  it.each([
    [2025, [20250126, 20250208, 20250427, 20250928, 20251011]],
    [2026, [20260104, 20260214, 20260228, 20260509, 20260920, 20261010]],
  ])('the working days of %i that make up for them are a kind of their own', (year, days) => {
    const found = span(year * 10_000 + 101, year * 10_000 + 1231).filter(
      (day) => at(day)?.key === MAKEUP_WORKDAY,
    );
    expect(found).toEqual(days);
    expect(at(days[0] ?? 0)?.nth).toBe(0);
  });

  it('ordinary days are ordinary', () => {
    for (const day of [20251009, 20260110, 20260224, 20260715, 20261122])
      expect(at(day)).toBe(null);
  });
});

describe('the place within a run', () => {
  it('counts from the first day off, the eve is -1', () => {
    expect([20260930, 20261001, 20261007, 20261008].map(short)).toEqual([
      'cn.national-day -1',
      'cn.national-day 0',
      'cn.national-day 6',
      null,
    ]);
    expect(at(20260930)?.name).toEqual({
      zh: '国庆节前一天',
      en: 'the day before National Day',
    });
  });

  it('counts Spring Festival from the lunar new year, wherever the days off begin', () => {
    expect([20250128, 20250129, 20260215, 20260216, 20260217].map(short)).toEqual([
      'cn.spring-festival -1',
      'cn.spring-festival 0',
      'cn.spring-festival -2',
      'cn.spring-festival -1',
      'cn.spring-festival 0',
    ]);
  });

  it('goes on counting past a festival inside', () => {
    expect([20251005, 20251006, 20251007].map(short)).toEqual([
      'cn.national-day 4',
      'cn.mid-autumn 0',
      'cn.national-day 6',
    ]);
  });

  it('a working day that makes up is no eve', () => {
    expect(short(20260214)).toBe(`${MAKEUP_WORKDAY} 0`);
  });

  it('the eve of new year lies in the year before', () => {
    expect(short(20251231)).toBe('cn.new-year -1');
  });
});

describe('years without a notice yet', () => {
  it('know the festivals themselves, and say that they are only expected', () => {
    expect(isAnnounced(2026)).toBe(true);
    expect(isAnnounced(2031)).toBe(false);
    // Lunar new years and autumns of the almanac.
    for (const [day, key] of [
      [20310101, 'cn.new-year'],
      [20310123, 'cn.spring-festival'],
      [20310405, 'cn.tomb-sweeping'],
      [20310501, 'cn.labour-day'],
      [20310624, 'cn.dragon-boat'],
      [20311001, 'cn.mid-autumn'],
      [20311002, 'cn.national-day'],
    ] as const) {
      expect([day, at(day)?.key, at(day)?.expected]).toEqual([day, key, true]);
    }
    expect(at(20261001)?.expected).toBe(false);
    expect(short(20310122)).toBe('cn.spring-festival -1');
  });
});

describe('other calendars', () => {
  const file = readCalendar(`
- { key: school.summer, from: 2026-07-04, to: 2026-10-05, name: { zh: 暑假, en: summer holidays } }
- { key: fair, from: 2026-10-03, name: 庙会, eve: true }
- { key: stocktaking, from: 2026-11-30, name: { zh: 盘点, en: stocktaking } }
`);
  if (!file.ok) throw new Error(file.problems.join('\n'));
  const merged = openCalendar({ others: file.runs });
  const keyAt = (date: number) => specialDay(merged, date)?.key ?? null;

  it('are merged: the shorter run is the more particular', () => {
    expect(
      [20260704, 20260810, 20260925, 20261001, 20261003, 20261005, 20261130].map(keyAt),
    ).toEqual([
      'school.summer',
      'school.summer',
      'cn.mid-autumn',
      'cn.national-day',
      'fair',
      'cn.national-day',
      'stocktaking',
    ]);
    expect(specialDay(merged, 20260810)).toMatchObject({
      nth: 37,
      name: { en: 'summer holidays' },
    });
    expect(specialDay(merged, 20261003)?.name).toEqual({ zh: '庙会', en: '庙会' });
  });

  it('can stand alone', () => {
    const alone = openCalendar({ chinese: false, others: file.runs });
    expect([20261001, 20260501].map((day) => specialDay(alone, day)?.key ?? null)).toEqual([
      'school.summer',
      null,
    ]);
    expect(specialDay(alone, 20261002)?.key).toBe('school.summer');
  });

  it('tell every mistake with its place', () => {
    const bad = readCalendar(`
- { key: A b, from: 2026-02-31, name: x }
- { key: ok, from: 2026-03-02, to: 2026-03-01, name: x, colour: red }
`);
    if (bad.ok) throw new Error('taken');
    expect(bad.problems.map((problem) => problem.split(':')[0])).toEqual([
      '[0].key',
      '[0].from',
      '[1]',
      '[1].to',
    ]);
    expect(readCalendar(': :').ok).toBe(false);
    expect(readCalendar('')).toEqual({ ok: true, runs: [] });
  });
});
