/** Other makes' bodies through the whole box: over HTTP, into stock, and what is not understood is kept. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startBox, type TestBox } from '../../support/start-box.ts';
import { SMALL_BOOK } from '../small-kitchen.ts';

const SHARED = process.env['LARDER_SHARED'] ?? join(import.meta.dirname, '../../../../shared');
const FOLDER = join(SHARED, 'data', 'pos-payloads');

let box: TestBox;
beforeEach(async (ctx) => {
  if (!existsSync(FOLDER)) {
    console.warn(`the POS bodies are missing: ${FOLDER}`);
    ctx.skip();
  }
  box = await startBox({ book: SMALL_BOOK });
});
afterEach(() => box?.stop());

type Inbox = {
  items: {
    kind: string;
    subject: { sku?: string; event?: number; reasons?: { code: string }[] };
  }[];
};

async function post(
  make: string,
  file: string,
): Promise<{ status: number; body: string; results: string | null }> {
  const response = await fetch(`${box.url}/api/v1/pos/T1/adapters/${make}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${box.token}` },
    body: readFileSync(join(FOLDER, make === 'square' ? 'square' : 'freemud-kaigedian', file)),
  });
  return {
    status: response.status,
    body: await response.text(),
    results: response.headers.get('larder-results'),
  };
}

const inbox = () => box.api<Inbox>('GET', '/inbox');

test('a paid Square order waits for its dishes, then leaves stock; sent again it has no effect', async () => {
  expect(await post('square', 'PayOrderResponse.json')).toMatchObject({
    status: 200,
    results: 'held',
  });
  const skus = (await inbox()).items.flatMap((i) =>
    i.kind === 'unknown_sku' ? [i.subject.sku ?? ''] : [],
  );
  expect(skus.length).toBe(2);
  for (const sku of skus) await box.command('sku.map', { sku, recipe: 'egg-dish' });
  expect((await box.stock())['egg']).toBe('-6');
  expect(await post('square', 'PayOrderResponse.json')).toMatchObject({ results: 'duplicate' });
  expect((await box.stock())['egg']).toBe('-6');
});

test('a Freemud order whose money key is repeated is sold; its answer names our order', async () => {
  const order = await post('freemud', '01_order-submit_req.json');
  expect(order).toMatchObject({ status: 200, results: 'held' });
  expect(JSON.parse(order.body)).toMatchObject({ statusCode: '100' });
  const [unknown] = (await inbox()).items.filter((i) => i.kind === 'unknown_sku');
  await box.command('sku.map', { sku: unknown?.subject.sku, recipe: 'egg-dish' });
  // Its size and its sugar are modifiers nobody knows: each is asked for in turn.
  for (let asked = 0; asked < 5; asked++) {
    const [next] = (await inbox()).items.filter((i) => i.kind === 'unknown_sku');
    if (next) await box.command('sku.map', { sku: next.subject.sku, ignore: true });
  }
  expect((await box.stock())['egg']).toBe('-2');
});

test('the two bodies that are no JSON are refused with line and column, and their bytes are kept', async () => {
  for (const file of ['06_order-historyOrders_resp.json', '08_order-queryDetail_resp.json']) {
    const answer = await post('freemud', file);
    expect(answer.body).toMatch(/"statusCode":"?21/);
    const item = (await inbox()).items.find((i) => i.kind === 'quarantined');
    const kept = await fetch(`${box.url}/api/v1/events/${item?.subject.event}/body`, {
      headers: { authorization: `Bearer ${box.token}` },
    });
    const bytes = readFileSync(join(FOLDER, 'freemud-kaigedian', file));
    expect(Buffer.from(await kept.arrayBuffer()).equals(bytes)).toBe(true);
    await box.command('quarantine.dismiss', { event: item?.subject.event });
  }
});

test('what says nothing about stock is kept and asks nobody', async () => {
  await post('square', 'PaymentUpdatedEvent.json');
  await post('freemud', '11_order-batchOrderStatus_req.json');
  expect((await inbox()).items).toEqual([]);
  const { events } = await box.api<{ events: { source: string }[] }>('GET', '/events?after=0');
  expect(events.map((e) => e.source)).toEqual(['square', 'freemud']);
});

test('a Square webhook that only names an order is put before a person', async () => {
  await post('square', 'OrderUpdatedEvent.json');
  const [item] = (await inbox()).items;
  expect(item).toMatchObject({
    kind: 'quarantined',
    subject: { reasons: [{ code: 'lines_missing' }] },
  });
});
