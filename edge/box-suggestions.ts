/** The suggestion wired to the box: ledger, orders, forecasts, calendar. */
import { forecast } from '#recipes/forecast/forecast.ts';
import { wallClock } from '#recipes/time/wall-clock.ts';
import type { Changes } from './box-news.ts';
import type { BoxParts } from './box-parts.ts';
import { openEntryViewStore } from './kitchen/entry-view-store.ts';
import type { Bus } from './pos/bus.ts';
import { openSoldSkus } from './pos/sold-skus.ts';
import type { Topics } from './pos/topics.ts';
import { forecastReport } from './purchasing/forecast-report.ts';
import type { OffcutUse } from './purchasing/suggest-stock.ts';
import { openSuggestions } from './purchasing/suggestions.ts';
import { openTeller } from './purchasing/tell-suggestion.ts';
import { dayBefore } from './usage/days.ts';
import { openForecaster } from './usage/forecasts.ts';
import { dayNotesView } from './usage/notes-view.ts';
import { keepForecasts } from './usage/snapshots.ts';
import { openStoreCalendar } from './usage/store-calendar.ts';
import { HOURS_KEPT } from './usage/sum-usage.ts';

const OFFCUT_DAYS_MS = 60 * 86_400_000;
/** Orders that name no day and are older come no more; nor do those of days before these. */
const ORDER_DAYS_MS = 60 * 86_400_000;
const LATE_DAYS = 4;
const FAR_DAY = 99_991_231;

/** Keeps the summary on the bus and tells the screens; to be called now and then. */
export function suggestionTeller(inside: {
  readonly parts: BoxParts;
  readonly suggestions: BoxSuggestions;
  readonly topics: Topics;
  readonly changes: Pick<Changes, 'orders'>;
  readonly bus: Bus | undefined;
}): () => void {
  const { parts, suggestions, topics, changes } = inside;
  const { ledger, ports, log } = parts;
  const teller = openTeller({
    suggestions,
    key: suggestions.forecaster.key,
    mark: () => `${ledger.seq()} ${Math.floor(ports.now() / MARK_MS)}`,
    topic: topics.suggestion,
    publish: (message) => inside.bus?.publish(message),
    changed: changes.orders,
    stopping: () => inside.bus === undefined,
    log,
  });
  return () => void teller.round();
}

/** Without any event, the time alone makes a suggestion old: what is expected until the delivery falls. */
const MARK_MS = 600_000;

export type BoxSuggestions = ReturnType<typeof openBoxSuggestions>;

/** The suggestion with what it needs of the box: usage, notes of days, orders on their way, the shelf. */
export function openBoxSuggestions(parts: BoxParts) {
  const { ledger, ports, receiving, usage, purchasing, books } = parts;
  const { knowledge, dayOf } = receiving;
  const { timezone, data } = parts.config;
  const calendar = openStoreCalendar(data, timezone, parts.log);
  const pause = () => new Promise<void>((resolve) => ports.soon(resolve));
  const today = () => dayOf(ports.now());
  const code = (item: number) => ledger.items.code(item);
  const clock = wallClock(timezone);
  const forecaster = openForecaster(
    {
      store: usage.store,
      code,
      clock,
      pause,
      inForce() {
        const inForce = knowledge.at(ports.now());
        return inForce && { version: inForce.version.version, kitchen: inForce.kitchen };
      },
      today,
      notes: usage.notes.between,
      version: () =>
        [usage.notes.version(), usage.store.importVersion(), usage.sums.pastVersion()].join(' '),
      caughtUp: usage.sums.caughtUp,
      busyHours: () => usage.store.busyHours(dayBefore(today(), HOURS_KEPT)),
      special: calendar.day,
      forecast,
    },
    (made) => keepForecasts(usage.forecasts, ledger.items.find, made),
  );
  const entries = openEntryViewStore(parts.db);
  const sold = openSoldSkus({ ...receiving, soon: ports.soon });
  const { ofDays, withoutDay } = purchasing.orders;
  // A list of all orders takes as long as hundreds of sales.
  const orders = () => [
    ...ofDays(dayBefore(today(), LATE_DAYS), FAR_DAY),
    ...withoutDay(ports.now() - ORDER_DAYS_MS),
  ];
  const ordersOf = (day: number) => ofDays(day, day);
  const suggestions = openSuggestions({
    forecaster,
    ledger,
    orders,
    ordersOf,
    offcutUses: () =>
      entries
        .standing('offcut', ports.now() - OFFCUT_DAYS_MS)
        .map(({ note }) => JSON.parse(note ?? '{}') as OffcutUse)
        .reverse(),
    hours(item) {
      const number = ledger.items.find(item);
      return number === undefined ? [] : usage.store.hours(number, dayBefore(today(), HOURS_KEPT));
    },
    dayOf,
    timezone,
    clock,
    now: ports.now,
    pause,
    forecastStore: usage.forecasts,
    code,
    currency() {
      const version = knowledge.at(ports.now())?.version.version;
      return (version === undefined ? undefined : books.fields(version).currency) ?? 'CNY';
    },
    specialName: calendar.day,
    sold: sold.last,
  });
  const report = { forecaster, store: usage.forecasts, ordersOf, code, timezone, pause };
  return {
    forecaster,
    ...suggestions,
    today,
    async notes(from: number, to: number) {
      const learned = (await forecaster.ask())?.facts.learned ?? (() => undefined);
      const { between } = usage.notes;
      return dayNotesView(between(from, to), between(0, today()), learned);
    },
    report: (days: { from: number; to: number }) => forecastReport(report, days),
  };
}
