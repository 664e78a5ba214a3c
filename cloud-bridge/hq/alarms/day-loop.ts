/**
 * Tells other programs that a business day of a store is over: its clock says so, and head office has
 * all that the store has. A store that is away is told of when it is back.
 */
import { dayText } from '#recipes/time/business-day.ts';
import type { Timer } from '../../../edge/runtime/ports.ts';
import { boardParts } from '../board/board-parts.ts';
import { moneyText } from '../board/figures.ts';
import { byServer, readPasts, type SpokenPast, spoken } from '../board/past.ts';
import { dayOf } from '../board/store-day.ts';
import { wasteOf } from '../board/waste-of-day.ts';
import { steadyLoop } from '../loop.ts';
import type { HqParts } from '../parts.ts';
import { forgetLines } from '../stream/ticker-lines-store.ts';
import { eventId } from '../webhooks/event-id.ts';
import type { WebhookEvent } from '../webhooks/event-types.ts';
import { DELIVERIES_EVENT } from '../webhooks/sending-loop.ts';
import { addDeliveries } from '../webhooks/webhook-store.ts';
import { dayTold, type OpenDay, openDays } from './day-store.ts';

const ROUND_MS = 60_000;
/** The ticker is for who looks now. */
const TICKER_DAYS = 2;
/** What is still being rung up belongs to the day before. */
const AFTER_MS = 3_600_000;
/** In touch: heard of a moment ago. */
const SEEN_MS = 5 * 60_000;

/** Tells of each business day that is over, once. */
export function dayLoop(parts: HqParts): Timer {
  return steadyLoop(parts, 'days', ROUND_MS, async () => {
    await tellDays(parts);
    await forgetLines(parts.db.chain, TICKER_DAYS);
  });
}

/** One look at all stores. @returns how many days were told of */
export async function tellDays(hq: HqParts): Promise<number> {
  const parts = boardParts(hq);
  const now = parts.ports.now();
  const inStep = spoken(await readPasts(parts)).filter(
    ({ main }) => main.headSeq <= main.seq && now - main.seenAt < SEEN_MS,
  );
  let count = 0;
  for (const [db, own] of await byServer(parts, inStep, ({ store }) => store.id)) {
    const open = await openDays(db, [
      own.map(({ store }) => store.id),
      own.map(({ main }) => main.id),
      own.map((past) => lastDayOver(past, now)),
    ]);
    const byId = new Map(own.map((past) => [past.store.id, past]));
    for (const day of open) {
      const past = byId.get(day.store);
      if (past === undefined) continue;
      const waste = (await wasteOf(db, [past], () => day.day)).get(day.store);
      await addDeliveries(parts.db.chain, [closedEvent(past, day, waste?.cost ?? null, now)]);
      await dayTold(db, day.store, day.day);
      count++;
    }
  }
  if (count > 0) parts.wire.tell({ kind: DELIVERIES_EVENT, store: '*', data: {} });
  return count;
}

const DAY_MS = 86_400_000;

/** The newest day that is surely over there. */
function lastDayOver(past: SpokenPast, now: number): number {
  const calendar = dayOf(past);
  const today = calendar(now - AFTER_MS);
  // Twice, because a day that the clocks are put back on is longer than 24 hours.
  const before = calendar(now - AFTER_MS - DAY_MS);
  return before < today ? before : calendar(now - AFTER_MS - DAY_MS - AFTER_MS);
}

function closedEvent(
  { store }: SpokenPast,
  { day, sales, entries, wasteEntries }: OpenDay,
  waste: bigint | null,
  now: number,
): WebhookEvent {
  const text = dayText(day);
  const query = new URLSearchParams({ store: store.code, from: text, to: text });
  return {
    id: eventId('day.closed', store.code, day),
    type: 'day.closed',
    at: new Date(now).toISOString(),
    data: {
      store: store.code,
      day: text,
      sales,
      entries,
      wasteEntries,
      waste: moneyText(waste),
      reports: {
        waste: `/hq/v1/reports/waste?${query}`,
        usage: `/hq/v1/reports/usage?${query}`,
        variance: `/hq/v1/reports/variance?${query}`,
      },
    },
  };
}
