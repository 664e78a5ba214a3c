/** What announced events really did, learned apart from the baseline that they are left out of. */

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
