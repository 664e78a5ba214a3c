/** The document of the bus against a real broker: the topics it lists are those that are heard. */
import mqtt from 'mqtt';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { asyncApi } from '../../../edge/http/asyncapi.ts';
import { topicsOf } from '../../../edge/pos/topics.ts';
import { startBox, type TestBox } from '../../support/start-box.ts';
import { brokenReferences, misfits } from './json-schema.ts';

const document = asyncApi('demo');
const { schemas, messages } = document.components;
type Message = { payload: object; examples: { name: string; payload: unknown }[] };
type Operation = {
  action: 'send' | 'receive';
  channel: { $ref: string };
  bindings: { mqtt: { qos: number; retain: boolean } };
};
const operations = Object.values(document.operations) as unknown as Operation[];

test('it is AsyncAPI 3.0 whose references lead somewhere', () => {
  expect(document.asyncapi).toBe('3.0.0');
  expect(brokenReferences(document)).toEqual([]);
});

test('its channels are the topics the box knows', () => {
  const topics = topicsOf('demo');
  const known = {
    event: topics.event('{terminal}'),
    result: topics.result('{terminal}'),
    ack: topics.ack('{terminal}'),
    terminalStatus: topics.status('{terminal}'),
    edgeStatus: topics.edgeStatus,
    stockLevel: topics.level('{item}'),
    stockMenu: topics.menu('{sku}'),
    orderSuggestion: topics.suggestion('{date}'),
    alert: topics.alert('{id}'),
  };
  const written = Object.entries(document.channels).map(([name, { address }]) => [name, address]);
  expect(Object.fromEntries(written)).toEqual(known);
  // Every function and constant of topics is among them.
  expect(Object.keys(topics).length - 2).toBe(Object.keys(known).length);
});

test('every example fits its message', () => {
  let looked = 0;
  for (const [name, message] of Object.entries(messages) as unknown as [string, Message][]) {
    for (const example of message.examples) {
      looked++;
      expect(misfits(schemas, message.payload, example.payload), `${name} ${example.name}`).toEqual(
        [],
      );
    }
    expect(misfits(schemas, message.payload, { state: 1 }), name).not.toEqual([]);
  }
  expect(looked).toBeGreaterThan(12);
});

type Heard = { topic: string; payload: string; retain: boolean; qos: number };

/** Listens with the admin's rights until `enough` or two seconds of silence. */
async function listen(
  box: TestBox,
  work: () => Promise<void>,
  enough: (heard: Heard[]) => boolean,
): Promise<Heard[]> {
  const heard: Heard[] = [];
  const client = mqtt.connect(`mqtt://127.0.0.1:${box.mqttPort}`, {
    username: 'admin',
    password: box.token,
    protocolVersion: 4,
  });
  const done = new Promise<void>((resolve) => {
    client.on('message', (topic, payload, { retain, qos }) => {
      heard.push({ topic, payload: payload.toString('utf8'), retain, qos });
      if (enough(heard)) resolve();
    });
  });
  await new Promise<void>((resolve) => client.once('connect', () => resolve()));
  await client.subscribeAsync('larder/v1/demo/#', { qos: 1 });
  await work();
  await done;
  await client.endAsync();
  return heard;
}

let box: TestBox;
beforeAll(async () => {
  box = await startBox({ demoBook: true });
});
afterAll(() => box.stop());

test('what the box says on the bus is what the document says, on every topic it writes', async () => {
  const channelOf = (topic: string) =>
    Object.entries(document.channels).find(([, { address }]) =>
      new RegExp(`^${address.replace(/\{\w+\}/g, '[^/]+')}$`).test(topic),
    )?.[0];
  const sends = operations
    .filter(({ action }) => action === 'send')
    .map(({ channel }) => channel.$ref.slice(11));
  await box.command('delivery.receive', { lines: [{ item: 'pork-belly', qty: '4 kg' }] });
  const heard = await listen(
    box,
    async () => {
      await box.send([
        { id: 'a1', epoch: 'e', sequence: 3, items: [{ sku: 'M-1001', qty: 1 }] },
        { id: 'a2', items: [{ sku: 'NOBODY', qty: 1 }] },
      ]);
    },
    (list) => sends.every((name) => list.some(({ topic }) => channelOf(topic) === name)),
  );
  for (const { topic, payload, qos } of heard) {
    const name = channelOf(topic);
    expect(name, topic).toBeDefined();
    const message = messages[name ?? ''] as unknown as Message;
    expect(misfits(schemas, message.payload, JSON.parse(payload)), `${topic} ${payload}`).toEqual(
      [],
    );
    expect(qos).toBe(1);
  }
  // What is said to be retained is there for whoever comes later; the rest is not.
  const later = await listen(
    box,
    async () => undefined,
    (list) => list.some(({ topic }) => topic.includes('/alert/')),
  );
  const kept = new Set(later.filter(({ retain }) => retain).map(({ topic }) => channelOf(topic)));
  for (const { action, channel, bindings } of operations) {
    if (action === 'send')
      expect(kept.has(channel.$ref.slice(11)), channel.$ref).toBe(bindings.mqtt.retain);
  }
});
