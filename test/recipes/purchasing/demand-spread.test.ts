import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  amountWithin,
  expectedLeft,
  expectedShort,
  probabilityWithin,
} from '#recipes/purchasing/demand-spread.ts';

describe('against the same mixture in scipy.stats (gamma, norm)', () => {
  test.for([
    // mean, sd, 95 % quantile, P(D ≤ mean), E[(D - mean)+]
    [10, 5, 18.353015338492202, 0.5619214786552259, 1.808131580141506],
    [10, 1.01, 11.56507115165074, 0.5044552281691848, 0.3750843146641881],
    [1, 3, 5.136513798272426, 0.7917852821606517, 0.6912007766520504],
    [100, 1, 101.55619684034453, 0.5, 0.37167955395089036],
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
