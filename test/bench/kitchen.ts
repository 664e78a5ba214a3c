/**
 * The kitchens of the benchmark. W: 30 items, 20 dishes of 6 ingredients (the sixth through a
 * sub-recipe), a sale of 4 lines = 24 moves. W6: one of these dishes, a sale of 1 line = 6 moves. W1: one
 * dish of one ingredient, a sale of 1 line.
 */

export const ITEMS = 30;
export const DISHES = 20;
export const INGREDIENTS = 6;
export const LINES = 4;

export type Load = 'W' | 'W6' | 'W1';

/** What one dish takes: item numbers and grams; dish `d` of `DISHES`. */
export function dishTakes(d: number): { item: number; grams: number }[] {
  return Array.from({ length: INGREDIENTS }, (_, i) => ({
    item: (d * 7 + i * 5) % ITEMS,
    grams: 10 + ((d * 13 + i * 29) % 190),
  }));
}

/** The recipe book of both loads. */
export function benchBook(): object {
  return {
    larder: 1,
    name: 'Bench',
    currency: 'CNY',
    items: Array.from({ length: ITEMS }, (_, i) => ({
      id: `item-${i}`,
      name: { en: `Item ${i}` },
      unit: 'g',
      stock: { safety: '1 kg' },
    })),
    recipes: [
      ...Array.from({ length: DISHES }, (_, d) => {
        const last = dishTakes(d)[INGREDIENTS - 1];
        return {
          id: `sub-${d}`,
          makes: '100 g',
          lines: [{ item: `item-${last?.item}`, qty: '100 g' }],
        };
      }),
      ...Array.from({ length: DISHES }, (_, d) => ({
        id: `dish-${d}`,
        sku: `D${d}`,
        lines: dishTakes(d).map(({ item, grams }, i) =>
          i === INGREDIENTS - 1
            ? { recipe: `sub-${d}`, qty: `${grams} g` }
            : { item: `item-${item}`, qty: `${grams} g` },
        ),
      })),
      { id: 'single', sku: 'S', lines: [{ item: 'item-0', qty: '0.4 g' }] },
    ],
  };
}

/** Enough stock of every item, in two lots, so that FEFO has something to decide. */
export function benchDelivery(): object {
  return {
    lines: Array.from({ length: ITEMS }, (_, i) => [
      {
        item: `item-${i}`,
        qty: '400000 kg',
        lot: 'A',
        expiresAt: '2027-06-01T00:00:00Z',
        price: '0.01',
      },
      {
        item: `item-${i}`,
        qty: '4000000 kg',
        lot: 'B',
        expiresAt: '2028-06-01T00:00:00Z',
        price: '0.01',
      },
    ]).flat(),
  };
}

/** Sale number `n` as the bytes a POS sends. Deterministic. */
export function saleBody(load: Load, n: number, prefix: string): string {
  const id = `${prefix}-${String(n).padStart(8, '0')}`;
  const lines =
    load === 'W1'
      ? [{ lineId: '1', sku: 'S', name: 'Single', qty: '1', net: '1.00' }]
      : Array.from({ length: load === 'W6' ? 1 : LINES }, (_, l) => ({
          lineId: String(l + 1),
          sku: `D${(n * 3 + l * 7) % DISHES}`,
          name: `Dish ${(n * 3 + l * 7) % DISHES}`,
          qty: '1',
          net: '32.00',
        }));
  return JSON.stringify({
    specversion: '1.0',
    id,
    source: '/stores/demo/pos/T1',
    type: 'larder.pos.sale.v1',
    time: new Date(SALES_START + n * 1_000).toISOString(),
    datacontenttype: 'application/json',
    sequence: String(n + 1),
    epoch: prefix,
    data: { saleId: id, channel: 'dine_in', currency: 'CNY', lines },
  });
}

const SALES_START = Date.parse('2026-11-01T04:00:00Z');
