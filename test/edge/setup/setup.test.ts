/** The first hour of a box: what it says is missing, the sample, the settings, a weight on the stream. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startBox, type TestBox } from '../../support/start-box.ts';
import { MANAGER, pairTablet } from '../people/tablet.ts';
import { hear } from './hear.ts';

let box: TestBox;
beforeEach(async () => {
  box = await startBox();
});
afterEach(() => box.stop());

type Setup = Record<string, unknown> & { posCredentials: Record<string, string> };

test('says step by step what is there, and how others reach it', async () => {
  const first = await box.api<Setup>('GET', '/setup');
  expect(first).toMatchObject({
    language: 'zh',
    book: null,
    posSeen: null,
    printers: [],
    devices: 0,
    people: 0,
    done: false,
    reach: { host: '127.0.0.1', loopbackOnly: true, lan: expect.any(Array) },
  });
  expect(first.posCredentials).toEqual({
    url: `mqtt://127.0.0.1:${box.mqttPort}`,
    topic: 'larder/v1/demo/pos/T1/event',
    username: box.mqttUser,
    password: box.mqttPassword,
  });
  await box.send([{ odd: true }]);
  expect((await box.api<Setup>('GET', '/setup'))['posSeen']).toBe(null);
  await box.send([{ id: 's1', items: [{ sku: 'NOBODY', qty: 1 }] }]);
  await box.command('user.add', MANAGER);
  await pairTablet(box);
  await box.command('setting.set', { key: 'setupDone', value: 'yes' });
  expect(await box.api('GET', '/setup')).toMatchObject({
    posSeen: { terminal: 'T1', event: 2, status: 'held', lines: { applied: 0, held: 1 } },
    devices: 1,
    people: 1,
    done: true,
  });
  expect(await box.api('GET', '/status')).toMatchObject({
    hq: { configured: false, ackedSeq: null },
    setup: { done: true },
    settings: { showMoney: true, blindCounts: true },
  });
});

test("the sample comes once, whole, and never over a book of one's own", async () => {
  const done = await box.api<{ book: { items: number } }>('POST', '/setup/demo');
  expect(done.book.items).toBeGreaterThan(40);
  const stock = await box.stock();
  expect(Number(stock['pork-belly'])).toBeGreaterThan(0);
  const { seq } = await box.api<{ seq: number }>('GET', '/status');
  expect(await box.api('POST', '/setup/demo')).toEqual(done);
  expect(await box.api('GET', '/status')).toMatchObject({ seq });
  const [result] = await box.send([{ id: 's1', items: [{ sku: 'M-1001', qty: 1 }] }]);
  expect(result).toMatchObject({ status: 'applied' });
});

test("a book of one's own is not replaced by the sample", async () => {
  const items = [{ id: 'rice', name: '米', unit: 'g' }];
  await box.api('PUT', '/book', { larder: 1, name: 'Own', currency: 'CNY', items, recipes: [] });
  expect(await box.api('POST', '/setup/demo')).toMatchObject({ status: 409, code: 'not_new' });
});

test.each([
  ['inferPrep', 'off', 'perhaps'],
  ['blindCounts', 'off', 'true'],
  ['showMoney', 'on', ''],
  ['setupDone', 'yes', 'no'],
  ['storeName', '红烧肉饭馆', ' '],
  ['madeAfter', '240', 'soon'],
] as const)('setting %s takes %s, not %j', async (key, good, bad) => {
  const set = (value: string) => box.command('setting.set', { key, value });
  expect(await set(good)).toMatchObject({ status: 'applied' });
  expect(await set(bad)).toMatchObject({ status: 'rejected', code: 'bad_setting' });
  expect(box.box.parts.settings.get(key)).toBe(good);
});

test('a weight is heard by everybody, by who comes a moment later, and stored nowhere', async () => {
  const tablet = await pairTablet(box);
  const { seq } = await box.api<{ seq: number }>('GET', '/status');
  const early = hear(await tablet.call('GET', '/stream', undefined, { 'last-event-id': `${seq}` }));
  const weight = { scale: '1', grams: '620.5', stable: true };
  expect(await (await tablet.call('POST', '/scale', weight)).json()).toEqual(weight);
  expect(await early.next('scale')).toEqual(weight);
  await box.api('POST', '/scale', { ...weight, scale: '2', grams: 12, stable: false });
  const late = hear(await tablet.call('GET', '/stream'));
  expect([await late.next('scale'), await late.next('scale')]).toEqual([
    weight,
    { scale: '2', grams: 12, stable: false },
  ]);
  expect(await box.api('GET', '/status')).toMatchObject({ seq });
  for (const odd of [{}, { ...weight, grams: 'heavy' }, { ...weight, more: 1 }]) {
    expect(await box.api('POST', '/scale', odd)).toMatchObject({ status: 400, code: 'bad_body' });
  }
  await early.close();
  await late.close();
});
