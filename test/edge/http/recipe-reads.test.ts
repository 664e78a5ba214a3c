/** Recipes with cost and coverage, and the simulation that a sale then keeps to. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBox, type TestBox } from '../../support/start-box.ts';
import { newId, SMALL_BOOK } from '../small-kitchen.ts';

const [pork, ...items] = SMALL_BOOK.items;
const BOOK = {
  ...SMALL_BOOK,
  items: [pork, ...items],
  recipes: [
    ...SMALL_BOOK.recipes.map((recipe) =>
      recipe.sku === 'B' ? { ...recipe, price: '20' } : recipe,
    ),
    {
      id: 'stock',
      makes: '2 kg',
      sold: '1 kg',
      kept: 'stocked',
      lines: [{ item: 'pork', qty: '800 g' }],
    },
  ],
};

type Recipe = { id: string; cost: string | null; margin: string | null; missing: string[] };
type List = {
  coverage: { mapped: number; total: number; soldShare: number | null };
  recipes: Recipe[];
};
type Takes = {
  takes: { item: string; qty: string; onHand: string; after: string }[];
  cost: string;
};

let box: TestBox;
beforeAll(async () => {
  box = await startBox({ book: BOOK });
  await box.command('delivery.receive', {
    lines: [
      { item: 'pork', qty: '10 kg', price: '30' },
      { item: 'rice', qty: '10 kg', price: '6' },
      { item: 'leek', qty: '2 kg', price: '8' },
      { item: 'egg', qty: '100 ea', price: '0.8' },
      { item: 'noodles', qty: '2 kg', price: '5' },
    ],
  });
});
afterAll(() => box.stop());

const list = () => box.api<List>('GET', '/recipes');
const simulate = (id: string, body: object) =>
  box.api<Takes>('POST', `/recipes/${id}/simulate`, body);

test('costs through AP amounts, margin against the price, lines with their yield', async () => {
  const { recipes } = await list();
  const of = (id: string) => recipes.find((recipe) => recipe.id === id);
  // 105 g of pork at 0.03, 200 g of rice at 0.006, 5 g of leek at 0.008: 3.15 + 1.20 + 0.04
  expect(of('bowl')).toMatchObject({
    kind: 'dish',
    sku: ['B'],
    price: '20',
    cost: '4.39',
    margin: '0.78',
    missing: [],
    lines: [
      { item: 'pork', qty: '80', yield: '0.8', ap: '100', unit: 'g', cost: '3.00' },
      { item: 'rice', qty: '200', yield: '1', ap: '200', cost: '1.20' },
      { recipe: 'sauce', qty: '50', ap: '50', cost: '0.19' },
      { item: 'box', channel: ['takeaway'], cost: null },
    ],
    usedBy: [],
  });
  expect(of('sauce')).toMatchObject({ kind: 'sub', cost: '3.80', usedBy: ['bowl'], margin: null });
  const skus = (of('egg-dish') as unknown as { modifiers: { sku: string }[] }).modifiers;
  expect(skus.map(({ sku }) => sku)).toEqual(['M-egg', 'M-noleek', 'M-large']);
});

type Said = { qty?: string | number; modifiers?: object[]; channel?: string };

test.each<[string, string, Said]>([
  ['bowl', 'B', { qty: 2 }],
  ['bowl', 'B', { qty: '3', modifiers: [{ sku: 'M-egg', qty: 2 }, { sku: 'M-large' }] }],
  ['bowl', 'B', { modifiers: [{ sku: 'M-noodles' }, { sku: 'M-noleek' }], channel: 'dine_in' }],
  ['deli', 'D', { qty: '0.345' }],
])('%s: a sale takes exactly what was simulated', async (recipe, sku, said) => {
  const simulated = await simulate(recipe, said);
  const { channel, qty = 1, ...rest } = said;
  const line = { lineId: '1', sku, qty, ...rest };
  const data = { saleId: newId('sim'), lines: [line], ...(channel ? { channel } : {}) };
  const [result] = await box.send({
    specversion: '1.0',
    id: newId('sim-event'),
    type: 'larder.pos.sale.v1',
    data,
  });
  expect(result?.status).toBe('applied');
  const after = await box.stock();
  expect(simulated.takes.length).toBeGreaterThan(0);
  for (const take of simulated.takes) expect(after[take.item], take.item).toBe(take.after);
  const sale = await box.api<{ lines: { took: { item: string; amount: string }[] }[] }>(
    'GET',
    `/sales/${data.saleId}`,
  );
  const took = (sale.lines[0]?.took ?? []).map(({ item, amount }) => [item, amount]);
  expect(took.sort()).toEqual(simulated.takes.map(({ item, qty }) => [item, qty]).sort());
});

test('what is made ahead is simulated as a batch; what is unknown is named', async () => {
  expect(await simulate('stock', { qty: 1 })).toMatchObject({
    takes: [{ item: 'pork', qty: '500' }],
    cost: '15.00',
  });
  expect(await simulate('nothing', {})).toMatchObject({ code: 'unknown_recipe' });
  const odd = { modifiers: [{ sku: 'M-what' }] };
  expect(await simulate('bowl', odd)).toMatchObject({ status: 422, code: 'unknown_modifier' });
  expect(await simulate('bowl', { qty: 'many' })).toMatchObject({ code: 'bad_query' });
});

test('coverage: of what was sold and of the codes seen', async () => {
  const before = (await list()).coverage;
  expect(before).toEqual({ mapped: 2, total: 2, soldShare: 1 });
  await box.send({ id: newId('odd'), items: [{ sku: 'NEW-1', qty: 2 }] });
  await box.send({
    specversion: '1.0',
    id: newId('menu'),
    type: 'larder.pos.menu.v1',
    data: { dishes: [{ sku: 'E' }, { sku: 'NEW-2' }, { sku: 'OFF', active: false }] },
  });
  // Sold so far: 2 + 3 + 1 bowls and 0.345 kg of deli, and 2 of a code that nobody knows.
  expect((await list()).coverage).toEqual({
    mapped: 3,
    total: 5,
    soldShare: Math.round((6.345 / 8.345) * 10_000) / 10_000,
  });
  await box.command('sku.map', { sku: 'NEW-1', recipe: 'bowl' });
  expect((await list()).coverage).toEqual({ mapped: 4, total: 5, soldShare: 1 });
});
