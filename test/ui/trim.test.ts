import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { microFromDecimal } from '#recipes/amount.ts';
import type { StockItem } from '../../kitchen-ui/src/api-types.ts';
import {
  firstTarget,
  lastUses,
  offcutsOf,
  targets,
  usesOf,
} from '../../kitchen-ui/src/trim/offcuts.ts';
import {
  balanceOf,
  canSave,
  DESTS,
  figuresOf,
  lotFor,
  percent,
  trimData,
  type Weighed,
} from '../../kitchen-ui/src/trim/trim-form.ts';

const g = (grams: number) => microFromDecimal(grams);

function item(id: string, over: Partial<StockItem> = {}): StockItem {
  const name = { zh: '五花肉', en: 'Pork belly' };
  return { item: id, name, onHand: '10', unit: 'g', state: 'ok', lots: [], ...over };
}

describe('where the weight went', () => {
  it('leaves the remainder to the bin once the usable part was weighed', () => {
    const balance = balanceOf(g(6100), { usable: g(4860), reuse: g(520) });
    expect(balance.rest).toBe('bin');
    expect(balance.amounts).toEqual({ usable: g(4860), reuse: g(520), staff: 0, bin: g(720) });
    expect(balance.over).toBeLessThanOrEqual(0);
  });

  it('leaves it to the usable part for who weighs the trimmings only', () => {
    const balance = balanceOf(g(6100), { bin: g(700), reuse: g(400) });
    expect(balance.rest).toBe('usable');
    expect(balance.amounts.usable).toBe(g(5000));
  });

  it('says what is missing when both were weighed, and gives it to the bin', () => {
    const balance = balanceOf(g(1000), { usable: g(800), bin: g(150) });
    expect(balance).toMatchObject({ rest: 'bin', lost: g(50) });
    expect(balance.amounts.bin).toBe(g(200));
  });

  it('refuses to save what came out heavier than it went in, or without a weight', () => {
    expect(balanceOf(g(1000), { usable: g(1100) }).over).toBe(g(100));
    expect(canSave(g(1000), { usable: g(1100) }, null)).toBe(false);
    expect(canSave(g(1000), {}, null)).toBe(false);
    expect(canSave(null, { usable: g(1) }, null)).toBe(false);
    expect(canSave(g(1000), { usable: g(900) }, null)).toBe(true);
  });

  it('asks what the offcut becomes before it can be saved', () => {
    const weighed = { usable: g(800), reuse: g(100) };
    expect(canSave(g(1000), weighed, null)).toBe(false);
    expect(canSave(g(1000), weighed, 'pork-trimmings')).toBe(true);
  });

  it('always adds up to what went in, whatever was weighed', () => {
    const weight = fc.integer({ min: 0, max: 50_000 }).map(g);
    const weighed = fc.record(
      Object.fromEntries(DESTS.map((dest) => [dest, fc.option(weight, { nil: undefined })])),
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50_000 }).map(g), weighed, (into, said) => {
        const balance = balanceOf(into, said as Weighed);
        const sum = DESTS.reduce((total, dest) => total + balance.amounts[dest], 0);
        if (balance.over > 0) expect(sum).toBe(into + balance.over);
        else expect(sum).toBe(into);
      }),
    );
  });
});

describe('what follows from it', () => {
  it('compares the yield with the book and says what it contains already', () => {
    const balance = balanceOf(g(6100), { usable: g(4860), reuse: g(520) });
    const figures = figuresOf(g(6100), balance, 0.82, '0.04');
    expect(percent(figures?.yield ?? 0)).toBe('79.7%');
    expect(figures?.points).toBe(-2.3);
    // 4860 / 0.82 - 4860: that much loss leaves stock with the dishes.
    expect((figures?.contained ?? 0) / 1e6).toBeCloseTo(1066.83, 1);
    expect(figures?.recovered).toBeCloseTo(20.8, 2);
  });

  it('names no standard where the book expects no loss', () => {
    const balance = balanceOf(g(1000), { usable: g(900) });
    const figures = figuresOf(g(1000), balance, undefined, null);
    expect(figures).toMatchObject({ standard: null, points: null, recovered: null, contained: 0 });
  });

  it('reads a yield that the book writes in per cent', () => {
    expect(figuresOf(g(10), balanceOf(g(10), { usable: g(9) }), '90%', null)?.points).toBe(0);
  });
});

