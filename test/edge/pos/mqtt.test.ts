/** The bus as a POS sees it: a real broker on a real socket. */
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mqtt, { type MqttClient } from 'mqtt';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startBox, type TestBox } from '../../support/start-box.ts';
import { event, newId, SMALL_BOOK } from '../small-kitchen.ts';

const ROOT = 'larder/v1/demo';
let box: TestBox;
const clients: MqttClient[] = [];

beforeEach(async () => {
  box = await startBox({ book: SMALL_BOOK });
});
afterEach(async () => {
  for (const client of clients.splice(0)) await client.endAsync(true);
  await box.stop();
});

async function connectAs(
  username: string,
  password: string,
  extra: object = {},
): Promise<MqttClient> {
  const client = mqtt.connect(`mqtt://127.0.0.1:${box.mqttPort}`, {
    username,
    password,
    protocolVersion: 4,
    reconnectPeriod: 0,
    ...extra,
  });
  clients.push(client);
  await new Promise<void>((resolve, reject) => {
    client.once('connect', () => resolve());
    client.once('error', reject);
  });
  return client;
}

/** Patience that a busy machine does not use up. */
const soon = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 20_000 });
const pos = (extra: object = {}) => connectAs(box.mqttUser, box.mqttPassword, extra);

/** Messages by topic as they come. */
function collect(client: MqttClient): Map<string, unknown[]> {
  const messages = new Map<string, unknown[]>();
  client.on('message', (topic, payload) => {
    const text = payload.toString('utf8');
    messages.set(topic, [...(messages.get(topic) ?? []), text === '' ? '' : JSON.parse(text)]);
  });
  return messages;
}

/** Resolves when the broker has cut the connection. */
const closing = (client: MqttClient) =>
  new Promise<void>((resolve) => client.once('close', () => resolve()));

const last = (messages: Map<string, unknown[]>, topic: string) =>
  messages.get(`${ROOT}/${topic}`)?.at(-1);

test('an acknowledged event is on disk, answered, counted, and moves the published stock', async () => {
  const client = await pos();
  const messages = collect(client);
  const own = ['pos/T1/result', 'pos/T1/ack', 'stock/#', 'edge/status'];
  await client.subscribeAsync(
    own.map((t) => `${ROOT}/${t}`),
    { qos: 1 },
  );
  await box.command('delivery.receive', { lines: [{ item: 'egg', qty: 21 }] });
  const sale = event(
    'sale',
    { saleId: 'a', lines: [{ sku: 'E', qty: 2 }] },
    { epoch: 'k', sequence: '1' },
  );
  await client.publishAsync(`${ROOT}/pos/T1/event`, JSON.stringify(sale), { qos: 1 });
  const { sales } = await box.api<{ sales: unknown[] }>('GET', '/sales');
  expect(sales).toHaveLength(1);
  await soon(() => {
    expect(last(messages, 'pos/T1/result')).toMatchObject({ status: 'applied', movements: 1 });
    expect(last(messages, 'pos/T1/ack')).toEqual({ epoch: 'k', contiguous: 1, missing: [] });
    expect(last(messages, 'stock/level/egg')).toMatchObject({
      onHand: '17',
      unit: 'ea',
      state: 'ok',
    });
    expect(last(messages, 'stock/menu/E')).toMatchObject({
      sellable: 8,
      blocking: 'egg',
      state: 'ok',
    });
    expect(last(messages, 'edge/status')).toMatchObject({ state: 'ready' });
  });
});

test('missing numbers are told until they come', async () => {
  const client = await pos();
  const messages = collect(client);
  await client.subscribeAsync(`${ROOT}/pos/T1/ack`, { qos: 1 });
  const send = (sequence: number) =>
    client.publishAsync(
      `${ROOT}/pos/T1/event`,
      JSON.stringify(
        event(
          'sale',
          { saleId: newId('g'), lines: [{ sku: 'E', qty: 1 }] },
          { epoch: 'e', sequence: String(sequence) },
        ),
      ),
      { qos: 1 },
    );
  for (const n of [1, 2, 5, 9]) await send(n);
  await soon(() =>
    expect(last(messages, 'pos/T1/ack')).toEqual({
      epoch: 'e',
      contiguous: 2,
      missing: [
        [3, 4],
        [6, 8],
      ],
    }),
  );
  for (const n of [7, 3, 4]) await send(n);
  await soon(() =>
    expect(last(messages, 'pos/T1/ack')).toEqual({
      epoch: 'e',
      contiguous: 5,
      missing: [
        [6, 6],
        [8, 8],
      ],
    }),
  );
  const gaps = await box.command('gap.abandon', { terminal: 'T1', epoch: 'e', from: 6, to: 8 });
  expect(gaps.status).toBe('applied');
  await send(8);
  const { items } = await box.api<{ items: { kind: string }[] }>('GET', '/inbox');
  expect(items.filter((i) => i.kind === 'gap')).toEqual([]);
});

test('results of held events come again when they post', async () => {
  const client = await pos();
  const messages = collect(client);
  await client.subscribeAsync(`${ROOT}/pos/T1/result`, { qos: 1 });
  await client.publishAsync(
    `${ROOT}/pos/T1/event`,
    '{"id":"late-1","items":[{"sku":"??","qty":1}]}',
    { qos: 1 },
  );
  await soon(() => expect(last(messages, 'pos/T1/result')).toMatchObject({ status: 'held' }));
  await box.command('sku.map', { sku: '??', recipe: 'egg-dish' });
  await soon(() =>
    expect(last(messages, 'pos/T1/result')).toMatchObject({
      eventId: 'late-1',
      status: 'applied',
      movements: 1,
    }),
  );
});

