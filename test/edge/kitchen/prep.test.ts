/** Batches, and what the box infers when a made-ahead part was sold that nobody logged as made. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { KITCHEN_BOOK } from './kitchen-book.ts';
import { type KitchenBox, kitchenBox, START } from './kitchen-box.ts';

const HOUR = 3_600_000;
let box: KitchenBox;

beforeEach(async () => {
  box = await kitchenBox();
});
afterEach(() => box.stop());

async function stockUp(): Promise<void> {
  await box.receive('belly', '10 kg', 'P', '30');
  await box.receive('soy', '10 l', 'S', '8.00');
  await box.receive('rice', '10 kg', 'R', '5.00');
}

async function inferred(): Promise<Record<string, string>> {
  type Item = { kind: string; subject: { recipe: string; qty: string } };
  const { items } = await box.api<{ items: Item[] }>('GET', '/inbox');
  const prep = items.filter(({ kind }) => kind === 'prep_inferred');
  return Object.fromEntries(prep.map(({ subject }) => [subject.recipe, subject.qty]));
}

describe('batches', () => {
  test('a batch takes what its recipe says, and is a lot with that cost and its own shelf life', async () => {
    await stockUp();
    const batch = await box.done('batch.produce', {
      recipe: 'broth',
      qty: '5 kg',
      actual: '4.8 kg',
      labels: 2,
    });
    const { lot } = batch.data;
    expect(batch.data).toMatchObject({
      moves: [
        { item: 'belly', lot: 'P', from: 'stock', to: 'production', amount: '500' },
        { item: 'broth', lot, from: 'production', to: 'stock', amount: '4800' },
      ],
      cost: '15.00',
      item: 'broth',
      expected: '5000',
      actual: '4800',
      yield: '0.960',
      labels: [`LR1|broth|${lot}`, `LR1|broth|${lot}`],
      short: [],
      expiresAt: new Date(START + 48 * HOUR).toISOString(),
    });
    // What is made of it carries that cost on: 2.4 kg of 4.8 kg cost 7.50, 960 ml of soy 7.68.
    const sauce = await box.done('batch.produce', { recipe: 'sauce', qty: '4.8 kg', lot: 'SAUCE' });
    expect(sauce.data).toMatchObject({ cost: '15.18', lot: 'SAUCE' });
    expect(box.lots()).toMatchObject({ [`broth/${lot}`]: 2_400, 'sauce/SAUCE': 4_800 });
    await box.undo(sauce.seq);
    await box.undo(batch.seq);
    expect(box.lots()).toEqual({ 'belly/P': 10_000, 'soy/S': 10_000, 'rice/R': 10_000 });
  });

  test('what is done today was made today, also after the clock was a year ahead for a moment', async () => {
    const done = async () => {
      type Batch = { item: string; done: { qty: string } | null };
      const { batches } = await box.api<{ batches: Batch[] }>('GET', '/prep');
      return batches.find(({ item }) => item === 'broth')?.done?.qty ?? null;
    };
    await stockUp();
    const now = box.now;
    box.now += 365 * 24 * HOUR;
    await box.done('batch.produce', { recipe: 'broth', qty: '5 kg' });
    expect(await done()).toBe('5000');
    box.now = now;
    expect(await done()).toBeNull();
    await box.done('batch.produce', { recipe: 'broth', qty: '1 kg' });
    expect(await done()).toBe('1000');
  });

  test('with too little of an input the batch is made all the same, and says what was missing', async () => {
    await box.receive('soy', '150', 'S', '0.01');
    const batch = await box.done('batch.produce', { recipe: 'sauce', qty: '1 kg', lot: 'X' });
    expect(batch.data).toMatchObject({
      cost: '1.50',
      short: [
        { item: 'soy', missing: '50' },
        { item: 'broth', missing: '500' },
      ],
    });
    expect(box.lots()).toEqual({ 'soy/-': -50, 'broth/-': -500, 'sauce/X': 1_000 });
    // The broth must have been made; that took belly which has not come yet.
    box.tick();
    expect(box.lots()).toEqual({ 'soy/-': -50, 'belly/-': -50, 'sauce/X': 1_000 });
    expect(await inferred()).toEqual({ broth: '500' });
    await box.undo(batch.seq);
    box.tick();
    expect(box.lots()).toEqual({ 'soy/S': 150 });
    expect(await inferred()).toEqual({});
  });
});

describe('inferred', () => {
  test('sold before it was logged: made ahead of made ahead is inferred, down to what was bought', async () => {
    await stockUp();
    await box.sell('S', 10);
    expect(box.lots()).toMatchObject({ 'sauce/-': -1_000 });
    box.tick();
    expect(box.lots()).toEqual({ 'belly/P': 9_950, 'soy/S': 9_800, 'rice/R': 9_000 });
    expect(await inferred()).toEqual({ sauce: '1000', broth: '500' });
  });

  test('a void of the sale takes it back, lot by lot', async () => {
    await stockUp();
    const first = await box.sell('S', 3);
    box.tick();
    const second = await box.sell('S', 7);
    box.tick();
    await box.voidSale(first);
    box.tick();
    expect(await inferred()).toEqual({ sauce: '700', broth: '350' });
    expect(box.lots()).toEqual({ 'belly/P': 9_965, 'soy/S': 9_860, 'rice/R': 9_300 });
    await box.voidSale(second);
    box.tick();
    expect(await inferred()).toEqual({});
    expect(box.lots()).toEqual({ 'belly/P': 10_000, 'soy/S': 10_000, 'rice/R': 10_000 });
  });

  test('a batch logged late replaces it', async () => {
    await stockUp();
    await box.sell('S', 10);
    box.tick();
    const sauce = await box.done('batch.produce', { recipe: 'sauce', qty: '3 kg', lot: 'SAUCE' });
    box.tick();
    // 3 kg of sauce took 1.5 kg of broth, which is still only inferred: 150 g of belly.
    expect(box.lots()).toEqual({
      'belly/P': 9_850,
      'soy/S': 9_400,
      'rice/R': 9_000,
      'sauce/SAUCE': 2_000,
    });
    expect(await inferred()).toEqual({ broth: '1500' });
    await box.done('batch.produce', { recipe: 'broth', qty: '2 kg', lot: 'BROTH' });
    box.tick();
    expect(await inferred()).toEqual({});
    expect(box.lots()).toEqual({
      'belly/P': 9_800,
      'soy/S': 9_400,
      'rice/R': 9_000,
      'sauce/SAUCE': 2_000,
      'broth/BROTH': 500,
    });
    await box.undo(sauce.seq);
    box.tick();
    expect(await inferred()).toEqual({ sauce: '1000' });
  });

  test('in whatever order sale, void, batch and delivery arrive, the same is left', async () => {
    const steps: (() => Promise<unknown>)[] = [
      () => box.sell('S', 4),
      () => box.sell('S', 2).then((sale) => box.voidSale(sale)),
      () => box.done('batch.produce', { recipe: 'sauce', qty: '300', lot: 'S1' }),
      () => box.done('batch.produce', { recipe: 'broth', qty: '1 kg', lot: 'B1' }),
      () => box.receive('belly', '1 kg', 'P', '30'),
      () => box.receive('soy', '1 l', 'S', '8.00'),
    ];
    const seen = new Set<string>();
    for (let turn = 0; turn < steps.length; turn++) {
      const order = [...steps.slice(turn), ...steps.slice(0, turn)];
      for (const list of [order, [...order].reverse()]) {
        const other = await kitchenBox();
        const own = box;
        box = other;
        for (const step of list) {
          await step();
          box.tick();
        }
        seen.add(JSON.stringify([await box.stock(), await inferred()]));
        await other.stop();
        box = own;
      }
    }
    expect([...seen]).toHaveLength(1);
    // 400 g of sauce were sold and 300 made: 100 inferred. Of 1 kg of broth, 150 + 50 went into sauce.
    expect([...seen][0]).toContain('"sauce":"0"');
    expect([...seen][0]).toContain('"broth":"800"');
  });

  test('what is inferred cannot be taken back by hand: it follows from the sales', async () => {
    await stockUp();
    await box.sell('S', 10);
    box.tick();
    const seq = box.box.parts.ledger.seq();
    expect(box.box.parts.ledger.entries.get(seq)?.head.kind).toBe('prep');
    expect(await box.refused('entry.reverse', { entry: seq })).toBe('follows_by_itself');
  });

  test('turned off: nothing more is inferred, and what stood goes when it is no longer true', async () => {
    await stockUp();
    const sale = await box.sell('S', 10);
    box.tick();
    await box.done('setting.set', { key: 'inferPrep', value: 'off' });
    await box.sell('S', 1);
    box.tick();
    expect(await inferred()).toEqual({ sauce: '1000', broth: '500' });
    await box.voidSale(sale);
    box.tick();
    expect(await inferred()).toEqual({ sauce: '100', broth: '50' });
    expect(await box.stock()).toMatchObject({ sauce: '0', broth: '0', soy: '9980', belly: '9995' });
  });

  test('a book that no longer makes it ahead: what stood goes when it is no longer true', async () => {
    await stockUp();
    const sale = await box.sell('S', 10);
    box.tick();
    const recipes = KITCHEN_BOOK.recipes.map((recipe) =>
      recipe.id === 'sauce' ? { ...recipe, kept: 'transparent' } : recipe,
    );
    await box.api('PUT', '/book', { ...KITCHEN_BOOK, recipes });
    await box.voidSale(sale);
    box.tick();
    expect(await inferred()).toEqual({});
    expect(box.lots()).toEqual({ 'belly/P': 10_000, 'soy/S': 10_000, 'rice/R': 10_000 });
  });

  test('amounts beyond all bounds block nobody: the box goes on, also after a restart', async () => {
    const recipes = KITCHEN_BOOK.recipes.map((recipe) =>
      recipe.id === 'broth'
        ? { ...recipe, makes: '0.001 g', lines: [{ item: 'belly', qty: '5 kg' }] }
        : recipe,
    );
    await box.api('PUT', '/book', { ...KITCHEN_BOOK, recipes });
    await box.sell('S', 1_000_000);
    expect(() => box.tick()).not.toThrow();
    await box.restart();
    expect(await box.stock()).toMatchObject({ broth: '-50000000', sauce: '0' });
    await box.receive('rice', '1 kg', 'R');
    expect((await box.stock())['rice']).toBe('-99999000');
  });
});

test('a book that makes it ahead from now on, or the setting turned on: inferred without a restart', async () => {
  const recipes = KITCHEN_BOOK.recipes.map((recipe) =>
    recipe.id === 'sauce' ? { ...recipe, kept: 'transparent' } : recipe,
  );
  await box.sell('S', 10);
  await box.done('setting.set', { key: 'inferPrep', value: 'off' });
  box.tick();
  expect(box.lots()).toMatchObject({ 'sauce/-': -1_000 });
  await box.api('PUT', '/book', { ...KITCHEN_BOOK, recipes });
  await box.done('setting.set', { key: 'inferPrep', value: 'on' });
  box.tick();
  expect(box.lots()).toMatchObject({ 'sauce/-': -1_000 });
  box.now += HOUR;
  await box.api('PUT', '/book', { ...KITCHEN_BOOK, name: 'again' });
  box.tick();
  expect(await inferred()).toEqual({ sauce: '1000', broth: '500' });
  expect(box.lots()).toMatchObject({ 'belly/-': -50, 'soy/-': -200 });
});
