import { describe, expect, test } from 'vitest';
import { decimalFromMicro, microFromDecimal } from '#recipes/amount.ts';
import { Bug } from '#recipes/assert.ts';
import { checkBook } from '#recipes/book/check.ts';
import { parseBookText } from '#recipes/book/load.ts';
import { bookSchema } from '#recipes/contracts/book.ts';
import { EXPLODE_CACHE_MAX, type Kitchen, openKitchen } from '#recipes/kitchen.ts';
import { QuantityError } from '#recipes/quantity.ts';
import { exampleYaml } from './example-book.ts';

function open(text: string): Kitchen {
  const read = parseBookText(text, 'yaml');
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const check = checkBook(read.value);
  if (!check.ok) throw new Error(JSON.stringify(check.problems, null, 1));
  return openKitchen(check.book);
}

const kitchen = open(exampleYaml);

/** `'M7*2 M9'` as sold modifiers. */
function takes(recipe: string, modifiers = '', channel?: string): Record<string, string> {
  const sold = modifiers.split(' ').flatMap((text) => {
    const [sku = '', qty = '1'] = text.split('*');
    return sku === '' ? [] : [{ sku, qty: microFromDecimal(qty) }];
  });
  const list = kitchen.explode(recipe, sold, channel);
  return Object.fromEntries(list.map((take) => [take.item, decimalFromMicro(take.amount)]));
}

describe('the example of the interface', () => {
  test('M-1001 takes 400 g of pork, 80 g of sauce, and a box only where it is carried away', () => {
    expect(kitchen.meaning('M-1001')).toEqual({ kind: 'dish', recipe: 'braised-pork-rice' });
    const inside = { 'pork-belly': '400', 'braising-sauce': '80' };
    expect(takes('braised-pork-rice')).toEqual(inside);
    expect(takes('braised-pork-rice', '', 'dine_in')).toEqual(inside);
    for (const channel of ['takeaway', 'delivery']) {
      expect(takes('braised-pork-rice', '', channel)).toEqual({ ...inside, 'takeaway-box': '1' });
    }
  });

  test('takes stand in the order of the items, items before made ones', () => {
    const order = kitchen.explode('braised-pork-rice', [], 'takeaway').map((take) => take.item);
    expect(order).toEqual(['pork-belly', 'takeaway-box', 'braising-sauce']);
  });

  test('own yield of a sub-recipe, yield of the item, yield of the line', () => {
    // garnish: 60 + 40 g give 100 × 0.5 g, so 10 g take a fifth; scallion / 0.8, own line / 0.5.
    expect(takes('full-bowl')).toEqual({ scallion: '23', rice: '208' });
  });

  test('a weighed dish is sold per 1 of the unit it is made in', () => {
    // 4.35 kg / 0.87 = 5 kg for 2.5 kg: 2 kg per sold kg.
    expect(takes('sliced-beef')).toEqual({ 'pork-belly': '2000' });
    expect(kitchen.recipes.get('sliced-beef')).toMatchObject({ unit: 'g', sold: 1_000_000_000 });
  });

  test('a stocked recipe is taken itself when it is sold, and its lines when it is made', () => {
    expect(takes('braising-sauce')).toEqual({ 'braising-sauce': '1000' });
    const batch = kitchen.batch('braising-sauce', microFromDecimal(4800));
    expect(batch).toEqual([{ item: 'soy-sauce', amount: 900_000_000 }]);
  });
});

