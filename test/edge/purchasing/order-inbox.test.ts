/** What orders ask of a person, by the clock; and orders as tables. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { InboxItem } from '../../../edge/inbox/inbox-item.ts';
import { runLarder } from '../cli/run-larder.ts';
import { BUTCHER, EVENING, type OrderBox, startOrderBox } from './order-box.ts';

let box: OrderBox;
beforeAll(async () => {
  box = await startOrderBox([BUTCHER, { ...BUTCHER, id: 'later', cutOff: '23:50' }]);
});
afterAll(() => box.stop());

const MINUTE = 60_000;
const inbox = async () => {
  const { items } = await box.api<{ items: InboxItem[] }>('GET', '/inbox');
  return items.filter(({ kind }) => kind.startsWith('order_'));
};
const ids = async () => (await inbox()).map(({ id }) => id);

test('a cut-off is told 60, 30 and 10 minutes before, until something is approved', async () => {
  box.clock.at(EVENING - 31 * MINUTE);
  expect(await ids()).toEqual([]);
  box.clock.at(EVENING - 29 * MINUTE);
  expect(await inbox()).toMatchObject([
    {
      id: 'cut-off:butcher:2026-11-24:60',
      severity: 'watch',
      title: { en: 'Butcher: order within 59 min' },
    },
  ]);
  box.clock.at(EVENING + 5 * MINUTE);
  expect(await inbox()).toMatchObject([{ id: 'cut-off:butcher:2026-11-24:30', severity: 'act' }]);
  box.clock.at(EVENING + 21 * MINUTE);
  const order = await box.order();
  expect(await inbox()).toMatchObject([
    {
      id: 'cut-off:butcher:2026-11-24:10',
      subject: { order },
      detail: { en: expect.stringContaining(order) },
    },
  ]);
  await box.command('order.submit', { order });
  expect(await ids()).toEqual(['cut-off:butcher:2026-11-24:10', `approve:${order}`]);
  const [, approve] = await inbox();
  expect(approve).toMatchObject({ kind: 'order_waiting', detail: { en: `${order} · CNY 256.00` } });
  const { kind = '', data } = approve?.actions[0]?.command ?? {};
  await box.command(kind, data);
  expect(await ids()).toEqual([]);
});

test('a lorry that is late is named an hour after its time, until it came', async () => {
  const order = await box.order();
  await box.command('order.send', { order });
  box.clock.at(Date.parse('2026-11-24T06:59:00+08:00'));
  expect(await ids()).toEqual([]);
  box.clock.at(Date.parse('2026-11-24T07:01:00+08:00'));
  expect(await inbox()).toMatchObject([
    { id: `overdue:${order}`, kind: 'order_overdue', subject: { phone: '138 0000 0042' } },
  ]);
  await box.command('delivery.receive', { order, lines: [{ item: 'pork', qty: '8 kg' }] });
  expect(await ids()).toEqual([]);
});

test('open orders are those that still need something', async () => {
  const open = await box.api<{ orders: { state: string }[] }>('GET', '/orders?state=open');
  expect(open.orders.map(({ state }) => state)).toEqual(['approved']);
  expect(await box.api('GET', '/orders?state=odd')).toMatchObject({ code: 'bad_query' });
});

test('exported, a line a row, in every format', { timeout: 60_000 }, async () => {
  const larder = (...args: string[]) =>
    runLarder(box.data, ['export', 'orders', ...args], { LARDER_DATA: box.data });
  const csv = await larder();
  const [header = '', ...rows] = csv.stdout.trim().split('\r\n');
  expect(header).toMatch(
    /^order,revision,state,supplier,created_at,deliver_on,item,qty,unit,packs/,
  );
  expect(rows).toHaveLength(2);
  expect(rows[1]).toMatch(
    /^PO-20261124-002,1,done,butcher,\S+Z,2026-11-24,pork,8000,g,4,2 kg,64\.00,256\.00,CNY,7800,8000,,\S+Z,hand,$/,
  );
  const yaml = await larder('--format', 'yaml', '--from', '2026-11-23', '--to', '2026-11-24');
  expect(parse(yaml.stdout)).toMatchObject({
    orders: [{ order: 'PO-20261124-001', state: 'approved' }, {}],
  });
  expect((await larder('--format', 'json', '--from', '2027-01-01')).json()).toEqual({ orders: [] });
  const xlsx = await larder('--out', 'orders.xlsx');
  expect([xlsx.exit, xlsx.stderr]).toEqual([0, expect.anything()]);
});

test('the paper of an order, in the language that is asked for', async () => {
  const get = (path: string) =>
    fetch(`${box.url}/api/v1${path}`, { headers: { authorization: `Bearer ${box.token}` } });
  const answer = await get('/orders/PO-20261124-001.pdf');
  expect(answer.headers.get('content-type')).toBe('application/pdf');
  const bytes = Buffer.from(await answer.arrayBuffer());
  expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
  const english = Buffer.from(
    await (await get('/orders/PO-20261124-001.pdf?language=en')).arrayBuffer(),
  );
  expect(english.equals(bytes)).toBe(false);
  expect((await get('/orders/PO-none.pdf')).status).toBe(404);
});
