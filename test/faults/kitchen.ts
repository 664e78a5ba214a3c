/**
 * A small kitchen for the fault tests: two recipe books, of which the second takes over in the
 * middle of the 48 hours, and beside them what one portion takes, worked out by hand. The oracle
 * reads only the hand-made table, so a mistake in the box's explode cannot hide in both.
 *
 * Every amount is chosen so that a portion is a whole number of millionths and a part of a line
 * divides evenly: no rounding anywhere, any difference is a fault.
 */

/** First instant of the generated events; the second book takes over 24 h later. */
export const WINDOW_START = Date.UTC(2026, 9, 1, 20, 0, 0);
export const WINDOW_MS = 48 * 3_600_000;
export const SECOND_BOOK_FROM = WINDOW_START + WINDOW_MS / 2;

export const ITEMS = [
  'pork',
  'rice',
  'egg',
  'soy',
  'sugar',
  'scallion',
  'noodles',
  'box',
  'oil',
  'beef',
  'marinated-egg',
] as const;
export type Item = (typeof ITEMS)[number];

/** What one portion takes, in millionths of the base unit (g, ml, piece). */
export type Portion = Readonly<Partial<Record<Item, bigint>>>;

/** What a sku or a modifier does, flat: no sub-recipes, no units, no yields left. */
export type FlatBook = {
  readonly dishes: Readonly<Record<string, { always: Portion; takeaway?: Portion }>>;
  readonly modifiers: Readonly<Record<string, FlatModifier>>;
};

export type FlatModifier =
  | { readonly add: Portion }
  | { readonly remove: Item }
  | { readonly scale: { readonly numerator: bigint; readonly denominator: bigint } }
  | { readonly swap: { readonly from: Item; readonly to: Item; readonly amount: bigint } };

/** The hand-made table. Index 0 is in force before `SECOND_BOOK_FROM`, index 1 from then on. */
export const FLAT_BOOKS: readonly [FlatBook, FlatBook] = [
  flat({
    pork: 400_000_000n,
    rice: 150_000_000n,
    oil: 15_000_000n,
    extraRice: 100_000_000n,
    big: 6n,
  }),
  flat({
    pork: 300_000_000n,
    rice: 180_000_000n,
    oil: 18_000_000n,
    extraRice: 120_000_000n,
    big: 5n,
  }),
];

/** The same two kitchens as documents for `PUT /api/v1/book`. */
export const BOOKS: readonly [object, object] = [
  book({ pork: '348 g', rice: '150 g', oil: '15 ml', extraRice: '100 g', big: 1.5 }),
  book({ pork: '261 g', rice: '180 g', oil: '18 ml', extraRice: '120 g', big: 1.25 }),
];

type Differs<T, S> = { pork: T; rice: T; oil: T; extraRice: T; big: S };

/** `big` is in quarters: 6 means one and a half. Pork: EP / 0.87; sauce 80 g of 1000 g. */
function flat({ pork, rice, oil, extraRice, big }: Differs<bigint, bigint>): FlatBook {
  return {
    dishes: {
      'M-1': {
        always: { pork, rice, soy: 48_000_000n, sugar: 16_000_000n, scallion: 5_000_000n },
        takeaway: { box: 1_000_000n },
      },
      'M-2': {
        always: { noodles: 180_000_000n, scallion: 10_000_000n, oil: 12_500_000n, egg: 1_000_000n },
      },
      'M-3': {
        always: { rice: 220_000_000n, egg: 2_000_000n, oil, scallion: 8_000_000n },
      },
      'W-1': { always: { beef: 1_000_000_000n, oil: 20_000_000n } },
      'C-1': { always: { box: 1_000_000n, soy: 12_000_000n, sugar: 4_000_000n } },
      'C-2': { always: {} },
    },
    modifiers: {
      'A-EGG': { add: { 'marinated-egg': 1_000_000n } },
      'A-RICE': { add: { rice: extraRice } },
      'R-SCAL': { remove: 'scallion' },
      'S-BIG': { scale: { numerator: big, denominator: 4n } },
      'X-NOOD': { swap: { from: 'rice', to: 'noodles', amount: 200_000_000n } },
    },
  };
}

function book({ pork, rice, oil, extraRice, big }: Differs<string, number>): object {
  return {
    larder: 1,
    name: 'Kitchen of the fault tests',
    currency: 'CNY',
    items: bookItems(),
    recipes: [
      {
        id: 'sauce',
        name: named('sauce'),
        makes: '1000 g',
        kept: 'transparent',
        lines: [
          { item: 'soy', qty: '0.6 l' },
          { item: 'sugar', qty: '200 g' },
        ],
      },
      {
        id: 'marinated-egg',
        name: named('marinated-egg'),
        makes: '10 ea',
        kept: 'stocked',
        lines: [{ item: 'egg', qty: '10 ea' }],
      },
      dish('braised-pork-rice', 'M-1', [
        { item: 'pork', qty: pork },
        { item: 'rice', qty: rice },
        { recipe: 'sauce', qty: '80 g' },
        { item: 'scallion', qty: '5 g' },
        { item: 'box', qty: '1 ea', channel: ['takeaway', 'delivery'] },
      ]),
      dish('noodle-bowl', 'M-2', [
        { item: 'noodles', qty: '180 g' },
        { item: 'scallion', qty: '10 g' },
        { item: 'oil', qty: '12.5 ml' },
        { item: 'egg', qty: '1 ea' },
      ]),
      dish('fried-rice', 'M-3', [
        { item: 'rice', qty: '0.22 kg' },
        { item: 'egg', qty: '2 ea' },
        { item: 'oil', qty: oil },
        { item: 'scallion', qty: '8 g' },
      ]),
      dish('beef-by-weight', 'W-1', [
        { item: 'beef', qty: '1 kg' },
        { item: 'oil', qty: '20 ml' },
      ]),
      dish('lunch-set', 'C-1', [
        { item: 'box', qty: '1 ea' },
        { recipe: 'sauce', qty: '20 g' },
      ]),
    ],
    modifiers: [
      { sku: 'A-EGG', name: named('egg'), lines: [{ recipe: 'marinated-egg', qty: '1 ea' }] },
      { sku: 'A-RICE', name: named('rice'), lines: [{ item: 'rice', qty: extraRice }] },
      { sku: 'R-SCAL', name: named('none'), remove: ['scallion'] },
      { sku: 'S-BIG', name: named('big'), scale: big },
      {
        sku: 'X-NOOD',
        name: named('swap'),
        on: ['braised-pork-rice'],
        swap: { from: 'rice', to: 'noodles', qty: '200 g' },
      },
    ],
    suppliers: [],
  };
}

function bookItems(): object[] {
  const units: Readonly<Record<string, string>> = { soy: 'ml', oil: 'ml', egg: 'ea', box: 'ea' };
  return ITEMS.filter((item) => item !== 'marinated-egg').map((item) => ({
    id: item,
    name: named(item),
    unit: units[item] ?? 'g',
    ...(item === 'pork' ? { yield: 0.87 } : {}),
  }));
}

function dish(id: string, sku: string, lines: object[]): object {
  return { id, name: named(id), sku: [sku], price: '32.00', lines };
}

/** The house's books carry both languages; a fault test needs no real dish names. */
function named(text: string): { zh: string; en: string } {
  return { zh: `试 ${text}`, en: text };
}
