/** The long poll: a sale is told at once, silence is told in time, and nobody holds up the box's end. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Batch } from '#recipes/contracts/sync.ts';
import { GATHER_MS, openNewsWait } from '../../../edge/feed/news-wait.ts';
import { startBox, type TestBox } from '../../support/start-box.ts';
import { SMALL_BOOK } from '../small-kitchen.ts';
import { clockAt } from './clock.ts';
import { batchAfter, sideAfter } from './read-all.ts';

test('whoever waits is answered a moment after the news, once for all of it', async () => {
  const clock = clockAt(0);
  const wait = openNewsWait(clock.ports);
  let ready = false;
  let ended = 0;
  const end = () => void ended++;
  void wait.until(() => ready, 10_000).then(end);
  void wait.until(() => ready, 10_000).then(end);
  wait.news();
  clock.pass(GATHER_MS);
  await Promise.resolve();
  expect(ended).toBe(0);
  ready = true;
  wait.news();
  wait.news();
  clock.pass(GATHER_MS - 1);
  await new Promise((resolve) => setImmediate(resolve));
  expect(ended).toBe(0);
  clock.pass(1);
  await new Promise((resolve) => setImmediate(resolve));
  expect(ended).toBe(2);
  expect(clock.waiting()).toBe(0);
});

test('nothing new, an asker who left, a box that stops: each ends the wait', async () => {
  const clock = clockAt(0);
  const wait = openNewsWait(clock.ports);
  const gone = new AbortController();
  const all = [
    wait.until(() => false, 5_000),
    wait.until(() => false, 20_000, gone.signal),
    wait.until(() => false, 20_000),
    wait.until(() => true, 20_000),
    wait.until(() => false, 0),
  ];
  clock.pass(5_000);
  await Promise.all([all[0], all[3], all[4]]);
  gone.abort();
  await all[1];
  wait.close();
  await all[2];
  await wait.until(() => false, 20_000);
  expect(clock.waiting()).toBe(0);
});

let box: TestBox;
let last: Batch;
beforeAll(async () => {
  box = await startBox({ book: SMALL_BOOK });
});
afterAll(() => box.stop());

const NOTHING = { items: 0, lots: 0, books: 0, events: 0 };
let side = NOTHING;
async function poll(seconds: number): Promise<Batch> {
  last = await batchAfter(box, last?.to ?? 0, side, { wait: seconds });
  side = sideAfter(side, last);
  return last;
}

test('a sale is with the bridge in a small part of a second', async () => {
  await poll(0);
  const times: number[] = [];
  for (let i = 0; i < 10; i++) {
    const answer = poll(20).then((batch) => ({ batch, at: performance.now() }));
    await new Promise((resolve) => setTimeout(resolve, 60));
    const sold = performance.now();
    await box.send([{ id: `quick-${i}`, items: [{ sku: 'B', qty: 1 }] }]);
    const { batch, at } = await answer;
    expect(batch.entries.length).toBeGreaterThan(0);
    times.push(at - sold);
  }
  times.sort((a, b) => a - b);
  // The quickest says what the box does; the others also what else this machine does.
  expect(times[0]).toBeLessThan(100);
  expect(times[9]).toBeLessThan(5_000);
});

test('what makes no entry is told as well', async () => {
  const answer = poll(20);
  await new Promise((resolve) => setTimeout(resolve, 60));
  await box.send([{ id: 'nobody', items: [{ sku: 'NOBODY', qty: 1 }] }]);
  const batch = await answer;
  expect(batch.entries).toEqual([]);
  expect(batch.events?.to).toBe((batch.events?.after ?? 0) + 1);
});

test('silence is an empty batch at the end of the wait', async () => {
  const from = performance.now();
  const { entries, to, stateDigest } = await poll(0.5);
  expect(performance.now() - from).toBeGreaterThan(450);
  expect(entries).toEqual([]);
  expect(to).toBe(last.to);
  expect(stateDigest).toMatch(/^[0-9a-f]{32}$/);
});

test('a wait is 25 seconds at most', async () => {
  expect(await box.api('GET', '/feed?form=batch&wait=26')).toMatchObject({ code: 'bad_query' });
});

test('the box ends at once while somebody waits', async () => {
  const other = await startBox();
  const from = performance.now();
  const answer = batchAfter(other, 0, NOTHING, { wait: 20 }).catch(() => undefined);
  await new Promise((resolve) => setTimeout(resolve, 100));
  await other.stop();
  await answer;
  expect(performance.now() - from).toBeLessThan(5_000);
});
