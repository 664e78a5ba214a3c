/** Taking over is done in slices between sales, and may be cut off at any point. */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TakenOver, Takeover } from '#recipes/contracts/sync.ts';
import type { InboxItem } from '../../../edge/inbox/inbox-item.ts';
import { type BoxProcess, startBoxProcess } from '../../faults/box-process.ts';
import { line, sale } from './days.ts';
import {
  backupOf,
  batchesOf,
  breaches,
  forgetLives,
  type Life,
  newFolder,
  openKitchen,
  restored,
  startLife,
} from './two-lives.ts';

const SALES = 400;
let old: Life;
let folder = '';
let pieces: Takeover[] = [];

beforeAll(async () => {
  old = await startLife();
  await openKitchen(old);
  folder = restored(backupOf(old));
  const afterSeq = old.box.parts.ledger.seq();
  for (let n = 0; n < SALES; n += 50) {
    const batch = Array.from({ length: 50 }, (_, i) => sale(`s${n + i}`, [line('B', '1')]));
    await old.send(batch);
    await old.does('waste.log', { item: 'egg', qty: '1', reason: 'dropped' });
  }
  const { incarnation } = old.box.parts.incarnation.life();
  const batches = await batchesOf(old, afterSeq, 0, 150);
  pieces = batches.flatMap(({ facts }, i) =>
    facts ? [{ incarnation, segment: i + 1, afterSeq, facts, more: true }] : [],
  );
}, 60_000);

afterAll(async () => {
  await old.stop();
  forgetLives();
});

test('a sale does not wait for it', async () => {
  const data = join(newFolder(), 'data');
  cpSync(folder, data, { recursive: true });
  const main = await startLife(data);
  let sold = 0;
  let done = false;
  const till = (async () => {
    for (let n = 0; !done; n++) {
      await main.send([sale(`own${n}`, [line('E', '1')])]);
      sold++;
      await sleep(3);
    }
  })();
  for (const piece of pieces) await main.api<TakenOver>('POST', '/feed/facts', piece);
  done = true;
  await till;
  // More than one while each piece was dealt with: they came in between.
  expect(sold).toBeGreaterThan(pieces.length);
  expect(main.box.parts.receiving.sales.count()).toBe(SALES + sold);
  await main.stop();
}, 60_000);

function eventsIn(data: string): number {
  const db = new Database(join(data, 'larder.db'), { readonly: true });
  try {
    return Number(db.prepare('SELECT count(*) FROM event').pluck().get());
  } finally {
    db.close();
  }
}

test('killed in the middle, again and again, it takes over the rest', async () => {
  const data = join(newFolder(), 'data');
  cpSync(folder, data, { recursive: true });
  let box: BoxProcess = await startBoxProcess(data);
  const post = async (piece: Takeover) => {
    return (await box.call('POST', '/api/v1/feed/facts', piece)) as TakenOver;
  };
  for (const piece of pieces.slice(0, 2)) {
    const before = eventsIn(data);
    let over = false;
    const going = post(piece)
      .catch(() => undefined)
      .finally(() => {
        over = true;
      });
    // The first commit of it is there; a piece may be short.
    while (!over && eventsIn(data) === before) await sleep(1);
    await box.kill('SIGKILL');
    await going;
    box = await startBoxProcess(data);
  }
  const taken = [];
  for (const piece of pieces) taken.push(await post(piece));
  // Cut off before its end it was not written down, so its beginning comes again.
  expect(taken.reduce((sum, { duplicates }) => sum + duplicates, 0)).toBeGreaterThan(0);
  expect(taken.flatMap(({ refused }) => refused)).toEqual([]);
  const { items } = (await box.call('GET', '/api/v1/stock')) as {
    items: { item: string; onHand: string }[];
  };
  await box.kill('SIGTERM');
  const stock = Object.fromEntries(items.map(({ item, onHand }) => [item, onHand]));
  expect(stock).toEqual(await old.stock());
  expect(breaches(data)).toEqual([]);
}, 120_000);

test('what cannot be read is not taken for taken over', async () => {
  const main = await startLife();
  const [piece] = pieces;
  const packed = (value: unknown) =>
    zstdCompressSync(Buffer.from(JSON.stringify(value))).toString('base64');
  for (const facts of [
    '',
    'no base64 §',
    gzipSync('{}').toString('base64'),
    packed({ v: 2, facts: [] }),
    piece?.facts.slice(0, 100),
  ]) {
    const answer = await main.api<{ code: string }>('POST', '/feed/facts', { ...piece, facts });
    expect(answer.code).toBe('bad_facts');
  }
  const stuck = async () => {
    const { items } = await main.api<{ items: InboxItem[] }>('GET', '/inbox');
    return items.filter(({ id }) => id.startsWith('hq:stuck:'));
  };
  const [told, ...others] = await stuck();
  expect(others).toEqual([]);
  expect(told).toMatchObject({
    severity: 'act',
    subject: { life: piece?.incarnation, segment: 1 },
  });
  expect(told?.detail.en).toContain('bring this box up to date');
  expect(told?.detail.zh).toContain('请升级本机');
  expect(main.box.parts.ledger.seq()).toBe(0);
  const taken = await main.api<TakenOver>('POST', '/feed/facts', piece);
  // The book and the goods were before it: the sales are kept, and wait.
  // How many there are in a piece depends on how fast it was read.
  expect(taken.applied).toBeGreaterThan(0);
  expect(await stuck()).toEqual([]);
  await main.stop();
});
