/**
 * Attacks on the connection and on the topics: whoever may not, must not, and nobody may keep the
 * others from selling. After each the same good event of terminal T1 goes through.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { generate } from 'mqtt-packet';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type BoxProcess, startBoxProcess } from './box-process.ts';
import { sale } from './hostile-cases.ts';
import { type InboxFile, openInboxFile } from './inbox-file.ts';
import { connectRaw, type RawConnect, type RawMqtt } from './raw-mqtt.ts';
import { adoptBooks } from './restaurant.ts';

const ROOT = 'larder/v1/demo';
const EVENT = `${ROOT}/pos/T1/event`;
const folder = mkdtempSync(join(tmpdir(), 'larder-doors-'));
let box: BoxProcess;
let good: RawMqtt;
let inbox: InboxFile;
let fresh = 0;

beforeAll(async () => {
  box = await startBoxProcess(folder);
  await adoptBooks(box);
  good = await terminal({ clientId: 'good' });
  await good.subscribe(`${ROOT}/pos/T1/result`);
  inbox = openInboxFile(join(folder, 'larder.db'));
});

afterEach(async () => {
  expect(good.isOpen(), 'the honest terminal is never disturbed').toBe(true);
  expect(await good.publish(EVENT, nextSale())).toBe('acknowledged');
  expect(inbox.after(inbox.newest() - 1)[0]).toMatchObject({ status: 'applied' });
});

afterAll(async () => {
  inbox?.close();
  good?.destroy();
  await box?.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

test.for([
  ['a wrong password', { username: 'pos-T1', password: 'guess' }],
  ['a user nobody knows', { username: 'pos-T9', password: 'guess' }],
  ['no name and no password', {}],
  ['a name without password', { username: 'pos-T1' }],
  ['SQL as the name', { username: `' OR 1=1 --`, password: `' OR 1=1 --` }],
  ['the admin with a wrong token', { username: 'admin', password: 'admin' }],
] as const)('%s is refused', async ([, connect]) => {
  const client = await connectRaw(box.mqttPort, { clientId: 'stranger', ...connect });
  expect(client.returnCode === undefined || [4, 5].includes(client.returnCode)).toBe(true);
  expect(await client.closedWithin(2000)).toBe(true);
});

test('MQTT 5 is refused with a reason, not with silence', async () => {
  const client = await terminal({ clientId: 'modern', protocolVersion: 5 });
  expect([1, 132]).toContain(client.returnCode);
  client.destroy();
});

test.for([
  ['another terminal’s result', `${ROOT}/pos/T2/result`],
  ['its own result', `${ROOT}/pos/T1/result`],
  ['its own ack', `${ROOT}/pos/T1/ack`],
  ['another terminal’s status', `${ROOT}/pos/T2/status`],
  ['the stock', `${ROOT}/stock/level/pork`],
  ['the box’s status', `${ROOT}/edge/status`],
  ['an alert', `${ROOT}/alert/x`],
  ['another store', 'larder/v1/other/pos/T1/event'],
  ['a $SYS topic', '$SYS/x/new/clients'],
  ['a topic below its event', `${EVENT}/deeper`],
  ['200 levels', `${ROOT}/${'a/'.repeat(200)}`],
  ['a topic of 60,000', 't'.repeat(60_000)],
] as const)('publishing to %s changes nothing', async ([, topic]) => {
  const client = await terminal({ clientId: 'intruder' });
  const reader = await connectRaw(box.mqttPort, {
    clientId: 'reader',
    username: 'admin',
    password: box.adminToken,
  });
  await reader.subscribe(`${ROOT}/#`);
  const before = inbox.newest();
  expect(await client.publish(topic, Buffer.from('forged'))).not.toBe('acknowledged');
  await sleep(50);
  expect(inbox.newest()).toBe(before);
  const heard = reader.messages().filter(({ payload }) => payload.toString() === 'forged');
  expect(heard).toEqual([]);
  client.destroy();
  reader.destroy();
});

test('kicking another client over $SYS does not work', async () => {
  const client = await terminal({ clientId: 'kicker' });
  await client.publish('$SYS/other-broker/new/clients', Buffer.from('good'));
  client.destroy();
  await sleep(100);
  expect(good.isOpen()).toBe(true);
});

test('a sale on another terminal’s topic is kept as quarantined, not believed', async () => {
  const client = await terminal({ clientId: 'impostor' });
  const before = inbox.newest();
  const body = nextSale();
  expect(await client.publish(`${ROOT}/pos/T2/event`, body)).toBe('acknowledged');
  const rows = inbox.after(before);
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({ status: 'quarantined', codes: ['wrong_identity'] });
  expect(Buffer.from(rows[0]?.body ?? '').equals(body)).toBe(true);
  client.destroy();
});

test.for([
  ['every event', `${ROOT}/pos/+/event`],
  ['its own events', EVENT],
  ['everything', '#'],
  ['everything of the store', `${ROOT}/#`],
  ['all results', `${ROOT}/pos/+/result`],
  ['another terminal’s result', `${ROOT}/pos/T2/result`],
  ['alerts', `${ROOT}/alert/#`],
  ['$SYS', '$SYS/#'],
  ['a shared subscription', `$share/g/${ROOT}/pos/T2/result`],
] as const)('subscribing to %s is refused', async ([, filter]) => {
  const client = await terminal({ clientId: 'listener' });
  const granted = await client.subscribe(filter);
  expect(granted === 'closed' || (granted !== 'silent' && granted[0] === 128)).toBe(true);
  client.destroy();
});

test('a terminal may read what is meant for it', async () => {
  const client = await terminal({ clientId: 'reader' });
  const own = ['pos/T1/result', 'pos/T1/ack', 'stock/#', 'stock/level/pork', 'edge/status'];
  expect(await client.subscribe(...own.map((topic) => `${ROOT}/${topic}`))).toEqual([
    1, 1, 1, 1, 1,
  ]);
  client.destroy();
});

test('an event with the retained flag is stored once and given to nobody later', async () => {
  const client = await terminal({ clientId: 'retainer' });
  const before = inbox.newest();
  expect(await client.publish(EVENT, nextSale(), { retain: true })).toBe('acknowledged');
  expect(inbox.after(before)).toMatchObject([{ status: 'applied' }]);
  client.destroy();
  const { adminToken: password } = box;
  const reader = await connectRaw(box.mqttPort, { clientId: 'later', username: 'admin', password });
  await reader.subscribe(`${ROOT}/pos/+/event`);
  await sleep(100);
  expect(reader.messages()).toEqual([]);
  reader.destroy();
});

test('an event with QoS 0 is stored', async () => {
  const client = await terminal({ clientId: 'zero' });
  const before = inbox.newest();
  expect(await client.publish(EVENT, nextSale(), { qos: 0 })).toBe('silent');
  expect(inbox.after(before)).toMatchObject([{ status: 'applied' }]);
  client.destroy();
});

test('an event with QoS 2 is stored once, also when it is sent twice', async () => {
  const client = await terminal({ clientId: 'two' });
  const before = inbox.newest();
  const body = nextSale();
  expect(await client.publish(EVENT, body, { qos: 2 })).toBe('acknowledged');
  expect(await client.publish(EVENT, body, { qos: 2 })).toBe('acknowledged');
  expect(inbox.after(before)).toMatchObject([{ status: 'applied' }]);
  client.destroy();
});

test.for([
  ['its event topic', EVENT],
  ['another terminal’s event topic', `${ROOT}/pos/T2/event`],
  ['the box’s status', `${ROOT}/edge/status`],
] as const)('a will on %s never becomes a fact', async ([, topic]) => {
  const before = inbox.newest();
  const will = { topic, payload: nextSale(), qos: 1 as const, retain: true };
  const client = await terminal({ clientId: 'mortal', will });
  client.destroy();
  await sleep(300);
  expect(inbox.newest()).toBe(before);
  const status = await terminal({ clientId: 'after-death' });
  await status.subscribe(`${ROOT}/edge/status`);
  await sleep(100);
  const heard = status.messages().map(({ payload }) => payload.toString());
  expect(heard.every((text) => text.includes('"ready"'))).toBe(true);
  status.destroy();
});

test('a message of more than 1 MiB is cut off and not stored', async () => {
  const client = await terminal({ clientId: 'giant' });
  const before = inbox.newest();
  const answer = await client.publish(EVENT, Buffer.alloc(1_200_000, 'x'));
  expect(answer).toBe('closed');
  expect(inbox.newest()).toBe(before);
});

test('a promise of 250 MB costs the box no memory', async () => {
  const before = residentMiB();
  const giants = await Promise.all(
    Array.from({ length: 8 }, (_, number) => terminal({ clientId: `promise-${number}` })),
  );
  const head = Buffer.concat([Buffer.from([0x32, 0xff, 0xff, 0xff, 0x7f]), Buffer.alloc(65_536)]);
  for (const giant of giants) giant.write(head);
  for (let round = 0; round < 40; round += 1) {
    for (const giant of giants) giant.write(Buffer.alloc(65_536));
    await sleep(5);
  }
  expect(residentMiB() - before).toBeLessThan(48);
  for (const giant of giants) expect(await giant.closedWithin(1000)).toBe(true);
});

test('an endless first packet is cut off', async () => {
  const client = await connectRaw(box.mqttPort, { mute: true });
  client.write(Buffer.from([0x10, 0xff, 0xff, 0xff, 0x7f]));
  for (let round = 0; round < 50 && client.isOpen(); round += 1) {
    client.write(Buffer.alloc(4096));
    await sleep(5);
  }
  expect(await client.closedWithin(1000)).toBe(true);
});

test.for([
  [
    'a sale before CONNECT',
    generate({ cmd: 'publish', topic: EVENT, payload: 'x', qos: 0, dup: false, retain: false }),
  ],
  ['an HTTP request', Buffer.from('GET / HTTP/1.1\r\nHost: box\r\n\r\n')],
  ['a TLS hello', Buffer.from([0x16, 0x03, 0x01, 0x00, 0xa5, 0x01, 0x00, 0x00, 0xa1, 0x03, 0x03])],
  ['zero bytes', Buffer.alloc(256)],
  ['a length of five bytes', Buffer.from([0x10, 0xff, 0xff, 0xff, 0xff, 0x7f])],
] as const)('%s as the first bytes closes the connection', async ([, first]) => {
  const before = inbox.newest();
  const client = await connectRaw(box.mqttPort, { mute: true });
  client.write(Buffer.from(first));
  expect(await client.closedWithin(6000)).toBe(true);
  expect(inbox.newest()).toBe(before);
});

test('who says nothing for 5 seconds is shown out, and so is who says it byte by byte', async () => {
  const silent = await connectRaw(box.mqttPort, { mute: true });
  const slow = await connectRaw(box.mqttPort, { mute: true });
  const hello = generate({ cmd: 'connect', clientId: 'slow', keepalive: 60, clean: true });
  for (let at = 0; at < 9 && slow.isOpen(); at += 1) {
    slow.write(hello.subarray(at, at + 1));
    await sleep(700);
  }
  expect(await silent.closedWithin(3000)).toBe(true);
  expect(await slow.closedWithin(3000)).toBe(true);
});

test('many strangers who say nothing do not keep a terminal out', async () => {
  const strangers = await Promise.all(
    Array.from({ length: 60 }, () => connectRaw(box.mqttPort, { mute: true })),
  );
  const client = await terminal({ clientId: 'latecomer' });
  expect(client.returnCode).toBe(0);
  client.destroy();
  for (const stranger of strangers) stranger.destroy();
});

test('taking over a client id loses nothing and leaves the box whole', async () => {
  const first = await terminal({ clientId: 'twin' });
  const second = await terminal({ clientId: 'twin' });
  expect(await first.closedWithin(2000)).toBe(true);
  expect(await second.publish(EVENT, nextSale())).toBe('acknowledged');
  second.destroy();
});

/** A connection of terminal T1. */
function terminal(connect: RawConnect): Promise<RawMqtt> {
  const { posPassword: password } = box;
  return connectRaw(box.mqttPort, { username: 'pos-T1', password, ...connect });
}

function nextSale(): Buffer {
  fresh += 1;
  return Buffer.from(sale(`door-${fresh}`));
}

/** Resident memory of the box after a collection it may choose to make, MiB. */
function residentMiB(): number {
  const status = readFileSync(`/proc/${box.pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
}
