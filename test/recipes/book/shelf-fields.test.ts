/** What the book says of an item beyond its recipe: temperatures, shelf lives, barcodes, yields. */
import { expect, test } from 'vitest';
import { checkBook } from '#recipes/book/check.ts';
import { type Kitchen, openKitchen } from '#recipes/kitchen.ts';
import { toNumber } from '#recipes/rational.ts';

function open(book: object): Kitchen {
  const checked = checkBook({ larder: 1, ...book });
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
  return openKitchen(checked.book);
}

const HOUR = 3_600_000;

test('temperature, thawing, freezing, barcodes and own units', () => {
  const { items } = open({
    items: [
      {
        id: 'cod',
        unit: 'g',
        units: { pack: '1 kg', ml: '1.1 g', 个: '50 g' },
        maxTemperature: '-12',
        thawed: '24h',
        frozen: '90d',
        barcodes: ['6901234567892'],
      },
      { id: 'rice', unit: 'g' },
    ],
    recipes: [
      {
        id: 'stock',
        makes: '2 l',
        kept: 'stocked',
        frozen: '30d',
        lines: [{ item: 'cod', qty: 1 }],
      },
    ],
  });
  expect(items.get('cod')).toMatchObject({
    maxTemperature: -12,
    thawedMs: 24 * HOUR,
    frozenMs: 90 * 24 * HOUR,
    barcodes: ['6901234567892'],
    unitNames: ['pack', '个'],
  });
  const rice = items.get('rice');
  expect(rice).toMatchObject({ barcodes: [], unitNames: [] });
  expect(rice).not.toHaveProperty('maxTemperature');
  expect(rice).not.toHaveProperty('thawedMs');
  expect(items.get('stock')).toMatchObject({ made: true, frozenMs: 30 * 24 * HOUR });
});

test('the yield of an item is its own, else what its lines have in common, else 1', () => {
  const { items } = open({
    items: [
      { id: 'own', unit: 'g', yield: 0.8 },
      { id: 'agreed', unit: 'g' },
      { id: 'split', unit: 'g' },
      { id: 'half', unit: 'g' },
      { id: 'unused', unit: 'g' },
    ],
    recipes: [
      {
        id: 'a',
        lines: [
          { item: 'own', qty: 100, yield: 0.5 },
          { item: 'agreed', qty: 100, yield: '82%' },
          { item: 'split', qty: 100, yield: 0.9 },
          { item: 'half', qty: 100, yield: 0.9 },
        ],
      },
      {
        id: 'b',
        lines: [
          { item: 'agreed', qty: 7, yield: 0.82 },
          { item: 'split', qty: 100, yield: 0.8 },
          { item: 'half', qty: 100 },
        ],
      },
    ],
  });
  const yields = [...items.values()].map((item) => [item.id, toNumber(item.yield)]);
  expect(Object.fromEntries(yields)).toEqual({
    own: 0.8,
    agreed: 0.82,
    split: 1,
    half: 1,
    unused: 1,
  });
});

test('what is no temperature is told with a remedy', () => {
  const checked = checkBook({
    larder: 1,
    items: [{ id: 'cod', unit: 'g', maxTemperature: 'cold' }],
  });
  expect(checked.ok).toBe(false);
  if (checked.ok) return;
  expect(checked.problems).toMatchObject([
    { path: 'items[0].maxTemperature', code: 'bad_temperature' },
  ]);
});
