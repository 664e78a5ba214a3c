/**
 * The oracle judges the product, so it is judged first, on cases small enough for paper, and on the
 * figures that the data's own README states.
 */
import { describe, expect, it } from 'vitest';
import { checkBook } from '#recipes/book/check.ts';
import { openKitchen } from '#recipes/kitchen.ts';
import { countYear, type OracleBook, useOfOne, useOfSold } from './oracle.ts';
import { itemId, readPizzaBook } from './pizza-book.ts';
import { PIZZA_FOLDER, pizzaDataPresent, readTypes } from './pizza-data.ts';

type Line = OracleBook['recipes'][number]['lines'][number];

describe('useOfOne, worked out by hand', () => {
  it('divides by the yield of the item and rounds once', () => {
    // 7.35 / 0.87 = 8.448275862… g
    expect(use([{ item: 'garlic', qty: '7.35 g' }])).toEqual({ garlic: 8_448_276n });
  });

  it('lets the yield of a line overrule that of the item', () => {
    expect(use([{ item: 'garlic', qty: '6 g', yield: '0.6' }])).toEqual({ garlic: 10_000_000n });
  });

  it('keeps a small exact amount exact: 1,000 pieces of 0.4 g are 400 g', () => {
    const book = bookOf([{ item: 'salt', qty: '0.4 g' }]);
    expect(useOfSold(book, new Map([['dish', 1000n]])).get('salt')).toBe(400_000_000n);
  });

  it.each([
    ['0.0000005 g', 0n],
    ['0.0000015 g', 2n],
    ['0.0000025 g', 2n],
    ['0.00000250001 g', 3n],
    ['0.0000024999 g', 2n],
  ])('rounds %s half to even: %s', (qty, expected) => {
    expect(use([{ item: 'salt', qty }])).toEqual({ salt: expected });
  });

  it('adds the lines of one item before it rounds', () => {
    // 1/3 + 1/3 + 1/3 of a gram: three roundings would give 0.999999.
    const third = { item: 'salt', qty: '0.25 g', yield: '0.75' };
    expect(use([third, third, third])).toEqual({ salt: 1_000_000n });
  });

  it('takes the share of a sub-recipe, through two levels', () => {
    // 90 g of a sauce that makes 300 g is 0.3 of it: 0.3 * 100 g = 30 g of paste, salt 0.3 * 2 g.
    // 30 g of a paste that makes 70 g is 3/7 of it: 3/7 * 80 / 0.87 = 39.408866995… g of garlic.
    const book = bookOf([{ recipe: 'sauce', qty: '90 g' }], {
      sauce: [
        '300 g',
        [
          { recipe: 'paste', qty: '0.1 kg' },
          { item: 'salt', qty: '2 g' },
        ],
      ],
      paste: ['70 g', [{ item: 'garlic', qty: '80 g' }]],
    });
    expect(Object.fromEntries(useOfOne(book, 'dish'))).toEqual({
      garlic: 39_408_867n,
      salt: 600_000n,
    });
  });

  it('takes more of a sub-recipe that loses some after it is made', () => {
    // 100 g of a dough that makes 500 g with 80 % left: a quarter of 320 g, so 80 g of salt.
    const book = bookOf([{ recipe: 'dough', qty: '100 g' }], {
      dough: ['500 g', [{ item: 'salt', qty: '320 g' }], '0.8'],
    });
    expect(useOfOne(book, 'dish').get('salt')).toBe(80_000_000n);
  });

  it('goes from litres to grams by the density and from a can by its own word', () => {
    expect(use([{ item: 'oil', qty: '0.35 l' }])).toEqual({ oil: 320_600_000n });
    expect(use([{ item: 'oil', qty: '2 tin' }])).toEqual({ oil: 9_160_000_000n });
  });

  it('refuses what it does not understand', () => {
    expect(() => use([{ item: 'salt', qty: '2 ml' }])).toThrow('no way to g');
    expect(() => use([{ item: 'salt', qty: '2 spoon' }])).toThrow('unknown');
    expect(() => use([{ item: 'sugar', qty: '2 g' }])).toThrow('not in the book');
    expect(() => use([{ item: 'salt', qty: '-2 g' }])).toThrow('not a decimal');
    expect(() => useOfOne(bookOf([]), 'other')).toThrow('exactly one');
    const cycle = bookOf([{ recipe: 'a', qty: '1 g' }], {
      a: ['1 g', [{ recipe: 'a', qty: '1 g' }]],
    });
    expect(() => useOfOne(cycle, 'dish')).toThrow('within itself');
  });
});

