/** An ordinary input to change one thing of: pork belly at the end of Sunday, delivered at midnight. */
import fc from 'fast-check';
import type { DemandDay, SuggestInput } from '#recipes/purchasing/suggest-input.ts';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
export const KG = 1_000_000_000;
/** Sunday 2026-11-22, 00:00 in Shanghai. */
export const SUNDAY = Date.parse('2026-11-22T00:00:00+08:00');

export type DayFigures = { mean: number; sd: number; event?: number };

export function daysOf(figures: readonly DayFigures[]): DemandDay[] {
  return figures.map(({ mean, sd, event }, i) => ({
    date: 20261122 + i,
    from: SUNDAY + i * DAY,
    until: SUNDAY + (i + 1) * DAY,
    mean,
    low: Math.max(0, Math.round(mean - 1.645 * sd)),
    high: Math.round(mean + 1.645 * sd),
    sd,
    ...(event === undefined ? {} : { event }),
  }));
}

export function someInput(change: Partial<SuggestInput> = {}): SuggestInput {
  return {
    item: 'pork-belly',
    pack: 2 * KG,
    rounding: 'up',
    price: '64.00',
    shelfLifeMs: 3 * DAY,
    par: 6 * KG,
    safety: KG,
    max: 20 * KG,
    days: daysOf([
      { mean: 9 * KG, sd: 0 },
      { mean: 8 * KG, sd: 0 },
      { mean: 18 * KG, sd: 0 },
      { mean: 8 * KG, sd: 0 },
    ]),
    method: 'weekday',
    wape: 0.09,
    lowConfidence: false,
    lots: [],
    incoming: [],
    substitutes: [],
    serviceLevel: 0.95,
    now: SUNDAY + 24 * HOUR - 1,
    arrivesAt: SUNDAY + DAY,
    coverUntil: SUNDAY + 58 * HOUR,
    ...change,
  };
}

const amount = fc.integer({ min: 0, max: 40 * KG });
const expiry = fc.option(fc.integer({ min: -6, max: 24 * 8 }), { nil: null });
const lot = fc.record({ amount, hours: expiry }).map(({ amount, hours }) => ({
  amount,
  expiresAt: hours === null ? null : SUNDAY + hours * HOUR,
}));

/** Anything that may come: packs from 100 g to 25 kg, one to six days ahead, lots dead and alive. */
export const anyInput: fc.Arbitrary<SuggestInput> = fc
  .record({
    pack: fc.integer({ min: KG / 10, max: 25 * KG }),
    rounding: fc.constantFrom('up' as const, 'down' as const, 'nearest' as const),
    price: fc.option(fc.constantFrom('64.00', '3.5', '1200', '0'), { nil: null }),
    shelfLifeMs: fc.option(fc.integer({ min: 6 * HOUR, max: 30 * DAY }), { nil: null }),
    par: amount,
    safety: amount,
    max: fc.oneof(fc.constant(0), amount),
    figures: fc.array(
      fc.record({
        mean: fc.integer({ min: 0, max: 30 * KG }),
        sd: fc.integer({ min: 0, max: 12 * KG }),
        event: fc.constantFrom(1, 1, 1.2, 0.5, 0),
      }),
      { minLength: 7, maxLength: 9 },
    ),
    lowConfidence: fc.boolean(),
    lots: fc.array(lot, { maxLength: 5 }),
    incoming: fc.array(
      fc
        .tuple(lot, fc.integer({ min: -24, max: 24 * 7 }))
        .map(([one, hours]) => ({ ...one, arrivesAt: SUNDAY + hours * HOUR })),
      { maxLength: 3 },
    ),
    substitutes: fc.array(
      lot.map((one) => ({ ...one, item: 'trimmings' })),
      { maxLength: 2 },
    ),
    costs: fc.constantFrom({}, { serviceLevel: 0.9 }, { shortCost: 0.05 }, { shortCost: 0.3 }),
    times: fc.tuple(
      fc.integer({ min: 0, max: 23 }),
      fc.integer({ min: 0, max: 60 }),
      fc.integer({ min: 1, max: 80 }),
    ),
  })
  .map(({ figures, costs, times: [now, lead, cover], ...rest }) => ({
    ...rest,
    ...costs,
    item: 'any',
    days: daysOf(figures),
    method: 'weekday',
    wape: null,
    now: SUNDAY + now * HOUR,
    arrivesAt: SUNDAY + (now + lead) * HOUR,
    coverUntil: SUNDAY + (now + lead + cover) * HOUR,
  }));
