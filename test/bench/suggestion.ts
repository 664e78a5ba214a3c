/**
 * What tonight's suggestion costs: 300 dishes of 8 ingredients each out of 500, two years of days. The
 * dishes sold are exploded into ingredients, each ingredient is forecast and its order suggested, for
 * five suppliers. Twice, and the answers compared bit for bit. The data are drawn from a seed.
 */
import { createHash } from 'node:crypto';
import { forecast } from '#recipes/forecast/forecast.ts';
import { suggestSupplier } from '#recipes/purchasing/suggest.ts';
import type { SuggestInput } from '#recipes/purchasing/suggest-input.ts';

export type SuggestionSize = {
  readonly dishes: number;
  readonly ingredients: number;
  readonly days: number;
};

export type SuggestionFigures = SuggestionSize & {
  readonly ms: number;
  readonly 'ms, again': number;
  /** Processor time of the second run: what it costs where nobody else wants the machine. */
  readonly 'cpu ms, again': number;
  readonly 'explode ms': number;
  readonly 'forecast ms': number;
  readonly 'suggest ms': number;
  readonly 'ordered lines': number;
  readonly 'the same bit for bit': boolean;
};

export const FULL_SIZE: SuggestionSize = { dishes: 300, ingredients: 500, days: 730 };

/** Both runs are shown; the first also pays for compiling. */
export function measureSuggestion(size: SuggestionSize = FULL_SIZE): SuggestionFigures {
  const kitchen = drawKitchen(size);
  const first = suggestAll(kitchen);
  const second = suggestAll(kitchen);
  return {
    ...size,
    ms: Math.round(first.ms),
    'ms, again': Math.round(second.ms),
    'cpu ms, again': Math.round(second.cpuMs),
    'explode ms': Math.round(second.explodeMs),
    'forecast ms': Math.round(second.forecastMs),
    'suggest ms': Math.round(second.suggestMs),
    'ordered lines': second.ordered,
    'the same bit for bit': first.digest === second.digest,
  };
}

const DAY = 86_400_000;
const HOUR = 3_600_000;
const MICRO = 1_000_000;
const SUPPLIERS = 5;
const LINES = 8;
const HORIZON = 7;
const WEEKDAYS = [0.8, 0.85, 0.9, 1, 1.3, 1.5, 1.1];

type Takes = readonly { readonly item: number; readonly grams: number }[];
type Kitchen = {
  readonly size: SuggestionSize;
  readonly takes: readonly Takes[];
  /** Portions by dish and day. */
  readonly sold: readonly Uint16Array[];
  readonly random: readonly number[];
};

function drawKitchen(size: SuggestionSize): Kitchen {
  const random = randomFrom(20261122);
  const takes = Array.from({ length: size.dishes }, () =>
    Array.from({ length: LINES }, () => ({
      item: Math.floor(random() * size.ingredients),
      grams: 5 + Math.floor(random() * 200),
    })),
  );
  const sold = takes.map(() => {
    const usual = 0.2 + 40 * random() ** 3;
    return Uint16Array.from({ length: size.days }, (_, day) =>
      Math.round(usual * (WEEKDAYS[day % 7] ?? 1) * (0.5 + random())),
    );
  });
  return { size, takes, sold, random: Array.from({ length: size.ingredients }, random) };
}

function suggestAll(kitchen: Kitchen) {
  const from = performance.now();
  const cpu = process.cpuUsage();
  const demand = explode(kitchen);
  const exploded = performance.now();
  const forecasts = demand.map((series) =>
    forecast({ from: 20241122, demand: series }, { horizon: HORIZON, seed: 1 }),
  );
  const foreseen = performance.now();
  const inputs = forecasts.map((said, item) => inputOf(kitchen, said, item));
  const suppliers = Array.from({ length: SUPPLIERS }, (_, supplier) =>
    suggestSupplier(
      inputs.filter((_, item) => item % SUPPLIERS === supplier),
      { minimumOrder: '300.00' },
    ),
  );
  const done = performance.now();
  const { user, system } = process.cpuUsage(cpu);
  const lines = suppliers.flatMap(({ lines }) => lines);
  return {
    ms: done - from,
    cpuMs: (user + system) / 1000,
    explodeMs: exploded - from,
    forecastMs: foreseen - exploded,
    suggestMs: done - foreseen,
    ordered: lines.filter(({ sum }) => sum.packs > 0).length,
    digest: createHash('sha256')
      .update(JSON.stringify([forecasts, suppliers]))
      .digest('hex'),
  };
}

/** Grams by ingredient and day. */
function explode({ size, takes, sold }: Kitchen): number[][] {
  const demand = Array.from({ length: size.ingredients }, () =>
    Array.from({ length: size.days }, () => 0),
  );
  takes.forEach((lines, dish) => {
    const portions = sold[dish];
    for (const { item, grams } of lines) {
      const series = demand[item];
      if (!series || !portions) continue;
      for (let day = 0; day < series.length; day++) {
        series[day] = (series[day] ?? 0) + grams * (portions[day] ?? 0);
      }
    }
  });
  return demand;
}

function inputOf(
  { random }: Kitchen,
  said: ReturnType<typeof forecast>,
  item: number,
): SuggestInput {
  const chance = random[item] ?? 0;
  const now = Date.parse('2026-11-21T21:30:00Z');
  const midnight = Date.parse('2026-11-22T00:00:00Z');
  const daily = said.days[0]?.mean ?? 0;
  const days = said.days.map(({ date, mean, low, high, sd }, i) => ({
    date,
    from: midnight + i * DAY,
    until: midnight + (i + 1) * DAY,
    mean: Math.round(mean * MICRO),
    low: Math.round(low * MICRO),
    high: Math.round(high * MICRO),
    sd: sd * MICRO,
  }));
  const today = {
    date: 20261121,
    from: midnight - DAY,
    until: midnight,
    mean: 0,
    low: 0,
    high: 0,
    sd: 0,
  };
  return {
    item: `item-${item}`,
    pack: 1000 * MICRO,
    rounding: 'up',
    price: (2 + 40 * chance).toFixed(2),
    shelfLifeMs: item % 3 === 0 ? null : (2 + Math.floor(chance * 20)) * DAY,
    par: 0,
    safety: 0,
    max: 0,
    days: [today, ...days],
    method: said.method,
    wape: said.accuracy.wape,
    lowConfidence: said.lowConfidence,
    lots: [0.4, 0.7].map((share, i) => ({
      amount: Math.round(daily * share * MICRO),
      expiresAt: midnight + (i + 1) * DAY,
    })),
    incoming: [],
    substitutes: [],
    now,
    arrivesAt: midnight + 6 * HOUR,
    coverUntil: midnight + DAY + 10 * HOUR,
  };
}

/** mulberry32: small, seeded, the same everywhere. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
