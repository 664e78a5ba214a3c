/** Where both boxes did something with the same thing: what moved has moved, and a person hears of the rest. */
import { zstdCompressSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Fact, TakenOver } from '#recipes/contracts/sync.ts';
import { line, sale } from './days.ts';
import {
  backupOf,
  breaches,
  forgetLives,
  type Life,
  openKitchen,
  restored,
  startLife,
  takeOver,
} from './two-lives.ts';

let old: Life;
let main: Life;
let fork = { afterSeq: 0, events: 0 };
/** An order that both know. */
let order = '';

beforeEach(async () => {
  old = await startLife();
  await openKitchen(old);
  const lines = [{ item: 'belly', qty: '2 pack' }];
  const made = await old.does('order.create', { supplier: 'jinluo', lines });
  order = (made.data as { order: string }).order;
  await old.does('order.approve', { order });
  const backup = backupOf(old);
  fork = { afterSeq: old.box.parts.ledger.seq(), events: 0 };
  main = await startLife(restored(backup), '2026-11-21T11:00:00+08:00');
});
afterEach(async () => {
  expect(breaches(main.data)).toEqual([]);
  for (const life of [old, main]) await life.stop();
  forgetLives();
});

const taken = () => takeOver(old, main, fork);
const onHand = async (life: Life, item: string) => Number((await life.stock())[item]);

test('what was refused here and carried out there did happen', async () => {
  const waste = { lot: 'ONLY-THERE', qty: '5', reason: 'dropped' };
  // The tablet sent it to this box as well, which did not know the lot.
  expect(await main.command('waste.log', waste, 'same-id')).toMatchObject({ code: 'unknown_lot' });
  await old.does('delivery.receive', { lines: [{ item: 'egg', qty: '30', lot: 'ONLY-THERE' }] });
  await old.does('waste.log', waste, 'same-id');
  expect((await taken()).refused).toEqual([]);
  expect(await onHand(main, 'egg')).toBe(325);
  expect(await main.command('waste.log', waste, 'same-id')).toMatchObject({ status: 'duplicate' });
});

test('one id, two meanings: the first stays, the other one is told', async () => {
  await old.does('waste.log', { item: 'egg', qty: '5', reason: 'dropped' }, 'one-id');
  await main.does('waste.log', { item: 'egg', qty: '7', reason: 'dropped' }, 'one-id');
  await old.event(sale('S', [line('E', '1')]));
  await main.event(sale('S', [line('E', '2')]));
  const { refused } = await taken();
  expect(refused.map(({ what, id, code }) => [what, id, code])).toEqual([
    ['waste.log', 'one-id', 'id_conflict'],
    ['event', 'S', 'id_conflict'],
  ]);
  expect(await onHand(main, 'egg')).toBe(300 - 7 - 4);
  // The other bytes are kept for a person, as whenever a till does that.
  expect(main.box.parts.receiving.conflicts.open(9)).toHaveLength(1);
});

test('goods came for an order that was called off here: they are taken in', async () => {
  await main.does('order.cancel', { order });
  const lines = [{ item: 'belly', qty: '2 pack', lot: 'CAME' }];
  await old.does('delivery.receive', { order, lines, close: true });
  const before = await onHand(main, 'belly');
  const { refused, applied } = await taken();
  expect([applied, refused.map(({ code }) => code)]).toEqual([1, ['order_left_out']]);
  expect(await onHand(main, 'belly')).toBe(before + 4_000);
  const { items } = await main.api<{ items: { kind: string; detail: { en: string } }[] }>(
    'GET',
    '/inbox',
  );
  const item = items.find(({ kind }) => kind === 'hq_refused_facts');
  expect(item?.detail.en).toContain('the goods were taken in');
});

test('a part of a lot that was used up here: what was thrown away is gone all the same', async () => {
  await old.does('lot.open', { lot: 'F-1', qty: '2 kg', how: 'opened' });
  await old.does('waste.log', { lot: 'F-1/1', reason: 'spoiled' });
  await main.does('waste.log', { lot: 'F-1', reason: 'expired' });
  const { refused } = await taken();
  expect(refused.map(({ what, code }) => [what, code])).toEqual([['lot.open', 'empty_lot']]);
  // 6 kg there were, 6 and 2 were thrown away: somebody was wrong, and a count will tell.
  expect(await onHand(main, 'salmon')).toBe(-2_000);
  expect((await main.places('salmon'))['waste']).toBe(8_000);
});

test('taken back in both: once', async () => {
  const { seq } = await old.does('waste.log', { item: 'egg', qty: '5', reason: 'dropped' }, 'w');
  await taken();
  const here = main.box.parts.commands.find('w')?.result.seq;
  await old.does('entry.reverse', { entry: seq }, 'there');
  await main.does('entry.reverse', { entry: here }, 'here');
  const { refused, applied } = await takeOver(old, main, { ...fork, segment: 50 });
  expect([applied, refused]).toEqual([0, []]);
  expect(await onHand(main, 'egg')).toBe(300);
});

test('what an adapter keeps for the record is kept, and means nothing', async () => {
  const fact = (number: number, body: string, kept: boolean): Fact => ({
    what: 'event',
    seq: null,
    number,
    terminal: 'T1',
    eventId: `#${number}`,
    receivedAt: 1_795_000_000_000,
    source: 'square',
    body: Buffer.from(body).toString('base64'),
    unread: {
      kept,
      reasons: [{ code: 'not_json', message: 'it is not JSON', messageZh: '不是 JSON' }],
    },
  });
  // A complete sale, if anybody believed it.
  const bytes = '{"id":"x","items":[{"sku":"E","qty":1}]}';
  const facts = { v: 1, facts: [fact(1, bytes, true), fact(2, `${bytes} `, false)] };
  const packed = zstdCompressSync(Buffer.from(JSON.stringify(facts))).toString('base64');
  const piece = { incarnation: 'x', segment: 1, afterSeq: 0, facts: packed, more: false };
  expect(await main.api<TakenOver>('POST', '/feed/facts', piece)).toMatchObject({ applied: 2 });
  const [kept, quarantined] = main.box.parts.receiving.events.after(0, 9);
  expect([kept?.status, quarantined?.status]).toEqual([7, 6]);
  expect([kept?.receivedAt, kept?.source]).toEqual([1_795_000_000_000, 'square']);
  expect(await onHand(main, 'egg')).toBe(300);
});
