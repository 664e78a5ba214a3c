import { describe, expect, it } from 'vitest';
import type { Dish, StockItem } from '../../kitchen-ui/src/api-types.ts';
import {
  byUrgency,
  categoriesOf,
  choicesFor,
  dishesByUrgency,
  filterItems,
  fullness,
} from '../../kitchen-ui/src/board/order.ts';

function item(id: string, over: Partial<StockItem> = {}): StockItem {
  const name = { zh: '五花肉', en: 'Pork belly' };
  return { item: id, name, onHand: '10', unit: 'g', state: 'ok', lots: [], ...over };
}

function dish(sku: string, over: Partial<Dish> = {}): Dish {
  return { sku, recipe: sku, name: sku, sellable: 5, state: 'ok', blocking: null, ...over };
}

const at = (minutes: number) =>
  new Date(Date.UTC(2026, 10, 22, 4) + minutes * 60_000).toISOString();

describe('order of the tiles', () => {
  it('puts out before low before ok, then what ends first, unknown last', () => {
    const items = [
      item('d', { until: null }),
      item('c', { until: at(90) }),
      item('b', { state: 'low', until: at(300) }),
      item('a', { state: 'out' }),
      item('e', { until: at(31) }),
    ];
    expect(byUrgency(items).map((one) => one.item)).toEqual(['a', 'b', 'e', 'c', 'd']);
  });

  it('does not swap tiles whose estimates differ by minutes', () => {
    const order = (b: number, a: number) =>
      byUrgency([item('b', { until: at(b) }), item('a', { until: at(a) })]).map((one) => one.item);
    expect(order(1, 5)).toEqual(['a', 'b']);
    expect(order(5, 1)).toEqual(['a', 'b']);
  });

  it('puts dishes that are sold out first and those without a limit last', () => {
    const dishes = [
      dish('free', { sellable: null }),
      dish('many', { sellable: 9 }),
      dish('few', { sellable: 2 }),
      dish('gone', { sellable: 0, state: 'out' }),
    ];
    expect(dishesByUrgency(dishes).map((one) => one.sku)).toEqual(['gone', 'few', 'many', 'free']);
  });
});

describe('filter and search', () => {
  const items = [
    item('pork-belly', { category: 'meat', state: 'low' }),
    item('leek', { category: 'vegetable', name: { zh: '大葱', en: 'Leek' } }),
    item('salt', { name: { zh: '盐', en: 'Salt' }, category: null }),
  ];
  const found = (search: string) =>
    filterItems(items, { kind: 'all' }, search).map((one) => one.item);

  it.each([
    ['五花', ['pork-belly']],
    ['PORK', ['pork-belly']],
    ['belly ', ['pork-belly']],
    ['k-b', ['pork-belly']],
    ['葱', ['leek']],
    ['', ['pork-belly', 'leek', 'salt']],
    ['SALT', ['salt']],
    ['nothing', []],
  ])('"%s" finds %j', (search, ids) => {
    expect(found(search)).toEqual(ids);
  });

  it('filters by category and by what needs attention', () => {
    expect(filterItems(items, { kind: 'attention' }, '').map((i) => i.item)).toEqual([
      'pork-belly',
    ]);
    const category = { kind: 'category', category: '' } as const;
    expect(filterItems(items, category, '').map((i) => i.item)).toEqual(['salt']);
  });

  it('lists the categories that occur, the fullest first', () => {
    expect(categoriesOf([...items, item('x', { category: 'vegetable' })])).toEqual([
      'vegetable',
      '',
      'meat',
    ]);
  });
});

describe('choices for an unknown sku', () => {
  const recipes = [
    { id: 'sauce', name: { zh: '红烧汁', en: 'Braising sauce' } },
    { id: 'rice-bowl', name: { zh: '红烧肉盖饭', en: 'Braised pork rice' }, sku: ['M-1'] },
  ];
  const proposals = [
    { recipe: 'sauce', name: 'a', score: 0.4 },
    { recipe: 'rice-bowl', name: 'b', score: 0.9 },
  ];

  it('shows the proposals, best first, until somebody searches', () => {
    expect(choicesFor(recipes, proposals, ' ', 5).map((c) => c.recipe)).toEqual([
      'rice-bowl',
      'sauce',
    ]);
  });

  it('finds what is sold before what is only made', () => {
    expect(choicesFor(recipes, proposals, '红烧', 5).map((c) => c.recipe)).toEqual([
      'rice-bowl',
      'sauce',
    ]);
    expect(choicesFor(recipes, [], '', 1).map((c) => c.recipe)).toEqual(['rice-bowl']);
  });
});

describe('bar of a tile', () => {
  it.each([
    ['1000', '1000', 0.25],
    ['9000', '1000', 1],
    ['-5', '1000', 0],
    ['5', '0', null],
    ['5', null, null],
    ['?', '10', null],
  ])('%s of safety %s fills %s', (onHand, safety, full) => {
    expect(fullness(item('x', { onHand, safety }))).toBe(full);
  });
});
