/**
 * How well the forecaster would have done: from every evening of the last part of a table it forecasts
 * with nothing but the days before, and is compared with what came.
 */
import { assert } from '../assert.ts';
import type { DemandTable } from './demand-table.ts';
import { forecast } from './forecast.ts';

export type BacktestOptions = {
  /** Share of the days that is history only; the rest is judged. Within (0, 1). */
  readonly split: number;
  /** Days ahead at which it is judged, 1 or more. */
  readonly horizon: number;
  /** Middle share that the intervals should hold; default 0.9. */
  readonly level?: number;
  readonly seed: number;
  readonly onProgress?: (done: number, total: number) => void;
};

export type Score = {
  /** Days judged. */
  readonly days: number;
  /** Σ|actual - forecast| / Σ actual; null when nothing was sold. */
  readonly wape: number | null;
  /** Σ(forecast - actual) / Σ actual. */
  readonly bias: number | null;
  /** Share of the days within the interval. */
  readonly coverage: number | null;
  /** Σ(high - low) / Σ actual. */
  readonly width: number | null;
  /** WAPE of the same weekday last week, the latest known that evening. */
  readonly lastWeekWape: number | null;
};

export type SeriesScore = Score & {
  readonly name: string;
  /** The method that answered most of the judged days. */
  readonly method: string;
};

export type Backtest = {
  /** First judged day, from 0. */
  readonly cut: number;
  readonly series: readonly SeriesScore[];
  /** All series together, so that the large ones count more. */
  readonly total: Score;
};

/** Judges every series of a table on its days from `split` on, each forecast `horizon` days ahead. */
export function backtest(table: DemandTable, options: BacktestOptions): Backtest {
  const { split } = options;
  assert(split > 0 && split < 1, `a split of ${split}`);
  const cut = Math.floor(table.days * split);
  const all = emptySums();
  const judged = table.series.map((one, i) => {
    const score = judgeSeries(table, i, cut, options);
    for (const key of Object.keys(all) as (keyof Sums)[]) all[key] += score.sums[key];
    return { name: one.name, method: score.method, ...scoreOf(score.sums) };
  });
  return { cut, series: judged, total: scoreOf(all) };
}

type Sums = {
  days: number;
  actual: number;
  off: number;
  over: number;
  held: number;
  width: number;
  lastWeekOff: number;
};

function judgeSeries(table: DemandTable, at: number, cut: number, options: BacktestOptions) {
  const { horizon, level = 0.9, seed, onProgress } = options;
  const demand = table.series[at]?.demand ?? [];
  const sums = emptySums();
  const methods = new Map<string, number>();
  for (let day = Math.max(cut, horizon - 1); day < table.days; day++) {
    const actual = demand[day] ?? null;
    if (actual === null) continue;
    const past = day - horizon + 1;
    const covariates = table.covariates.map(({ name, values }) => ({
      name,
      values: values.slice(0, day + 1),
    }));
    const history = { from: table.from, demand: demand.slice(0, past), covariates };
    const { days, method } = forecast(history, { horizon, level, seed });
    const said = days[horizon - 1];
    assert(said, 'a day for every day of the horizon');
    methods.set(method, (methods.get(method) ?? 0) + 1);
    sums.days += 1;
    sums.actual += actual;
    sums.off += Math.abs(actual - said.mean);
    sums.over += said.mean - actual;
    sums.held += actual >= said.low && actual <= said.high ? 1 : 0;
    sums.width += said.high - said.low;
    sums.lastWeekOff += Math.abs(actual - lastWeek(demand, day, past));
    onProgress?.(at * (table.days - cut) + day - cut, table.series.length * (table.days - cut));
  }
  const method = [...methods].sort((a, b) => b[1] - a[1])[0]?.[0] ?? '';
  return { sums, method };
}

/** The latest same weekday of the first `past` days that is known; 0 when there is none. */
function lastWeek(demand: readonly (number | null)[], day: number, past: number): number {
  for (let before = day - 7; before >= 0; before -= 7) {
    const value = before < past ? (demand[before] ?? null) : null;
    if (value !== null) return value;
  }
  return 0;
}

function emptySums(): Sums {
  return { days: 0, actual: 0, off: 0, over: 0, held: 0, width: 0, lastWeekOff: 0 };
}

function scoreOf({ days, actual, off, over, held, width, lastWeekOff }: Sums): Score {
  const share = (part: number) => (actual > 0 ? part / actual : null);
  return {
    days,
    wape: share(off),
    bias: share(over),
    coverage: days > 0 ? held / days : null,
    width: share(width),
    lastWeekWape: share(lastWeekOff),
  };
}
