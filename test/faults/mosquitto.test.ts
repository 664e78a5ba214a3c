/**
 * The external-broker mode against a real Mosquitto. Its acknowledgement says nothing about our
 * disk, so the terminal believes only the result; the box and the broker are killed under load.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, type TestContext, test } from 'vitest';
import { findMosquitto, type Mosquitto, startMosquitto } from '../support/mosquitto.ts';
import { type OutboxPos, startOutboxPos } from '../support/outbox-pos.ts';
import { seedOf } from '../support/seeded.ts';
import { type BoxProcess, startBoxProcess } from './box-process.ts';
import { compareHoldings } from './compare.ts';
import { deliveries, generateEvents } from './events.ts';
import { runFsck } from './fsck.ts';
import { orDeath, settled } from './kill.ts';
import { missingEvents, readLarderFile } from './larder-file.ts';
import { expectedTotals } from './oracle.ts';
import { connectRaw } from './raw-mqtt.ts';
import { adoptBooks, receivedAmounts, receiveFirstLots, receiveLastLot } from './restaurant.ts';

const seed = seedOf(77);
const cleanUps: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

test('sales through Mosquitto survive the death of the box', async (context) => {
  const rig = await setUp(context);
  const { events, pos, now } = rig;
  for (const event of deliveries(seed, events, 2)) pos.offer(event);
  const all = pos.waiting();
  for (const share of [0.75, 0.5, 0.25]) {
    await orDeath(untilWaiting(pos, all * share), () => [now.box]);
    await now.box.kill('SIGKILL');
    expect(missingEvents(rig.file, pos.acknowledged.keys())).toEqual([]);
    await rig.startBox();
  }
  await checkEnd(rig);
}, 180_000);

test('sales through Mosquitto survive the death of Mosquitto', async (context) => {
  const rig = await setUp(context);
  const { events, pos, now, broker } = rig;
  for (const event of deliveries(seed, events, 2)) pos.offer(event);
  const all = pos.waiting();
  for (const share of [0.7, 0.4]) {
    await orDeath(untilWaiting(pos, all * share), () => [now.box]);
    await broker.kill();
    await sleep(100);
    await broker.restart();
  }
  await checkEnd(rig);
}, 180_000);

test('what a terminal publishes while the box is away waits for it in Mosquitto', async (context) => {
  const rig = await setUp(context);
  const { events, now, broker } = rig;
  await now.box.kill('SIGKILL');
  const { username, password } = broker.terminal;
  const till = await connectRaw(broker.port, { clientId: 'till', username, password });
  // More than 1,000: where Mosquitto's own defaults would have dropped the rest.
  const waiting = events.slice(0, 1200);
  for (const event of waiting) {
    expect(await till.publish('larder/v1/demo/pos/T1/event', event.body)).toBe('acknowledged');
  }
  till.end();
  await rig.startBox();
  const ids = waiting.map(({ id }) => id);
  await expect
    .poll(() => missingEvents(rig.file, ids).length, { timeout: 30_000, interval: 100 })
    .toBe(0);
}, 120_000);

test('the box is announced, and its will replaces the announcement', async (context) => {
  const { broker, now } = await setUp(context);
  const { username, password } = broker.terminal;
  const till = await connectRaw(broker.port, { clientId: 'till', username, password });
  await till.subscribe('larder/v1/demo/edge/status');
  const nextState = async (): Promise<unknown> => {
    const packet = await till.take(({ cmd }) => cmd === 'publish', 10_000);
    if (packet?.cmd !== 'publish') return undefined;
    return (JSON.parse(packet.payload.toString()) as { state: unknown }).state;
  };
  expect(await nextState()).toBe('ready');
  await now.box.kill('SIGKILL');
  expect(await nextState()).toBe('lost');
  till.end();
}, 60_000);

type Rig = {
  readonly broker: Mosquitto;
  readonly events: ReturnType<typeof generateEvents>;
  readonly received: ReturnType<typeof receivedAmounts>;
  readonly pos: OutboxPos;
  readonly folder: string;
  readonly file: string;
  readonly now: { box: BoxProcess };
  startBox(): Promise<void>;
};

async function setUp(context: TestContext): Promise<Rig> {
  if (findMosquitto() === undefined) {
    console.warn('EXTERNAL BROKER NOT TESTED: mosquitto is not installed');
    context.skip();
  }
  console.info(`seed ${seed} (LARDER_SEED repeats a run)`);
  const folder = mkdtempSync(join(tmpdir(), 'larder-mosquitto-box-'));
  cleanUps.push(() => rmSync(folder, { recursive: true, force: true }));
  const broker = await startMosquitto();
  cleanUps.push(() => broker.stop());
  const settings = { LARDER_MQTT_URL: broker.boxUrl };
  const now = { box: await startBoxProcess(folder, settings) };
  cleanUps.push(() => now.box.kill('SIGKILL'));
  const events = generateEvents(seed, 1200);
  const received = receivedAmounts(expectedTotals(events));
  await adoptBooks(now.box);
  await receiveFirstLots(now.box, received);
  await receiveLastLot(now.box, received);
  const pos = startOutboxPos({
    port: () => broker.port,
    store: 'demo',
    terminal: 'T1',
    ...broker.terminal,
    inFlight: 50,
    resendAfterMs: 3000,
    settledBy: 'result',
    cleanSession: false,
  });
  cleanUps.push(() => pos.stop());
  return {
    broker,
    events,
    received,
    pos,
    folder,
    file: join(folder, 'larder.db'),
    now,
    async startBox() {
      now.box = await startBoxProcess(folder, settings);
    },
  };
}

async function untilWaiting(pos: OutboxPos, atMost: number): Promise<void> {
  while (pos.waiting() > atMost) await sleep(5);
}

/** Everything got a result, is stored once, and the stock is right. */
async function checkEnd(rig: Rig): Promise<void> {
  const { pos, now, events, folder } = rig;
  await orDeath(pos.drained(), () => [now.box]);
  await settled(folder, [now.box]);
  const stockShown = await now.box.call('GET', '/api/v1/stock');
  await now.box.kill('SIGTERM');
  const file = readLarderFile(rig.file);
  expect(pos.acknowledged.size).toBe(events.length);
  expect([...pos.acknowledged.keys()].filter((id) => !file.events.has(id))).toEqual([]);
  expect([...file.events.values()].filter((rows) => rows > 1)).toEqual([]);
  expect(file.statuses).toEqual({ applied: events.length });
  expect(compareHoldings(file, expectedTotals(events), rig.received, stockShown)).toEqual([]);
  expect(runFsck(folder)).toMatchObject({ exit: 0 });
}
