/**
 * When a supplier's lorry comes and until when one can still order. All local times are the store's;
 * a time that a change of the clocks skips or repeats is read as `Temporal` reads it ("compatible").
 */
import { Temporal } from 'temporal-polyfill';
import { must } from '../assert.ts';
import type { SupplierInfo } from '../kitchen-types.ts';

/** The part of a supplier that says when it delivers. No days = every day. */
export type DeliveryTerms = Pick<
  SupplierInfo,
  'deliveries' | 'deliverAt' | 'cutOff' | 'leadTimeMs'
>;

/** One delivery. Instants are epoch milliseconds. */
export type Delivery = {
  /** Local calendar day as the number 20261123. */
  readonly date: number;
  readonly arrivesAt: number;
  /** From this instant on it is too late to order. */
  readonly cutOff: number;
};

export type DeliveryPlan = {
  readonly delivery: Delivery;
  /** The one after it. */
  readonly following: Delivery;
  /** Until when the delivery has to last: the following one is on the shelf. */
  readonly coverUntil: number;
  /** Too late for `delivery`: only when it was wished for. */
  readonly pastCutOff: boolean;
};

/** How far ahead a delivery is told of and can be asked for: nobody can say what is needed later. */
export const DAYS_AHEAD = 180;

/** Until a delivery is checked, labelled and put away. */
export const ON_SHELF_MS = 4 * 3_600_000;

/**
 * The next delivery that can still be ordered at `now`, and the one after it.
 * @param timeZone IANA name; throws a `RangeError` when unknown
 */
export function nextDelivery(
  supplier: DeliveryTerms,
  timeZone: string,
  now: number,
  onShelfMs: number = ON_SHELF_MS,
): DeliveryPlan {
  // Anything sooner than the lead time is too late; two days for clocks and cut-offs.
  const soonest = now + Math.max(0, supplier.leadTimeMs - 2 * DAY_MS);
  let day = localDay(timeZone, soonest);
  for (;;) {
    const found = deliveryFrom(supplier, timeZone, day);
    if (now < found.delivery.cutOff) return planOf(supplier, timeZone, found, now, onShelfMs);
    day = found.day.add({ days: 1 });
  }
}

/**
 * The delivery of a wished day: that day's, or the first one after it when the supplier does not come
 * then. `pastCutOff` says whether it is too late for it.
 * @param date local calendar day as the number 20261123
 */
export function deliveryOn(
  supplier: DeliveryTerms,
  timeZone: string,
  now: number,
  date: number,
  onShelfMs: number = ON_SHELF_MS,
): DeliveryPlan {
  const found = deliveryFrom(supplier, timeZone, dayOf(date));
  return planOf(supplier, timeZone, found, now, onShelfMs);
}

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const DAY_MS = 86_400_000;
/** When the book does not say when the lorry comes: before a kitchen starts. */
const USUAL_TIME = '06:00';

type Found = { readonly day: Temporal.PlainDate; readonly delivery: Delivery };

function planOf(
  supplier: DeliveryTerms,
  timeZone: string,
  found: Found,
  now: number,
  onShelfMs: number,
): DeliveryPlan {
  const following = deliveryFrom(supplier, timeZone, found.day.add({ days: 1 })).delivery;
  return {
    delivery: found.delivery,
    following,
    coverUntil: following.arrivesAt + onShelfMs,
    pastCutOff: now >= found.delivery.cutOff,
  };
}

/** The first delivery on `day` or after it. */
function deliveryFrom(supplier: DeliveryTerms, timeZone: string, day: Temporal.PlainDate): Found {
  let at = day;
  while (!comesOn(supplier, at)) at = at.add({ days: 1 });
  const arrivesAt = instantOf(at, supplier.deliverAt ?? USUAL_TIME, timeZone);
  const cutOff = cutOffOf(supplier, timeZone, at, arrivesAt);
  return { day: at, delivery: { date: numberOf(at), arrivesAt, cutOff } };
}

function comesOn({ deliveries }: DeliveryTerms, day: Temporal.PlainDate): boolean {
  const weekday = must(WEEKDAYS[day.dayOfWeek - 1], 'a week has seven days');
  return deliveries.length === 0 || deliveries.includes(weekday);
}

/**
 * `cutOff` of the day before, or of as many days before as the lead time has; without a `cutOff` the
 * lead time counts back from the arrival.
 */
function cutOffOf(
  { cutOff, leadTimeMs }: DeliveryTerms,
  timeZone: string,
  day: Temporal.PlainDate,
  arrivesAt: number,
): number {
  if (cutOff === undefined) return arrivesAt - leadTimeMs;
  const days = Math.max(1, Math.round(leadTimeMs / DAY_MS));
  return instantOf(day.subtract({ days }), cutOff, timeZone);
}

function instantOf(day: Temporal.PlainDate, clock: string, timeZone: string): number {
  const plainTime = Temporal.PlainTime.from(clock);
  return day.toZonedDateTime({ timeZone, plainTime }).epochMilliseconds;
}

function localDay(timeZone: string, now: number): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).toPlainDate();
}

function dayOf(date: number): Temporal.PlainDate {
  const year = Math.floor(date / 10_000);
  return Temporal.PlainDate.from({
    year,
    month: Math.floor(date / 100) % 100,
    day: date % 100,
  });
}

function numberOf(day: Temporal.PlainDate): number {
  return day.year * 10_000 + day.month * 100 + day.day;
}
