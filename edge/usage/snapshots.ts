/** What was forecast for today and tomorrow is kept whenever it is made: the accuracy is measured on it. */
import { dayBefore } from './days.ts';
import type { ForecastStore, StoredForecast } from './forecast-store.ts';
import type { Forecasts } from './forecasts.ts';

/** Days ahead that are kept: an order is mostly due the evening before. */
const AHEAD = 2;
const KEPT_DAYS = 400;

/** @param number number of an item code in the ledger; undefined = it never moved */
export function keepForecasts(
  store: ForecastStore,
  number: (code: string) => number | undefined,
  { items, today, ahead, facts }: Forecasts,
): void {
  const list: StoredForecast[] = [];
  for (const [code, { days, method }] of items) {
    const item = number(code);
    if (item === undefined) continue;
    ahead.slice(0, AHEAD).forEach((day, i) => {
      const said = days[i];
      const event = facts.event(day);
      if (!said) return;
      const [mean, low, high] = [said.mean, said.low, said.high].map((one) =>
        Math.round(one * event),
      ) as [number, number, number];
      list.push({ item, day, madeOn: today, mean, low, high, method });
    });
  }
  store.putAll(list);
  store.prune(dayBefore(today, KEPT_DAYS));
}
