/** Head office was put back from a backup, and gives the numbers of pieces to other facts: none of them is passed over. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TakenOver } from '#recipes/contracts/sync.ts';
import { sale } from '../small-kitchen.ts';
import {
  backupOf,
  batchesOf,
  breaches,
  forgetLives,
  type Life,
  openKitchen,
  restored,
  startLife,
} from './two-lives.ts';

let old: Life;
let main: Life;
let afterSeq: number;
let events: number;

beforeAll(async () => {
  old = await startLife();
  await openKitchen(old);
  const { parts } = old.box;
  afterSeq = parts.ledger.seq();
  events = parts.receiving.events.nextNumber() - 1;
  main = await startLife(restored(backupOf(old)), '2026-11-21T20:00:00+08:00');
  for (const id of ['one', 'two', 'three', 'four']) {
    await old.event(sale(id, [{ sku: 'E', qty: 1 }]));
    await old.does('waste.log', { item: 'rice', qty: '1 g', reason: 'other' }, `waste-${id}`);
  }
}, 60_000);
afterAll(async () => {
  for (const life of [old, main]) await life?.stop();
  forgetLives();
});

/** Everything of the old life in pieces of so many entries, as one head office numbers them. */
async function handOver(limit: number, most = 100): Promise<TakenOver[]> {
  const { incarnation } = old.box.parts.incarnation.life();
  const batches = (await batchesOf(old, afterSeq, events, limit)).filter(({ facts }) => facts);
  const results: TakenOver[] = [];
  for (const [i, { facts }] of batches.slice(0, most).entries()) {
    const piece = { incarnation, segment: i + 1, afterSeq, facts, more: true };
    results.push(await main.api<TakenOver>('POST', '/feed/facts', piece));
  }
  return results;
}

test('small pieces first, then larger ones under the same numbers', async () => {
  const first = await handOver(1, 3);
  expect(first.map(({ applied }) => applied)).toEqual([1, 1, 1]);
  const seq = main.box.parts.ledger.seq();
  expect(await handOver(1, 3)).toEqual(first);
  expect(main.box.parts.ledger.seq()).toBe(seq);
  await handOver(4);
  expect(await main.stock()).toEqual(await old.stock());
  const told = main.box.parts.lives.taken();
  expect(told).toMatchObject([{ applied: 8, refused: [] }]);
  expect(breaches(main.data)).toEqual([]);
});

test('what was refused is told once, in whatever pieces it comes again', async () => {
  await old.does('setting.set', { key: 'storeName', value: 'Old name' });
  main.at('2026-11-25T09:00:00+08:00');
  await main.does('setting.set', { key: 'storeName', value: 'New name' });
  await handOver(1);
  const told = () => main.box.parts.lives.taken()[0]?.refused.map(({ what }) => what);
  expect(told()).toEqual(['setting.set']);
  const seq = main.box.parts.ledger.seq();
  for (const limit of [3, 2, 100]) await handOver(limit);
  expect(told()).toEqual(['setting.set']);
  expect(main.box.parts.ledger.seq()).toBe(seq);
  expect(breaches(main.data)).toEqual([]);
});
