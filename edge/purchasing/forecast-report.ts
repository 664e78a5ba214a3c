/** Per item how good the forecast was over business days, next to what was ordered for them. */
import { decimalFromMicro } from '#recipes/amount.ts';
import { dayText } from '#recipes/time/business-day.ts';
import { daysFrom } from '../usage/days.ts';
import type { ForecastStore } from '../usage/forecast-store.ts';
import type { Forecaster } from '../usage/forecasts.ts';
import { unitCosts } from '../usage/unit-costs.ts';
import type { OrderView } from './orders.ts';
import {
  addOrders,
  forecastErrors,
  type ItemError,
  ratio,
  totalErrors,
} from './suggest-accuracy.ts';

export type ForecastReportParts = {
  readonly forecaster: Forecaster;
  readonly store: Pick<ForecastStore, 'between'>;
  /** Of one delivery day. */
  readonly ordersOf: (day: number) => readonly OrderView[];
  /** Lets everything else run first. */
  readonly pause: () => Promise<void>;
  readonly code: (item: number) => string;
  readonly timezone: string;
};

export type ForecastReport = Awaited<ReturnType<typeof forecastReport>>;

/** @param days business days, both included; those that are not over yet are not in it */
export async function forecastReport(
  parts: ForecastReportParts,
  days: { readonly from: number; readonly to: number },
) {
  const forecasts = await parts.forecaster.ask();
  const errors = forecasts
    ? forecastErrors(parts.store.between(days.from, days.to), parts.code, forecasts.histories)
    : new Map<string, ItemError>();
  if (forecasts) {
    const { histories, today } = forecasts;
    const first = Math.max(days.from, histories.days[0] ?? today);
    for (const day of daysFrom(first, Math.min(days.to, today))) {
      await parts.pause();
      addOrders(errors, parts.ordersOf(day), forecasts, parts.timezone);
    }
  }
  const kitchen = forecasts?.kitchen;
  const cost = kitchen ? unitCosts(kitchen) : () => 0;
  const list = [...errors.values()].sort((a, b) => cost(b.item) * b.error - cost(a.item) * a.error);
  return {
    from: dayText(days.from),
    to: dayText(days.to),
    totals: { items: list.length, ...totalErrors(list, cost) },
    items: list.map((error) => ({
      item: error.item,
      name: kitchen?.items.get(error.item)?.name ?? {},
      unit: kitchen?.items.get(error.item)?.unit ?? 'g',
      days: error.days,
      used: amount(error.used),
      forecast: amount(error.forecast),
      wape: ratio(error.error, error.used),
      bias: ratio(error.forecast - error.used, error.used),
      coverage: ratio(error.within, error.days),
      method: error.days > 0 ? error.method : null,
      covers: error.covers,
      ordered: error.covers > 0 ? amount(error.ordered) : null,
      usedInCovers: error.covers > 0 ? amount(error.usedInCovers) : null,
      orderedWape: ratio(error.orderError, error.usedInCovers),
      series: error.series.map((one) => ({
        date: dayText(one.day),
        used: amount(one.used),
        forecast: amount(one.forecast),
      })),
    })),
  };
}

function amount(micro: number): string {
  return decimalFromMicro(Math.round(micro));
}
