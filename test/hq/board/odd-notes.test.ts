/** What a store says is not trusted: nonsense in its entries stops neither the board nor what reads on. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestPostgres, type TestPostgres } from '../../support/postgres.ts';
import { startTestHq, type TestHq } from '../../support/start-hq.ts';
import { g, StoryBox } from '../story-box.ts';

let postgres: TestPostgres;
let hq: TestHq;
beforeAll(async () => {
  postgres = await startTestPostgres();
  hq = await startTestHq(await postgres.database());
});
afterAll(async () => {
  await hq.stop();
  await postgres.stop();
});

const ODD: readonly unknown[] = [
  1.5,
  1e300,
  -1,
  null,
  {},
  [],
  'x',
  true,
  '1e9',
  '-0',
  '9'.repeat(40),
  'a NUL \0',
  'half \ud83d',
];
/** Beyond what any calendar has. */
const NEVER = 9e15;

/** As it should be, but for what people wrote and for its times. */
function goodsNote(value: unknown): object {
  const times = { producedAt: null, expiresAt: NEVER };
  const line = { item: 'rice', qty: '1', unit: 'g', lot: null, cost: 50, ...times };
  const lines = [{ ...line, name: { en: value } }];
  const transfer = `TR-odd-20261122-${ODD.indexOf(value)}`;
  return { what: 'send', transfer, step: 1, to: 's9', lines, note: value };
}

function askedNote(value: unknown): object {
  const lines = [{ item: 'rice', qty: '1', unit: 'g', name: { en: value } }];
  const requisition = `RQ-odd-${ODD.indexOf(value)}`;
  return { what: 'send', requisition, to: 'kitchen', deliverOn: null, lines, note: value };
}

function nonsense(): StoryBox {
  const box = new StoryBox('odd');
  box.adopt();
  for (const value of ODD) {
    const line = { item: value, qty: value, amount: value, cost: value, price: value };
    const known = { ...line, item: 'pork-belly' };
    const priced = { item: 'pork-belly', qty: '5 kg', price: value };
    const note = {
      ...line,
      reason: value,
      lines: [line, value, known, priced],
      usable: value,
      order: 'PO-1',
    };
    for (const kind of ['waste', 'count', 'order', 'receipt', 'trim', 'transfer'] as const) {
      box.tell(kind, { note, at: NEVER });
      box.tell(kind, { note: { ...note, what: 'create', of: value, item: 'pork-belly' } });
    }
    box.tell('transfer', { note: goodsNote(value), at: NEVER });
    box.tell('requisition', { note: askedNote(value), at: NEVER });
    box.tell('catalog', { note: { version: 7, kind: 'book', state: 'refused', reason: value } });
    box.tell('catalog', { note: { version: 2 ** 40, kind: value, state: 'taken' }, at: NEVER });
    box.tell('reversal', { note: value as object, reverses: box.seq + 5 });
  }
  box.lots.push([1, 1, 'L', null, 1, g(1), null, NEVER, null, NEVER, null]);
  box.tell('batch', { moves: [box.move('pork-belly', 1, 'production', 'stock', 1)] });
  return box;
}

it('is shown, added up and read on, whatever stands in it', async () => {
  await hq.api('POST', '/webhooks', {
    url: 'https://erp.example/in',
    events: ['waste.logged', 'order.sent', 'entry.reversed', 'delivery.received', 'count.posted'],
  });
  const box = nonsense();
  const taken = await hq.api('POST', '/stores/odd/batches', box.batch());
  expect(taken.body).toMatchObject({ ackedSeq: box.seq });
  const read = async () => {
    const { rows } = await hq.hq.parts.db.chain.query<{ seq: string }>('SELECT seq FROM reading');
    return Number(rows[0]?.seq);
  };
  await expect.poll(read, { timeout: 20_000 }).toBe(box.seq);
  const waiting = () => hq.hq.parts.db.chain.query('SELECT * FROM chore').then(({ rows }) => rows);
  await expect.poll(waiting, { timeout: 20_000 }).toEqual([]);
  expect((await hq.api('GET', '/transfers')).body).toMatchObject({
    transfers: expect.arrayContaining([expect.objectContaining({ note: 'half \uFFFD' })]),
  });
  for (const path of [
    '/stores',
    '/stores/odd',
    '/stores/odd/stock',
    '/stock',
    '/entries?limit=500',
    '/orders?state=all',
    '/orders/odd/PO-1',
    '/reports/waste?day=2026-11-22',
    '/reports/variance?day=2026-11-22',
    '/reports/usage?day=2026-11-22',
    '/export/orders.csv',
    '/export/waste.csv?day=2026-11-22',
    '/export/entries.csv?day=2026-11-22',
    '/transfers',
    '/requisitions',
  ]) {
    expect([path, (await hq.api('GET', path)).status]).toEqual([path, 200]);
  }
  const all = await hq.api<{ entries: unknown[] }>('GET', '/entries?limit=500');
  expect(all.body.entries).toHaveLength(box.seq);
});

it.each([
  '/stock?item=%00',
  '/entries?item=%00',
  '/stores/%00',
  '/orders/odd/%00',
  '/transfers/%00',
  '/catalog/99999999999',
  '/alarms?cursor=1&store=%00',
  '/requisitions?store=%00',
])('a question that cannot be meant is no fault of head office: %s', async (path) => {
  expect((await hq.api('GET', path)).status).toBeLessThan(500);
});
