/** Larder as an orderer: the forecast of each evening from the days before it, and its suggestion. */
import { forecast } from '#recipes/forecast/forecast.ts';
import type { DemandHistory } from '#recipes/forecast/types.ts';
import { suggestItem } from '#recipes/purchasing/suggest.ts';
import type { DemandDay } from '#recipes/purchasing/suggest-input.ts';
import type { Orderer, World } from './ordering-world.ts';

const MICRO = 1_000_000;
const DAY = 86_400_000;
const HOUR = 3_600_000;
/** Days that the forecast reaches beyond the cover, to see what a new lot will meet in its life. */
const LIFE_SEEN = 7;
const SEED = 1;

/** @param used told of every method that forecast */
export function larder(used: (method: string) => void = () => {}): Orderer {
  return (evening) => {
    const { world, day, cover, lots } = evening;
    const reach =
      cover.length + Math.min(LIFE_SEEN, Math.max(0, (world.life ?? 99) - cover.length));
    const horizon = Math.min(reach, world.dates.length - day - 1);
    const said = forecast(historyOf(world, day, horizon), { horizon, seed: SEED });
    used(said.method);
    const at = (index: number) => index * DAY;
    const tonight: DemandDay = { ...whole(world, day), mean: 0, low: 0, high: 0, sd: 0 };
    const days = said.days.map(({ mean, low, high, sd }, i) => ({
      ...whole(world, day + 1 + i),
      mean: Math.round(mean * MICRO),
      low: Math.round(low * MICRO),
      high: Math.round(high * MICRO),
      sd: sd * MICRO,
    }));
    const { sum } = suggestItem({
      item: world.item,
      pack: Math.round(world.pack * MICRO),
      rounding: 'up',
      price: world.price.toFixed(4),
      shelfLifeMs: world.life === null ? null : world.life * DAY,
      par: 0,
      safety: 0,
      max: 0,
      days: [tonight, ...days],
      method: said.method,
      wape: said.accuracy.wape,
      lowConfidence: said.lowConfidence,
      lots: lots.map(({ amount, until }) => ({
        amount: Math.round(amount * MICRO),
        expiresAt: until === Infinity ? null : at(until) + 6 * HOUR,
      })),
      incoming: [],
      substitutes: [],
      shortCost: world.shortCost,
      now: at(day) + 22 * HOUR,
      arrivesAt: at(day + 1) + 6 * HOUR,
      coverUntil: at(day + 1 + cover.length),
      profile: openingHours,
    });
    return sum.packs;
  };
}

/** The history until the evening of `day`, as the box would read it. */
export function historyOf(world: World, day: number, horizon: number): DemandHistory {
  const seen = day + 1;
  return {
    from: world.dates[0] ?? 0,
    demand: world.demand.slice(0, seen).map((d, i) => (world.closed[i] === true ? null : d)),
    open: world.closed.slice(0, seen + horizon).map((closed) => (closed ? 0 : 1)),
    covariates: world.known.map(({ name, values }) => ({
      name,
      values: values.slice(0, seen + horizon),
    })),
  };
}

function whole(world: World, index: number): { date: number; from: number; until: number } {
  return { date: world.dates[index] ?? 0, from: index * DAY, until: (index + 1) * DAY };
}

/** Open from ten to ten. */
function openingHours({ from }: DemandDay, at: number): number {
  return Math.min(1, Math.max(0, (at - from - 10 * HOUR) / (12 * HOUR)));
}
