/** A history made ready: weekdays, what each day may teach, what is known of the days to come. */
import { assert } from '../assert.ts';
import { addDays, weekdayOf } from './dates.ts';
import { buildFeatures, type Features } from './features.ts';
import type { DemandHistory } from './types.ts';

export type DemandDays = {
  /** Days of history; the days to forecast follow. */
  readonly past: number;
  readonly dates: readonly number[];
  readonly weekday: Uint8Array;
  /** Demand of a whole ordinary day; NaN = teaches nothing. */
  readonly demand: Float64Array;
  /** What the day's own demand is a multiple of: share open × announced factor. */
  readonly factor: Float64Array;
  /** 1 = an announced day whose demand is known. */
  readonly event: Uint8Array;
  /** 1 = demand was at least this. */
  readonly censored: Uint8Array;
  readonly features: Features;
  /** Days that teach. */
  readonly taught: number;
};

/** A day open for less than this share, or announced as less than it, says too little about an ordinary one. */
const LEAST_SHARE = 0.2;
/** When more than this share of the last `EVENT_WINDOW` days was announced, events are the rule, not the exception. */
const EVENTS_ARE_THE_RULE = 1 / 3;
const EVENT_WINDOW = 56;

/**
 * Makes a history ready. A half day is scaled up to a whole one. An announced event teaches the
 * baseline nothing, because what it really did is not known (`event-effect.ts` learns that); only
 * where events have become the rule is the announcement divided out and the rest taken for demand.
 */
export function demandDays(history: DemandHistory, horizon: number): DemandDays {
  const past = history.demand.length;
  const days = past + horizon;
  const first = weekdayOf(history.from);
  const weekday = Uint8Array.from({ length: days }, (_, i) => (first + i) % 7);
  const dates = Array.from({ length: horizon }, (_, i) => addDays(history.from, past + i));
  const demand = new Float64Array(days).fill(Number.NaN);
  const factor = new Float64Array(days).fill(1);
  const event = new Uint8Array(days);
  const censored = new Uint8Array(days);
  const afterClosed = new Uint8Array(days);
  const isEvent = (day: number) => (history.announced?.[day] ?? 1) !== 1;
  let events = 0;
  let taught = 0;
  for (let day = 0; day < days; day++) {
    const open = history.open?.[day] ?? 1;
    const announced = history.announced?.[day] ?? 1;
    assert(open >= 0 && open <= 1, `day ${day}: open for ${open} of the day`);
    assert(announced >= 0, `day ${day}: announced factor ${announced}`);
    factor[day] = open * announced;
    if (day > 0 && day <= past && (history.demand[day - 1] ?? null) === null) afterClosed[day] = 1;
    if (day >= past) continue;
    events += (isEvent(day) ? 1 : 0) - (isEvent(day - EVENT_WINDOW) ? 1 : 0);
    const sold = history.demand[day] ?? null;
    if (sold === null || open < LEAST_SHARE || announced < LEAST_SHARE) continue;
    assert(Number.isFinite(sold) && sold >= 0, `day ${day}: demand ${sold}`);
    if (isEvent(day)) event[day] = 1;
    if (isEvent(day) && events <= EVENTS_ARE_THE_RULE * Math.min(day + 1, EVENT_WINDOW)) continue;
    demand[day] = sold / (open * announced);
    censored[day] = history.censored?.[day] === true ? 1 : 0;
    taught += 1;
  }
  const special = history.special ?? [];
  const covariates = history.covariates ?? [];
  const features = buildFeatures({ weekday, afterClosed, special, covariates });
  return { past, dates, weekday, demand, factor, event, censored, features, taught };
}
