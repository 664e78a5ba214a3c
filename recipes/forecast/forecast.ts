/** What an item will need on the days to come, from its own past: see README.md for how. */
import { assert } from '../assert.ts';
import { candidatesFor } from './candidates.ts';
import { type Contest, runContest } from './contest.ts';
import { type DemandDays, demandDays } from './demand-days.ts';
import { normalQuantile } from './residuals.ts';
import type { DemandHistory, Forecast, ForecastDay, ForecastOptions } from './types.ts';

/** Days that must have taught something before anything but a mean is believed. */
export const DAYS_TO_LEARN = 14;
export const PAR = 'par';
const DEFAULT_LEVEL = 0.9;

/**
 * Expected demand of the `horizon` days after the history, each with its interval.
 * Pure: the same history and options give the same answer to the last bit (nothing is drawn at
 * random yet, so that the seed changes nothing either).
 * @throws Bug when demand is negative or no number, or when horizon or level are out of range
 */
export function forecast(history: DemandHistory, options: ForecastOptions): Forecast {
  const { horizon, level = DEFAULT_LEVEL } = options;
  assert(Number.isInteger(horizon) && horizon >= 1, `a horizon of ${horizon} days`);
  assert(level > 0 && level < 1, `an interval that holds ${level}`);
  const days = demandDays(history, horizon);
  if (days.taught < DAYS_TO_LEARN) return plainMean(days, level);
  const contest = runContest(days, candidatesFor(days), level);
  const answers = days.dates.map((date, i) => answer(contest, days, date, i, level));
  const { method, accuracy } = contest;
  return { days: answers, method, lowConfidence: false, accuracy };
}

function answer(
  contest: Contest,
  days: DemandDays,
  date: number,
  ahead: number,
  level: number,
): ForecastDay {
  const day = days.past + ahead;
  const said = contest.expect(day);
  const far = days.dates.length > 1 ? ahead / (days.dates.length - 1) : 0;
  const wider = 1 + (contest.growth - 1) * far;
  const [low, high] = contest.residuals.bounds(said, level, wider);
  const sd = contest.residuals.sd(said) * wider;
  return scaled({ date, mean: said, low, high, sd }, days.factor[day] ?? 1);
}

function scaled({ date, mean, low, high, sd }: ForecastDay, factor: number): ForecastDay {
  return { date, mean: mean * factor, low: low * factor, high: high * factor, sd: sd * factor };
}

/** Too little history: its mean, and an interval as wide as so few days leave it. */
function plainMean(days: DemandDays, level: number): Forecast {
  const seen = days.demand.filter((demand) => !Number.isNaN(demand));
  const n = seen.length;
  const mean = n === 0 ? 0 : seen.reduce((sum, demand) => sum + demand, 0) / n;
  const squares = seen.reduce((sum, demand) => sum + (demand - mean) ** 2, 0);
  // Two days that happen to be alike prove nothing: counting noise and a third of the mean are the least.
  const spread = Math.max(Math.sqrt(squares / Math.max(1, n - 1)), mean / 3);
  const sd = spread * Math.sqrt(1 + 1 / Math.max(1, n));
  const reach = normalQuantile((1 + level) / 2) * sd;
  return {
    days: days.dates.map((date, i) =>
      scaled(
        { date, mean, low: Math.max(0, mean - reach), high: mean + reach, sd },
        days.factor[days.past + i] ?? 1,
      ),
    ),
    method: PAR,
    lowConfidence: true,
    accuracy: { wape: null, bias: null, coverage: null, days: 0 },
  };
}
