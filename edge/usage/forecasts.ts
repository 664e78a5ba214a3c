/**
 * Forecasts of every item, made once for a book, a business day and what people noted, a single item in
 * each turn of the event loop: a sale never waits for more than one of them.
 *
 * Events are kept out: past ones are announced to the forecaster, so that they teach the level nothing,
 * and what a coming one adds is shown apart (`facts.event`). Days on which the store is closed are
 * forecast as 0, half days by their share.
 */
import type {
  DemandHistory,
  Forecast,
  ForecastOptions,
  SpecialDay,
} from '#recipes/forecast/types.ts';
import type { Kitchen } from '#recipes/kitchen.ts';
import { closedWeekdays, type DayFacts, dayFacts, daysAhead } from './day-facts.ts';
import { dayBefore, weekdayOf } from './days.ts';
import { type Histories, type HistoryParts, readHistories } from './histories.ts';
import { learnEvents, saidFactors } from './learn-events.ts';
import type { DayNote } from './note-store.ts';
import { unitCosts } from './unit-costs.ts';

export type ForecastParts = HistoryParts & {
  readonly inForce: () => { readonly version: number; readonly kitchen: Kitchen } | undefined;
  readonly today: () => number;
  readonly notes: (from: number, to: number) => DayNote[];
  /** Changes with the notes, the imports, and the days that are over. */
  readonly version: () => string;
  /** Everything that is in the ledger is summed. */
  readonly caughtUp: () => Promise<void>;
  /** When the kitchen is busy: a weight by hour of the clock. */
  readonly busyHours: () => readonly HourUse[];
  readonly special: (day: number) => SpecialDay | null;
  readonly forecast: (history: DemandHistory, options: ForecastOptions) => Forecast;
};

export type HourUse = { readonly hour: number; readonly amount: number };

export type Forecasts = {
  readonly key: string;
  readonly today: number;
  readonly kitchen: Kitchen;
  /** `today` first. */
  readonly ahead: readonly number[];
  readonly histories: Histories;
  readonly facts: DayFacts;
  readonly notes: readonly DayNote[];
  readonly busyHours: readonly HourUse[];
  /** By item code; `days` are parallel to `ahead`. Items without any past have none. */
  readonly items: ReadonlyMap<string, Forecast>;
};

export type Forecaster = {
  /**
   * Of the book in force; undefined without a book. Whoever asks while it is made waits for the same; when
   * something was noted meanwhile, for the one after it.
   */
  ask(): Promise<Forecasts | undefined>;
  /** Changes when what was made before no longer holds. */
  key(): string;
};

/** Days ahead: a delivery in three weeks that comes weekly has to last for the fourth. */
export const HORIZON = 28;
const SEED = 1;

/** @param made hears of forecasts that were just made */
export function openForecaster(
  parts: ForecastParts,
  made: (forecasts: Forecasts) => void = () => undefined,
): Forecaster {
  let last: Forecasts | undefined;
  let running: Promise<Forecasts | undefined> | undefined;
  const keyNow = () => `${parts.inForce()?.version} ${parts.today()} ${parts.version()}`;

  async function make(): Promise<Forecasts | undefined> {
    await parts.caughtUp();
    const inForce = parts.inForce();
    if (!inForce) return undefined;
    const key = keyNow();
    if (last?.key === key) return last;
    last = await makeForecasts(parts, key, inForce.kitchen);
    made(last);
    return last;
  }

  function join(): Promise<Forecasts | undefined> {
    running ??= make().finally(() => {
      running = undefined;
    });
    return running;
  }

  return {
    async ask() {
      const joined = running !== undefined;
      const made = await join();
      return joined && made?.key !== keyNow() ? join() : made;
    },
    key: keyNow,
  };
}

async function makeForecasts(
  parts: ForecastParts,
  key: string,
  kitchen: Kitchen,
): Promise<Forecasts> {
  const today = parts.today();
  const histories = await readHistories(parts, kitchen, today);
  const ahead = daysAhead(today, HORIZON);
  const notes = parts.notes(histories.days[0] ?? today, ahead.at(-1) ?? today);
  const said = dayFacts(notes, reader(saidFactors(notes)));
  const closed = closedWeekdays(histories);
  const shares = ahead.map((day) =>
    closed.has(weekdayOf(day)) && !said.isNoted(day) ? 0 : said.share(day),
  );
  const common = commonHistory(parts, histories, said, ahead, shares);
  const learned = await learnEvents({
    histories,
    notes,
    cost: unitCosts(kitchen),
    history: (code) => demandHistory(histories, common, code),
    pause: parts.pause,
  });
  const facts = dayFacts(notes, reader(learned));
  const items = new Map<string, Forecast>();
  for (const code of histories.items.keys()) {
    await parts.pause();
    const history = demandHistory(histories, common, code);
    if (!history) continue;
    const options = { horizon: HORIZON, level: 0.9, seed: SEED };
    items.set(code, parts.forecast(history, options));
  }
  const busyHours = parts.busyHours();
  return { key, today, kitchen, ahead, histories, facts, notes, busyHours, items };
}

/** What is known of a reason; an event without one is known by nothing but its number. */
function reader(factors: ReadonlyMap<string, number>): DayFacts['learned'] {
  return (reason) => (reason === null ? undefined : factors.get(reason));
}

/** What all items have in common, by day of the past, then of the days ahead. */
type Common = {
  readonly shares: readonly number[];
  readonly special: readonly (SpecialDay | null)[];
  readonly announced: readonly (number | null)[];
  readonly facts: DayFacts;
  readonly ahead: readonly number[];
};

function commonHistory(
  { special }: ForecastParts,
  { days }: Histories,
  facts: DayFacts,
  ahead: readonly number[],
  sharesAhead: readonly number[],
): Common {
  const event = (day: number) => (facts.event(day) === 1 ? null : facts.event(day));
  return {
    shares: [...days.map((day) => facts.share(day)), ...sharesAhead],
    special: [...days, ...ahead].map((day) => special(day)),
    announced: [...days.map(event), ...ahead.map(() => null)],
    facts,
    ahead,
  };
}

/** From the first day on which the item was used; undefined when it never was. */
function demandHistory(
  { days, open, items }: Histories,
  { shares, special, announced, facts, ahead }: Common,
  code: string,
): DemandHistory | undefined {
  const history = items.get(code);
  const first = history?.first ?? days.length;
  const from = days[first];
  if (!history || from === undefined) return undefined;
  const covariates = facts.covariates([...days.slice(first), ...ahead]);
  const demand: (number | null)[] = [];
  for (let i = first; i < days.length; i++) {
    demand.push(open[i] === 1 && shares[i] !== 0 ? (history.used[i] ?? 0) : null);
  }
  return {
    from,
    demand,
    open: shares.slice(first),
    censored: Array.from(history.ranOut.subarray(first), (out) => out === 1),
    special: special.slice(first),
    announced: announced.slice(first),
    ...(covariates.length > 0 ? { covariates } : {}),
  };
}

/** Same weekday, so many weeks before. */
export function sameWeekdays(day: number, weeks: number): number[] {
  return Array.from({ length: weeks }, (_, i) => dayBefore(day, 7 * (i + 1)));
}