describe('the product against the oracle', () => {
  it('takes the same for one of every pizza, to the millionth', async ({ skip }) => {
    if (!pizzaDataPresent()) skip('pizza data missing');
    const book = await readPizzaBook();
    const checked = checkBook(book);
    if (!checked.ok) throw new Error(JSON.stringify(checked.problems.slice(0, 5), undefined, 2));
    const kitchen = openKitchen(checked.book);
    let dishes = 0;
    for (const recipe of book.recipes) {
      for (const sku of recipe.sku ?? []) {
        dishes += 1;
        expect(kitchen.meaning(sku)).toEqual({ kind: 'dish', recipe: recipe.id });
        const takes = kitchen.explode(recipe.id, [], undefined);
        const product = takes.map(({ item, amount }) => [item, BigInt(amount)] as const);
        expect([sku, new Map(product)]).toEqual([sku, useOfOne(book, sku)]);
      }
    }
    expect(dishes).toBe(96);
  });
});

describe('the year', () => {
  it('has the size its README states', async ({ skip }) => {
    if (!pizzaDataPresent()) skip('pizza data missing');
    const { sold, totals } = countYear(PIZZA_FOLDER);
    const days = [...totals.values()];
    expect(days.length).toBe(358);
    expect(days.reduce((sum, day) => sum + day.saleCount, 0)).toBe(21_350);
    expect(days.reduce((sum, day) => sum + day.lineCount, 0)).toBe(48_620);
    expect(days.reduce((sum, day) => sum + day.pizzas, 0)).toBe(49_574);
    expect([...sold.values()].reduce((sum, pieces) => sum + pieces, 0n)).toBe(49_574n);
    expect(sold.size).toBe(91);
  });

  it('uses the listed ingredients as often as its README states', async ({ skip }) => {
    if (!pizzaDataPresent()) skip('pizza data missing');
    const book = await readPizzaBook();
    const listed = new Map((await readTypes()).map((type) => [type.id, type.ingredients]));
    let uses = 0;
    for (const [sku, pieces] of countYear(PIZZA_FOLDER).sold) {
      const taken = useOfOne(book, sku);
      const names = listed.get(sku.replace(/_x{0,2}[sml]$/, '')) ?? [];
      expect(names.filter((name) => !taken.get(itemId(name)))).toEqual([]);
      uses += names.length * Number(pieces);
    }
    expect(uses).toBe(272_675);
  });
});

/** What one `dish` of these lines takes. */
function use(lines: readonly Line[]): Record<string, bigint> {
  return Object.fromEntries(useOfOne(bookOf(lines), 'dish'));
}

function bookOf(
  lines: readonly Line[],
  parts: Readonly<
    Record<string, readonly [makes: string, lines: readonly Line[], left?: string]>
  > = {},
): OracleBook {
  return {
    items: [
      { id: 'garlic', unit: 'g', yield: '0.87' },
      { id: 'salt', unit: 'g' },
      { id: 'oil', unit: 'g', units: { ml: '0.916 g', tin: '5 l' } },
    ],
    recipes: [
      { id: 'the-dish', sku: ['dish'], lines },
      ...Object.entries(parts).map(([id, [makes, inside, left]]) => ({
        id,
        makes,
        kept: 'transparent',
        lines: inside,
        ...(left === undefined ? {} : { yield: left }),
      })),
    ],
  };
}
