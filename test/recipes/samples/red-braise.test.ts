/** The sample restaurant: its book, its opening stock and its till must fit together. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { MICRO } from '#recipes/amount.ts';
import { checkBook } from '#recipes/book/check.ts';
import { durationMs } from '#recipes/book/fields.ts';
import type { Book } from '#recipes/contracts/book.ts';
import { saleSchema } from '#recipes/contracts/pos-event.ts';
import { openKitchen } from '#recipes/kitchen.ts';
import {
  nextCorrection,
  nextSale,
  REFUND_SHARE,
  type Rng,
  salesPerHour,
  VOID_SHARE,
} from '#recipes/samples/red-braise-demand.ts';
import { COMBOS, DISHES, MODIFIERS, NO_CUTLERY } from '#recipes/samples/red-braise-menu.ts';
import { seeded as seededSource } from '../../support/seeded.ts';

type Receipt = {
  readonly supplier?: string;
  readonly ageDays?: number;
  readonly lines: readonly {
    readonly item: string;
    readonly qty: string;
    readonly lot: string;
    readonly expiresIn?: string;
    readonly price?: string;
  }[];
};

/** What trimming leaves over: nobody orders it, nobody plans it. */
const isOffcut = ({ category }: { readonly category?: string | undefined }) =>
  category === 'offcut';

const samples = join(import.meta.dirname, '..', '..', '..', 'recipes', 'samples');
const book = readBook();
const kitchen = openKitchen(book);
const receipts = (read('red-braise-stock.yaml') as { receipts: readonly Receipt[] }).receipts;

describe('the book', () => {
  it('has the size of a believable kitchen', () => {
    const recipes = [...kitchen.recipes.values()];
    const made = recipes.filter(({ kind }) => kind === 'sub');
    expect(book.items?.filter((item) => !isOffcut(item)).length).toBe(130);
    expect(recipes.filter(({ kind }) => kind === 'dish').length).toBeGreaterThanOrEqual(50);
    expect(made.filter(({ kept }) => kept === 'stocked').length).toBeGreaterThanOrEqual(6);
    expect(made.filter(({ kept }) => kept === 'transparent').length).toBeGreaterThanOrEqual(4);
    expect(kitchen.suppliers.size).toBe(6);
  });

  it('sells 红烧肉盖饭 as the contract page has it', () => {
    expect(kitchen.meaning('M-1001')).toEqual({ kind: 'dish', recipe: 'braised-pork-rice' });
    expect(takes('braised-pork-rice', 'takeaway')).toMatchObject({
      'pork-belly': 400_000_000,
      'braising-sauce': 80_000_000,
      rice: 95_652_174,
      'takeaway-box': 1_000_000,
    });
    expect(takes('braised-pork-rice', 'dine_in')).not.toHaveProperty('takeaway-box');
    expect(takes('braised-pork-rice', 'dine_in', 'M4')).toMatchObject({ noodles: 200_000_000 });
    expect(takes('braised-pork-rice', 'dine_in', 'M4')).not.toHaveProperty('rice');
    expect(takes('braised-pork-rice', 'dine_in', 'M9')).not.toHaveProperty('scallion');
    expect(takes('braised-pork-rice', 'dine_in', 'M3')['pork-belly']).toBe(520_000_000);
    expect(takes('braised-pork-rice', 'dine_in', 'M7')['marinated-egg']).toBe(1_000_000);
  });

  it('has every name in both languages', () => {
    const named = [
      ...(book.items ?? []),
      ...(book.recipes ?? []),
      ...(book.modifiers ?? []),
      ...(book.suppliers ?? []),
    ];
    for (const { name } of named) {
      expect(name).toEqual({
        zh: expect.stringMatching(/\p{Script=Han}/u),
        en: expect.any(String),
      });
    }
  });

  it('names allergens as the EU list does', () => {
    const codes = new Set((book.items ?? []).flatMap(({ allergens }) => allergens ?? []));
    const known =
      'cereals_gluten crustaceans eggs fish peanuts soybeans milk nuts celery mustard sesame ' +
      'sulphites lupin molluscs';
    expect([...codes].filter((code) => !known.split(' ').includes(code))).toEqual([]);
  });

  it('lets every item be ordered from someone, in order of safety, par and room', () => {
    const sold = new Set(
      [...kitchen.suppliers.values()].flatMap(({ items }) => items.map((i) => i.item)),
    );
    for (const item of kitchen.items.values()) {
      const { id, made, safety, par, max } = item;
      if (isOffcut(item)) continue;
      if (!made) expect(sold).toContain(id);
      expect([id, safety > 0 && safety < par && (made || par < max)]).toEqual([id, true]);
    }
  });
});

