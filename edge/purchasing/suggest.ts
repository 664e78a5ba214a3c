/**
 * The purchase suggestion of a delivery day: forecasts, shelf, orders on their way and the suppliers'
 * terms become the inputs of `recipes/purchasing/suggest`, a few items in each turn of the event loop.
 */
import { must } from '#recipes/assert.ts';
import type { Forecast } from '#recipes/forecast/types.ts';
import type { Kitchen } from '#recipes/kitchen.ts';
import type { SupplierItem } from '#recipes/kitchen-types.ts';
import { dayProfile } from '#recipes/purchasing/day-profile.ts';
import type { ItemPlan } from '#recipes/purchasing/item-plan.ts';
import { raiseToMinimum } from '#recipes/purchasing/minimum-order.ts';
import { planItem } from '#recipes/purchasing/suggest.ts';
import type { DemandDay, SuggestInput } from '#recipes/purchasing/suggest-input.ts';
import type { SupplierSuggestion } from '#recipes/purchasing/suggestion-types.ts';
import { nextDay, startOfDay } from '#recipes/time/business-day.ts';
import type { WallClock } from '#recipes/time/wall-clock.ts';
import type { LedgerReader } from '../ledger/ledger.ts';
import type { Forecaster, Forecasts, HourUse } from '../usage/forecasts.ts';
import type { OrderView } from './orders.ts';
import {
  nextDeliveryDay,
  plansOf,
  type SupplierPlan,
  type Upcoming,
  upcoming,
} from './suggest-plan.ts';
import { incomingOf, lotsOf, type OffcutUse, substitutesOf } from './suggest-stock.ts';

export type SuggestParts = {
  readonly forecaster: Forecaster;
  readonly ledger: Pick<LedgerReader, 'items' | 'shelf' | 'seq'>;
  /** Those that may still come, and of each delivery day from a few days ago on. */
  readonly orders: () => readonly OrderView[];
  /** How offcuts were used lately, the newest first. */
  readonly offcutUses: () => readonly OffcutUse[];
  /** Use by hour of the day of an item over the last weeks; hours without use are left out. */
  readonly hours: (item: string) => readonly HourUse[];
  readonly dayOf: (at: number) => number;
  readonly timezone: string;
  /** The store's. */
  readonly clock: WallClock;
  readonly now: () => number;
  /** Lets everything else run first. */
  readonly pause: () => Promise<void>;
};

export type SuppliersSuggestion = SupplierPlan & { readonly suggestion: SupplierSuggestion };

export type Suggestion = {
  /** Delivery day as the number 20261123. */
  readonly date: number;
  readonly now: number;
  readonly forecasts: Forecasts;
  readonly orders: readonly OrderView[];
  readonly suppliers: readonly SuppliersSuggestion[];
  readonly upcoming: readonly Upcoming[];
};

/** Items worked out in one turn of the event loop: a millisecond or two. */
const SLICE = 5;

/** @param date undefined = the next day on which something that can still be ordered comes */
export async function suggest(
  parts: SuggestParts,
  date: number | undefined,
): Promise<Suggestion | undefined> {
  const forecasts = await parts.forecaster.ask();
  if (!forecasts) return undefined;
  const { kitchen } = forecasts;
  const now = parts.now();
  const list = upcoming(kitchen, parts.timezone, now);
  const day = date ?? nextDeliveryDay(list) ?? nextDay(forecasts.today);
  const orders = parts.orders();
  const plans = plansOf(kitchen, parts.timezone, now, day);
  const until = Math.max(now, ...plans.map(({ plan }) => plan.coverUntil));
  const frame = frameOf(parts, forecasts, orders, { now, until });
  const suppliers: SuppliersSuggestion[] = [];
  for (const plan of plans) {
    const items: ItemPlan[] = [];
    for (const [i, offer] of plan.offers.entries()) {
      if (i % SLICE === 0) await parts.pause();
      items.push(planItem(inputOf(parts, frame, plan, offer)));
    }
    const minimumOrder = plan.supplier.minimumOrder ?? null;
    suppliers.push({ ...plan, suggestion: raiseToMinimum(items, { minimumOrder }) });
  }
  return { date: day, now, forecasts, orders, suppliers, upcoming: list };
}

