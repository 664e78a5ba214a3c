// The explode against a second reading of the rules: one path at a time, down every branch.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkBook } from '#recipes/book/check.ts';
import { type Kitchen, openKitchen } from '#recipes/kitchen.ts';
import { documentOf, type RandomBook, type RandomLine, randomBook } from './random-book.ts';

/** n / d, not reduced: slow and plain. */
type Fraction = readonly [n: bigint, d: bigint];
const times = (a: Fraction, b: Fraction): Fraction => [a[0] * b[0], a[1] * b[1]];
const over = (a: Fraction, b: Fraction): Fraction => [a[0] * b[1], a[1] * b[0]];
const plus = (a: Fraction, b: Fraction): Fraction => [a[0] * b[1] + b[0] * a[1], a[1] * b[1]];
const part = (n: number, d: number): Fraction => [BigInt(n), BigInt(d)];

function micro([n, d]: Fraction): number {
  const scaled = n * 1_000_000n;
  const [floor, rest] = [scaled / d, (scaled % d) * 2n];
  return Number(rest > d || (rest === d && floor % 2n === 1n) ? floor + 1n : floor);
}

class Oracle {
  readonly #book: RandomBook;
  readonly #channel: string | undefined;
  readonly totals = new Map<string, Fraction>();
  readonly #swapped = new Map<string, Fraction>();
  constructor(book: RandomBook, channel: string | undefined) {
    this.#book = book;
    this.#channel = channel;
  }

  sell(modifiers: ReadonlyMap<string, number>): Record<string, number> {
    const chosen = this.#book.modifiers.filter(({ sku }) => modifiers.has(sku));
    const removed = chosen.flatMap(({ remove }) => remove);
    const swaps = chosen.flatMap(({ swap }) => swap ?? []);
    this.#open(
      'r0',
      [1n, 1n],
      removed,
      swaps.map(({ from }) => from),
    );
    for (const { from, to, qty } of swaps) {
      const used = this.#swapped.get(from);
      const ep = used && (qty === 0 ? used : part(qty, 1000));
      if (ep !== undefined) this.#take(to, this.#ap(to, ep, 0), [], []);
    }
    for (const { scale } of chosen) {
      if (scale === 0) continue;
      for (const [id, amount] of this.totals) this.totals.set(id, times(amount, part(scale, 100)));
    }
    for (const { sku, lines } of chosen) {
      for (const line of lines) {
        if (!this.#fits(line)) continue;
        const amount = times(
          this.#ap(line.to, part(line.qty, 1000), line.yield),
          part(modifiers.get(sku) ?? 0, 1_000_000),
        );
        this.#take(line.to, amount, [], []);
      }
    }
    const rounded = [...this.totals].map(([id, amount]) => [id, micro(amount)] as const);
    return Object.fromEntries(rounded.filter(([, amount]) => amount > 0));
  }

  #open(id: string, amount: Fraction, removed: readonly string[], from: readonly string[]): void {
    const recipe = this.#book.recipes.find((each) => each.id === id);
    if (recipe === undefined) throw new Error(id);
    const output = times(part(recipe.makes, 1), part(recipe.loss || 100, 100));
    for (const line of recipe.lines) {
      if (!this.#fits(line) || removed.includes(line.to)) continue;
      const ep = over(times(part(line.qty, 1000), amount), output);
      if (from.includes(line.to)) {
        this.#swapped.set(line.to, plus(this.#swapped.get(line.to) ?? [0n, 1n], ep));
      } else this.#take(line.to, this.#ap(line.to, ep, line.yield), removed, from);
    }
  }

  #take(id: string, amount: Fraction, removed: readonly string[], from: readonly string[]): void {
    const recipe = this.#book.recipes.find((each) => each.id === id);
    if (recipe !== undefined && !recipe.stocked) this.#open(id, amount, removed, from);
    else this.totals.set(id, plus(this.totals.get(id) ?? [0n, 1n], amount));
  }

  #ap(id: string, ep: Fraction, lineYield: number): Fraction {
    return over(ep, part(lineYield || this.#book.items.get(id) || 100, 100));
  }

  #fits(line: RandomLine): boolean {
    return line.channel === undefined || line.channel === this.#channel;
  }
}

function open(book: RandomBook): Kitchen {
  const check = checkBook(documentOf(book));
  if (!check.ok) throw new Error(JSON.stringify(check.problems));
  return openKitchen(check.book);
}

function taken(
  kitchen: Kitchen,
  skus: ReadonlyMap<string, number>,
  channel?: string,
): Record<string, number> {
  const sold = [...skus].map(([sku, qty]) => ({ sku, qty }));
  return Object.fromEntries(
    kitchen.explode('r0', sold, channel).map((take) => [take.item, take.amount]),
  );
}

const channel = fc.constantFrom(undefined, 'takeaway', 'dine_in');
const quantities = fc.array(fc.integer({ min: 1, max: 3_000_000 }), { minLength: 3, maxLength: 3 });
const pick = (book: RandomBook, sizes: readonly number[]): ReadonlyMap<string, number> =>
  new Map(book.modifiers.map(({ sku }, i) => [sku, sizes[i] ?? 0]));

