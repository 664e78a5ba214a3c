/** Expected demand from now on, at any instant: whole days, and the parts of days by the profile. */
import { MICRO, type Micro, scaleMicro } from '../amount.ts';
import { assert, must } from '../assert.ts';
import type { Spread } from './demand-spread.ts';
import type { DemandDay, SuggestInput } from './suggest-input.ts';
import type { CoverDay } from './suggestion-types.ts';

export type Cover = {
  /** The days until `coverUntil`, today from now on. */
  readonly days: readonly Omit<CoverDay, 'need'>[];
  /** Expected demand from now until `at`, which lies within the days given. Never falls. */
  needUntil(at: number): Micro;
  /** What demand until `at` may come out as. Beyond the days given it goes on as in the last week. */
  spreadUntil(at: number): Spread;
};

/** @param input its days hold `now` and reach `coverUntil`, one after the other */
export function coverOf(input: SuggestInput): Cover {
  const { days, now, coverUntil } = input;
  checkDays(input);
  const profile = input.profile ?? evenly;
  const plan = days.map((day) => ({ day, ...announced(day) }));
  const began = profile(must(days[0], 'a day'), now);
  /** Millionths of the day's demand that fall between now and `at`. */
  const shareUntil = (day: DemandDay, at: number): number => {
    if (at <= day.from || at <= now) return 0;
    const until = at >= day.until ? 1 : profile(day, at);
    const from = day === days[0] ? began : 0;
    return Math.min(MICRO, Math.max(0, Math.round((until - from) * MICRO)));
  };
  return {
    days: plan.flatMap(({ day, mean, event, extra }) => {
      const share = shareUntil(day, coverUntil) / MICRO;
      if (share === 0) return [];
      const low = Math.round(day.low * event);
      const high = Math.round(day.high * event);
      return [{ date: day.date, share, mean, low, high, event, extra }];
    }),
    needUntil: (at) =>
      plan.reduce((sum, { day, mean }) => sum + scaleMicro(mean, shareUntil(day, at)), 0),
    spreadUntil: (at) => {
      let mean = 0;
      let variance = 0;
      for (const { day, event } of plan) {
        const share = shareUntil(day, at) / MICRO;
        mean += share * day.mean * event;
        variance += share * (day.sd * event) ** 2;
      }
      const later = beyond(days, at);
      return { mean: mean + later.mean, sd: Math.sqrt(variance + later.variance) };
    },
  };
}

/** A day's need as it counts in the sum, before rounding to its grain. */
export function needOfDay({ mean, share }: Pick<CoverDay, 'mean' | 'share'>): Micro {
  return scaleMicro(mean, Math.round(share * MICRO));
}

const WEEK = 7;

function announced(day: DemandDay): { mean: Micro; event: number; extra: Micro } {
  const event = day.event ?? 1;
  const mean = Math.round(day.mean * event);
  return { mean, event, extra: mean - day.mean };
}

function evenly(day: DemandDay, at: number): number {
  return (at - day.from) / (day.until - day.from);
}

/** After the last day given: the average of the last seven. */
function beyond(days: readonly DemandDay[], at: number): { mean: number; variance: number } {
  const last = must(days.at(-1), 'a day');
  if (at <= last.until) return { mean: 0, variance: 0 };
  const week = days.slice(-WEEK);
  const more = (at - last.until) / ((last.until - must(week[0], 'a day').from) / week.length);
  const perDay = more / week.length;
  return {
    mean: perDay * week.reduce((sum, { mean }) => sum + mean, 0),
    variance: perDay * week.reduce((sum, { sd }) => sum + sd * sd, 0),
  };
}

function checkDays({ item, days, now, coverUntil }: SuggestInput): void {
  const first = must(days[0], `${item}: a suggestion needs at least one day of forecast`);
  assert(first.from <= now && now < first.until, `${item}: the first day is the one of now`);
  days.forEach((day, i) => {
    const before = days[i - 1];
    assert(day.from < day.until, `${item}: ${day.date} has no length`);
    assert(before === undefined || before.until === day.from, `${item}: days without holes`);
    assert(Number.isSafeInteger(day.mean) && day.mean >= 0, `${item}: demand of ${day.date}`);
    assert(day.sd >= 0 && (day.event ?? 1) >= 0, `${item}: spread of ${day.date}`);
  });
  const last = must(days.at(-1), 'a day');
  assert(coverUntil <= last.until, `${item}: the forecast ends before what it must cover`);
}