describe('modifiers', () => {
  test.each([
    ['adds, times its quantity', 'M7*2', { scallion: '23', rice: '208', egg: '2' }],
    ['removes what the dish uses, at any depth', 'M9', { rice: '208' }],
    ['scales what the dish uses', 'M3', { scallion: '29.9', rice: '270.4' }],
    ['does not scale what is added', 'M3 M7', { scallion: '29.9', rice: '270.4', egg: '1' }],
    ['swaps for a given amount per dish', 'M4', { scallion: '23', noodles: '200' }],
    // Into the pot: 12 g by the garnish and 4 g by the line are 16 g, at 0.02 ea each.
    ['swaps the same amount into the pot', 'M5', { rice: '208', egg: '0.32' }],
    ['scales a swap too', 'M4 M3', { scallion: '29.9', noodles: '260' }],
    ['does not swap what was removed', 'M5 M9', { rice: '208' }],
    ['means what the parent says first', 'M6', { scallion: '8', rice: '200' }],
    ['does nothing if it says nothing', 'M8', { scallion: '23', rice: '208' }],
    ['counts once if it comes twice', 'M3 M3', { scallion: '29.9', rice: '270.4' }],
    ['adds up if it comes twice', 'M7 M7*0.5', { scallion: '23', rice: '208', egg: '1.5' }],
    ['is none with quantity 0', 'M9*0', { scallion: '23', rice: '208' }],
    ['takes nothing if unknown', 'M-none', { scallion: '23', rice: '208' }],
  ])('%s: %s', (_, modifiers, expected) => {
    expect(takes('full-bowl', modifiers)).toEqual(expected);
  });

  test('without a meaning for the parent they mean what they mean for all', () => {
    expect(takes('braised-pork-rice', 'M6')).toEqual({
      'pork-belly': '800',
      'braising-sauce': '160',
    });
  });

  test('removing what the dish does not use takes nothing less', () => {
    expect(takes('braised-pork-rice', 'M9')).toEqual(takes('braised-pork-rice'));
  });

  test('unknown ones are named', () => {
    expect(kitchen.unknownModifiers('braised-pork-rice', ['M7', 'M4', 'M-1001', 'x'])).toEqual([
      'M4',
      'M-1001',
      'x',
    ]);
    expect(kitchen.unknownModifiers('full-bowl', ['M4', 'M6', 'M8'])).toEqual([]);
    expect(kitchen.meaning('M4')).toEqual({ kind: 'modifier' });
    expect(kitchen.meaning('x')).toBeUndefined();
  });
});

describe('the open book', () => {
  test('stock items carry what the box needs', () => {
    const pork = kitchen.items.get('pork-belly');
    expect(pork).toMatchObject({
      name: { zh: '五花肉', en: 'Pork belly' },
      unit: 'g',
      made: false,
      role: 'main',
      shelfLifeMs: 3 * 86_400_000,
      openedMs: 86_400_000,
      safety: 1_000_000_000,
      par: 6_000_000_000,
    });
    expect(pork?.convert('2 pack')).toBe(4_000_000_000);
    expect(pork?.convert('1 l')).toBe(1_050_000_000);
    expect(() => pork?.convert('2 boxes')).toThrow(QuantityError);
    expect(kitchen.items.get('soy-sauce')?.name).toEqual({ zh: '生抽' });
    expect(kitchen.items.get('takeaway-box')?.name).toEqual({ en: 'Takeaway box' });
    expect(kitchen.items.get('braising-sauce')).toMatchObject({ made: true, unit: 'g' });
    expect(kitchen.items.has('garnish')).toBe(false);
  });

  test('suppliers, prices and packs', () => {
    expect(kitchen.suppliers.get('jinluo')).toMatchObject({
      leadTimeMs: 86_400_000,
      items: [{ item: 'pork-belly', pack: 2_000_000_000, packText: '2 kg', price: '64.00' }],
    });
    expect(kitchen.recipes.get('braised-pork-rice')).toMatchObject({
      price: '32.00',
      skus: ['M-1001'],
      kind: 'dish',
      uses: ['pork-belly', 'braising-sauce', 'takeaway-box'],
    });
  });

  test('answers are frozen, and the same object the second time', () => {
    const first = kitchen.explode('full-bowl', [], undefined);
    expect(kitchen.explode('full-bowl', [], 'a channel no line asks for')).toBe(first);
    expect(Object.isFrozen(first) && first.every(Object.isFrozen)).toBe(true);
  });

  test('a sku that imitates two of them is still one unknown sku', () => {
    const plain = takes('full-bowl');
    expect(takes('full-bowl', 'M3 M7')).not.toEqual(plain);
    for (const sku of ['M3*1000000|*M7', 'M3*1000000|*2:M7']) {
      const list = kitchen.explode('full-bowl', [{ sku, qty: 1_000_000 }], undefined);
      expect(list).toEqual(kitchen.explode('full-bowl', [], undefined));
    }
  });

  test('the cache is bounded, and what falls out comes back the same', () => {
    const small = open(exampleYaml);
    const before = small.explode('full-bowl', [], undefined);
    for (let i = 1; i <= EXPLODE_CACHE_MAX; i++) {
      small.explode('full-bowl', [{ sku: 'M7', qty: i }], undefined);
    }
    const after = small.explode('full-bowl', [], undefined);
    expect(after).not.toBe(before);
    expect(after).toEqual(before);
  });

  test('a book that was not checked is a bug', () => {
    const book = bookSchema.parse({
      larder: 1,
      items: [],
      recipes: [{ id: 'a', lines: [{ item: 'none', qty: 1 }] }],
    });
    expect(() => openKitchen(book)).toThrow(Bug);
    expect(() => kitchen.explode('none', [], undefined)).toThrow(Bug);
  });
});
