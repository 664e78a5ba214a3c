/** Lunch is at noon by the clock on the wall, on the days of 23 and 25 hours too. */
import { expect, test } from 'vitest';
import { dayProfile } from '#recipes/purchasing/day-profile.ts';
import { businessCalendar, startOfDay } from '#recipes/time/business-day.ts';
import { wallClock } from '#recipes/time/wall-clock.ts';

const LUNCH = [
  { hour: 11, amount: 1 },
  { hour: 12, amount: 2 },
  { hour: 18, amount: 1 },
];

/** @returns the share by each of these instants */
function shares(zone: string, dayStart: string, day: number, ...times: string[]): number[] {
  const dayOf = businessCalendar(zone, dayStart);
  const of = {
    date: day,
    from: startOfDay(dayOf, day),
    until: startOfDay(dayOf, day + 1),
    ...{ mean: 1, low: 1, high: 1, sd: 0 },
  };
  const profile = dayProfile(LUNCH, wallClock(zone));
  return times.map((time) => profile(of, Date.parse(time)));
}

test.each([
  ['summer begins', 20260329, '+02:00'],
  ['an ordinary day', 20260610, '+02:00'],
  ['winter begins', 20261025, '+01:00'],
])('in Berlin, the day from midnight: %s', (_, day, offset) => {
  const text = String(day).replace(/(\d{4})(\d{2})(\d{2})/, '$1-$2-$3');
  const at = ['11:00', '11:30', '13:00', '18:30'].map((time) => `${text}T${time}:00${offset}`);
  expect(shares('Europe/Berlin', '00:00', day, ...at)).toEqual([0, 0.125, 0.75, 0.875]);
});

test('a day that starts at half past, and half an hour put back on Lord Howe', () => {
  const at = (time: string) => `2026-06-10T${time}:00+02:00`;
  expect(shares('Europe/Berlin', '04:30', 20260610, at('11:30'), at('12:00'))).toEqual([
    0.125, 0.25,
  ]);
  const there = (time: string) => `2026-04-05T${time}:00+10:30`;
  expect(shares('Australia/Lord_Howe', '00:00', 20260405, there('11:30'), there('13:00'))).toEqual([
    0.125, 0.75,
  ]);
});
