/** The suggestion as screens, papers and the tool ask for it: with its accuracy and the dishes behind it. */
import type { Name } from '#recipes/book/fields.ts';
import type { Kitchen } from '#recipes/kitchen.ts';
import { dayBefore, daysFrom } from '../usage/days.ts';
import type { ForecastStore } from '../usage/forecast-store.ts';
import type { Forecasts } from '../usage/forecasts.ts';
import { unitCosts } from '../usage/unit-costs.ts';
import type { OrderView } from './orders.ts';
import { type SuggestParts, suggest } from './suggest.ts';
import {
  type Accuracy,
  addOrders,
  backTested,
  forecastErrors,
  totalErrors,
} from './suggest-accuracy.ts';
import { type CausingDish, causingDishes } from './suggest-dishes.ts';
import { type SuggestionView, suggestionView } from './suggest-view.ts';

export type SuggestionParts = SuggestParts & {
  readonly forecastStore: Pick<ForecastStore, 'between'>;
  /** Of one delivery day. */
  readonly ordersOf: (day: number) => readonly OrderView[];
  readonly code: (item: number) => string;
  readonly currency: () => string;
  readonly specialName: (day: number) => { key: string; name: Name } | null;
  /** Millionths sold by POS code over so many business days up to now. */
  readonly sold: (days: number) => Promise<ReadonlyMap<string, number>>;
};

export type Suggestions = {
  /**
   * @param date local calendar day of the delivery as the number 20261123; undefined = the next one
   * @returns undefined without a recipe book
   */
  read(date?: number): Promise<SuggestionView | undefined>;
};

/** Days over which the accuracy is shown. */
const DAYS_SHOWN = 14;
/** Days whose sales say which dishes cause a need. */
const DAYS_SOLD = 7;

export function openSuggestions(parts: SuggestionParts): Suggestions {
  const dishes = rememberDishes(parts);
  let known: { readonly key: string; readonly accuracy: Accuracy } | undefined;
  return {
    async read(date) {
      const made = await suggest(parts, date);
      if (!made) return undefined;
      const { timezone, specialName, pause } = parts;
      if (known?.key !== made.forecasts.key)
        known = { key: made.forecasts.key, accuracy: await accuracyOf(parts, made.forecasts) };
      const { accuracy } = known;
      const causes = await dishes(made.forecasts);
      const currency = parts.currency();
      return suggestionView(
        { timezone, currency, specialName, accuracy, pause, dishes: causes },
        made,
      );
    },
  };
}

/** By the forecasts that were kept; while fewer days are known than a week, by the back-test. */
async function accuracyOf(parts: SuggestionParts, forecasts: Forecasts): Promise<Accuracy> {
  const { kitchen, today, items } = forecasts;
  const span = { from: dayBefore(today, DAYS_SHOWN), to: dayBefore(today, 1) };
  const stored = parts.forecastStore.between(span.from, span.to);
  const errors = forecastErrors(stored, parts.code, forecasts.histories);
  const days = Math.max(0, ...[...errors.values()].map((one) => one.days));
  for (const day of daysFrom(dayBefore(today, 2 * DAYS_SHOWN), span.to)) {
    await parts.pause();
    addOrders(errors, parts.ordersOf(day), forecasts, parts.timezone);
  }
  const cost = unitCosts(kitchen);
  const { wape, ordered } = totalErrors(errors.values(), cost);
  const bought = [...kitchen.suppliers.values()].flatMap((supplier) =>
    supplier.items.map(({ item }) => item),
  );
  return {
    wape: days >= DAYS_SHOWN / 2 ? wape : backTested(forecasts, cost),
    ordered,
    days,
    lowConfidence: new Set(bought.filter((item) => items.get(item)?.lowConfidence ?? true)).size,
  };
}

const HOUR_MS = 3_600_000;

/** Worked out once an hour: what was sold today belongs to it, too. */
function rememberDishes(parts: SuggestionParts) {
  let known:
    | { key: string; kitchen: Kitchen; of: (item: string) => readonly CausingDish[] }
    | undefined;
  return async ({ key: made, kitchen }: Forecasts) => {
    const key = `${made} ${Math.floor(parts.now() / HOUR_MS)}`;
    if (known?.key === key) return known.of;
    const of = causingDishes(kitchen, await parts.sold(DAYS_SOLD));
    known = { key, kitchen, of };
    return of;
  };
}
