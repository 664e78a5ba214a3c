/** The bridge as its own process between a real box and a real head office. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LoneBridge, startLoneBridge } from '../faults/hq-process.ts';
import { startTestPostgres, type TestPostgres } from '../support/postgres.ts';
import { startBox, type TestBox } from '../support/start-box.ts';
import { startTestHq, type TestHq } from '../support/start-hq.ts';

type Cursor = { ackedSeq: number; ackedHash: string; differences: number | null };
type Feed = { head: { seq: number; hash: string } };

let postgres: TestPostgres;
let hq: TestHq;
let box: TestBox;
let bridge: LoneBridge;
let sold = 0;

beforeAll(async () => {
  postgres = await startTestPostgres();
  hq = await startTestHq(await postgres.database());
  box = await startBox({ demoBook: true });
  bridge = startBridge();
});
afterAll(async () => {
  await endBridge();
  await box.stop();
  await hq.stop();
  await postgres.stop();
});

function startBridge(): LoneBridge {
  return startLoneBridge({
    LARDER_DATA: box.data,
    LARDER_HQ_URL: `${hq.url}/hq/v1/`,
    LARDER_HQ_TOKEN: hq.hq.adminToken,
  });
}

/** @returns milliseconds until it was gone */
async function endBridge(): Promise<number> {
  const before = performance.now();
  expect(await bridge.kill('SIGTERM')).toBe(0);
  return performance.now() - before;
}

const sell = (count: number) =>
  box.send(
    Array.from({ length: count }, () => ({
      id: `sale-${++sold}`,
      items: [{ sku: 'M-1001', qty: 1 }],
    })),
  );
const cursor = async () => (await hq.api<Cursor>('GET', '/stores/demo/cursor')).body;

/** Until head office has the box's newest entry. */
async function arrived(ms = 20_000): Promise<Cursor> {
  const end = performance.now() + ms;
  for (;;) {
    const { head } = await box.api<Feed>('GET', '/feed?limit=1');
    const now = await cursor();
    if (now.ackedSeq === head.seq) {
      expect(now.ackedHash).toBe(head.hash);
      return now;
    }
    if (performance.now() > end)
      throw new Error(`at ${now.ackedSeq} of ${head.seq}:\n${bridge.written()}`);
    await sleep(10);
  }
}

test('what was sold before it came arrives, with the same balances', async () => {
  for (let i = 0; i < 4; i++) await sell(300);
  expect(await arrived()).toMatchObject({ differences: 0 });
});

test('a sale does not wait for the end of a long poll', async () => {
  await arrived();
  for (let i = 0; i < 5; i++) {
    const before = performance.now();
    await sell(1);
    await arrived();
    expect(performance.now() - before).toBeLessThan(10_000);
  }
});

test('the box says what head office has', async () => {
  await arrived();
  const said = async () => (await box.api<{ hq: Record<string, unknown> }>('GET', '/status')).hq;
  const seq = box.box.parts.ledger.seq();
  await expect
    .poll(said, { timeout: 10_000 })
    .toMatchObject({ ackedSeq: seq, lagMs: 0, differences: 0 });
});

test('it finds a box again that comes back on another port', async () => {
  const port = box.box.httpPort;
  await box.restart();
  expect(box.box.httpPort).not.toBe(port);
  await sell(5);
  await arrived();
});

test('it goes on where head office is, keeps nothing, and ends at once', async () => {
  expect(await endBridge()).toBeLessThan(10_000);
  await sell(400);
  const before = await cursor();
  bridge = startBridge();
  await arrived();
  const lines = bridge.written();
  expect(lines).toContain(`"seq":${before.ackedSeq}`);
  expect(lines).not.toContain(hq.hq.adminToken);
  const { adminToken } = JSON.parse(readFileSync(join(box.data, 'secrets.json'), 'utf8'));
  expect(lines).not.toContain(adminToken);
});

test('two bridges on one box do no harm', async () => {
  const second = startBridge();
  await expect.poll(() => second.written()).toContain('"going on"');
  for (let i = 0; i < 10; i++) await sell(50);
  expect(await arrived()).toMatchObject({ differences: 0 });
  expect(await second.kill('SIGTERM')).toBe(0);
  await sell(1);
  expect(await arrived()).toMatchObject({ differences: 0 });
});