describe('the till', () => {
  it('knows the codes, names and prices of the book', () => {
    const onTill = [...DISHES, ...COMBOS].map(({ sku, price, name }) => [sku, price, name]);
    const inBook = (book.recipes ?? []).flatMap((recipe) =>
      [recipe.sku ?? []].flat().map((sku) => [sku, Number(recipe.price), zh(recipe.name)]),
    );
    expect(onTill.toSorted()).toEqual(inBook.toSorted());
    const asked = [...MODIFIERS, NO_CUTLERY].map(({ sku, price, name }) => [sku, price, name]);
    const extras = (book.modifiers ?? []).map(({ sku, price, name }) => [
      sku,
      Number(price ?? 0),
      zh(name),
    ]);
    expect(asked.toSorted()).toEqual(extras.toSorted());
  });

  it('keys in sales that the contract and the kitchen understand, of everything on the menu', () => {
    const rng = seeded(1);
    const sold = new Set<string>();
    const channels = new Set<string>();
    for (let sale = 0; sale < 3000; sale += 1) {
      const { lines, channel } = nextSale(rng, sale % 2 === 0 ? 12 : 19);
      expect(saleSchema.safeParse({ saleId: `s-${sale}`, channel, lines }).error).toBeUndefined();
      channels.add(channel);
      for (const line of lines) {
        sold.add(line.sku);
        for (const { sku } of line.modifiers ?? []) sold.add(sku);
        const meaning = kitchen.meaning(line.sku);
        if (meaning?.kind !== 'dish') throw new Error(`${line.sku} is no dish`);
        const asked = (line.modifiers ?? []).map(({ sku }) => sku);
        expect(kitchen.unknownModifiers(meaning.recipe, asked)).toEqual([]);
        const parent = lines.find(({ lineId }) => lineId === line.parentLineId);
        if (line.parentLineId !== undefined) expect(parent?.kind).toBe('combo');
      }
    }
    expect(channels).toEqual(new Set(['dine_in', 'takeaway', 'delivery']));
    const menu = [...DISHES, ...COMBOS, ...MODIFIERS, NO_CUTLERY].map(({ sku }) => sku);
    expect(menu.filter((sku) => !sold.has(sku))).toEqual([]);
  });

  it('gives the same sales for the same numbers', () => {
    const once = Array.from({ length: 50 }, nthSale(seeded(7)));
    expect(Array.from({ length: 50 }, nthSale(seeded(7)))).toEqual(once);
    expect(Array.from({ length: 50 }, nthSale(seeded(8)))).not.toEqual(once);
  });

  it('sells at lunch and dinner only, some 300 times a day', () => {
    expect([0, 8, 10, 22, 23.5].map(salesPerHour)).toEqual([0, 0, 0, 0, 0]);
    expect(salesPerHour(12.5)).toBeGreaterThan(salesPerHour(19));
    expect(salesPerHour(19)).toBeGreaterThan(salesPerHour(15.5));
    const minutes = Array.from({ length: 1440 }, (_, minute) => salesPerHour(minute / 60) / 60);
    const day = minutes.reduce((sum, rate) => sum + rate, 0);
    expect(day).toBeGreaterThan(250);
    expect(day).toBeLessThan(350);
  });

  it('takes back a share of what it sold, and only what it sold', () => {
    const rng = seeded(3);
    const seen = { void: 0, refund: 0 };
    for (let sale = 0; sale < 20_000; sale += 1) {
      const { lines } = nextSale(rng, 12);
      const correction = nextCorrection(rng, lines);
      if (correction === undefined) continue;
      seen[correction.kind] += 1;
      if (correction.kind !== 'refund') continue;
      for (const { lineId, qty } of correction.lines) {
        const line = lines.find((one) => one.lineId === lineId);
        expect(Number(qty)).toBeGreaterThan(0);
        expect(Number(qty)).toBeLessThanOrEqual(Number(line?.qty));
      }
    }
    expect(seen.void / 20_000).toBeCloseTo(VOID_SHARE, 2);
    expect(seen.refund / 20_000).toBeCloseTo(REFUND_SHARE, 2);
  });
});

