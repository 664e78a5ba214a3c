/** A box that was put back takes over the day that the other one has had: nothing lost, nothing doubled. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { firstDay, secondDay, tellAll, thirdDay } from './days.ts';
import {
  backupOf,
  breaches,
  forgetLives,
  type Life,
  restored,
  startLife,
  takeOver,
} from './two-lives.ts';

/** The old box, which went on after the backup; the restored one; one that was told everything once. */
let old: Life;
let main: Life;
let oracle: Life;
let fork = { afterSeq: 0, events: 0 };

beforeAll(async () => {
  old = await startLife();
  const undone = await firstDay(old);
  const backup = backupOf(old);
  const shared = old.said.length;
  const { parts } = old.box;
  fork = { afterSeq: parts.ledger.seq(), events: parts.receiving.events.nextNumber() - 1 };
  main = await startLife(restored(backup), '2026-11-23T09:00:00+08:00');
  await secondDay(old, undone);
  await thirdDay(main);
  oracle = await startLife(undefined, '2026-11-23T22:00:00+08:00');
  const all = [...old.said.slice(0, shared), ...old.said.slice(shared), ...main.said];
  await tellAll(oracle, all);
}, 60_000);

afterAll(async () => {
  for (const life of [old, main, oracle]) await life?.stop();
  forgetLives();
});

test('the union of both days is on the shelf, each sale counted once', async () => {
  const taken = await takeOver(old, main, fork);
  expect(taken.pieces).toBeGreaterThan(2);
  expect(taken.refused.map(({ code, what }) => `${what} ${code}`).sort()).toEqual([
    'setting.set newer_here',
    'user.add pin_needed_again',
  ]);
  expect(taken.duplicates).toBe(0);
  main.at('2026-11-23T22:00:00+08:00');
  for (const life of [main, oracle]) life.box.parts.prep.all();
  for (const life of [main, oracle]) life.box.parts.counting.settler.settle();
  expect(await main.stock()).toEqual(await oracle.stock());
  for (const item of ['belly', 'rice', 'egg', 'soy', 'salmon', 'scraps']) {
    expect([item, await main.places(item)]).toEqual([item, await oracle.places(item)]);
  }
  expect(breaches(main.data)).toEqual([]);
});

test('the days that were taken over add up', async () => {
  type Day = { received: object; adds?: boolean; [key: string]: unknown };
  for (const day of ['2026-11-21', '2026-11-22', '2026-11-23']) {
    const here = await main.api<Day>('GET', `/days/${day}`);
    const there = await oracle.api<Day>('GET', `/days/${day}`);
    expect([day, here]).toEqual([day, there]);
  }
});

test('taken over again, or sent again by whoever sent it, it changes nothing', async () => {
  const before = [await main.stock(), main.box.parts.ledger.seq()];
  const same = await takeOver(old, main, fork);
  expect(same.applied).toBeGreaterThan(0);
  const again = await takeOver(old, main, { ...fork, segment: 1_000 });
  expect([again.applied, again.refused.map(({ code }) => code)]).toEqual([0, ['newer_here']]);
  // What both have is not even looked up.
  const past = await takeOver(old, main, { ...fork, segment: 2_000, from: 0, events: 0 });
  expect([past.applied, past.duplicates]).toEqual([0, again.duplicates]);
  for (const one of old.said) {
    const { status } = await main.tell(one);
    const about = 'event' in one ? one.event : `${one.kind} ${one.id}`;
    expect([about, status]).toEqual([about, 'duplicate']);
  }
  expect([await main.stock(), main.box.parts.ledger.seq()]).toEqual(before);
});

test('the terminal is told that its stream is complete', async () => {
  const { sequences, terminals } = main.box.parts.receiving;
  const cursor = sequences.cursor(terminals.number('T1'), 'e');
  expect([cursor?.contiguous, cursor?.highest]).toEqual([9, 9]);
});
