/** The proxy does to requests what it says, and the same again for the same seed. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type HttpFaults, NO_HTTP_FAULTS, startHttpProxy } from './http-proxy.ts';

const arrived: string[] = [];
const server = createServer(async (request, response) => {
  let text = '';
  try {
    for await (const chunk of request) text += String(chunk);
  } catch {
    arrived.push('half');
    return;
  }
  arrived.push(text);
  response.end(`got ${text} ${'.'.repeat(1_000)}`);
});
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  arrived.length = 0;
});

const open = (faults: Partial<HttpFaults>, seed = 1) =>
  startHttpProxy({
    seed,
    targetPort: () => (server.address() as AddressInfo).port,
    faults: { ...NO_HTTP_FAULTS, ...faults },
  });
const post = async (url: string, body: string) => {
  try {
    return await (await fetch(url, { method: 'POST', body })).text();
  } catch {
    return 'broken';
  }
};
const settle = () => new Promise((resolve) => setTimeout(resolve, 100));

test('without faults it is not there', async () => {
  const proxy = await open({});
  expect(await post(proxy.url, 'a')).toContain('got a');
  expect(arrived).toEqual(['a']);
  await proxy.close();
});

test.each([
  ['loseRequest', 'broken', []],
  ['loseAnswer', 'broken', ['aaaa']],
  ['cutAnswer', 'broken', ['aaaa']],
  ['cutRequest', 'broken', ['half']],
  ['double', 'got aaaa', ['aaaa', 'aaaa']],
  ['portal', 'sign in', []],
  ['delay', 'got aaaa', ['aaaa']],
] as const)('%s', async (fault, answer, got) => {
  const proxy = await open({ [fault]: 1, delayMaxMs: 20 });
  expect(await post(proxy.url, 'aaaa')).toContain(answer);
  await settle();
  expect(arrived).toEqual(got);
  expect(proxy.counts[fault]).toBe(1);
  await proxy.close();
});

test('what is held back arrives after what came later', async () => {
  const proxy = await open({ reorder: 1 });
  expect(await post(proxy.url, 'early')).toBe('broken');
  proxy.setFaults(NO_HTTP_FAULTS);
  await post(proxy.url, 'late');
  await proxy.release();
  expect(arrived.toSorted()).toEqual(['early', 'late']);
  expect(proxy.counts.replayed).toBe(1);
  await proxy.close();
});

test('the same seed has the same fate', async () => {
  const fates: string[][] = [];
  for (const seed of [7, 7, 8]) {
    const proxy = await open({ loseRequest: 0.2, portal: 0.2, double: 0.2 }, seed);
    const seen: string[] = [];
    for (let i = 0; i < 30; i++) seen.push((await post(proxy.url, 'x')).slice(0, 6));
    fates.push([...seen, ...Object.values(proxy.counts).map(String)]);
    await proxy.close();
  }
  expect(fates[0]).toEqual(fates[1]);
  expect(fates[0]).not.toEqual(fates[2]);
});