test('a terminal may write only its own topics and read only its own answers', async () => {
  await box.command('device.terminal', { terminal: 'T2' });
  const client = await pos();
  for (const topic of ['pos/T2/result', 'pos/+/event', '#', 'alert/#', 'pos/T2/status']) {
    await expect(client.subscribeAsync(`${ROOT}/${topic}`)).rejects.toThrow();
  }
  for (const topic of [
    `${ROOT}/stock/level/egg`,
    `${ROOT}/edge/status`,
    '$SYS/x/new/clients',
    `${ROOT}/pos/T1/result`,
  ]) {
    const other = await pos();
    const closed = closing(other);
    other.publish(topic, '{}', { qos: 1 });
    await closed;
  }
  await client.publishAsync(`${ROOT}/pos/T2/event`, '{"id":"x","items":[{"sku":"E","qty":1}]}', {
    qos: 1,
  });
  const { items } = await box.api<{
    items: { kind: string; subject: { reasons?: { code: string }[] } }[];
  }>('GET', '/inbox');
  expect(items.find((i) => i.kind === 'quarantined')?.subject.reasons?.[0]?.code).toBe(
    'wrong_identity',
  );
  expect(items.some((i) => i.kind === 'denied')).toBe(true);
  expect((await box.stock())['egg']).toBe('0');
});

test('wrong passwords are refused; the admin token reads and does not write', async () => {
  await expect(connectAs('pos-T1', 'wrong')).rejects.toThrow(/not authorized|bad user/i);
  await expect(connectAs('nobody', 'x')).rejects.toThrow();
  const admin = await connectAs('admin', box.token);
  const messages = collect(admin);
  await admin.subscribeAsync(`${ROOT}/#`);
  await soon(() => expect(last(messages, 'edge/status')).toMatchObject({ state: 'ready' }));
  const closed = closing(admin);
  admin.publish(`${ROOT}/pos/T1/event`, '{}', { qos: 1 });
  await closed;
});

test('the late will of an older session does not mark a terminal as lost', async () => {
  const state = async () => {
    const status = await box.api<{ terminals: { terminal: string; state: string }[] }>(
      'GET',
      '/status',
    );
    return status.terminals.find((t) => t.terminal === 'T1')?.state;
  };
  const topic = `${ROOT}/pos/T1/status`;
  const will = (session: string) => ({
    will: {
      topic,
      payload: Buffer.from(JSON.stringify({ state: 'lost', session })),
      qos: 1 as const,
      retain: true,
    },
  });
  const birth = (client: MqttClient, session: string) =>
    client.publishAsync(topic, JSON.stringify({ state: 'ready', session }), {
      qos: 1,
      retain: true,
    });
  const first = await pos({ clientId: 'a', ...will('one') });
  await birth(first, 'one');
  const second = await pos({ clientId: 'b', ...will('two') });
  await birth(second, 'two');
  first.stream.destroy();
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(await state()).toBe('ready');
  second.stream.destroy();
  await soon(async () => expect(await state()).toBe('lost'));
});

test('a stranger who never says CONNECT, or says too much, is cut off', async () => {
  const talk = (bytes: Buffer) =>
    new Promise<void>((resolve) => {
      const socket = connect(box.mqttPort, '127.0.0.1', () => socket.write(bytes));
      socket.on('close', () => resolve());
      socket.on('error', () => undefined);
    });
  await talk(Buffer.from('GET / HTTP/1.1\r\n\r\n'));
  await talk(Buffer.from([0x10, 0xff, 0xff, 0xff, 0x7f]));
  await talk(Buffer.from([0x30, 0x05]));
  const client = await pos();
  const closed = closing(client);
  client.publish(`${ROOT}/pos/T1/event`, Buffer.alloc(2_000_000, 97), { qos: 1 });
  await closed;
  expect((await box.send({ id: 'fine', items: [{ sku: 'E', qty: 1 }] }))[0]?.status).toBe(
    'applied',
  );
});

test('an effect that cannot be worked out never costs the event', async () => {
  const { knowledge } = box.box.parts.receiving;
  const resolve = knowledge.resolve;
  Object.assign(knowledge, {
    resolve: () => {
      throw new Error('planted');
    },
  });
  const results = await box.send([
    { id: 'p1', items: [{ sku: 'E', qty: 1 }] },
    event('void', { saleId: 'nothing' }),
  ]);
  expect(results[0]).toMatchObject({ status: 'held', reasons: [{ code: 'internal' }] });
  const { items } = await box.api<{ items: { kind: string }[] }>('GET', '/inbox');
  expect(items.some((i) => i.kind === 'poison')).toBe(true);
  Object.assign(knowledge, { resolve });
  await box.restart();
  expect((await box.stock())['egg']).toBe('-2');
  expect(await box.send({ id: 'p1', items: [{ sku: 'E', qty: 1 }] })).toMatchObject([
    { status: 'duplicate' },
  ]);
});

test('two boxes never share a database', async () => {
  await expect(startBox({ data: box.data })).rejects.toThrow(/in use by another box/);
});

test('a box whose port is taken lets go of everything', async () => {
  const data = mkdtempSync(join(tmpdir(), 'larder-port-'));
  const httpPort = box.box.httpPort;
  await expect(startBox({ data, config: { httpPort } })).rejects.toThrow(/EADDRINUSE/);
  const other = await startBox({ data });
  await other.stop();
  rmSync(data, { recursive: true });
});
