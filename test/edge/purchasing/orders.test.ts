/** Orders on a real box: drafted, sent, received in parts, reversed, called off. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBox, type TestBox } from '../../support/start-box.ts';
import { SMALL_BOOK } from '../small-kitchen.ts';

const BOOK = {
  ...SMALL_BOOK,
  suppliers: [
    {
      id: 'butcher',
      name: { zh: '肉铺', en: 'Butcher' },
      items: [{ item: 'pork', pack: '2 kg', price: '64.00' }],
    },
  ],
};

type Order = {
  order: string;
  state: string;
  deliverOn: string | null;
  lines: { item: string; ordered: string; received: string; pack: string; price: string | null }[];
};

let box: TestBox;
beforeAll(async () => {
  box = await startBox({ book: BOOK });
});
afterAll(() => box.stop());

let made = 0;
async function order(lines: object[], send = true): Promise<string> {
  const id = `PO-${++made}`;
  const base = { supplier: 'butcher', deliverOn: '2026-11-23', again: true };
  const data = { order: id, ...base, lines };
  expect(await box.command('order.create', data)).toMatchObject({ status: 'applied' });
  if (send) await box.command('order.send', { order: id });
  return id;
}
const read = (id: string) => box.api<Order>('GET', `/orders/${id}`);
const receive = (id: string, lines: object[], more: object = {}) =>
  box.command('delivery.receive', { order: id, supplier: 'butcher', lines, ...more });

test('in parts until it is complete; a reversed receipt does not count', async () => {
  const id = await order([
    { item: 'pork', qty: '4 pack' },
    { item: 'rice', qty: '5 kg', price: '6.5' },
  ]);
  expect(await read(id)).toMatchObject({
    state: 'sent',
    supplierName: { zh: '肉铺' },
    deliverOn: '2026-11-23',
    lines: [
      { item: 'pork', ordered: '8000', received: '0', pack: '2 kg', price: '64.00' },
      { item: 'rice', ordered: '5000', packAmount: '1000', pack: '1 kg', price: '6.50' },
    ],
  });
  const first = await receive(id, [{ item: 'pork', qty: '4 pack' }]);
  expect(first.data).toMatchObject({
    order: { order: id, state: 'partly_received', missing: [{ item: 'rice', qty: '5000' }] },
  });
  const second = await receive(id, [{ item: 'rice', qty: '5 kg' }]);
  expect(second.data).toMatchObject({ order: { state: 'done', missing: [] } });
  await box.command('entry.reverse', { entry: second.seq });
  expect(await read(id)).toMatchObject({ state: 'partly_received' });
  expect((await read(id)).lines.map((line) => line.received)).toEqual(['8000', '0']);
});

test('closing says that the rest will not come', async () => {
  const id = await order([{ item: 'pork', qty: '4 pack' }]);
  const closed = await receive(id, [{ item: 'pork', qty: '3 pack' }], { close: true });
  expect(closed.data).toMatchObject({
    order: { state: 'done', missing: [{ item: 'pork', qty: '2000' }] },
  });
  expect(await box.command('order.cancel', { order: id })).toMatchObject({ code: 'order_state' });
});

test('a price per pack is told whatever the unit of the line', async () => {
  const id = await order([{ item: 'pork', qty: '3 kg', price: '31.5' }]);
  expect((await read(id)).lines[0]).toMatchObject({ pack: '2 kg', price: '63.00' });
});

test('drafts and cancelled orders cannot be received; goods come in without them', async () => {
  const id = await order([{ item: 'pork', qty: '1 pack' }], false);
  const lines = [{ item: 'pork', qty: '1 pack' }];
  expect(await receive(id, lines)).toMatchObject({ status: 'rejected', code: 'order_not_open' });
  await box.command('order.cancel', { order: id });
  expect(await receive(id, lines)).toMatchObject({ code: 'order_not_open' });
  expect(await receive('PO-none', lines)).toMatchObject({ code: 'unknown_order' });
  expect(await box.command('order.send', { order: id })).toMatchObject({ code: 'order_state' });
});

test('what cannot be ordered is refused by name', async () => {
  const base = { order: 'PO-x', supplier: 'butcher', lines: [{ item: 'pork', qty: 1 }] };
  const codes = [];
  for (const data of [
    { ...base, order: 'PO-1' },
    { ...base, supplier: 'nobody' },
    { ...base, lines: [{ item: 'gold', qty: 1 }] },
    { ...base, lines: [{ item: 'pork', qty: 0 }] },
    { ...base, lines: [{ item: 'pork', qty: '1 barrel' }] },
  ]) {
    codes.push((await box.command('order.create', data)).code);
  }
  expect(codes).toEqual([
    'order_exists',
    'unknown_supplier',
    'unknown_item',
    'bad_quantity',
    'unknown_unit',
  ]);
});

test('what waits for goods is listed first, and is there after a restart', async () => {
  const states = async () =>
    (await box.api<{ orders: Order[] }>('GET', '/orders')).orders.map(({ state }) => state);
  const before = await states();
  expect(before.indexOf('done')).toBeGreaterThan(before.lastIndexOf('sent'));
  expect(before[0]).toMatch(/sent|partly_received/);
  await box.restart();
  expect(await states()).toEqual(before);
});
