import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '#recipes/forecast/dates.ts';
import { forecast } from '#recipes/forecast/forecast.ts';
import type { DemandHistory, Forecast } from '#recipes/forecast/types.ts';
import { seeded } from '../../support/seeded.ts';
import { FACTORS, FROM, weekdayAt, weekly } from './made-up.ts';

const seed = 1;
const week = (history: DemandHistory, level?: number) =>
  forecast(history, { horizon: 7, seed, ...(level === undefined ? {} : { level }) });
const plain = (demand: readonly (number | null)[]): DemandHistory => ({ from: FROM, demand });
const means = ({ days }: Forecast) => days.map(({ mean }) => mean);
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

describe('any history at all', () => {
  const demand = fc.array(
    fc.option(fc.oneof(fc.constant(0), fc.double({ min: 1e-6, max: 1e9, noNaN: true })), {
      nil: null,
      freq: 5,
    }),
    { maxLength: 120 },
  );
  const history = fc.record({
    from: fc.constant(FROM),
    demand,
    open: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 120 }),
    censored: fc.array(fc.boolean(), { maxLength: 120 }),
    announced: fc.array(fc.option(fc.double({ min: 0, max: 3, noNaN: true }), { freq: 2 }), {
      maxLength: 130,
    }),
    special: fc.array(fc.option(fc.record({ key: fc.constantFrom('a', 'b'), nth: fc.integer() }))),
    covariates: fc.array(
      fc.record({ name: fc.constantFrom('x', 'y'), values: fc.array(fc.option(fc.double())) }),
      { maxLength: 2 },
    ),
  });

  it('gives finite days, none below 0, low <= high, the mean of a known spread', () => {
    fc.assert(
      fc.property(history, fc.integer({ min: 1, max: 10 }), (past, horizon) => {
        const { days } = forecast(past, { horizon, seed });
        expect(days.length).toBe(horizon);
        for (const { mean, low, high, sd } of days) {
          expect([mean, low, high, sd].every((value) => Number.isFinite(value) && value >= 0)).toBe(
            true,
          );
          expect(low).toBeLessThanOrEqual(high);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('gives the same to the last bit, asked again', () => {
    fc.assert(
      fc.property(history, (past) => {
        const copy = structuredClone(past);
        expect(week(copy)).toStrictEqual(week(past));
      }),
    );
  });

  it('grows with the unit: demand times a power of two, forecast times the same', () => {
    fc.assert(
      fc.property(demand, fc.constantFrom(2 ** -6, 2 ** 20), (values, unit) => {
        const scaled = week(plain(values.map((value) => (value === null ? null : value * unit))));
        const once = means(week(plain(values)));
        for (const [i, mean] of means(scaled).entries()) {
          expect(mean / unit).toBeCloseTo(once[i] ?? 0, 6);
        }
      }),
    );
  });
});

describe('a week with a pattern', () => {
  it('is learned: each weekday within 5 % of its truth', () => {
    const answer = week(plain(weekly(120, 200)));
    for (const [i, mean] of means(answer).entries()) {
      const truth = 200 * (FACTORS[weekdayAt(120 + i)] ?? 0);
      expect(Math.abs(mean - truth) / truth).toBeLessThan(0.05);
    }
    expect(answer.days[0]?.date).toBe(addDays(FROM, 120));
    expect(answer.lowConfidence).toBe(false);
    expect(answer.accuracy.wape).toBeLessThan(0.08);
  });

  it('has an interval that holds its share of the days to come, at every level asked', () => {
    for (const level of [0.5, 0.8, 0.9]) {
      const all = weekly(600, 200, 0.4);
      let held = 0;
      for (let day = 300; day < 600; day += 2) {
        const { days } = forecast(plain(all.slice(0, day)), { horizon: 1, level, seed });
        const [said] = days;
        const actual = all[day] ?? 0;
        if (said && actual >= said.low && actual <= said.high) held += 1;
      }
      expect(Math.abs(held / 150 - level)).toBeLessThan(0.08);
    }
  });

  it('is wider further ahead where demand wanders, and not where it stays', () => {
    const random = seeded(3);
    let level = 100;
    const wandering = Array.from({ length: 400 }, () => {
      level *= Math.exp(0.06 * (2 * random.next() - 1));
      return level;
    });
    const widths = (demand: readonly number[]) =>
      forecast(plain(demand), { horizon: 10, seed }).days.map(
        ({ low, high, mean }) => (high - low) / mean,
      );
    const wide = widths(wandering);
    expect((wide[9] ?? 0) / (wide[0] ?? 1)).toBeGreaterThan(1.5);
    expect([...wide].sort((a, b) => a - b)).toEqual(wide);
    const calm = widths(
      weekly(400, 100, 0.4).map((value, i) => value / (FACTORS[weekdayAt(i)] ?? 1)),
    );
    expect((calm[9] ?? 0) / (calm[0] ?? 1)).toBeLessThan(1.2);
  });

  it('judges itself by what it would have said then', () => {
    const all = weekly(200, 200, 0.4);
    let [off, sold] = [0, 0];
    for (let day = 14; day < 200; day++) {
      const { days } = forecast(plain(all.slice(0, day)), { horizon: 1, seed });
      off += Math.abs((all[day] ?? 0) - (days[0]?.mean ?? 0));
      sold += all[day] ?? 0;
    }
    expect(forecast(plain(all), { horizon: 1, seed }).accuracy.wape).toBeCloseTo(off / sold, 9);
  });
});

describe('days that say less than they seem', () => {
  const usual = weekly(112, 200);

  it('a closed day moves nothing, and is no zero', () => {
    const closed = usual.map((value, i) => (i >= 100 && i < 105 ? null : value));
    const zeros = usual.map((value, i) => (i >= 100 && i < 105 ? 0 : value));
    const [truth, open, zero] = [usual, closed, zeros].map((d) => sum(means(week(plain(d)))));
    expect(Math.abs((open ?? 0) / (truth ?? 1) - 1)).toBeLessThan(0.03);
    expect((zero ?? 0) / (truth ?? 1)).toBeLessThan(0.97);
  });

  it('a half day counts as half a day', () => {
    const half = usual.map((value, i) => (i % 10 === 3 ? value / 2 : value));
    const open = usual.map((_, i) => (i % 10 === 3 ? 0.5 : 1));
    expect(week({ from: FROM, demand: half, open }).days).toEqual(
      week({ from: FROM, demand: usual, open: usual.map(() => 1) }).days,
    );
    const ahead = [...open, 0.5];
    const [first] = week({ from: FROM, demand: half, open: ahead }).days;
    expect(first?.mean).toBeCloseTo((week(plain(usual)).days[0]?.mean ?? 0) / 2, 9);
  });

  it('a day that sold out never lowers what is expected, and a rush before it raises it', () => {
    const soldOut = usual.map((value, i) => (i >= 98 ? value * 0.6 : value));
    const censored = usual.map((_, i) => i >= 98);
    const told = sum(means(week({ from: FROM, demand: soldOut, censored })));
    const untold = sum(means(week(plain(soldOut))));
    const truth = sum(means(week(plain(usual))));
    const before = sum(means(week(plain(usual.slice(0, 98)))));
    expect(untold).toBeLessThan(0.9 * truth);
    expect(told).toBeGreaterThanOrEqual(0.99 * before);
    const rush = usual.map((value, i) => (i >= 98 ? value * 1.3 : value));
    const rushed = sum(means(week({ from: FROM, demand: rush, censored })));
    expect(rushed).toBeGreaterThan(1.05 * truth);
  });

  it('an announced event leaves the baseline as if the day had not been', () => {
    const isEvent = (i: number) => i % 20 === 15;
    const party = usual.map((value, i) => (isEvent(i) ? value * 5 : value));
    const announced = usual.map((_, i) => (isEvent(i) ? 1.2 : null));
    const without = usual.map((value, i) => (isEvent(i) ? null : value));
    const told = means(week({ from: FROM, demand: party, announced }));
    const never = means(week(plain(without)));
    for (const [i, mean] of told.entries()) {
      expect(Math.abs(mean / (never[i] ?? 1) - 1)).toBeLessThan(0.02);
    }
  });

  it('an announced day to come is multiplied, interval and all', () => {
    const announced = [...usual.map(() => null), null, 1.5];
    const base = week(plain(usual)).days;
    const said = week({ from: FROM, demand: usual, announced }).days;
    expect(said[0]).toEqual(base[0]);
    for (const key of ['mean', 'low', 'high', 'sd'] as const) {
      expect(said[1]?.[key]).toBeCloseTo(1.5 * (base[1]?.[key] ?? 0), 9);
    }
  });

  it('where events are the rule, the announcement is divided out', () => {
    const demand = usual.map((value) => value * 1.2);
    const announced = usual.map(() => 1.2);
    const said = week({ from: FROM, demand, announced });
    expect(said.lowConfidence).toBe(false);
    expect(sum(means(said)) / sum(means(week(plain(usual))))).toBeCloseTo(1, 1);
  });
});

describe('what is known in advance', () => {
  it('a promotion, the weather and a holiday are learned and applied', () => {
    const random = seeded(5);
    const days = 400;
    const warm = Array.from({ length: days + 7 }, () => random.next() * 30);
    const promotion = Array.from({ length: days + 7 }, (_, i) => (i % 28 < 4 ? 1 : 0));
    const special = Array.from({ length: days + 7 }, (_, i) =>
      i % 30 === 11 ? { key: 'holiday', nth: 0 } : null,
    );
    const demand = weekly(days, 200, 0.05).map(
      (value, i) =>
        value *
        Math.exp(0.01 * (warm[i] ?? 0)) *
        (promotion[i] === 1 ? 1.5 : 1) *
        (special[i] ? 0.5 : 1),
    );
    const covariates = [
      { name: 'warm', values: warm },
      { name: 'promotion', values: promotion },
    ];
    const base = { from: FROM, demand, special, covariates };
    const ask = (change: Partial<DemandHistory>) =>
      forecast({ ...base, ...change }, { horizon: 1, seed }).days[0]?.mean ?? 0;
    const swap = <T>(values: readonly T[], last: T) => [...values.slice(0, days), last];
    const cold = ask({ covariates: covariates.map((c) => ({ ...c, values: swap(c.values, 0) })) });
    const hot = ask({
      covariates: covariates.map((c) => ({
        ...c,
        values: swap(c.values, c.name === 'warm' ? 30 : 0),
      })),
    });
    const sale = ask({
      covariates: covariates.map((c) => ({
        ...c,
        values: swap(c.values, c.name === 'warm' ? 0 : 1),
      })),
    });
    expect(hot / cold).toBeGreaterThan(1.2);
    expect(hot / cold).toBeLessThan(1.5);
    expect(sale / cold).toBeGreaterThan(1.35);
    expect(sale / cold).toBeLessThan(1.65);
    const ordinary = ask({ special: swap(special, null) });
    const holiday = ask({ special: swap(special, { key: 'holiday', nth: 0 }) });
    expect(holiday / ordinary).toBeLessThan(0.65);
  });

  it('does not look beyond the horizon: later values change nothing', () => {
    const demand = weekly(90, 50);
    const values = Array.from({ length: 120 }, (_, i) => Math.sin(i));
    const short = { from: FROM, demand, covariates: [{ name: 'x', values: values.slice(0, 93) }] };
    const long = { from: FROM, demand, covariates: [{ name: 'x', values }] };
    const options = { horizon: 3, seed };
    expect(forecast(long, options)).toStrictEqual(forecast(short, options));
  });
});

describe('items sold seldom, or hardly known', () => {
  it('an item of every eighth day or so keeps its mean and a low bound of 0', () => {
    const random = seeded(9);
    const demand = Array.from({ length: 400 }, () => (random.chance(0.12) ? 10 : 0));
    const { days } = week(plain(demand));
    expect(sum(days.map(({ mean }) => mean)) / 7).toBeGreaterThan(0.5);
    expect(sum(days.map(({ mean }) => mean)) / 7).toBeLessThan(2.2);
    expect(days.every(({ low }) => low === 0)).toBe(true);
    expect(days.every(({ high }) => high > 5)).toBe(true);
  });

  it('one never sold is expected not to sell', () => {
    expect(means(week(plain(new Array(60).fill(0))))).toEqual([0, 0, 0, 0, 0, 0, 0]);
  });

  it.each([0, 1, 13])('%i days teach a mean and nothing else, and it says so', (count) => {
    const demand = [...new Array(20).fill(null), ...weekly(count, 100, 0)];
    const { method, lowConfidence, days, accuracy } = week(plain(demand));
    expect([method, lowConfidence, accuracy.wape]).toEqual(['par', true, null]);
    const mean = count === 0 ? 0 : sum(weekly(count, 100, 0)) / count;
    expect(days[0]?.mean).toBeCloseTo(mean, 9);
    expect(days[6]?.mean).toBeCloseTo(mean, 9);
  });

  it('fourteen days are enough to begin', () => {
    expect(week(plain(weekly(14, 100))).lowConfidence).toBe(false);
  });
});

it('refuses what is no demand, as our own mistake', () => {
  expect(() => week(plain([1, -1]))).toThrow('demand -1');
  expect(() => week(plain([Number.NaN]))).toThrow('demand NaN');
  expect(() => forecast(plain([1]), { horizon: 0, seed })).toThrow('horizon');
  expect(() => forecast(plain([1]), { horizon: 1, level: 1, seed })).toThrow('interval');
});
