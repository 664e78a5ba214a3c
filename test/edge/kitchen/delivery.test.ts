/** Deliveries: lots with their dates and cost, what is refused at the door, and what a new price does. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { KITCHEN_BOOK } from './kitchen-book.ts';
import { type KitchenBox, kitchenBox, START } from './kitchen-box.ts';

const DAY = 86_400_000;
let box: KitchenBox;

beforeEach(async () => {
  box = await kitchenBox();
});
afterEach(() => box.stop());

const lotRow = (code: string) => box.box.parts.lots.byCode(code).at(-1);

test('each line becomes a lot: code, dates, cost per written unit', async () => {
  const { data } = await box.done('delivery.receive', {
    supplier: 'jinluo',
    lines: [
      {
        item: 'belly',
        qty: '3 pack',
        lot: 'A',
        price: '64.10',
        producedAt: '2026-11-21T00:00:00+08:00',
      },
      { item: 'belly', qty: '500 g', expiresAt: '2026-11-23T00:00:00+08:00' },
      { item: 'soy', qty: '2 l', price: 12 },
      { item: 'egg', qty: 30, price: '0' },
    ],
  });
  const [, own, , eggs] = data.lots;
  expect(lotRow('A')).toMatchObject({
    amount: 6_000_000_000,
    cost: 192_3000,
    supplier: 'jinluo',
    expiresAt: Date.parse('2026-11-24T00:00:00+08:00'),
  });
  // Without a price, the supplier's price per pack: a quarter of 64.00.
  expect(lotRow(own?.lot ?? '')).toMatchObject({
    cost: 16_0000,
    expiresAt: Date.parse('2026-11-23T00:00:00+08:00'),
  });
  expect(lotRow(eggs?.lot ?? '')).toMatchObject({ cost: 0, expiresAt: null });
  expect(new Set(data.lots.map(({ lot }) => lot)).size).toBe(4);
});

test('catch weight: three packs that weigh 6.3 kg, at the price of a pack', async () => {
  await box.done('delivery.receive', {
    lines: [{ item: 'belly', qty: '3 pack', weight: '6.3 kg', price: '64.00', lot: 'A' }],
  });
  expect(lotRow('A')).toMatchObject({ amount: 6_300_000_000, cost: 192_0000 });
});

test('too warm: refused, or released by a manager with a reason; measured exactly', async () => {
  const line = (temperature?: string) => ({
    lines: [{ item: 'salmon', qty: '1 kg', lot: 'S', temperature }],
  });
  expect(await box.refused('delivery.receive', line())).toBe('temperature_needed');
  expect(await box.refused('delivery.receive', line('4.01'))).toBe('too_warm');
  await box.done('delivery.receive', line('4.0'));
  await box.done('delivery.receive', line('-18'));
  await box.done('delivery.receive', { ...line('9'), release: 'ice melted, core is cold' });
  expect(box.lots()).toEqual({ 'salmon/S': 3_000 });
});

test('what is refused at the door never was in stock, and needs no thermometer', async () => {
  const all = await box.done('delivery.receive', {
    lines: [{ item: 'salmon', qty: 0, refused: '2 fish', problem: 'rejected' }],
  });
  expect(all.data).toMatchObject({ lots: [] });
  expect(box.lots()).toEqual({});
  // It can be taken back like any other: somebody pressed the wrong line.
  await box.undo(all.seq);
  await box.done('delivery.receive', {
    lines: [
      {
        item: 'egg',
        qty: '2 tray',
        refused: '1 tray',
        ordered: '3 tray',
        problem: 'damaged',
        lot: 'E',
      },
    ],
  });
  expect(box.lots()).toEqual({ 'egg/E': 60 });
});

test('short and over, in the base unit', async () => {
  const { data } = await box.done('delivery.receive', {
    lines: [
      { item: 'egg', qty: '2 tray', ordered: '3 tray' },
      { item: 'belly', qty: '3 pack', ordered: '2 pack' },
      { item: 'rice', qty: 5, ordered: 5 },
    ],
  });
  expect(data['short']).toEqual([
    { item: 'egg', missing: '30' },
    { item: 'belly', missing: '-2000' },
  ]);
});

test('a new price says what it does to the dishes', async () => {
  await box.receive('belly', '1 pack', 'A', '64.00');
  const { data } = await box.done('delivery.receive', {
    lines: [{ item: 'belly', qty: '1 pack', price: '80.00' }],
  });
  // 0.032 to 0.040 per gram, 100 g as bought in a bowl.
  expect(data['prices']).toEqual([
    {
      item: 'belly',
      was: '0.032',
      now: '0.04',
      change: 0.25,
      dishes: [{ recipe: 'bowl', more: '0.80' }],
    },
  ]);
});

test('a price is compared with what was paid, not with a mistake taken back or a piece that was trimmed', async () => {
  await box.receive('belly', '1 pack', 'A', '64.00');
  const typo = await box.receive('belly', '1 pack', 'B', '640.00');
  await box.undo(typo.seq);
  const outs = [{ to: 'usable', qty: 400 }, { to: 'bin' }];
  await box.done('trim.log', { lot: 'A', in: '1 kg', outs });
  expect((await box.receive('belly', '1 pack', 'C', '64.00')).data['prices']).toEqual([]);
});

test('a shortage is settled by the next delivery, and comes back when that is taken back', async () => {
  await box.sell('E', 10);
  const eggs = await box.receive('egg', '1 tray', 'E', '30');
  expect(box.lots()).toEqual({ 'egg/E': 10 });
  await box.undo(eggs.seq);
  expect(box.lots()).toEqual({ 'egg/-': -20 });
});

test('a delivery that was trimmed and cooked since is taken back: what is missing shows, nothing is lost', async () => {
  const came = await box.receive('belly', '1 kg', 'A', '40.00');
  const outs = [
    { to: 'usable', qty: 400 },
    { to: 'reuse', item: 'scraps' },
  ];
  const trim = await box.done('trim.log', { lot: 'A', in: '600', outs });
  const batch = await box.done('batch.produce', { recipe: 'broth', qty: '9 kg', lot: 'BR' });
  const before = box.lots();
  const gone = await box.undo(came.seq);
  expect(await box.stock()).toMatchObject({ belly: '-1000', broth: '9000', scraps: '200' });
  await box.undo(gone.seq);
  expect(await box.stock()).toMatchObject({ belly: '0', broth: '9000', scraps: '200' });
  await box.undo(batch.seq);
  await box.undo(trim.seq);
  box.tick();
  expect(box.lots()).toEqual({ 'belly/A': 1_000 });
  expect(before).toMatchObject({ 'broth/BR': 9_000 });
});

test('an expired lot is still goods: used first, wasted by its label', async () => {
  await box.receive('belly', '1 kg', 'OLD', '40');
  box.now = START + 5 * DAY;
  await box.receive('belly', '1 kg', 'NEW', '40');
  await box.sell('B', 1);
  expect(box.lots()).toMatchObject({ 'belly/OLD': 900, 'belly/NEW': 1_000 });
  await box.done('waste.log', { lot: 'OLD', reason: 'expired' });
  expect(box.lots()).toMatchObject({ 'belly/NEW': 1_000 });
});

test('a barcode is learned, learned again, and forgotten', async () => {
  const { barcodes } = await import('../../../edge/kitchen/barcode-store.ts').then((store) => ({
    barcodes: store.openBarcodeStore(box.box.parts.db),
  }));
  const first = await box.done('barcode.learn', { barcode: '690001', item: 'egg', unit: 'tray' });
  const second = await box.done('barcode.learn', { barcode: '690001', item: 'rice' });
  expect(barcodes.all()).toEqual([{ code: '690001', item: 'rice', unit: null }]);
  const undone = await box.undo(second.seq);
  expect(barcodes.all()).toEqual([{ code: '690001', item: 'egg', unit: 'tray' }]);
  await box.undo(undone.seq);
  expect(barcodes.all()).toEqual([{ code: '690001', item: 'rice', unit: null }]);
  await box.undo(first.seq);
  expect(barcodes.all()).toHaveLength(1);
});

test('the book has changed since: an item that is gone, a yield that is another', async () => {
  await box.receive('belly', '1 kg', 'A', '40');
  await box.receive('egg', '10', 'E', '1');
  const wasted = await box.done('waste.log', { lot: 'E', qty: 1, reason: 'dropped' });
  const items = KITCHEN_BOOK.items
    .filter(({ id }) => id !== 'egg')
    .map((item) => (item.id === 'belly' ? { ...item, yield: 0.5 } : item));
  const recipes = KITCHEN_BOOK.recipes.filter(({ id }) => id !== 'omelette');
  const answer = await box.api<{ version?: number }>('PUT', '/book', {
    ...KITCHEN_BOOK,
    items,
    recipes,
    modifiers: [],
  });
  expect(answer.version).toBe(2);
  // A trim of yesterday is reckoned with the yield of yesterday.
  const outs = [{ to: 'usable', qty: 400 }, { to: 'bin' }];
  const yesterday = new Date(START - DAY / 2).toISOString();
  const late = await box.done('trim.log', { lot: 'A', in: 500, outs }, { at: yesterday });
  expect(late.data).toMatchObject({ standard: '0.800', contained: '100' });
  const now = await box.done('trim.log', { lot: 'A', in: 500, outs });
  expect(now.data).toMatchObject({ standard: '0.500', contained: '100' });
  expect(await box.stock()).toMatchObject({ belly: '1300' });
  expect(await box.refused('waste.log', { lot: 'E', reason: 'other' })).toBe('unknown_item');
  await box.undo(wasted.seq);
  expect(box.lots()).toMatchObject({ 'egg/E': 10 });
});