describe('what is said to the box', () => {
  it('leaves the remainder open and names the lot and the target', () => {
    const data = trimData({
      item: 'pork-belly',
      lot: 'L1',
      into: g(6100),
      weighed: { usable: g(4860), reuse: g(520) },
      target: 'pork-trimmings',
      station: '',
    });
    expect(data).toEqual({
      item: 'pork-belly',
      lot: 'L1',
      in: '6100',
      outs: [
        { to: 'usable', qty: '4860' },
        { to: 'reuse', item: 'pork-trimmings', qty: '520' },
        { to: 'bin' },
      ],
    });
  });

  it('weighed to the last gram leaves nothing open', () => {
    const weighed = { usable: g(800), bin: g(200) };
    const data = trimData({ item: 'x', lot: null, into: g(1000), weighed, target: null });
    expect(data.outs).toEqual([
      { to: 'usable', qty: '800' },
      { to: 'bin', qty: '200' },
    ]);
  });

  it('names the first lot to be used only when that is enough', () => {
    const lots = [
      { lot: 'A', onHand: '500', expiresAt: null },
      { lot: 'B', onHand: '900', expiresAt: null },
    ];
    const belly = item('pork-belly', { lots });
    expect(lotFor(belly, g(400), null)?.lot).toBe('A');
    expect(lotFor(belly, g(600), null)).toBeNull();
    expect(lotFor(belly, g(600), 'B')?.lot).toBe('B');
    expect(lotFor(item('none'), g(1), null)).toBeNull();
  });
});

describe('offcuts', () => {
  const lot = (code: string, expiresAt: string | null) => ({ lot: code, onHand: '5', expiresAt });
  const scraps = item('pork-trimmings', {
    category: 'offcut',
    lots: [lot('late', '2026-11-24T00:00:00Z'), lot('soon', '2026-11-23T00:00:00Z')],
  });

  it('lists lots by what expires first, and never the source as its own target', () => {
    expect(offcutsOf([scraps, item('rice')]).map((one) => one.lot.lot)).toEqual(['soon', 'late']);
    const belly = item('pork-belly');
    expect(firstTarget([scraps, item('rice')], belly)).toBe('pork-trimmings');
    const named = { ...scraps, item: 'belly-trimmings', name: { zh: '五花肉边角' } };
    const fish = { ...scraps, item: 'fish-trimmings', name: { zh: '鱼碎' } };
    expect(firstTarget([fish, named], belly)).toBe('belly-trimmings');
    expect(firstTarget([fish, { ...fish, item: 'x' }], belly)).toBeNull();
    expect(targets([scraps, item('rice')], 'rice', '').map((one) => one.item)).toEqual([
      'pork-trimmings',
    ]);
  });

  it('puts the last use first', () => {
    const entries = [
      { kind: 'offcut.use', data: { item: 'pork-trimmings', into: 'fried-rice' } },
      { kind: 'offcut.use', data: { item: 'pork-trimmings', into: 'wonton' } },
      { kind: 'offcut.use', data: { item: 'other', into: 'soup' } },
    ];
    expect(lastUses(entries, 'pork-trimmings')).toEqual(['wonton', 'fried-rice']);
    const dish = (recipe: string) => ({
      sku: recipe,
      recipe,
      name: recipe,
      sellable: null,
      state: 'ok' as const,
      blocking: null,
    });
    const stock = [item('wonton', { made: true, name: 'wonton' }), item('rice')];
    const uses = usesOf(stock, [dish('soup'), dish('fried-rice')], ['fried-rice'], '');
    expect(uses.map((use) => use.id)).toEqual(['fried-rice', 'wonton', 'soup']);
  });
});