describe('the opening stock', () => {
  it('is bought from who sells it, at the price of the packs; what is made has no supplier', () => {
    for (const { supplier, lines } of receipts) {
      const offers = kitchen.suppliers.get(supplier ?? '')?.items ?? [];
      for (const { item, qty, price } of lines) {
        const offer = offers.find((one) => one.item === item);
        const known = kitchen.items.get(item);
        const ours = known !== undefined && (known.made || isOffcut(known));
        expect([item, ours]).toEqual([item, supplier === undefined]);
        if (offer === undefined) continue;
        const packs = amount(item, qty) / offer.pack;
        expect([item, Number.isInteger(packs)]).toEqual([item, true]);
        const paid = Number.parseFloat(qty) * Number(price);
        expect([item, paid.toFixed(2)]).toEqual([item, (packs * Number(offer.price)).toFixed(2)]);
      }
    }
  });

  it('has a lot number of its own and an expiry within the shelf life on every line', () => {
    const lots = receipts.flatMap(({ lines }) => lines);
    expect(new Set(lots.map(({ lot }) => lot)).size).toBe(lots.length);
    expect(new Set(lots.map(({ item }) => item))).toEqual(new Set(kitchen.items.keys()));
    for (const { item, expiresIn } of lots) {
      const life = kitchen.items.get(item)?.shelfLifeMs;
      expect([item, expiresIn === undefined]).toEqual([item, life === undefined]);
      if (expiresIn !== undefined) expect(durationMs(expiresIn)).toBeLessThanOrEqual(life ?? 0);
    }
  });

  it('keeps what spoils within three days in two lots that expire one after the other', () => {
    for (const { id, shelfLifeMs = Number.POSITIVE_INFINITY } of kitchen.items.values()) {
      if (shelfLifeMs > durationMs('3d')) continue;
      const lots = receipts.flatMap(({ lines }) => lines).filter(({ item }) => item === id);
      const expiries = lots.map(({ expiresIn = '0m' }) => durationMs(expiresIn));
      expect([id, new Set(expiries).size]).toEqual([id, 2]);
    }
  });

  it.each([1, 2, 3, 4, 5])('is enough for 600 sales (dice %i)', (seed) => {
    const left = new Map<string, number>();
    for (const { item, qty } of receipts.flatMap(({ lines }) => lines)) {
      left.set(item, (left.get(item) ?? 0) + amount(item, qty));
    }
    const sell = nthSale(seeded(seed));
    for (let sale = 0; sale < 600; sale += 1) {
      const { lines, channel } = sell(undefined, sale);
      for (const line of lines) {
        const meaning = kitchen.meaning(line.sku);
        if (meaning?.kind !== 'dish') continue;
        const asked = (line.modifiers ?? []).map(({ sku }) => ({ sku, qty: MICRO }));
        for (const take of kitchen.explode(meaning.recipe, asked, channel)) {
          left.set(take.item, (left.get(take.item) ?? 0) - take.amount * Number(line.qty));
        }
      }
    }
    expect([...left].filter(([, amountLeft]) => amountLeft < 0)).toEqual([]);
  });
});

function read(file: string): unknown {
  return parse(readFileSync(join(samples, file), 'utf8'));
}

function readBook(): Book {
  const checked = checkBook(read('red-braise.yaml'));
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems, undefined, 2));
  return checked.book;
}

function amount(item: string, qty: string): number {
  const known = kitchen.items.get(item);
  if (!known) throw new Error(`${item} is not in the book`);
  return known.convert(qty);
}

function takes(recipe: string, channel: string, ...modifiers: string[]): Record<string, number> {
  const asked = modifiers.map((sku) => ({ sku, qty: MICRO }));
  return Object.fromEntries(
    kitchen.explode(recipe, asked, channel).map((take) => [take.item, take.amount]),
  );
}

function zh(name: unknown): unknown {
  return (name as { readonly zh: string }).zh;
}

/** Sales spread over a day as the restaurant has them: three at lunch for two at dinner. */
function nthSale(rng: Rng): (_: unknown, nth: number) => ReturnType<typeof nextSale> {
  return (_, nth) => nextSale(rng, nth % 5 < 3 ? 12 : 19);
}

function seeded(seed: number): Rng {
  return seededSource(seed).next;
}