describe('explode', () => {
  test('is the exact fraction, rounded once, with modifiers and channels', () => {
    fc.assert(
      fc.property(randomBook, quantities, channel, (book, sizes, where) => {
        const kitchen = open(book);
        const skus = pick(book, sizes);
        expect(taken(kitchen, skus, where)).toEqual(new Oracle(book, where).sell(skus));
        expect(taken(kitchen, new Map(), where)).toEqual(new Oracle(book, where).sell(new Map()));
      }),
      { numRuns: 400 },
    );
  });

  test('does not depend on the order of modifiers', () => {
    fc.assert(
      fc.property(randomBook, quantities, (book, sizes) => {
        const kitchen = open(book);
        const skus = pick(book, sizes);
        const turned = open({ ...book, modifiers: [...book.modifiers].reverse() });
        expect(taken(kitchen, new Map([...skus].reverse()))).toEqual(taken(kitchen, skus));
        expect(taken(turned, skus)).toEqual(taken(kitchen, skus));
      }),
    );
  });

  test('is additive: two dishes in one recipe take what both take', () => {
    fc.assert(
      fc.property(randomBook, (book) => {
        const document = documentOf(book);
        const both = {
          id: 'both',
          lines: [
            { recipe: 'r0', qty: '1 kg' },
            { recipe: 'r1', qty: '3 kg' },
          ],
        };
        const check = checkBook({
          ...document,
          recipes: [...(document['recipes'] as object[]), both],
        });
        if (!check.ok) throw new Error(JSON.stringify(check.problems));
        const kitchen = openKitchen(check.book);
        const sum = new Map<string, number>();
        for (const [id, grams] of [
          ['r0', 1000],
          ['r1', 3000],
        ] as const) {
          for (const take of kitchen.explode(id, [], undefined)) {
            sum.set(take.item, (sum.get(take.item) ?? 0) + take.amount * grams);
          }
        }
        for (const take of kitchen.explode('both', [], undefined)) {
          // Each unit take was rounded by at most half a millionth.
          expect(Math.abs(take.amount - (sum.get(take.item) ?? 0))).toBeLessThanOrEqual(2001);
        }
      }),
    );
  });

  test('a scale of n is n portions', () => {
    const document = (scale: number): object => ({
      larder: 1,
      items: [{ id: 'a', unit: 'g', yield: 0.7 }],
      recipes: [{ id: 'd', lines: [{ item: 'a', qty: '0.7 g' }] }],
      modifiers: [{ sku: 'S', scale }],
    });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), (thousandths) => {
        const check = checkBook(document(thousandths / 1000));
        if (!check.ok) throw new Error(JSON.stringify(check.problems));
        const takes = openKitchen(check.book).explode(
          'd',
          [{ sku: 'S', qty: 1_000_000 }],
          undefined,
        );
        expect(takes).toEqual([{ item: 'a', amount: thousandths * 1000 }]);
      }),
    );
  });

  test('four levels with yields on two of them, worked out by hand', () => {
    const check = checkBook({
      larder: 1,
      items: [{ id: 'bone', unit: 'g', yield: 0.93 }],
      recipes: [
        { id: 'dish', lines: [{ recipe: 'soup', qty: '350 ml' }] },
        {
          id: 'soup',
          makes: '7 l',
          yield: 0.9,
          lines: [{ recipe: 'stock', qty: '3 l', yield: 0.7 }],
        },
        { id: 'stock', makes: '11 l', lines: [{ recipe: 'base', qty: '1300 g' }] },
        { id: 'base', makes: '3 kg', yield: 0.87, lines: [{ item: 'bone', qty: '5 kg' }] },
      ],
    });
    if (!check.ok) throw new Error(JSON.stringify(check.problems));
    // 350/6300 × 3000/0.7 / 11000 × 1300 / 2610 × 5000 / 0.93
    const exact = ((((350 / 6300) * (3000 / 0.7)) / 11_000) * 1300) / 2610 / 0.93;
    const [take] = openKitchen(check.book).explode('dish', [], undefined);
    const n = 350n * 3000n * 10n * 1300n * 5000n * 100n * 1_000_000n;
    const d = 6300n * 7n * 11_000n * 2610n * 93n;
    expect(take?.amount).toBe(Number((2n * n + d) / (2n * d)));
    expect((take?.amount ?? 0) / 1e6).toBeCloseTo(exact * 5000, 5);
  });

  test('a recipe used on 2^60 ways costs no more than one used once', () => {
    const levels = Array.from({ length: 60 }, (_, i) => ({
      id: `l${i}`,
      lines: [
        { recipe: `l${i + 1}`, qty: 0.5 },
        { recipe: `l${i + 1}`, qty: 0.5 },
      ],
    }));
    const recipes = [...levels, { id: 'l60', lines: [{ item: 'salt', qty: '0.4 g' }] }];
    const check = checkBook({ larder: 1, items: [{ id: 'salt', unit: 'g' }], recipes });
    if (!check.ok) throw new Error(JSON.stringify(check.problems));
    const takes = openKitchen(check.book).explode('l0', [], undefined);
    expect(takes).toEqual([{ item: 'salt', amount: 400_000 }]);
  });

  test.each([
    [1000, []],
    [1003, ['recipes[2] too_deep']],
  ])('%d levels of recipes', (levels, expected) => {
    const recipes = Array.from({ length: levels }, (_, i) => ({
      id: `l${i}`,
      lines: [i === levels - 1 ? { item: 'salt', qty: '1 g' } : { recipe: `l${i + 1}`, qty: 1 }],
    }));
    const check = checkBook({ larder: 1, items: [{ id: 'salt', unit: 'g' }], recipes });
    expect(check.ok ? [] : check.problems.map(({ path, code }) => `${path} ${code}`)).toEqual(
      expected,
    );
    expect(!check.ok || openKitchen(check.book).explode('l0', [], undefined)[0]?.amount).toBe(
      check.ok ? 1_000_000 : true,
    );
  });
});
