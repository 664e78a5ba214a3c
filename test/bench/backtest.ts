/** The forecaster on real demand beside simpler ways, and what 500 items of two years cost. */

import { openCalendar, specialDay } from '#recipes/calendar/calendar.ts';
import { backtest, type Score } from '#recipes/forecast/backtest.ts';
import { addDays } from '#recipes/forecast/dates.ts';
import { forecast } from '#recipes/forecast/forecast.ts';
import { bakeryText, pizzaText, tableOf } from '../recipes/forecast/real-tables.ts';
import { seeded } from '../support/seeded.ts';

export type BacktestFigures = {
  readonly accuracy: readonly object[];
  readonly speed: readonly object[];
};

const SPLIT = 0.7;

/** WAPE, bias, coverage per set and horizon; milliseconds for the items of a whole suggestion. */
export async function measureBacktest(): Promise<BacktestFigures> {
  const accuracy: object[] = [];
  for (const [set, text] of [
    ['bakery, 3 products', bakeryText()],
    ['pizza, 65 ingredients', await pizzaText()],
  ] as const) {
    if (text === null) continue;
    const table = tableOf(text);
    for (const horizon of [1, 3, 7]) {
      const { total } = backtest(table, { split: SPLIT, horizon, seed: 1 });
      accuracy.push({ set, 'days ahead': horizon, ...shown(total) });
    }
  }
  return { accuracy, speed: [suggestionItems(1), suggestionItems(5)] };
}

function shown({ days, wape, bias, coverage, width, lastWeekWape }: Score): object {
  const share = (value: number | null) => (value === null ? null : Math.round(value * 1e4) / 1e4);
  return {
    forecasts: days,
    WAPE: share(wape),
    bias: share(bias),
    '90 % covers': share(coverage),
    width: share(width),
    'last week WAPE': share(lastWeekWape),
  };
}

/** 500 items × 730 days with a Chinese calendar; the best of three runs, as others share the machine. */
function suggestionItems(horizon: number): object {
  const random = seeded(4);
  const from = 20240101;
  const calendar = openCalendar();
  const special = Array.from({ length: 730 + horizon }, (_, i) =>
    specialDay(calendar, addDays(from, i)),
  );
  const items = Array.from({ length: 500 }, () => {
    const level = 5 + 500 * random.next();
    return Array.from({ length: 730 }, (_, i) =>
      Math.round(level * (1 + 0.4 * Math.sin((i * 2 * Math.PI) / 7)) * (0.7 + 0.6 * random.next())),
    );
  });
  const runs = [1, 2, 3].map(() => {
    const started = performance.now();
    for (const demand of items) forecast({ from, demand, special }, { horizon, seed: 1 });
    return performance.now() - started;
  });
  return { items: 500, days: 730, horizon, ms: Math.round(Math.min(...runs)) };
}
