/** When moves took effect, which lots give and get, and what is worth counting. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { momentOf, shelfChange } from '#recipes/counts/moment.ts';
import { handedOver, spreadOverItem } from '#recipes/counts/spread.ts';
import { countWorth } from '#recipes/counts/worth.ts';
import { UNALLOCATED } from '#recipes/ledger/entry.ts';
import { PLACES } from '#recipes/ledger/place.ts';
import type { LotState } from '#recipes/stock/allocate.ts';

const { stock, adjust, settle, sold } = PLACES;
const lotOf = (lot: number, amount: number): LotState => ({
  lot,
  amount,
  openedAt: null,
  expiresAt: null,
  receivedAt: lot,
});
const none = new Map<number, number>();

test('a move happened with its entry, an adjustment when its item was counted', () => {
  const sale = { kind: 'sale', occurredAt: 50 } as const;
  const count = { kind: 'count', occurredAt: 50, countedAt: [10, 20] } as const;
  expect(momentOf(sale, { line: 0, from: stock, to: sold })).toBe(50);
  expect(momentOf(count, { line: 1, from: stock, to: adjust })).toBe(20);
  expect(momentOf(count, { line: 0, from: adjust, to: stock })).toBe(10);
  expect(momentOf(count, { line: 0, from: stock, to: settle })).toBe(50);
});

test('what a move changes on the shelf', () => {
  expect(shelfChange({ from: stock, to: sold, amount: 3 })).toBe(-3);
  expect(shelfChange({ from: adjust, to: stock, amount: 3 })).toBe(3);
  expect(shelfChange({ from: sold, to: PLACES.waste, amount: 3 })).toBe(0);
});

describe('spreading', () => {
  const two = [lotOf(1, 4), lotOf(2, 6)];

  test('what is missing leaves first expired first out, the rest without a lot', () => {
    const changes = spreadOverItem(-12, { lots: two, late: none, newest: 2 });
    expect(changes).toEqual([
      { lot: 1, amount: -4 },
      { lot: 2, amount: -6 },
      { lot: UNALLOCATED, amount: -2 },
    ]);
  });

  test('what is too much fills what had no lot, then the newest', () => {
    const lots = [lotOf(UNALLOCATED, -3), ...two];
    expect(spreadOverItem(5, { lots, late: none, newest: 7 })).toEqual([
      { lot: UNALLOCATED, amount: 3 },
      { lot: 7, amount: 2 },
    ]);
    expect(spreadOverItem(5, { lots: [], late: none, newest: undefined })).toEqual([
      { lot: UNALLOCATED, amount: 5 },
    ]);
  });

  test('what arrived late goes back to where it came from', () => {
    const late = new Map([[2, -5]]);
    expect(spreadOverItem(5, { lots: two, late, newest: 9 })).toEqual([{ lot: 2, amount: 5 }]);
    const came = new Map([[2, 9]]);
    expect(spreadOverItem(-9, { lots: two, late: came, newest: 9 })).toEqual([
      { lot: 2, amount: -6 },
      { lot: 1, amount: -3 },
    ]);
  });

  test('the changes add up, and no lot goes below zero', () => {
    const lots = fc
      .tuple(
        fc.integer({ min: -20, max: 20 }),
        fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 4 }),
      )
      .map(([open, own]) => [lotOf(UNALLOCATED, open), ...own.map((n, i) => lotOf(i + 1, n))]);
    const late = fc
      .array(fc.tuple(fc.nat(6), fc.integer({ min: -20, max: 20 })), { maxLength: 4 })
      .map((list) => new Map(list));
    fc.assert(
      fc.property(lots, late, fc.integer({ min: -60, max: 60 }), (open, came, difference) => {
        const changes = spreadOverItem(difference, { lots: open, late: came, newest: 5 });
        expect(changes.reduce((sum, { amount }) => sum + amount, 0)).toBe(difference);
        for (const { lot, amount } of changes) {
          const before = open.find((state) => state.lot === lot)?.amount ?? 0;
          if (lot !== UNALLOCATED) expect(before + amount).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });

  test('a lot that has been sold since gets from the others what it must still give', () => {
    expect(handedOver(-3, 1, two)).toEqual([]);
    expect(handedOver(-7, 1, two)).toEqual([{ lot: 2, amount: 3 }]);
    expect(handedOver(-12, 1, two)).toEqual([
      { lot: 2, amount: 6 },
      { lot: UNALLOCATED, amount: 2 },
    ]);
    expect(handedOver(2, 1, two)).toEqual([]);
  });
});

describe('what is worth counting', () => {
  const DAY = 86_400_000;
  const fresh = { unitCost: 20_000, onHand: 100e6, used: 0, age: 0 };

  test('money × what the book may be wrong by', () => {
    expect(countWorth(fresh)).toEqual({ score: 0, uncertain: 0, why: 'used' });
    expect(countWorth({ ...fresh, used: 40e6 })).toEqual({ score: 4, uncertain: 2e6, why: 'used' });
    expect(countWorth({ ...fresh, age: 10 * DAY })).toEqual({
      score: 20,
      uncertain: 10e6,
      why: 'old',
    });
    expect(countWorth({ ...fresh, age: 900 * DAY }).score).toBe(60);
    expect(countWorth({ ...fresh, age: null })).toEqual({
      score: 60,
      uncertain: 30e6,
      why: 'never',
    });
    expect(countWorth({ ...fresh, onHand: -3e6 })).toEqual({
      score: 6,
      uncertain: 3e6,
      why: 'negative',
    });
    expect(countWorth({ ...fresh, unitCost: null, used: 40e6 }).score).toBe(0);
  });
});
