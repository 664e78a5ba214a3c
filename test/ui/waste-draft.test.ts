import { describe, expect, it } from 'vitest';
import type { StockItem, Tiles } from '../../kitchen-ui/src/api-types.ts';
import {
  amountOf,
  amountText,
  answered,
  type Draft,
  EMPTY,
  isOver,
  type What,
  wasteOf,
} from '../../kitchen-ui/src/waste/draft.ts';
import { usualAmounts, usualItems } from '../../kitchen-ui/src/waste/usual.ts';

const stock = (item: string, over: Partial<StockItem> = {}): StockItem => ({
  item,
  name: { zh: '五花肉', en: 'Pork belly' },
  onHand: '4200',
  unit: 'g',
  state: 'ok',
  lots: [],
  ...over,
});
const lot = { lot: 'L-1', onHand: '1200', expiresAt: null };
const belly: What = { kind: 'item', item: stock('pork-belly') };
const NOW = 50_000;
const give = (draft: Draft, given: Partial<Draft>) => answered(draft, given, NOW - 4_000);

describe('the three answers', () => {
  it('are complete in any order, and the scale answers how much', () => {
    const first = give(EMPTY, { what: belly });
    expect(wasteOf(first, 620, '', NOW)).toBeNull();
    const whatFirst = give(first, { reason: 'overproduced' });
    const whyFirst = give(give(EMPTY, { reason: 'overproduced' }), { what: belly });
    for (const draft of [whatFirst, whyFirst]) {
      expect(wasteOf(draft, null, '', NOW)).toBeNull();
      expect(wasteOf(draft, 620, 'fridge-1', NOW)).toEqual({
        data: {
          item: 'pork-belly',
          qty: '620',
          reason: 'overproduced',
          station: 'fridge-1',
          how: { path: 'A', taps: 2, ms: 4_000 },
        },
        text: {
          zh: '报损 五花肉 620\u00a0g 做多了',
          en: 'Waste Pork belly 620\u00a0g Overproduced',
        },
      });
    }
  });

  it('take all that is left of a lot, and one of a dish', () => {
    const label: What = { kind: 'lot', item: stock('pork-belly'), lot };
    const whole = wasteOf(give(give(EMPTY, { what: label }), { reason: 'expired' }), 900, '', NOW);
    expect(whole?.data).toMatchObject({ item: 'pork-belly', lot: 'L-1', reason: 'expired' });
    expect(whole?.data).not.toHaveProperty('qty');
    expect(whole?.text.en).toContain('1.2\u00a0kg');
    const dish = { sku: 'M-1', recipe: 'r', name: 'Rice', sellable: 3, state: 'ok' as const };
    const what: What = { kind: 'dish', dish: { ...dish, blocking: null } };
    const cooked = wasteOf(give(give(EMPTY, { what }), { reason: 'dropped' }), 900, '', NOW);
    expect(cooked?.data).toMatchObject({ sku: 'M-1', qty: '1' });
  });

  it('do not read grams as litres or pieces', () => {
    const oil: What = { kind: 'item', item: stock('oil', { unit: 'ml' }) };
    expect(amountOf({ ...EMPTY, what: oil }, 620)).toBeNull();
  });

  it('wait for digits, and leave packs to the box', () => {
    const typed = (text: string, unit: string) =>
      ({ kind: 'typed', typed: { text, unit } }) as const;
    const draft = { ...EMPTY, what: belly, reason: 'spoiled' };
    expect(wasteOf({ ...draft, howMuch: typed('', 'kg') }, null, '', NOW)).toBeNull();
    const packs = { ...draft, howMuch: typed('2', 'pack') };
    expect(wasteOf(packs, null, '', NOW)?.data.qty).toBe('2 pack');
    expect(amountText('en', belly, packs.howMuch)).toBe('2\u00a0pack');
    expect(isOver(belly, typed('4.3', 'kg'))).toBe(true);
    expect(isOver(belly, typed('4.2', 'kg'))).toBe(false);
    expect(isOver(belly, packs.howMuch)).toBe(false);
  });
});

describe('the usual things', () => {
  const at = (expiresAt: string) => [{ lot: 'x', onHand: '1', expiresAt }];
  const items = [
    stock('late', { lots: at('2026-12-01T00:00:00Z') }),
    stock('gone', { onHand: '0' }),
    stock('soon', { lots: at('2026-11-23T00:00:00Z') }),
    stock('used'),
  ];
  const tiles: Tiles = { items: ['used', 'unheard-of'], dishes: [], amounts: { used: ['250'] } };

  it('come first by use, then by what expires', () => {
    expect(usualItems(tiles, items).map((one) => one.item)).toEqual(['used', 'soon', 'late']);
    expect(usualItems(null, items).map((one) => one.item)).toEqual(['soon', 'late', 'used']);
  });

  it('have their own amounts, or round ones', () => {
    expect(usualAmounts(tiles, stock('used'))).toEqual([{ text: '250', unit: 'g' }]);
    expect(usualAmounts(tiles, stock('late')).map((one) => one.text + one.unit)).toEqual([
      '200g',
      '500g',
      '1kg',
    ]);
  });
});
