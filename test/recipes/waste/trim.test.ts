/** Trimming: weights and cost balance to the last unit, and what a yield contains is no waste. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MICRO } from '#recipes/amount.ts';
import { rational } from '#recipes/rational.ts';
import { type BalancedTrim, balanceTrim, type TrimOut } from '#recipes/waste/trim.ts';

const KG = 1_000 * MICRO;
const whole = rational(1n);

function balanced(...args: Parameters<typeof balanceTrim>): BalancedTrim {
  const trim = balanceTrim(...args);
  if ('code' in trim) throw new Error(`${trim.code}: ${trim.over}`);
  return trim;
}

describe('by hand', () => {
  test('a salmon of 6.10 kg at 24.00 per kg: 4.86 usable, 0.52 for fish balls, the bin is the rest', () => {
    const outs: TrimOut[] = [
      { to: 'usable', qty: 4.86 * KG },
      { to: 'reuse', item: 'fish-balls', qty: 0.52 * KG },
      { to: 'bin' },
    ];
    const trim = balanced(6.1 * KG, outs, whole, 146_4000);
    expect(trim.outs.map((out) => out.qty)).toEqual([4.86 * KG, 0.52 * KG, 0.72 * KG]);
    expect(trim.outs.map((out) => out.beyond)).toEqual([0, 0.52 * KG, 0.72 * KG]);
    // 0.52 kg at 24.00 is 12.48; the usable part pays for the bin: 146.40 - 12.48 = 133.92.
    expect(trim.outs.map((out) => out.cost)).toEqual([133_9200, 12_4800, 0]);
    expect(trim).toMatchObject({ kept: 4.86 * KG, keptCost: 133_9200, contained: 0 });
  });

  test('pork belly of yield 0.87: 13 % in the bin is what the recipes take anyway', () => {
    const outs: TrimOut[] = [{ to: 'usable', qty: 870 * MICRO }, { to: 'bin' }];
    const trim = balanced(1_000 * MICRO, outs, rational(87n, 100n), 32_0000);
    expect(trim).toMatchObject({ kept: 1_000 * MICRO, keptCost: 32_0000, contained: 130 * MICRO });
    expect(trim.outs[1]).toMatchObject({ qty: 130 * MICRO, beyond: 0, cost: 0 });
  });

  test('a bad belly: 783 g of 1000 stay, so 900 g as bought stay, and 100 g are waste now', () => {
    const outs: TrimOut[] = [{ to: 'usable', qty: 783 * MICRO }, { to: 'bin' }];
    const trim = balanced(1_000 * MICRO, outs, rational(87n, 100n), 32_0000);
    expect(trim).toMatchObject({ kept: 900 * MICRO, contained: 117 * MICRO });
    expect(trim.outs[1]).toMatchObject({ qty: 217 * MICRO, beyond: 100 * MICRO });
  });

  test('a good belly keeps more than it was bought as: 957 g usable are 1100 g as bought', () => {
    const outs: TrimOut[] = [{ to: 'usable', qty: 957 * MICRO }, { to: 'bin' }];
    const trim = balanced(1_000 * MICRO, outs, rational(87n, 100n), 32_0000);
    expect(trim).toMatchObject({ kept: 1_100 * MICRO, contained: 43 * MICRO, keptCost: 32_0000 });
    expect(trim.outs[1]).toMatchObject({ beyond: 0 });
  });

  test('beyond the yield, re-use goes before the staff, and the staff before the bin', () => {
    const outs: TrimOut[] = [
      { to: 'bin', qty: 100 * MICRO },
      { to: 'staff', qty: 100 * MICRO },
      { to: 'reuse', item: 'scraps', qty: 100 * MICRO },
      { to: 'usable', qty: 700 * MICRO },
    ];
    const trim = balanced(1_000 * MICRO, outs, rational(7n, 8n), null);
    // 700 / 0.875 = 800 as bought stay; 300 were lost, of which 100 are in the yield.
    expect(trim).toMatchObject({ kept: 800 * MICRO, contained: 100 * MICRO, keptCost: null });
    expect(trim.outs.map((out) => out.beyond)).toEqual([0, 100 * MICRO, 100 * MICRO, 0]);
    expect(trim.outs.map((out) => out.cost)).toEqual([null, null, null, null]);
  });

  test('nothing is kept: the bin carries what re-use does not', () => {
    const outs: TrimOut[] = [{ to: 'reuse', item: 'scraps', qty: 1 * MICRO }, { to: 'bin' }];
    const trim = balanced(3 * MICRO, outs, rational(1n, 2n), 100);
    expect(trim.outs.map((out) => out.cost)).toEqual([33, 67]);
    expect(trim).toMatchObject({ kept: 0, keptCost: 0, contained: 0, usable: 0 });
  });

  test('what does not add up is refused with how much is over or missing', () => {
    const two: TrimOut[] = [{ to: 'bin' }, { to: 'usable' }];
    expect(balanceTrim(5, two, whole, 1)).toEqual({ code: 'two_remainders', over: 0 });
    const over: TrimOut[] = [{ to: 'usable', qty: 6 }, { to: 'bin' }];
    expect(balanceTrim(5, over, whole, 1)).toEqual({ code: 'not_balanced', over: 1 });
    const under: TrimOut[] = [{ to: 'usable', qty: 4 }];
    expect(balanceTrim(5, under, whole, 1)).toEqual({ code: 'not_balanced', over: -1 });
  });
});

const share = fc.oneof(fc.constant(0), fc.nat(5), fc.nat(2 ** 40));
const out = fc.record({
  to: fc.constantFrom('usable', 'reuse', 'staff', 'bin'),
  other: fc.boolean(),
  qty: share,
});
const yields = fc
  .tuple(fc.integer({ min: 1, max: 1_000 }), fc.integer({ min: 1, max: 1_000 }))
  .map(([a, b]) => rational(BigInt(Math.min(a, b)), BigInt(Math.max(a, b))));

const trims = fc
  .record({
    said: fc.array(out, { minLength: 1, maxLength: 8 }),
    remainder: fc.option(fc.nat(7), { nil: undefined }),
    yieldOf: yields,
    worth: fc.option(fc.oneof(fc.nat(30), fc.nat(2 ** 40)), { nil: null }),
  })
  .filter(({ said }) => said.some(({ qty }) => qty > 0))
  .map(({ said, remainder, yieldOf, worth }) => {
    const amount = said.reduce((sum, { qty }) => sum + qty, 0);
    const outs = said.map(({ to, other, qty }, i): TrimOut => {
      const item = to === 'reuse' || (to === 'usable' && other) ? 'other' : undefined;
      return { to: to as TrimOut['to'], item, qty: remainder === i ? undefined : qty };
    });
    return { amount, said, outs, yieldOf, worth };
  });

test('weights balance exactly, and the remainder is what is missing', () => {
  fc.assert(
    fc.property(trims, ({ amount, said, outs, yieldOf, worth }) => {
      const trim = balanced(amount, outs, yieldOf, worth);
      expect(trim.outs.map(({ qty }) => qty)).toEqual(said.map(({ qty }) => qty));
      expect(trim.usable).toBe(
        said.reduce((sum, { to, qty }) => (to === 'usable' ? sum + qty : sum), 0),
      );
    }),
  );
});

test('contained and beyond are together what was lost; as bought is usable / yield', () => {
  fc.assert(
    fc.property(trims, ({ amount, outs, yieldOf, worth }) => {
      const trim = balanced(amount, outs, yieldOf, worth);
      const stays = trim.outs.filter(({ to, item }) => to === 'usable' && item === undefined);
      const own = stays.reduce((sum, { qty }) => sum + qty, 0);
      const beyond = trim.outs.reduce((sum, part) => sum + part.beyond, 0);
      expect(trim.contained + beyond).toBe(amount - own);
      for (const part of trim.outs) {
        expect(part.beyond).toBeGreaterThanOrEqual(0);
        expect(part.beyond).toBeLessThanOrEqual(part.qty);
      }
      for (const part of stays) expect(part.beyond).toBe(0);
      // |kept × yield - own| is at most half a millionth, and kept leaves with the dishes or is beyond.
      const off = BigInt(trim.kept) * yieldOf.n - BigInt(own) * yieldOf.d;
      expect((off < 0n ? -off : off) * 2n <= yieldOf.d).toBe(true);
      if (trim.kept <= amount) expect(trim.kept + beyond).toBe(amount);
      else expect(beyond).toBe(0);
    }),
  );
});

test('cost adds up to worth to the last unit, whatever the destinations', () => {
  fc.assert(
    fc.property(trims, ({ amount, outs, yieldOf, worth }) => {
      const trim = balanced(amount, outs, yieldOf, worth);
      if (worth === null) {
        expect(new Set(trim.outs.map(({ cost }) => cost))).toEqual(new Set([null]));
        expect(trim.keptCost).toBeNull();
        return;
      }
      expect(trim.outs.reduce((sum, { cost }) => sum + (cost ?? Number.NaN), 0)).toBe(worth);
      for (const part of trim.outs) {
        expect(part.cost).toBeGreaterThanOrEqual(0);
        if (part.qty === 0) expect(part.cost).toBe(0);
        // Its share by weight, give or take the rounding of the two ends.
        if (part.to === 'reuse' || part.to === 'staff')
          expect(Math.abs((part.cost ?? 0) - (worth * part.qty) / amount)).toBeLessThanOrEqual(1);
      }
      const binPays = trim.outs.some(({ to, cost }) => to === 'bin' && cost !== 0);
      expect(binPays && trim.usable > 0).toBe(false);
    }),
  );
});
