/** Waste, staff meals, offcuts used up, goods sent back: what leaves, from which lot, at what cost. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type KitchenBox, kitchenBox, START } from './kitchen-box.ts';

let box: KitchenBox;

beforeEach(async () => {
  box = await kitchenBox();
});
afterEach(() => box.stop());

test('waste leaves the named lot, at its cost, and adds to the cost of the day', async () => {
  await box.receive('belly', '1 pack', 'A', '64.00');
  await box.receive('belly', '1 pack', 'B', '80.00');
  const first = await box.done('waste.log', { lot: 'B', qty: '0.5 kg', reason: 'dropped' });
  expect(first.data).toEqual({
    moves: [{ item: 'belly', lot: 'B', from: 'stock', to: 'waste', amount: '500', unit: 'g' }],
    cost: '20.00',
    dayCost: '20.00',
  });
  // Without a lot: first expired first out, which is the older one.
  const second = await box.done('waste.log', { item: 'belly', qty: '2.5 kg', reason: 'expired' });
  expect(second.data).toMatchObject({ cost: '84.00', dayCost: '104.00' });
  expect(box.lots()).toEqual({ 'belly/B': 1_000 });
  await box.undo(first.seq);
  const third = await box.done('waste.log', { lot: 'B', reason: 'spoiled' });
  expect(third.data).toMatchObject({ cost: '60.00', dayCost: '144.00' });
  expect(box.lots()).toEqual({});
});

test('a dish thrown away takes its ingredients; more than there is, is short and says so', async () => {
  await box.receive('belly', '150', 'A', '0.03');
  await box.receive('rice', '1 kg', 'R', '5.00');
  const dish = await box.done('waste.log', {
    sku: 'B',
    qty: '2',
    modifiers: [{ sku: 'M-egg' }],
    reason: 'remake',
  });
  // 200 g of belly: 150 of them cost 4.50; 400 g of rice cost 2.00; nobody knows what eggs cost.
  expect(dish.data).toMatchObject({ cost: '6.50', short: true });
  expect(box.lots()).toEqual({ 'belly/-': -50, 'rice/R': 600, 'egg/-': -2 });
  expect(await box.places('egg')).toMatchObject({ stock: -2, waste: 2 });
  await box.undo(dish.seq);
  expect(box.lots()).toEqual({ 'belly/A': 150, 'rice/R': 1_000 });
});

test('who eats and who is given something are different places', async () => {
  await box.receive('rice', '1 kg', 'R', '5.00');
  for (const why of ['staff', 'tasting', 'sample', 'gift'])
    await box.done('consume.log', { item: 'rice', qty: '100', why });
  expect(await box.places('rice')).toMatchObject({ stock: 600, staff: 200, comp: 200 });
});

test('the smallest amount there is, and one that does not fit a lot', async () => {
  await box.receive('rice', '0.000003', 'tiny', '10000');
  const one = () => box.done('waste.log', { lot: 'tiny', qty: '0.000001 g', reason: 'other' });
  expect((await one()).data.cost).toBe('0.01');
  await one();
  const more = await box.done('waste.log', { lot: 'tiny', qty: '0.000002', reason: 'other' });
  expect(more.data).toMatchObject({ cost: '0.01', short: true });
  expect(box.lots()).toEqual({ 'rice/-': -0.000001 });
});

test('an offcut finds its use: the dish it went into is noted, the lot is empty', async () => {
  await box.receive('scraps', '500', 'S', '0.02');
  const used = await box.done('offcut.use', { lot: 'S', qty: 200, into: 'bowl' });
  expect(used.data).toMatchObject({ cost: '4.00' });
  const rest = await box.done('offcut.use', { lot: 'S', into: 'rice' });
  expect(rest.data).toMatchObject({ cost: '6.00' });
  expect(box.lots()).toEqual({});
  expect(await box.places('scraps')).toMatchObject({ production: 500 });
  expect(await box.refused('offcut.use', { lot: 'S', into: 'bowl' })).toBe('empty_lot');
});

test('goods go back to their supplier, line by line', async () => {
  await box.receive('belly', '2 pack', 'A', '64.00');
  await box.receive('egg', '2 tray', 'E', '30.00');
  const back = await box.done('delivery.return', {
    supplier: 'jinluo',
    lines: [{ lot: 'A', qty: '1 pack' }, { item: 'egg', qty: 45 }, { lot: 'A' }],
    reason: 'smells',
  });
  expect(back.data).toMatchObject({ cost: '173.00' });
  expect(back.data.short).toBeUndefined();
  expect(box.lots()).toEqual({ 'egg/E': 15 });
  expect(await box.places('egg')).toMatchObject({ stock: 15, supplier: -15 });
});

test('two items carry the same code: with the item it is clear which is meant', async () => {
  await box.receive('belly', '1 kg', 'A', '1');
  await box.receive('rice', '1 kg', 'A', '1');
  expect(await box.refused('waste.log', { lot: 'A', reason: 'other' })).toBe('ambiguous_lot');
  await box.done('waste.log', { lot: 'A', item: 'rice', reason: 'other' });
  // Only one of them still has something: no question remains.
  await box.done('waste.log', { lot: 'A', qty: 400, reason: 'other' });
  expect(box.lots()).toEqual({ 'belly/A': 600 });
});

test('when it happened is what the tablet said, corrected by how wrong its clock is', async () => {
  await box.receive('rice', '1 kg', 'R');
  const at = '2026-11-21T23:00:00+08:00';
  const hour = 3_600_000;
  const { seq } = await box.done(
    'waste.log',
    { item: 'rice', qty: 1, reason: 'other' },
    { at, offsetMs: 6 * hour },
  );
  const head = box.box.parts.ledger.entries.get(seq)?.head;
  expect(head).toMatchObject({ occurredAt: Date.parse(at) + 6 * hour, recordedAt: START });
  // 05:00 on the 22nd is past 04:00: the business day is that of the corrected time.
  expect(head?.day).toBe(20261122);
  for (const odd of ['0001-01-01T00:00:00Z', '9999-12-31T23:59:59Z']) {
    const data = { item: 'rice', qty: 1, reason: 'other' };
    expect((await box.tell('waste.log', data, { at: odd })).status).toBe('applied');
  }
});
