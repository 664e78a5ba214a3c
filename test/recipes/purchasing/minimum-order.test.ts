import { describe, expect, test } from 'vitest';
import { raiseToMinimum } from '#recipes/purchasing/minimum-order.ts';
import { recompute } from '#recipes/purchasing/recompute.ts';
import { planItem, suggestSupplier } from '#recipes/purchasing/suggest.ts';
import { DAY, daysOf, KG, SUNDAY, someInput } from './some-input.ts';

const week = daysOf(Array.from({ length: 8 }, () => ({ mean: 4 * KG, sd: KG })));
/** Keeps for a month, a day of it is missing: 2 packs at 20.00. */
const rice = someInput({
  item: 'rice',
  price: '20.00',
  shelfLifeMs: 30 * DAY,
  max: 0,
  days: week,
  coverUntil: SUNDAY + 2 * DAY,
});
const fish = { ...rice, item: 'fish', shelfLifeMs: DAY, price: '90.00', pack: KG };

describe('the minimum of a supplier', () => {
  test('the subtotal is exact', () => {
    const { subtotal, belowMinimum, short } = suggestSupplier(
      [
        { ...rice, price: '0.1' },
        { ...rice, price: '0.2' },
      ],
      { minimumOrder: null },
    );
    expect([subtotal, belowMinimum, short]).toEqual(['0.90', false, null]);
  });

  test('what keeps is raised to it, what spoils is not', () => {
    const plain = suggestSupplier([rice, fish], { minimumOrder: null });
    const { lines, subtotal, belowMinimum } = suggestSupplier([rice, fish], {
      minimumOrder: '700.00',
    });
    const [more, same] = lines;
    expect(Number(plain.subtotal)).toBeLessThan(700);
    expect(Number(subtotal)).toBeGreaterThanOrEqual(700);
    expect(Number(subtotal)).toBeLessThan(720);
    expect(belowMinimum).toBe(false);
    expect(more?.flags).toContain('raised_to_minimum');
    expect(more?.sum.raisedTo).toBe(more?.sum.packs);
    expect(same).toEqual(plain.lines[1]);
    if (more) expect(recompute(more.sum).quantity).toBe(more.sum.quantity);
    expect(more?.amount).toBe(`${(more?.sum.packs ?? 0) * 20}.00`);
  });

  test('a minimum that nothing can reach in its life is said, not met', () => {
    const { belowMinimum, short, lines } = suggestSupplier([fish], { minimumOrder: '5000.00' });
    expect(belowMinimum).toBe(true);
    expect(Number(short)).toBeGreaterThan(4000);
    expect(lines[0]?.flags).not.toContain('raised_to_minimum');
  });

  test('room for nothing more: not raised', () => {
    const full = { ...rice, max: 6 * KG };
    expect(suggestSupplier([full], { minimumOrder: '200.00' }).belowMinimum).toBe(true);
  });

  test('a year of rice for one day without is dearer than the day', () => {
    const cheap = { ...rice, shelfLifeMs: null, shortCost: 0.000_001 };
    const { belowMinimum } = suggestSupplier([cheap], { minimumOrder: '20000.00' });
    expect(belowMinimum).toBe(true);
  });

  test('nothing ordered is no order below the minimum', () => {
    const lots = [{ amount: 50 * KG, expiresAt: null }];
    const none = suggestSupplier([{ ...rice, lots }], { minimumOrder: '100.00' });
    expect(none).toMatchObject({ subtotal: '0.00', belowMinimum: false, short: null });
  });

  test('a high minimum is weighed once a pack, not once a pack and item', () => {
    let asked = 0;
    const plans = Array.from({ length: 50 }, (_, i) => {
      const plan = planItem({ ...rice, item: `rice-${i}`, shelfLifeMs: null });
      const cost = (packs: number) => {
        asked += 1;
        return plan.cost(packs);
      };
      return { ...plan, cost };
    });
    const { subtotal } = raiseToMinimum(plans, { minimumOrder: '4000.00' });
    expect(Number(subtotal)).toBeGreaterThanOrEqual(4000);
    // Of 50 items 100 packs are wanted, 100 more raised: two costs for each, and what waiting costs.
    expect(asked).toBeLessThan(500);
  });
});
