/** How much is to be made: par until the close, less what is still good then, in whole runs. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { prepHorizon, prepNeed } from '#recipes/prep/plan.ts';
import { mostUsual } from '#recipes/tiles/usual.ts';

const lot = (amount: number, expiresAt: number | null = null) => ({ amount, expiresAt });

describe('need', () => {
  test.each([
    ['nothing there', [], 6, 4, { usable: 0, missing: 6, runs: 2, suggested: 8 }],
    ['enough', [lot(6)], 6, 4, { usable: 6, missing: 0, runs: 0, suggested: 0 }],
    ['exactly one run', [lot(2)], 6, 4, { missing: 4, runs: 1, suggested: 4 }],
    ['what expires before does not count', [lot(5, 99)], 6, 4, { expiring: 5, runs: 2 }],
    ['what expires then still counts', [lot(5, 100)], 6, 4, { usable: 5, runs: 1 }],
    ['a shortage is made up for', [lot(-3), lot(4)], 6, 4, { usable: 1, runs: 2 }],
    ['no par, no suggestion', [lot(0)], 0, 4, { missing: 0, suggested: 0 }],
    ['runs that cannot be counted', [], 6, 0, { missing: 6, runs: 0, suggested: 0 }],
  ] as const)('%s', (_, lots, par, makes, need) => {
    expect(prepNeed(lots, par, makes, 100)).toMatchObject(need);
  });

  test('what is suggested covers what is missing, with less than one run too much', () => {
    const amount = fc.integer({ min: -1_000, max: 10_000 });
    const lots = fc.array(fc.record({ amount, expiresAt: fc.option(fc.nat({ max: 200 })) }));
    fc.assert(
      fc.property(
        lots,
        fc.nat({ max: 50_000 }),
        fc.integer({ min: 1, max: 9_999 }),
        (l, par, makes) => {
          const need = prepNeed(l, par, makes, 100);
          const all = l.reduce((sum, one) => sum + one.amount, 0);
          expect(need.usable + need.expiring).toBe(all);
          expect(need.suggested).toBeGreaterThanOrEqual(need.missing);
          expect(need.suggested - need.missing).toBeLessThan(makes);
        },
      ),
    );
  });
});

test('it must last until tomorrow, tonight, or now, as long as it keeps', () => {
  const closes = { today: 100, tomorrow: 200 };
  expect(prepHorizon(50, closes, undefined)).toBe(200);
  expect(prepHorizon(50, closes, 150)).toBe(200);
  expect(prepHorizon(50, closes, 149)).toBe(100);
  expect(prepHorizon(50, closes, 49)).toBe(50);
});

test('what is usual: lately, at this hour, at this station', () => {
  const usage = (key: string, daysAgo: number, hoursOff: number, here = false) => ({
    key,
    daysAgo,
    hoursOff,
    here,
  });
  expect(mostUsual([usage('old', 14, 0), usage('new', 1, 0)])).toEqual(['new', 'old']);
  expect(mostUsual([usage('morning', 1, 8), usage('now', 3, 1)])).toEqual(['now', 'morning']);
  expect(mostUsual([usage('there', 1, 0), usage('here', 1, 0, true)])).toEqual(['here', 'there']);
  const often = [usage('twice', 2, 1), usage('once', 1, 1), usage('twice', 2, 1)];
  expect(mostUsual(often)).toEqual(['twice', 'once']);
});
