import { afterEach, beforeEach, expect, test } from 'vitest';
import { startBox, type TestBox } from '../../support/start-box.ts';
import { event, newId, SMALL_BOOK, sale } from '../small-kitchen.ts';

let box: TestBox;
beforeEach(async () => {
  box = await startBox({ book: SMALL_BOOK });
});
afterEach(() => box.stop());

test('voids and snapshots of one sale come to the same in any order', async () => {
  const dish = { lineId: '1', sku: 'E', qty: 4 };
  const other = { lineId: '1', sku: 'D', qty: 4 };
  const one = (saleId: string) =>
    event('void', { saleId, lines: [{ lineId: '1', qty: 1 }], disposition: 'not_made' });
  const snap = (saleId: string, line: object) =>
    event('snapshot', { saleId, revision: 1, lines: [line] });
  const egg = { ...dish, modifiers: [{ sku: 'M-egg' }] };
  await box.send([sale('o1', [dish]), one('o1'), snap('o1', egg), one('o1')]);
  await box.send([sale('o2', [dish]), snap('o2', egg), one('o2'), one('o2')]);
  expect((await box.stock())['egg']).toBe('-12');
  await box.send([sale('o3', [dish]), one('o3'), snap('o3', other), one('o3')]);
  expect(await box.stock()).toMatchObject({ egg: '-12', pork: '-2000' });
  const waits = { ...dish, qty: 2, modifiers: [{ sku: 'M-later' }] };
  await box.send([sale('o4', [{ ...dish, qty: 2 }]), one('o4'), snap('o4', waits)]);
  await box.command('sku.map', { sku: 'M-later', ignore: true });
  expect((await box.stock())['egg']).toBe('-14');
  const day = new Date(Date.now() + 4 * 3_600_000).toISOString().slice(0, 10);
  expect(await box.api('GET', `/days/${day}`)).toMatchObject({ balanced: true });
});

test('taking back more than was sold never restocks food that was made, in any order', async () => {
  const back = (saleId: string, n: number, disposition: string) =>
    event('refund', {
      refundId: `${saleId}${disposition}`,
      saleId,
      lines: [{ lineId: '1', qty: n, disposition }],
    });
  await box.send([
    sale('b1', [{ sku: 'E', qty: 3 }]),
    back('b1', 2, 'not_made'),
    back('b1', 2, 'made_discarded'),
  ]);
  await box.send([
    sale('b2', [{ sku: 'E', qty: 3 }]),
    back('b2', 2, 'made_discarded'),
    back('b2', 2, 'not_made'),
  ]);
  expect(await box.places('egg')).toEqual({ stock: -8, sold: 0, waste: 8 });
});

test('a combo is voided with everything below it; a code that is a combo later changes nothing', async () => {
  await box.send(
    sale('k2', [
      { lineId: '1', sku: 'COMBO', kind: 'combo', qty: 1 },
      { lineId: '2', sku: 'HALF', kind: 'combo', qty: 1, parentLineId: '1' },
      { lineId: '3', sku: 'E', qty: 1, parentLineId: '2' },
    ]),
  );
  await box.send(
    event('void', { saleId: 'k2', lines: [{ lineId: '1' }], disposition: 'not_made' }),
  );
  expect((await box.stock())['egg']).toBe('0');
});

test('amounts that cannot be kept stop nobody: not the sale beside them, not the start of the box', async () => {
  await box.send([
    { id: 'n1', items: [{ sku: 'HUGE', qty: 999_999_999 }] },
    { id: 'n2', items: [{ sku: 'HUGE', qty: 1 }] },
    { id: 'n3', items: [{ sku: 'E', qty: 0.1 + 0.2 }] },
  ]);
  expect((await box.stock())['egg']).toBe('-0.6');
  const book = structuredClone(SMALL_BOOK);
  book.recipes.push({ id: 'huge', sku: 'HUGE', lines: [{ item: 'rice', qty: '20 kg' }] });
  await box.api('PUT', '/book', book);
  expect((await box.stock())['rice']).toBe('-20000');
  await box.restart();
  const { items } = await box.api<{
    items: { kind: string; subject: { reasons?: { code: string }[] } }[];
  }>('GET', '/inbox');
  const stuck = items.find((i) => i.kind === 'quarantined');
  expect(stuck?.subject.reasons?.[0]?.code).toBe('bad_amount');
});

test('the envelope needs no specversion, and a card of content types is accepted', async () => {
  const [applied] = await box.send({
    id: newId('lean'),
    type: 'larder.pos.sale.v1',
    datacontenttype: 'application/json; charset=utf-8',
    data: { saleId: 'lean', lines: [{ sku: 'E', qty: 1 }] },
  });
  expect(applied?.status).toBe('applied');
});

test('a scheduled book can be replaced before its day, and takes effect by itself', async () => {
  const later = structuredClone(SMALL_BOOK);
  later.recipes.push({ id: 'later-dish', sku: 'L', lines: [{ item: 'egg', qty: '1 ea' }] });
  const put = async (path: string, match?: string) => {
    const response = await fetch(`${box.url}/api/v1/book${path}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${box.token}`, ...(match ? { 'if-match': match } : {}) },
      body: JSON.stringify(later),
    });
    return [response.status, response.headers.get('etag')];
  };
  expect(await put('?validFrom=2099-01-01T00:00:00Z')).toEqual([200, '"2"']);
  expect(await put('', '"1"')).toEqual([412, null]);
  expect(await put('?validFrom=2098-01-01T00:00:00Z', '"2"')).toEqual([200, '"3"']);
});

test('a clock that is ahead is said with what it sold, and changes nothing else', async () => {
  const of = (saleId: string, aheadMs: number) => ({
    ...event('sale', { saleId, lines: [{ sku: 'E', qty: 1 }] }),
    time: new Date(Date.now() + aheadMs).toISOString(),
  });
  const minute = 60_000;
  const [late, drifts, ahead] = await box.send([
    of('c1', -30 * 24 * 60 * minute),
    of('c2', 20 * minute),
    of('c3', 8 * 60 * minute + minute),
  ]);
  expect([late?.reasons, drifts?.reasons]).toEqual([[], []]);
  expect(ahead).toMatchObject({
    status: 'applied',
    reasons: [{ code: 'time_ahead', path: '/time', message: expect.stringContaining('8 h ahead') }],
  });
  expect((await box.stock())['egg']).toBe('-6');
});
