/** The simple ways: the last like day, means, a level times the factors of the weekdays. */
import type { Candidate } from './candidate.ts';

const DAYS = 7;

/** The same weekday last week, or the latest of that weekday that taught anything. */
export function lastWeek(weekday: Uint8Array): Candidate {
  const last = new Float64Array(DAYS).fill(Number.NaN);
  let latest = 0;
  return {
    name: 'last-week',
    predict(day) {
      const value = last[weekday[day] ?? 0] ?? latest;
      return Number.isNaN(value) ? latest : value;
    },
    learn(day, demand) {
      last[weekday[day] ?? 0] = demand;
      latest = demand;
    },
  };
}

/** A level that forgets: the plain mean at first, then exponential with `rate` per day. */
export function flatMean(name: string, rate: number): Candidate {
  let level = 0;
  let count = 0;
  return {
    name,
    predict: () => level,
    learn(_day, demand) {
      count += 1;
      level += Math.max(rate, 1 / count) * (demand - level);
    },
  };
}

/** The mean of the same weekdays, each older one counting (1 - `rate`) of the next, drawn to the mean of all. */
export function weekdayMean(weekday: Uint8Array, rate: number, prior: number): Candidate {
  const sum = new Float64Array(DAYS);
  const weight = new Float64Array(DAYS);
  const all = flatMean('', rate / DAYS);
  return {
    name: 'weekday-mean',
    predict(day) {
      const d = weekday[day] ?? 0;
      return ((sum[d] ?? 0) + prior * all.predict(day)) / ((weight[d] ?? 0) + prior);
    },
    learn(day, demand) {
      const d = weekday[day] ?? 0;
      sum[d] = (sum[d] ?? 0) * (1 - rate) + demand;
      weight[d] = (weight[d] ?? 0) * (1 - rate) + 1;
      all.learn(day, demand);
    },
  };
}

export type LevelRates = {
  /** Share of a day's surprise that moves the level. */
  readonly level: number;
  /** Share of last week's part in a weekday's factor that is forgotten each week. */
  readonly weekday: number;
  /** Days' worth of "all weekdays are alike" at the start. */
  readonly prior: number;
  /** Share of a day's surprise that moves the trend; 0 = no trend. */
  readonly trend: number;
};

/** How fast a trend dies away, per day. */
const DAMP = 0.97;

/** An exponential level (with a damped trend) times the factor of the weekday, both learned on the way. */
export function levelWeekday(name: string, weekday: Uint8Array, rates: LevelRates): Candidate {
  const sum = new Float64Array(DAYS).fill(rates.prior);
  const weight = new Float64Array(DAYS).fill(rates.prior);
  let level = 0;
  let trend = 0;
  let count = 0;
  let seen = -1;
  const factor = (d: number) => (sum[d] ?? 1) / (weight[d] ?? 1);
  const levelAt = (day: number) => {
    if (rates.trend === 0) return level;
    const ahead = Math.min(day - seen, 30);
    return Math.max(0, level + (trend * DAMP * (1 - DAMP ** ahead)) / (1 - DAMP));
  };
  return {
    name,
    predict: (day) => levelAt(day) * factor(weekday[day] ?? 0),
    learn(day, demand) {
      const d = weekday[day] ?? 0;
      const expected = levelAt(day);
      count += 1;
      const now = factor(d) > 0 ? demand / factor(d) : expected;
      const surprise = count === 1 ? demand - expected : now - expected;
      level = expected + Math.max(rates.level, 1 / count) * surprise;
      if (count > 2 * DAYS)
        trend = trend * DAMP ** Math.min(day - seen, 30) + rates.trend * surprise;
      if (level > 0) {
        sum[d] = (sum[d] ?? 0) * (1 - rates.weekday) + demand / level;
        weight[d] = (weight[d] ?? 0) * (1 - rates.weekday) + 1;
      }
      seen = day;
    },
  };
}

/** Seldom sold (Teunter, Syntetos and Babai 2011): how likely a sale is times how large, each with its own rate. */
export function seldom(chanceRate: number, sizeRate: number): Candidate {
  let chance = 0;
  let size = 0;
  let count = 0;
  let sales = 0;
  return {
    name: 'seldom',
    predict: () => chance * size,
    learn(_day, demand) {
      count += 1;
      chance += Math.max(chanceRate, 1 / count) * ((demand > 0 ? 1 : 0) - chance);
      if (demand <= 0) return;
      sales += 1;
      size += Math.max(sizeRate, 1 / sales) * (demand - size);
    },
  };
}
