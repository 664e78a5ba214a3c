/** A head office that holds other entries than the box, fewer, or more. */
import { describe, expect, test } from 'vitest';
import { NO_HASH, NO_SIDE } from '#recipes/contracts/sync.ts';
import { json, openRig, until } from './rig.ts';
import { chainOn } from './scripted-box.ts';

const rig = openRig();
const { hq, start, arrived } = rig;

describe('when both ends do not agree', () => {
  const know = (entries: ReturnType<typeof chainOn>) => {
    hq.hashes = new Map(entries.map(({ seq, hash }) => [seq, hash]));
    const last = entries.at(-1);
    hq.lives.set('life', { seq: last?.seq ?? 0, hash: last?.hash ?? '' });
  };

  test('a gap is filled from where head office wants it', async () => {
    start();
    await until(arrived);
    await rig.idle();
    // It was put back to a backup of its own.
    hq.lives.set('life', { seq: 100, hash: rig.box.entries[99]?.hash ?? '' });
    rig.box.add(1);
    await until(arrived);
    expect(hq.posted.slice(-3).map(({ from, to }) => [from, to])).toEqual([
      [501, 501],
      [101, 500],
      [501, 501],
    ]);
    // What head office said was enough to go on.
    expect(hq.cursors).toBe(1);
    expect(rig.box.forks).toEqual([]);
  });

  test('a gap that never closes is not asked for without a pause', async () => {
    rig.startPatient();
    await until(arrived);
    await rig.idle();
    const before = hq.posted.length;
    for (let i = 0; i < 100; i++) hq.replies.push(() => json({ code: 'gap', expected: 3 }, 409));
    rig.box.add(1);
    await new Promise((resolve) => setTimeout(resolve, 500));
    // The batch, the one from the gap, and perhaps one after asking again.
    expect(hq.posted.length - before).toBeGreaterThan(1);
    expect(hq.posted.length - before).toBeLessThan(5);
  });

  test('a fork without an end is not asked for without a pause', async () => {
    rig.startPatient();
    await until(arrived);
    await rig.idle();
    const { cursors } = hq;
    for (let i = 0; i < 100; i++) hq.replies.push(() => json({ code: 'fork' }, 409));
    rig.box.add(1);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(hq.cursors - cursors).toBeLessThan(4);
    expect(rig.box.forks).toEqual([]);
  });

  test.each([
    ['differs near the end', 437],
    ['differs from the first', 0],
    ['differs at the last', 499],
  ])('another history that %s begins a new life at the last common entry', async (_, common) => {
    know(chainOn(chainOn([], common), 500 - common, 'other'));
    start();
    await until(() => rig.box.forks.length === 1 && arrived());
    expect(rig.box.forks[0]).toMatchObject({ incarnation: 'life', seq: common, why: 'found' });
    expect(rig.box.forks[0]?.['hash']).toBe(rig.box.entries[common - 1]?.hash ?? NO_HASH);
    expect(rig.box.incarnation).toBe('life-2');
    expect(hq.posted.every(({ incarnation }) => incarnation === 'life-2')).toBe(true);
  });

  test('head office knows more than the box: it has lost its tail', async () => {
    know(chainOn(rig.box.entries, 70));
    start();
    await until(() => rig.box.forks.length === 1 && arrived());
    expect(rig.box.forks[0]).toMatchObject({ seq: 500, hash: rig.box.entries.at(-1)?.hash });
  });

  test('a fork that head office finds in a batch is found, too', async () => {
    start();
    await until(arrived);
    const other = chainOn(rig.box.entries.slice(0, 480), 30, 'other');
    know(other);
    hq.replies.push(() => json({ code: 'fork', seq: 501, hash: other[500]?.hash }, 409));
    rig.box.add(1);
    await until(() => rig.box.forks.length === 1 && arrived());
    expect(rig.box.forks[0]).toMatchObject({ seq: 480 });
  });

  test('a fork that both ends then deny makes no new life', async () => {
    start({ baseMs: 50, maxMs: 50 });
    await until(arrived);
    know(chainOn([], 501));
    hq.lives.set('life', { seq: 500, hash: rig.box.entries[499]?.hash ?? '' });
    hq.replies.push(() => json({ code: 'fork', seq: 501, hash: 'e'.repeat(64) }, 409));
    rig.box.add(1);
    await until(arrived);
    expect(rig.box.forks).toEqual([]);
  });

  test('forks without end are not answered without a pause', async () => {
    know(chainOn([], 500, 'other'));
    const hash = hq.lives.get('life')?.hash;
    // The same of every life.
    hq.refuseCursor = () => json({ ackedSeq: 500, ackedHash: hash, side: NO_SIDE }, 200);
    rig.startPatient();
    await until(() => rig.box.forks.length > 0);
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(rig.box.forks.length).toBe(1);
  });

  test('a box that was restored meanwhile is sent from its own beginning', async () => {
    start();
    await until(arrived);
    await rig.idle();
    rig.box.incarnation = 'restored';
    rig.box.entries = rig.box.entries.slice(0, 300);
    rig.box.add(5, 'after the restore');
    await until(() => hq.lives.get('restored')?.seq === 305);
    expect(rig.box.forks).toEqual([]);
  });
});
