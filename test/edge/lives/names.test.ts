/**
 * Names that are on labels and papers stay what they were; where both boxes gave out the same one, what
 * the other box said of it later means its own. And nothing goes out a second time.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CommandResult } from '#recipes/contracts/command.ts';
import type { OrderView } from '../../../edge/purchasing/order-view.ts';
import { type HttpSink, openHttpSink } from '../../support/http-sink.ts';
import { KITCHEN_BOOK } from '../kitchen/kitchen-book.ts';
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
let sink: HttpSink;
const SECRET = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;
const OUTSIDE = { printers: 'kitchen=virtual:kitchen', webhookSecret: SECRET };

beforeAll(async () => {
  old = await startLife(undefined, undefined, OUTSIDE);
  sink = await openHttpSink();
  const [jinluo] = KITCHEN_BOOK.suppliers;
  const suppliers = [{ ...jinluo, send: [{ by: 'webhook', to: sink.url }] }];
  await openKitchen(old, { ...KITCHEN_BOOK, suppliers });
  const backup = backupOf(old);
  fork = { afterSeq: old.box.parts.ledger.seq(), events: 0 };
  main = await startLife(restored(backup), '2026-11-22T09:00:00+08:00', OUTSIDE);
  old.at('2026-11-22T09:00:00+08:00');
}, 60_000);

afterAll(async () => {
  for (const life of [old, main]) await life?.stop();
  await sink.close();
  forgetLives();
});

const answer = (result: CommandResult) => result.data as Readonly<Record<string, unknown>>;
const papers = (life: Life) => {
  try {
    return readdirSync(join(life.data, 'printers', 'kitchen')).length;
  } catch {
    return 0;
  }
};

test('codes, numbers, and what was said of them', async () => {
  // The entry that says that it is another life comes first in the restored box.
  await old.does('setting.set', { key: 'showMoney', value: 'on' });
  const lots = {
    lines: [
      { item: 'egg', qty: '30' },
      { item: 'rice', qty: '1 kg' },
    ],
  };
  const theirs = answer(await old.does('delivery.receive', lots))['lots'] as { lot: string }[];
  const ours = answer(await main.does('delivery.receive', lots))['lots'] as { lot: string }[];
  expect(theirs).toEqual(ours);
  const [egg] = theirs.map(({ lot }) => lot);
  // A code that only the old box gave out.
  const broth = answer(await old.does('batch.produce', { recipe: 'broth', qty: '1 kg' }))['lot'];
  await old.does('waste.log', { lot: egg, reason: 'dropped', item: 'egg' });
  await old.does('lot.open', { lot: 'B-1', qty: '2 kg', how: 'opened' });
  const part = answer(await old.does('lot.open', { lot: 'B-1', qty: '1 kg', how: 'opened' }));
  expect(part['lot']).toBe('B-1/2');
  await main.does('lot.open', { lot: 'B-1', qty: '3 kg', how: 'opened' });
  await old.does('waste.log', { lot: 'B-1/2', reason: 'spoiled' });
  await old.does('waste.log', { lot: broth, reason: 'spoiled' });

  const taken = await takeOver(old, main, fork);
  expect(taken.refused).toEqual([]);
  const { lots: store, ledger } = main.box.parts;
  const left = (code: string, item: string) =>
    store.byCode(code).flatMap((lot) => {
      if (ledger.items.code(lot.item) !== item) return [];
      return [ledger.shelf.lotsOf(lot.item).find((state) => state.lot === lot.id)?.amount ?? 0];
    });
  // Our own 30 eggs lie there; theirs have another code, and are gone.
  expect(left(egg ?? '', 'egg')).toEqual([30_000_000]);
  expect(left(theirs[1]?.lot ?? '', 'rice')).toEqual([1_000_000_000]);
  expect(left(broth as string, 'broth')).toEqual([0]);
  // Broth was made of it; their 2 kg and 1 kg have other codes.
  expect(left('B-1/1', 'belly')).toEqual([2_900_000_000]);
  expect((await main.stock())['egg']).toBe('330');
  expect((await main.stock())['rice']).toBe('32000');
  expect((await main.places('belly'))['waste']).toBe(1_000);
  expect(breaches(main.data)).toEqual([]);
});

test('orders keep their numbers or get others, and are not sent or printed again', async () => {
  const order = {
    supplier: 'jinluo',
    deliverOn: '2026-11-24',
    lines: [{ item: 'belly', qty: '2 pack' }],
  };
  const after = { afterSeq: old.box.parts.ledger.seq(), events: 0, segment: 100 };
  const first = answer(await old.does('order.create', order))['order'] as string;
  const second = answer(await old.does('order.create', { ...order, again: true }))[
    'order'
  ] as string;
  await old.does('order.approve', { order: first, send: { by: 'print' } });
  await old.does('order.edit', { order: second, lines: [{ item: 'belly', qty: '9 pack' }] });
  await old.does('order.approve', { order: second, send: { by: 'webhook' } });
  await old.does('batch.produce', { recipe: 'broth', qty: '1 kg', labels: 3 });
  await old.does('delivery.receive', {
    order: first,
    lines: [{ item: 'belly', qty: '4 kg', lot: 'B-9' }],
  });
  await expect.poll(() => papers(old)).toBeGreaterThan(0);
  old.skip(1);
  await expect.poll(() => sink.posts.length, { timeout: 8_000 }).toBe(1);
  const own = answer(await main.does('order.create', order))['order'];
  expect(own).toBe(first);

  const { refused } = await takeOver(old, main, after);
  expect(refused).toEqual([]);
  const { orders } = await main.api<{ orders: OrderView[] }>('GET', '/orders?state=all');
  const states = Object.fromEntries(orders.map(({ order: id, state }) => [id, state]));
  const others = orders.filter(({ order: id }) => id !== own);
  expect([states[first], others.map(({ state }) => state).sort()]).toEqual([
    'draft',
    ['approved', 'done'],
  ]);
  const approved = others.find(({ state }) => state === 'approved');
  expect(approved?.lines[0]?.ordered).toBe('18000');
  // Whether it was accepted, nobody here knows: a person asks.
  const [sending] = main.box.parts.purchasing.inbox.failed();
  expect(sending?.error).toMatch(/another life/);
  main.skip(10);
  await new Promise((resolve) => setTimeout(resolve, 1_200));
  expect(sink.posts).toHaveLength(1);
  expect(papers(main)).toBe(0);
  expect(main.box.parts.printing.queue.counts()).toEqual(
    expect.not.objectContaining({ queued: 1 }),
  );
  expect(breaches(main.data)).toEqual([]);
});
