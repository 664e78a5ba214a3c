/**
 * How good the forecast was, next to what was ordered. Per item the error is Σ|forecast - used| / Σ used
 * over the days of which a forecast was kept; over all items the amounts are weighed by what they cost,
 * because grams and pieces do not add up.
 */
import { type Micro, microFromDecimal } from '#recipes/amount.ts';
import { deliveryOn } from '#recipes/purchasing/delivery-days.ts';
import { dayNumber } from '#recipes/time/business-day.ts';
import type { StoredForecast } from '../usage/forecast-store.ts';
import type { Forecasts } from '../usage/forecasts.ts';
import type { Histories } from '../usage/histories.ts';
import type { OrderView } from './orders.ts';

export type Accuracy = {
  /** Decimal text; null = not known yet. */
  readonly wape: string | null;
  readonly ordered: string | null;
  /** Business days that were compared. */
  readonly days: number;
  /** Items that are ordered by par, for want of history. */
  readonly lowConfidence: number;
};

/** Sums of one item over the days compared; millionths. */
export type ItemError = {
  readonly item: string;
  days: number;
  /** Days on which the use was within low and high. */
  within: number;
  used: number;
  forecast: number;
  /** Σ|forecast - used|. */
  error: number;
  /** Day by day, the oldest first. */
  series: { readonly day: number; readonly used: number; readonly forecast: number }[];
  /** The newest day's method. */
  method: string;
  /** Σ of what was ordered, of what was used in its cover, and of the differences; 0 covers = not known. */
  covers: number;
  ordered: number;
  usedInCovers: number;
  orderError: number;
};

/** Compares what was forecast with what was used, by item. Days that are not over, or were closed, are left out. */
export function forecastErrors(
  stored: readonly StoredForecast[],
  code: (item: number) => string,
  { days, open, items }: Histories,
): Map<string, ItemError> {
  const at = new Map(days.map((day, i) => [day, i]));
  const errors = new Map<string, ItemError>();
  for (const { item, day, mean, low, high, method } of stored) {
    const i = at.get(day);
    const id = code(item);
    const history = items.get(id);
    // What ran out says nothing about what was wanted.
    if (i === undefined || open[i] !== 1 || !history || history.ranOut[i] === 1) continue;
    const used = history.used[i] ?? 0;
    const error = errorOf(errors, id);
    error.days++;
    error.within += used >= low && used <= high ? 1 : 0;
    error.used += used;
    error.forecast += mean;
    error.error += Math.abs(mean - used);
    error.method = method;
    error.series.push({ day, used, forecast: mean });
  }
  return errors;
}

/** Adds what was ordered for covers that are over and all known, next to what was used in them. */
export function addOrders(
  errors: Map<string, ItemError>,
  orders: readonly OrderView[],
  { kitchen, histories, today }: Pick<Forecasts, 'kitchen' | 'histories' | 'today'>,
  timeZone: string,
): void {
  for (const order of orders) {
    const supplier = kitchen.suppliers.get(order.supplier);
    if (!supplier || order.deliverOn === null || !WENT_OUT.has(order.state)) continue;
    const from = dayNumber(order.deliverOn);
    const until = deliveryOn(supplier, timeZone, 0, from).following.date;
    if (until > today) continue;
    for (const [item, ordered] of orderedOf(order)) {
      const used = usedBetween(histories, item, from, until);
      if (used === undefined) continue;
      const error = errorOf(errors, item);
      error.covers++;
      error.ordered += ordered;
      error.usedInCovers += used;
      error.orderError += Math.abs(ordered - used);
    }
  }
}

const WENT_OUT: ReadonlySet<string> = new Set(['approved', 'sent', 'partly_received', 'done']);

function orderedOf({ lines }: OrderView): Map<string, Micro> {
  const sums = new Map<string, Micro>();
  for (const { item, ordered } of lines)
    sums.set(item, (sums.get(item) ?? 0) + microFromDecimal(ordered));
  return sums;
}

/** @param until not included; undefined = not all of it is known */
function usedBetween(
  { days, items }: Histories,
  item: string,
  from: number,
  until: number,
): number | undefined {
  const history = items.get(item);
  const first = days.indexOf(from);
  if (!history || first < history.first) return undefined;
  let sum = 0;
  for (let i = first; i < days.length && (days[i] ?? until) < until; i++)
    sum += history.used[i] ?? 0;
  return sum;
}

function errorOf(errors: Map<string, ItemError>, item: string): ItemError {
  const known = errors.get(item);
  if (known) return known;
  const nothing = { days: 0, within: 0, used: 0, forecast: 0, error: 0, method: 'par', series: [] };
  const fresh = { item, ...nothing, covers: 0, ordered: 0, usedInCovers: 0, orderError: 0 };
  errors.set(item, fresh);
  return fresh;
}

/** Over all items, weighed by cost; decimal text. */
export function totalErrors(
  errors: Iterable<ItemError>,
  cost: (item: string) => number,
): { wape: string | null; bias: string | null; coverage: string | null; ordered: string | null } {
  const sum = { used: 0, error: 0, bias: 0, days: 0, within: 0, inCovers: 0, orderError: 0 };
  for (const one of errors) {
    const weight = cost(one.item);
    sum.used += weight * one.used;
    sum.error += weight * one.error;
    sum.bias += weight * (one.forecast - one.used);
    sum.days += one.days;
    sum.within += one.within;
    sum.inCovers += weight * one.usedInCovers;
    sum.orderError += weight * one.orderError;
  }
  return {
    wape: ratio(sum.error, sum.used),
    bias: ratio(sum.bias, sum.used),
    coverage: ratio(sum.within, sum.days),
    ordered: ratio(sum.orderError, sum.inCovers),
  };
}

/** With three decimals; null of nothing. */
export function ratio(part: number, whole: number): string | null {
  return whole === 0 ? null : (part / whole).toFixed(3);
}

/** Until enough days were compared: how well the chosen methods did on days they had not seen. */
export function backTested(
  { items, histories }: Forecasts,
  cost: (item: string) => number,
): string | null {
  let [error, used] = [0, 0];
  for (const [item, { accuracy }] of items) {
    const history = histories.items.get(item);
    if (accuracy.wape === null || !history) continue;
    const weight = cost(item) * history.used.reduce((sum, amount) => sum + amount, 0);
    error += weight * accuracy.wape;
    used += weight;
  }
  return ratio(error, used);
}
