// Random kitchens that are always right: recipe i is made of items and of recipes after it.
import fc from 'fast-check';

export type RandomLine = {
  readonly to: string;
  /** Thousandths of the base unit. */
  readonly qty: number;
  /** Hundredths; 0 = none given. */
  readonly yield: number;
  readonly channel: string | undefined;
};
export type RandomRecipe = {
  readonly id: string;
  readonly makes: number;
  readonly loss: number;
  readonly stocked: boolean;
  readonly lines: readonly RandomLine[];
};
export type RandomModifier = {
  readonly sku: string;
  readonly lines: readonly RandomLine[];
  readonly remove: readonly string[];
  /** Hundredths; 0 = none given. */
  readonly scale: number;
  readonly swap: { readonly from: string; readonly to: string; readonly qty: number } | undefined;
};
export type RandomBook = {
  /** Yield in hundredths by id. */
  readonly items: ReadonlyMap<string, number>;
  readonly recipes: readonly RandomRecipe[];
  readonly modifiers: readonly RandomModifier[];
};

const ITEMS = 6;
const RECIPES = 7;
const ids = Array.from({ length: ITEMS }, (_, i) => `i${i}`);
const hundredths = fc.integer({ min: 50, max: 100 });
const maybe = (value: fc.Arbitrary<number>): fc.Arbitrary<number> =>
  fc.oneof(fc.constant(0), value);
const anyId = fc.constantFrom(
  ...ids,
  ...Array.from({ length: RECIPES - 1 }, (_, i) => `r${i + 1}`),
);

function line(targets: readonly string[]): fc.Arbitrary<RandomLine> {
  return fc.record({
    to: fc.constantFrom(...targets),
    qty: fc.integer({ min: 1, max: 400_000 }),
    yield: maybe(hundredths),
    channel: fc.constantFrom(undefined, undefined, undefined, 'takeaway'),
  });
}

const recipes = fc.tuple(
  ...Array.from({ length: RECIPES }, (_, r) => {
    const later = Array.from({ length: RECIPES - r - 1 }, (__, i) => `r${r + 1 + i}`);
    return fc.record({
      id: fc.constant(`r${r}`),
      // At least what one line brings, so that no nesting can overflow.
      makes: fc.integer({ min: 400, max: 20_000 }),
      loss: maybe(hundredths),
      // The dish itself is opened, so that there is something to see.
      stocked: r === 0 ? fc.constant(false) : fc.integer({ min: 0, max: 3 }).map((n) => n === 0),
      // The next recipe comes often, so that nesting is deep.
      lines: fc.array(line([...ids, ...later, ...later.slice(0, 1), ...later.slice(0, 1)]), {
        minLength: 1,
        maxLength: 4,
      }),
    });
  }),
);

const modifier = fc.record({
  lines: fc.array(line([...ids, 'r3', 'r5']), { maxLength: 2 }),
  remove: fc.array(anyId, { maxLength: 2 }),
  scale: maybe(fc.integer({ min: 50, max: 200 })),
  swap: fc.option(
    fc.record({ from: anyId, to: anyId, qty: maybe(fc.integer({ min: 1, max: 400_000 })) }),
    { nil: undefined },
  ),
});

export const randomBook: fc.Arbitrary<RandomBook> = fc
  .record({
    items: fc.tuple(...ids.map(() => maybe(hundredths))),
    recipes,
    modifiers: fc.array(modifier, { maxLength: 3 }),
  })
  .map((book) => ({
    items: new Map(ids.map((id, i) => [id, book.items[i] ?? 0])),
    recipes: book.recipes,
    modifiers: book.modifiers.map((each, i) => ({ ...each, sku: `M${i}` })),
  }));

/** The document; swaps of what the dish never uses are left out, as a book may not have them. */
export function documentOf(book: RandomBook): Record<string, unknown> {
  const opened = book.recipes.filter((recipe) => !recipe.stocked);
  const used = new Set(opened.flatMap((recipe) => recipe.lines.map((each) => each.to)));
  const lineOf = (each: RandomLine): Record<string, unknown> => ({
    [each.to.startsWith('i') ? 'item' : 'recipe']: each.to,
    qty: `${each.qty / 1000} g`,
    ...(each.yield === 0 ? {} : { yield: each.yield / 100 }),
    ...(each.channel === undefined ? {} : { channel: each.channel }),
  });
  return {
    larder: 1,
    items: [...book.items].map(([id, of]) => ({
      id,
      unit: 'g',
      ...(of ? { yield: of / 100 } : {}),
    })),
    recipes: book.recipes.map((recipe) => ({
      id: recipe.id,
      makes: `${recipe.makes / 1000} kg`,
      sold: 'g',
      kept: recipe.stocked ? 'stocked' : 'transparent',
      ...(recipe.loss === 0 ? {} : { yield: recipe.loss / 100 }),
      lines: recipe.lines.map(lineOf),
    })),
    modifiers: book.modifiers.map(({ sku, lines, remove, scale, swap }) => ({
      sku,
      lines: lines.map(lineOf),
      remove,
      ...(scale === 0 ? {} : { scale: scale / 100 }),
      ...(swap === undefined || !used.has(swap.from)
        ? {}
        : {
            swap: {
              from: swap.from,
              to: swap.to,
              ...(swap.qty === 0 ? {} : { qty: `${swap.qty / 1000} g` }),
            },
          }),
    })),
  };
}
