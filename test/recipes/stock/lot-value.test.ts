/** Worth of parts of a lot: whatever is taken and returned, in any order, nothing is lost or made. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { valueLeft, valueOfTake } from '#recipes/stock/lot-value.ts';

const lot = fc.record({
  amount: fc.oneof(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 2 ** 52 })),
  cost: fc.oneof(fc.nat(50), fc.nat(2 ** 40)),
});

/** Round half even of n/d for d > 0, in whole numbers of any size. */
function rounded(n: bigint, d: bigint): bigint {
  const negative = n < 0n;
  const size = negative ? -n : n;
  const twice = (size % d) * 2n;
  const up = twice > d || (twice === d && (size / d) % 2n === 1n) ? 1n : 0n;
  return negative ? -(size / d + up) : size / d + up;
}

describe('by hand', () => {
  test('three of 10 g that cost 0.01 each way', () => {
    const goods = { amount: 10_000_000, cost: 100 };
    expect(valueOfTake(goods, 10_000_000, 3_000_000)).toBe(30);
    expect(valueOfTake(goods, 7_000_000, -3_000_000)).toBe(-30);
  });

  test('a third of a cost that does not divide: 33, 34, 33, and never 99 or 102', () => {
    const goods = { amount: 3, cost: 100 };
    expect([3, 2, 1].map((left) => valueOfTake(goods, left, 1))).toEqual([33, 34, 33]);
  });

  test('halves go to the even side', () => {
    expect([1, 3].map((left) => valueLeft({ amount: 2, cost: left }, 1))).toEqual([0, 2]);
  });

  test('what came for nothing is worth nothing; what nobody priced is worth nobody knows', () => {
    expect(valueOfTake({ amount: 5, cost: 0 }, 5, 5)).toBe(0);
    expect(valueOfTake({ amount: 5, cost: null }, 5, 5)).toBeNull();
    expect(valueLeft({ amount: 5, cost: null }, 0)).toBeNull();
  });

  test('a surplus is worth more than the lot cost', () => {
    expect(valueLeft({ amount: 10, cost: 100 }, 12)).toBe(120);
    expect(valueOfTake({ amount: 10, cost: 100 }, 12, 2)).toBe(20);
  });
});

test('any walk of takes and returns sums up to what the lot has lost', () => {
  fc.assert(
    fc.property(lot, fc.array(fc.double({ min: 0, max: 1, noNaN: true })), (goods, stops) => {
      let left = goods.amount;
      let sum = 0n;
      for (const stop of [...stops, 0]) {
        const next = Math.floor(goods.amount * stop);
        sum += BigInt(valueOfTake(goods, left, left - next) ?? 0);
        left = next;
        expect(BigInt(valueLeft(goods, left) ?? 0) + sum).toBe(BigInt(goods.cost));
      }
      expect(sum).toBe(BigInt(goods.cost));
    }),
  );
});

test('what is left is worth its share, rounded half even, and more is never worth less', () => {
  fc.assert(
    fc.property(lot, fc.nat(2 ** 52), fc.nat(2 ** 52), (goods, a, b) => {
      const [low, high] = [Math.min(a, b) % (goods.amount + 1), Math.max(a, b) % goods.amount];
      for (const left of [low, high]) {
        const exact = rounded(BigInt(goods.cost) * BigInt(left), BigInt(goods.amount));
        expect(BigInt(valueLeft(goods, left) ?? -1)).toBe(exact);
      }
      const [less, more] = [Math.min(low, high), Math.max(low, high)];
      expect(valueLeft(goods, less) ?? 0).toBeLessThanOrEqual(valueLeft(goods, more) ?? 0);
    }),
  );
});