/** What all items of one suggestion have in common. */
type Frame = {
  readonly now: number;
  readonly kitchen: Kitchen;
  readonly forecasts: Forecasts;
  readonly days: readonly FrameDay[];
  readonly incoming: ReturnType<typeof incomingOf>;
  readonly substitutes: ReturnType<typeof substitutesOf>;
};

/** `forecast` is the place of its forecast. */
type FrameDay = Pick<DemandDay, 'date' | 'from' | 'until' | 'event'> & {
  readonly forecast: number;
};

function frameOf(
  parts: SuggestParts,
  forecasts: Forecasts,
  orders: readonly OrderView[],
  { now, until }: { readonly now: number; readonly until: number },
): Frame {
  const { kitchen } = forecasts;
  const { timezone } = parts;
  return {
    now,
    kitchen,
    forecasts,
    days: daysUntil(parts, forecasts, until),
    incoming: incomingOf(orders, kitchen, timezone, now),
    substitutes: substitutesOf(parts.offcutUses(), kitchen, parts.ledger),
  };
}

/**
 * The days that are forecast, and as many more as the cover has: a supplier who needs six weeks is ordered
 * from by the last week that is forecast.
 */
function daysUntil(
  { dayOf }: SuggestParts,
  { ahead, facts }: Forecasts,
  until: number,
): readonly FrameDay[] {
  const days: FrameDay[] = [];
  const add = (date: number, forecast: number) =>
    days.push({
      date,
      from: startOfDay(dayOf, date),
      until: startOfDay(dayOf, nextDay(date)),
      event: facts.event(date),
      forecast,
    });
  ahead.forEach(add);
  for (let last = must(days.at(-1), 'a day ahead'); last.until < until; ) {
    const same = must(days.at(-WEEK), 'a week ahead');
    add(nextDay(last.date), same.forecast);
    last = must(days.at(-1), 'a day ahead');
  }
  return days;
}

const WEEK = 7;

function inputOf(
  parts: SuggestParts,
  frame: Frame,
  { plan }: SupplierPlan,
  { item: id, pack, price, rounding }: SupplierItem,
): SuggestInput {
  const { kitchen, forecasts, now } = frame;
  const item = kitchen.items.get(id);
  if (!item) throw new Error(`${id} is offered and not in the book`);
  const forecast = forecasts.items.get(id);
  const profile = profileOf(parts, forecasts, id);
  return {
    item: id,
    pack,
    rounding,
    price: price ?? null,
    shelfLifeMs: item.shelfLifeMs ?? null,
    par: item.par,
    safety: item.safety,
    max: item.max,
    days: demandDays(frame, forecast),
    method: forecast?.method ?? 'par',
    wape: forecast?.accuracy.wape ?? null,
    lowConfidence: forecast?.lowConfidence ?? true,
    lots: lotsOf(parts.ledger, id),
    incoming: frame.incoming.get(id) ?? [],
    substitutes: frame.substitutes.get(id) ?? [],
    now,
    arrivesAt: plan.delivery.arrivesAt,
    coverUntil: plan.coverUntil,
    ...(profile ? { profile } : {}),
  };
}

/** From the day that holds now to the end of the horizon: beyond the cover it says how fast the rest goes. */
function demandDays({ days, now }: Frame, forecast: Forecast | undefined): DemandDay[] {
  return days.flatMap(({ forecast: place, ...day }) => {
    if (day.until <= now) return [];
    const { mean, low, high, sd } = forecast?.days[place] ?? NOTHING;
    const said = Math.round(mean);
    const bounds = {
      low: Math.min(said, Math.round(low)),
      high: Math.max(said, Math.round(high)),
    };
    return [{ ...day, mean: said, ...bounds, sd }];
  });
}

const NOTHING = { mean: 0, low: 0, high: 0, sd: 0 };

/** Hours with any use that make a profile. */
const HOURS_MIN = 3;

/**
 * How the use of an item runs through the day: as it did in the last weeks, or, when it only goes into
 * what is made ahead, as the kitchen is busy; undefined = too little is known.
 */
function profileOf(
  parts: SuggestParts,
  { busyHours }: Forecasts,
  item: string,
): SuggestInput['profile'] {
  const own = parts.hours(item).filter(({ amount }) => amount > 0);
  const hours = own.length >= HOURS_MIN ? own : busyHours;
  if (hours.length < HOURS_MIN || hours.every(({ amount }) => amount <= 0)) return undefined;
  return dayProfile(hours, parts.clock);
}
