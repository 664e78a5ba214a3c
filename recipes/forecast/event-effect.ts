/** What announced events really did, learned apart from the baseline that they are left out of. */
import { candidatesFor } from './candidates.ts';
import { runContest } from './contest.ts';
import { demandDays } from './demand-days.ts';
import type { DemandHistory } from './types.ts';

/** One announced day of the past beside what would have been expected without the announcement. */
export type AnnouncedDay = {
  /** Place in the history, from 0. */
  readonly day: number;
  readonly announced: number;
  readonly actual: number;
  /** Expected the evening before of such a day without the event (a half day's share is in it). */
  readonly baseline: number;
};

/** Every announced day of a history whose demand is known, with its baseline. */
export function announcedDays(history: DemandHistory): AnnouncedDay[] {
  const days = demandDays(history, 1);
  const found: AnnouncedDay[] = [];
  runContest(days, candidatesFor(days), 0.9, (day, baseline) => {
    const announced = history.announced?.[day] ?? 1;
    const actual = history.demand[day] ?? 0;
    found.push({ day, announced, actual, baseline: baseline * (history.open?.[day] ?? 1) });
  });
  return found;
}

export type PastEvent = {
  /** What the person called it: "party", "street market". Events of one reason are alike. */
  readonly reason: string;
  /** Factor the person announced, above 0: +20 % = 1.2. */
  readonly announced: number;
  readonly actual: number;
  /** What the forecast said of that day without the event, the evening before. */
  readonly baseline: number;
};

export type EventEffect = {
  /** What to multiply the baseline by next time. */
  readonly factor: number;
  /** Days it was learned from. */
  readonly days: number;
};

/** Days' worth of trust in what was announced. */
const TRUST = 2;
/** One event multiplies demand by this at most and by one over this at least. */
const MOST = 5;

/**
 * The factor of each reason: the mean of what such days really did and what was announced for them,
 * on the scale of logarithms; the announcement counts as two days, so one odd party moves it by a third.
 * Days without a baseline, or announced as 0, teach nothing.
 */
export function eventEffects(events: readonly PastEvent[]): Map<string, EventEffect> {
  const sums = new Map<string, { log: number; said: number; days: number }>();
  for (const { reason, announced, actual, baseline } of events) {
    if (baseline <= 0 || announced <= 0) continue;
    const sum = sums.get(reason) ?? { log: 0, said: 0, days: 0 };
    sum.log += Math.log(Math.max(1 / MOST, Math.min(MOST, actual / baseline)));
    sum.said += Math.log(announced);
    sum.days += 1;
    sums.set(reason, sum);
  }
  const effects = new Map<string, EventEffect>();
  for (const [reason, { log, said, days }] of sums) {
    const factor = Math.exp((log + (said / days) * TRUST) / (days + TRUST));
    effects.set(reason, { factor, days });
  }
  return effects;
}
