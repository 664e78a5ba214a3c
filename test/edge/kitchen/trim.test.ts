/** Trim: what the yield contains is not waste a second time, and what finds another use is a lot with its cost. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type KitchenBox, kitchenBox, START } from './kitchen-box.ts';

const DAY = 86_400_000;
let box: KitchenBox;

beforeEach(async () => {
  box = await kitchenBox();
});
afterEach(() => box.stop());

test('the salmon of the screen: 6.10 in, 4.86 usable, 0.52 re-used, 0.72 in the bin', async () => {
  await box.receive('salmon', '6.1 kg', 'L-1122-01', '24');
  const trim = await box.done('trim.log', {
    lot: 'L-1122-01',
    in: '6.10 kg',
    outs: [
      { to: 'usable', qty: '4.86 kg' },
      { to: 'reuse', item: 'scraps', qty: '0.52 kg' },
      { to: 'bin' },
    ],
  });
  const code = trim.data.outs[1]?.lot ?? '';
  expect(trim.data).toMatchObject({
    cost: '146.40',
    recovered: '12.48',
    yield: '0.797',
    standard: null,
    contained: '0',
    outs: [
      { to: 'usable', item: 'salmon', qty: '4860', lot: 'L-1122-01', cost: '133.92' },
      { to: 'reuse', item: 'scraps', qty: '520', lot: code, cost: '12.48' },
      { to: 'bin', qty: '720', cost: '0.00' },
    ],
  });
  // It was trimmed whole, so its label stays good; the offcut has its own shelf life of a day.
  expect(box.lots()).toEqual({ 'salmon/L-1122-01': 4_860, [`scraps/${code}`]: 520 });
  const [offcut] = box.box.parts.lots.byCode(code);
  expect(offcut).toMatchObject({ cost: 12_4800, expiresAt: START + DAY, producedAt: START });
  const kept = box.box.parts.lots.byCode('L-1122-01').at(-1);
  expect(kept).toMatchObject({ cost: 133_9200, openedAt: START, expiresAt: START + 2 * DAY });
  expect(offcut?.parent).toBe(kept?.parent);
  expect(await box.places('salmon')).toMatchObject({ stock: 4_860, trim: 720, production: 520 });
});

test('trim that the yield contains is not wasted twice: selling the dishes brings stock to exactly 0', async () => {
  await box.receive('belly', '1 kg', 'A', '40.00');
  const trim = await box.done('trim.log', {
    lot: 'A',
    in: '1 kg',
    outs: [{ to: 'usable', qty: '800' }, { to: 'bin' }],
  });
  expect(trim.data).toMatchObject({ yield: '0.800', standard: '0.800', contained: '200' });
  expect(box.lots()).toEqual({ 'belly/A': 1_000 });
  await box.receive('rice', '2 kg', 'R');
  // 800 g of meat are ten bowls of 80 g.
  await box.sell('B', 10);
  expect(box.lots()).toEqual({});
  expect(await box.places('belly')).toMatchObject({ stock: 0, sold: 1_000 });
});

test('a bad piece: what is lost beyond the yield is waste now, and the bowls come out even', async () => {
  await box.receive('belly', '1 kg', 'A', '40.00');
  const data = { lot: 'A', in: '1 kg', outs: [{ to: 'usable', qty: '720' }, { to: 'bin' }] };
  expect((await box.done('trim.log', data)).data).toMatchObject({ contained: '180' });
  expect(await box.places('belly')).toMatchObject({ stock: 900, trim: 100 });
  await box.receive('rice', '2 kg', 'R');
  await box.sell('B', 9);
  expect(box.lots()).toEqual({ 'rice/R': 200 });
});

test('a good piece: more is usable than the yield says, so more bowls come out of it', async () => {
  await box.receive('belly', '1 kg', 'A', '40.00');
  const data = { lot: 'A', in: '1 kg', outs: [{ to: 'usable', qty: '880' }, { to: 'bin' }] };
  expect((await box.done('trim.log', data)).data).toMatchObject({ contained: '120' });
  expect(box.lots()).toEqual({ 'belly/A': 1_100 });
  await box.receive('rice', '3 kg', 'R');
  await box.sell('B', 11);
  expect(box.lots()).toEqual({ 'rice/R': 800 });
});

test('an offcut that is counted: 130 g of skin are 2.6 pieces', async () => {
  await box.receive('salmon', '1 fish', 'F', '240');
  const outs = [
    { to: 'usable', qty: '5 kg' },
    { to: 'reuse', item: 'skin', qty: '130 g' },
    { to: 'staff' },
  ];
  const trim = await box.done('trim.log', { lot: 'F', in: '1 fish', outs });
  expect(box.lots()).toMatchObject({ 'salmon/F': 5_000, [`skin/${trim.data.outs[1]?.lot}`]: 2.6 });
  expect(trim.data).toMatchObject({ recovered: '40.00' });
  expect(await box.places('salmon')).toMatchObject({ staff: 870, production: 130 });
});

test('two trims of one lot: parts get codes of their own, and the cost adds up', async () => {
  await box.receive('belly', '1 kg', 'A', '30.01');
  const trim = (kg: string) =>
    box.done('trim.log', {
      lot: 'A',
      in: kg,
      outs: [
        { to: 'usable', qty: '240' },
        { to: 'reuse', item: 'scraps' },
      ],
    });
  const first = await trim('300');
  const second = await trim('301');
  expect(first.data.outs[0]?.lot).toBe('A/1');
  expect(second.data.outs[0]?.lot).toBe('A/2');
  expect(box.lots()).toMatchObject({ 'belly/A': 399, 'belly/A/1': 300, 'belly/A/2': 300 });
  const { db } = box.box.parts;
  const made = db.prepare('SELECT sum(cost) FROM lot WHERE entry > 2').pluck().get();
  const rest = await box.done('waste.log', { lot: 'A', reason: 'other' });
  expect(Number(made) / 10_000 + Number(rest.data.cost)).toBeCloseTo(30.01, 2);
});

test('without a lot: no two lots of one trim carry the same code', async () => {
  await box.receive('belly', '1 kg', 'A', '30');
  const outs = [{ to: 'reuse', item: 'scraps', qty: 100 }, { to: 'usable' }];
  const trim = await box.done('trim.log', { item: 'belly', in: '1 kg', outs });
  const codes = trim.data.outs.map(({ lot }) => lot);
  expect(new Set(codes).size).toBe(2);
  for (const lot of codes) await box.done('waste.log', { lot, reason: 'other' });
  expect(box.lots()).toEqual({});
});

test('more than there is: what is trimmed is there, what it came from is short', async () => {
  await box.receive('salmon', '100', 'A', '1.00');
  const trim = await box.done('trim.log', {
    lot: 'A',
    in: '150',
    outs: [{ to: 'usable', qty: '120' }, { to: 'bin' }],
  });
  expect(trim.data).toMatchObject({ short: true, cost: '100.00' });
  // The kept lot pays for the shortage at once.
  expect(box.lots()).toEqual({ 'salmon/A': 70 });
  await box.undo(trim.seq);
  expect(box.lots()).toEqual({ 'salmon/A': 100 });
});

test('all of a surplus that has no lot: it becomes a lot that nobody knows the cost of', async () => {
  const sale = await box.sell('E', 5);
  await box.receive('egg', '10', 'E', '1.00');
  await box.voidSale(sale);
  expect(box.lots()).toEqual({ 'egg/-': 10 });
  const outs = [{ to: 'usable', qty: 8 }, { to: 'bin' }];
  const trim = await box.done('trim.log', { item: 'egg', in: 10, outs });
  expect(trim.data).toMatchObject({ cost: null, recovered: null });
  expect(trim.data.short).toBeUndefined();
  expect(box.lots()).toEqual({ [`egg/${trim.data.outs[0]?.lot}`]: 8 });
});
