/**
 * The dead box of a shop, put back from yesterday's backup as an operator does it: real processes, the
 * `larder` tool, and head office with its own PostgreSQL.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Cursor } from '#recipes/contracts/sync.ts';
import { runLarder } from '../edge/cli/run-larder.ts';
import { breaches } from '../edge/lives/two-lives.ts';
import { SMALL_BOOK } from '../edge/small-kitchen.ts';
import { type BoxProcess, startBoxProcess } from './box-process.ts';
import { endPostgres, type HqProcess, startHqProcess } from './hq-process.ts';
import type { StoreView } from './lives.ts';

const folder = mkdtempSync(join(tmpdir(), 'larder-lives-'));
const data = join(folder, 'data');
let hq: HqProcess;
let box: BoxProcess;
let settings: Record<string, string> = {};

beforeAll(async () => {
  hq = await startHqProcess(join(folder, 'hq'));
  const { token } = await hq.call<{ token: string }>('POST', '/stores', { store: 'demo' });
  settings = { LARDER_HQ_URL: `http://127.0.0.1:${hq.port}`, LARDER_HQ_TOKEN: token };
  box = await startBoxProcess(data, settings);
}, 120_000);
afterAll(async () => {
  await box?.kill('SIGTERM');
  await hq?.kill('SIGTERM');
  await endPostgres(join(folder, 'hq'));
  rmSync(folder, { recursive: true, force: true });
});

/** `count` sales of one egg dish each: two eggs. */
async function sell(name: string, count: number): Promise<string[]> {
  const events = Array.from({ length: count }, (_, i) => {
    return { id: `${name}-${i}`, items: [{ sku: 'E', qty: 1 }] };
  });
  const answer = await box.call('POST', '/api/v1/pos/T1/events', events);
  return (answer as { results: { status: string }[] }).results.map(({ status }) => status);
}

async function does(kind: string, data: object): Promise<void> {
  const commands = [{ id: `${kind}-${performance.now()}`, kind, data }];
  const answer = await box.call('POST', '/api/v1/commands', { commands });
  expect(answer).toMatchObject({ results: [{ status: 'applied' }] });
}

async function eggs(): Promise<string | undefined> {
  const { items } = (await box.call('GET', '/api/v1/stock')) as {
    items: { item: string; onHand: string }[];
  };
  return items.find(({ item }) => item === 'egg')?.onHand;
}

/** Head office has all of the box and the box all of head office. */
async function caughtUp(): Promise<Cursor> {
  for (const until = performance.now() + 60_000; performance.now() < until; await sleep(100)) {
    const feed = (await box.call('GET', '/api/v1/feed?limit=1')) as {
      incarnation: string;
      head: { seq: number };
    };
    const path = `/stores/demo/cursor?incarnation=${feed.incarnation}`;
    const cursor = await hq.call<Cursor>('GET', path);
    if (cursor.ackedSeq === feed.head.seq && cursor.takeover === false) return cursor;
  }
  throw new Error(`not caught up\n${box.written()}\n${hq.written()}`);
}

test('restored, it has everything again, and an operator sees what happened', async () => {
  await box.call('PUT', '/api/v1/book', SMALL_BOOK);
  await does('delivery.receive', { lines: [{ item: 'egg', qty: '500', lot: 'E1' }] });
  await sell('monday', 20);
  const backup = join(folder, 'monday.db');
  const larder = (...args: string[]) => runLarder(folder, args);
  expect((await larder('backup', backup)).exit).toBe(0);
  await sell('tuesday', 30);
  await does('waste.log', { lot: 'E1', qty: '7', reason: 'dropped' });
  expect(await eggs()).toBe('393');
  await caughtUp();
  await box.kill('SIGKILL');

  const restored = await larder('restore', backup);
  expect([restored.exit, restored.stdout]).toEqual([0, expect.stringContaining('new life')]);
  box = await startBoxProcess(data, settings);
  await sell('wednesday', 10);
  const { differences, state } = await caughtUp();
  expect([state, differences, await eggs()]).toEqual(['main', 0, '373']);
  expect(new Set(await sell('tuesday', 30))).toEqual(new Set(['duplicate']));
  expect(await eggs()).toBe('373');

  const { items } = (await box.call('GET', '/api/v1/inbox')) as {
    items: { title: { en: string } }[];
  };
  const titles = items.map(({ title }) => title.en);
  expect(titles).toContain('This box goes on from a backup');
  expect(titles).toContainEqual(expect.stringMatching(/^31 taken over from another box$/));
  const { livesList, twoBoxes, sales } = await hq.call<StoreView>('GET', '/stores/demo');
  expect(livesList.map(({ state: one, why }) => [one, why])).toEqual([
    ['sealed', null],
    ['main', 'restored'],
  ]);
  expect([twoBoxes, sales]).toEqual([false, 60]);
  await box.kill('SIGTERM');
  expect(breaches(data)).toEqual([]);
}, 180_000);
