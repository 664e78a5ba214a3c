import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  amountWithin,
  expectedLeft,
  expectedShort,
  probabilityWithin,
} from '#recipes/purchasing/demand-spread.ts';

describe('against figures of scipy.stats (gamma, norm)', () => {
  test.for([
    // mean, sd, 95 % quantile, P(D ≤ mean), E[(D - mean)+]
    [10, 5, 19.384141319831812, 0.566529879633291, 1.9536681481316442],
    [10, 1.01, 11.717244054915476, 0.5134318005820895, 0.4025893244132523],
    [1, 3, 5.7562365342716415, 0.8183246088312073, 0.740259559428432],
    [100, 1, 101.6448536269515, 0.5, 0.3989422804014327],
  ] as const)('mean %d, standard deviation %d', ([mean, sd, quantile, within, short]) => {
    expect(amountWithin({ mean, sd }, 0.95)).toBeCloseTo(quantile, 6);
    expect(probabilityWithin({ mean, sd }, mean)).toBeCloseTo(within, 10);
    expect(expectedShort({ mean, sd }, mean)).toBeCloseTo(short, 8);
  });

  test('without spread it is the mean', () => {
    const sure = { mean: 7, sd: 0 };
    expect(amountWithin(sure, 0.99)).toBe(7);
    expect([probabilityWithin(sure, 6.9), probabilityWithin(sure, 7)]).toEqual([0, 1]);
    expect([expectedShort(sure, 5), expectedLeft(sure, 9)]).toEqual([2, 2]);
  });
});

const spread = fc.record({
  mean: fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
  sd: fc.double({ min: 0, max: 1e6, noNaN: true }),
});

test('the amount that is enough with probability p is enough with probability p', () => {
  fc.assert(
    fc.property(spread, fc.double({ min: 0.5, max: 0.999, noNaN: true }), (s, p) => {
      fc.pre(s.sd < 20 * s.mean);
      const amount = amountWithin(s, p);
      if (s.sd > 1e-6 * s.mean && s.sd < 3 * s.mean)
        expect(probabilityWithin(s, amount)).toBeCloseTo(p, 3);
      expect(amount).toBeGreaterThanOrEqual(0);
    }),
  );
});

test('short - left = mean - amount, and short falls as the amount rises', () => {
  fc.assert(
    fc.property(spread, fc.double({ min: 0, max: 3, noNaN: true }), (s, times) => {
      const amount = s.mean * times;
      const [short, left] = [expectedShort(s, amount), expectedLeft(s, amount)];
      expect(Math.abs(short - left - (s.mean - amount))).toBeLessThan(1e-6 * (s.mean + s.sd));
      expect(expectedShort(s, amount * 1.1)).toBeLessThanOrEqual(short + 1e-9 * (s.mean + s.sd));
    }),
  );
});
