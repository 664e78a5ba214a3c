/**
 * The fault tools themselves, against a toy box in memory: the proxy must really disturb, the outbox
 * must get everything across, and a toy box that cheats must be found out.
 */

import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { Aedes } from 'aedes';
import { afterEach, expect, test } from 'vitest';
import { NO_FAULTS, startMqttProxy } from '../support/mqtt-proxy.ts';
import { startOutboxPos } from '../support/outbox-pos.ts';
import { seeded } from '../support/seeded.ts';
import { deliveries, generateEvents } from './events.ts';
import { BAD_NETWORK } from './kill.ts';
import { expectedTotals, toMillionths } from './oracle.ts';

const cleanUps: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

test('the outbox gets 3,000 events through the worst network', async () => {
  const toy = await startToyBox(() => true);
  const faults = { ...BAD_NETWORK, reset: 0.002, blackHole: 0.0005 };
  const proxy = await startMqttProxy({ seed: 11, targetPort: () => toy.port, faults });
  cleanUps.push(() => proxy.close());
  const pos = startToyPos(() => proxy.port);
  for (let number = 0; number < 3000; number += 1) pos.offer(event(number));
  await pos.drained();

  expect(pos.acknowledged.size).toBe(3000);
  expect([...pos.acknowledged.keys()].filter((id) => !toy.stored.has(id))).toEqual([]);
  expect(pos.counts.resent).toBeGreaterThan(100);
  expect(pos.counts.connects).toBeGreaterThan(1);
  expect(proxy.counts.resets).toBeGreaterThan(0);
}, 60_000);

test('a box that acknowledges without storing is found out', async () => {
  const toy = await startToyBox((id) => !id.endsWith('7'));
  const pos = startToyPos(() => toy.port);
  for (let number = 0; number < 100; number += 1) pos.offer(event(number));
  await pos.drained();

  const lost = [...pos.acknowledged.keys()].filter((id) => !toy.stored.has(id));
  expect(lost).toHaveLength(10);
});

test('the proxy without faults changes nothing', async () => {
  const toy = await startToyBox(() => true);
  const proxy = await startMqttProxy({ seed: 1, targetPort: () => toy.port, faults: NO_FAULTS });
  cleanUps.push(() => proxy.close());
  const pos = startToyPos(() => proxy.port);
  for (let number = 0; number < 500; number += 1) pos.offer(event(number));
  await pos.drained();

  expect(toy.arrived).toBe(500);
  expect(pos.counts).toMatchObject({ sent: 500, resent: 0, connects: 1 });
  expect(proxy.counts).toMatchObject({ dropped: 0, doubled: 0, delayed: 0, reordered: 0 });
});

test('events are the same for the same seed, and their order is nothing to the oracle', () => {
  const events = generateEvents(5, 4000);
  expect(generateEvents(5, 4000)).toEqual(events);
  expect(generateEvents(6, 4000)).not.toEqual(events);

  const forwards = expectedTotals(events);
  const shuffled = seeded(9).shuffle([...events]);
  expect(expectedTotals(shuffled)).toEqual(forwards);
  // Every kind of event and every fate is in it, or the great run would prove less than it says.
  const kinds = new Set(events.map(({ type }) => type));
  expect(kinds.size).toBe(4);
  for (const totals of Object.values(forwards)) {
    expect(totals.sold > 0n && totals.waste > 0n && totals.comp > 0n).toBe(true);
  }
});

test('every event is delivered one to five times', () => {
  const events = generateEvents(5, 500);
  const copies = new Map<string, number>();
  for (const { id } of deliveries(5, events, 5)) copies.set(id, (copies.get(id) ?? 0) + 1);
  expect(copies.size).toBe(500);
  expect(new Set(copies.values())).toEqual(new Set([1, 2, 3, 4, 5]));
});

test('decimals become millionths exactly', () => {
  expect(toMillionths('0.000001')).toBe(1n);
  expect(toMillionths('-12.5')).toBe(-12_500_000n);
  expect(() => toMillionths('1.0000001')).toThrow('6 places');
});

type ToyBox = { readonly port: number; readonly stored: Set<string>; arrived: number };

/** Acknowledges everything; stores what `keeps` says. */
async function startToyBox(keeps: (id: string) => boolean): Promise<ToyBox> {
  const broker = await Aedes.createBroker();
  const server = createServer(broker.handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const toy = {
    port: (server.address() as AddressInfo).port,
    stored: new Set<string>(),
    arrived: 0,
  };
  broker.authorizePublish = (_client, packet, done) => {
    const id = packet.payload.toString();
    toy.arrived += 1;
    if (keeps(id)) toy.stored.add(id);
    done(null);
  };
  cleanUps.push(async () => {
    await new Promise<void>((resolve) => broker.close(() => resolve()));
    server.close();
  });
  return toy;
}

function startToyPos(port: () => number): ReturnType<typeof startOutboxPos> {
  const pos = startOutboxPos({
    port,
    store: 'demo',
    terminal: 'T1',
    username: 'pos-T1',
    password: 'toy',
    inFlight: 50,
    resendAfterMs: 300,
    settledBy: 'puback',
  });
  cleanUps.push(() => pos.stop());
  return pos;
}

function event(number: number): { id: string; body: Buffer } {
  return { id: `e${number}`, body: Buffer.from(`e${number}`) };
}
