/** All entries added up again: once a day, in steps, to the digest of the balances. */
import { expect, test } from 'vitest';
import { openRefold, PAUSE_MS } from '../../../edge/feed/refold.ts';
import type { FoldStore } from '../../../edge/ledger/fold-store.ts';
import { openFoldStore } from '../../../edge/ledger/fold-store.ts';
import { openLog } from '../../../edge/runtime/log.ts';
import { seedOf } from '../../support/seeded.ts';
import { startBox } from '../../support/start-box.ts';
import { roughDay } from '../ledger/audit-traffic.ts';
import { clockAt } from './clock.ts';
import { batchAfter } from './read-all.ts';

const START = Date.parse('2026-11-22T03:00:00Z');
const DAY_MS = 86_400_000;

/** A ledger of a hundred moves, of which only the digest matters. */
function rig(balances = () => '0'.repeat(32)) {
  const clock = clockAt(START);
  let moves = 100;
  let steps = 0;
  const done: number[] = [];
  const store: FoldStore = {
    endOf: (after) => (after >= moves ? 0 : Math.min(moves, after + 10)),
    add: () => void steps++,
  };
  const refold = openRefold({
    store,
    seq: () => moves,
    digest: balances,
    dayOf: (at) => Math.floor(at / DAY_MS),
    ports: clock.ports,
    log: openLog('silent'),
    done: () => void done.push(clock.ports.mono()),
  });
  return { clock, refold, done, steps: () => steps, grow: () => void moves++ };
}

test('in steps with a pause after each, and what is sold meanwhile belongs to it', () => {
  const { clock, refold, steps, done, grow } = rig();
  refold.begin();
  refold.begin();
  expect(steps()).toBe(1);
  clock.pass(PAUSE_MS * 5);
  expect(steps()).toBe(6);
  grow();
  clock.pass(PAUSE_MS * 20);
  expect(steps()).toBe(11);
  expect(done).toHaveLength(1);
  expect(refold.pending(101)).toMatchObject({ seq: 101, digest: '0'.repeat(32) });
});

test('told in batches that reach it until head office has them', () => {
  const { clock, refold } = rig();
  refold.begin();
  clock.pass(10_000);
  expect(refold.waits()).toBe(true);
  expect(refold.pending(99)).toBeUndefined();
  refold.acked(100);
  expect(refold.waits()).toBe(true);
  expect(refold.pending(100)?.seq).toBe(100);
  expect(refold.waits()).toBe(false);
  refold.acked(99);
  expect(refold.pending(100)?.seq).toBe(100);
  refold.acked(100);
  expect(refold.pending(100)).toBeUndefined();
});

test('once in each business day, some time after it began, and never again for a stopped box', () => {
  const { clock, refold, done } = rig();
  const loop = refold.start();
  clock.pass(4 * 60_000);
  expect(done).toHaveLength(0);
  clock.pass(60 * 60_000);
  expect(done).toHaveLength(1);
  clock.pass(3 * DAY_MS);
  expect(done).toHaveLength(4);
  loop.cancel();
  clock.pass(3 * DAY_MS);
  expect(done).toHaveLength(4);
  expect(clock.waiting()).toBe(0);
});

test('a rough day adds up to the digest of the balances, up to any entry', async () => {
  const box = await startBox();
  await roughDay(box, seedOf(52), 120);
  const { ledger, db } = box.box.parts;
  const store = openFoldStore(db);
  const clock = clockAt(START);
  const { stateDigest, to } = await batchAfter(box, ledger.seq());
  const refold = openRefold({
    store,
    seq: ledger.seq,
    digest: () => '',
    dayOf: () => 0,
    ports: clock.ports,
    log: openLog('silent'),
    done: () => undefined,
  });
  refold.begin();
  clock.pass(60_000);
  expect(refold.pending(to)).toMatchObject({ seq: to, digest: stateDigest });
  await box.stop();
});
