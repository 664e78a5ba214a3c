/** Orders in bad company: numbers without end, answers that repeat secrets, items that left the book. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Command } from '#recipes/contracts/command.ts';
import { hideSecrets } from '../../../edge/purchasing/sending/hide-secrets.ts';
import { outcomeOf, post } from '../../../edge/purchasing/sending/post-json.ts';
import { type HttpSink, openHttpSink } from '../../support/http-sink.ts';
import { SMALL_BOOK } from '../small-kitchen.ts';
import { BUTCHER, type OrderBox, startOrderBox } from './order-box.ts';

const TOKEN = 'tok-9f2c-very-secret';
const PASSWORD = 'pw-very-secret';

let box: OrderBox;
let http: HttpSink;
beforeAll(async () => {
  http = await openHttpSink('{"errcode":0}');
  const { port } = new URL(http.url);
  const at = (path: string) => `http://larder:${PASSWORD}@LOCALHOST:${port}${path}`;
  const supplier = (id: string, send: object) => ({ ...BUTCHER, id, send: [send] });
  const suppliers = [
    BUTCHER,
    supplier('hook', { by: 'webhook', to: at('/in') }),
    supplier('robot', { by: 'chat', robot: 'dingtalk', to: at(`/send?access_token=${TOKEN}`) }),
  ];
  const webhookSecret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
  box = await startOrderBox(suppliers, { config: { webhookSecret, robotSecret: 'SEC01234567' } });
});
afterAll(async () => {
  await box.stop();
  await http.close();
});

test.each(['9223372036854775807', '999999999', '999999998'])(
  'a number like %s of somebody’s own does not end the numbers of the day',
  async (number) => {
    await box.order({ order: `PO-20261124-${number}` });
    await box.command('credit.record', {
      credit: `CN-20261123-${number}`,
      supplier: 'butcher',
      amount: '1',
    });
    const orders = new Set<string>();
    const credits = new Set<string>();
    for (let i = 0; i < 3; i++) {
      orders.add(await box.order());
      const { data } = await box.command('credit.record', { supplier: 'butcher', amount: '1' });
      credits.add((data as { credit: string }).credit);
    }
    expect([orders.size, credits.size]).toEqual([3, 3]);
    expect(box.breaches()).toEqual([]);
  },
);

test.each([
  ['hook', 'webhook'],
  ['robot', 'chat'],
])('%s: an address with a user works, and no answer tells its secrets', async (supplier, by) => {
  http.answer = (_, { url }) => ({ status: 400, body: `no ${url} for ${PASSWORD}` });
  const order = await box.order({ supplier });
  await box.command('order.approve', { order, send: { by } });
  box.clock.skip(3_000);
  const failed = await box.until(order, ({ sendings }) => sendings[0]?.state === 'failed');
  expect(failed.sendings[0]?.error).toMatch(/^HTTP 400: no \//);
  const user = Buffer.from(`larder:${PASSWORD}`).toString('base64');
  expect(http.posts.at(-1)?.headers.authorization).toBe(`Basic ${user}`);
  const notes = box.box.parts.db.prepare('SELECT group_concat(note) FROM entry').pluck().get();
  const inbox = JSON.stringify(await box.api('GET', '/inbox'));
  const said = JSON.stringify([failed, notes, inbox]);
  // The book itself holds the addresses: who writes secrets there shows them there.
  for (const secret of [TOKEN, PASSWORD]) expect(said).not.toContain(secret);
});

test('of a secret address the path is a secret, and so is what signs', () => {
  const address = 'https://hooks.example/T0/B1/abcdef?x=1';
  const text = `POST /T0/B1/abcdef?x=1 from https://hooks.example/T0/B1/abcdef?x=1 whsec_12345`;
  expect(hideSecrets(text, address, 'order group', ['whsec_12345'])).toBe(
    'POST …… from order group …',
  );
  const known = 'https://hooks.example/orders';
  expect(hideSecrets('no /orders', known, known)).toBe('no /orders');
});

test('an order that is sent again and does not arrive is told, until it is phoned through', async () => {
  http.answer = () => ({ status: 400, body: 'no' });
  const order = await box.order({ supplier: 'hook' });
  await box.command('order.send', { order });
  await box.command('order.send', { order, by: 'webhook', again: true });
  box.clock.skip(3_000);
  await box.until(order, ({ sendings }) => sendings[0]?.state === 'failed');
  type Items = { items: { subject: object; actions: { command: Command }[] }[] };
  const told = async () =>
    (await box.api<Items>('GET', '/inbox')).items.find(({ subject }) =>
      isDeepStrictEqual({ ...subject, order }, subject),
    );
  const { kind = '', data } = (await told())?.actions[0]?.command ?? {};
  expect(await box.command(kind, data)).toMatchObject({ data: { state: 'sent' } });
  expect(await told()).toBeUndefined();
});

test('a message goes out although the clock went back by a day', async () => {
  http.answer = () => ({ status: 200 });
  const order = await box.order({ supplier: 'hook' });
  await box.command('order.approve', { order, send: { by: 'webhook' } });
  box.clock.skip(-86_400_000);
  await box.until(order, ({ state }) => state === 'sent');
  box.clock.skip(86_400_000);
});

test('a full disk stops a message and not the box; it goes out later', async () => {
  http.answer = () => ({ status: 200 });
  const { sendings } = box.box.parts.purchasing;
  const { attempted, end } = sendings;
  const full = vi.fn(() => {
    throw new Error('database or disk is full');
  });
  const order = await box.order({ supplier: 'hook' });
  http.posts.length = 0;
  try {
    sendings.attempted = full;
    await box.command('order.approve', { order, send: { by: 'webhook' } });
    box.clock.skip(3_000);
    await expect.poll(() => full.mock.calls.length).toBe(1);
    expect(http.posts).toEqual([]);
    sendings.attempted = attempted;
    sendings.end = full;
    box.clock.skip(300_000);
    await expect.poll(() => full.mock.calls.length).toBe(2);
  } finally {
    Object.assign(sendings, { attempted, end });
  }
  expect((await box.read(order)).sendings).toMatchObject([{ state: 'waiting', attempts: 1 }]);
  box.clock.skip(300_000);
  await box.until(order, ({ state }) => state === 'sent');
  // It came twice, and says so by its id.
  expect(http.posts.map(({ headers }) => headers['webhook-id'])).toEqual([
    `${order}:r1`,
    `${order}:r1`,
  ]);
  expect(box.breaches()).toEqual([]);
});

test('a webhook that was accepted is not sent again because its answer never ends', async () => {
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(202).write('…');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const { port } = server.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}/`;
    const answer = await post(url, '{}', {}, AbortSignal.timeout(5_000), 'status');
    expect(outcomeOf(answer)).toEqual({ kind: 'accepted' });
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

test('what has left the book keeps its unit and name, and can be taken out of an order', async () => {
  const lines = [
    { item: 'pork', qty: '2 kg' },
    { item: 'egg', qty: '30 ea' },
  ];
  const order = await box.order({ lines });
  const items = SMALL_BOOK.items.filter(({ id }) => id !== 'egg');
  const recipes = SMALL_BOOK.recipes.filter(({ id }) => id !== 'egg-dish' && id !== 'later');
  const modifiers = SMALL_BOOK.modifiers.filter(({ sku }) => sku !== 'M-egg');
  const butcher = { ...BUTCHER, items: BUTCHER.items.slice(0, 1) };
  const book = { ...SMALL_BOOK, items, recipes, modifiers, suppliers: [butcher] };
  expect(await box.api('PUT', '/book', book)).toMatchObject({ version: 2 });
  expect((await box.read(order)).lines[1]).toMatchObject({
    item: 'egg',
    name: { en: 'Egg' },
    unit: 'ea',
  });
  const edit = (qty: string) => box.command('order.edit', { order, lines: [{ item: 'egg', qty }] });
  expect(await edit('10')).toMatchObject({ code: 'unknown_item' });
  expect(await edit('0')).toMatchObject({ status: 'applied' });
  expect((await box.read(order)).lines.map(({ item }) => item)).toEqual(['pork']);
  expect(await edit('0')).toMatchObject({ code: 'unknown_item' });
  expect(box.breaches()).toEqual([]);
});
