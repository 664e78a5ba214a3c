/** The pump between a scripted box and a head office played by msw: every answer it can get. */
import { delay, HttpResponse } from 'msw';
import { describe, expect, test } from 'vitest';
import { NO_HASH, NO_SIDE } from '#recipes/contracts/sync.ts';
import { json, openRig, until } from './rig.ts';
import { ackOf, HQ } from './scripted-hq.ts';

const rig = openRig();
const { hq, start, arrived, timesPosted } = rig;

describe('the way up', () => {
  test('everything arrives once, in growing batches, and the box hears of each', async () => {
    rig.box.add(2_000);
    start();
    await until(arrived);
    expect(hq.posted.map(({ entries }) => entries.length)).toEqual([200, 400, 800, 1_000, 100]);
    expect([...timesPosted().values()].every((n) => n === 1)).toBe(true);
    expect(hq.posted.every(({ encoding }) => encoding === 'zstd')).toBe(true);
    await until(() => rig.box.acks.at(-1)?.['ackedSeq'] === 2_500);
    expect(rig.box.acks.at(-1)).toMatchObject({
      ackedHash: rig.box.entries.at(-1)?.hash,
      hqUrl: `${HQ}/hq/v1`,
    });
    expect(hq.cursors).toBe(1);
  });

  test('a sale goes up as soon as it is in the ledger', async () => {
    start();
    await until(arrived);
    await rig.idle();
    const before = performance.now();
    rig.box.add(1);
    await until(arrived);
    // Not with the end of the wait for something new, 20 s.
    expect(performance.now() - before).toBeLessThan(10_000);
  });

  test('without news there is an empty batch now and then', async () => {
    start({ pollMs: 1_000, signMs: 100 });
    await until(() => hq.posted.filter(({ entries }) => entries.length === 0).length >= 2);
    expect(hq.posted.at(-1)).toMatchObject({ from: 501, to: 500, entries: [] });
  });

  test('rows beside the ledger are news, too, and the place to go on from is taken from the answer', async () => {
    start();
    await until(arrived);
    rig.box.beside = { events: { after: 0, to: 7 }, facts: 'AAAA' };
    hq.extra = { side: { ...NO_SIDE, events: 7 } };
    rig.box.add(1);
    await until(arrived);
    rig.box.beside = {};
    rig.box.add(1);
    await until(arrived);
    expect(rig.box.calls.filter((path) => path.includes('events=7')).length).toBeGreaterThan(0);
  });
});

describe('a head office of another make', () => {
  test('one that answers the interface and no more gets readable entries and no other tables', async () => {
    hq.extra = {};
    start();
    await until(arrived);
    expect(hq.posted[0]?.entries[0]).toMatchObject({ seq: 1, text: expect.any(String) });
    expect(rig.box.calls.some((path) => path.includes('form=batch'))).toBe(false);
    await until(() => rig.box.acks.length > 0);
    expect(Object.keys(rig.box.acks[0] ?? {}).toSorted()).toEqual([
      'ackedHash',
      'ackedSeq',
      'catalogHead',
      'hqUrl',
    ]);
  });

  test('it may not know zstd, nor gzip', async () => {
    hq.replies.push(
      () => json({}, 415),
      () => json({}, 415),
    );
    start();
    await until(arrived);
    expect(hq.posted.map(({ encoding }) => encoding).slice(0, 4)).toEqual([
      'zstd',
      'gzip',
      'identity',
      'identity',
    ]);
  });

  test('it may stumble over bytes it cannot read', async () => {
    hq.extra = {};
    hq.replies.push(() => json({ error: 'Unexpected token' }, 400));
    start();
    await until(arrived);
    expect(hq.posted.map(({ encoding }) => encoding).slice(0, 2)).toEqual(['zstd', 'gzip']);
  });

  test('it may not know empty batches', async () => {
    hq.extra = {};
    start({ pollMs: 1_000, signMs: 20 });
    await until(arrived);
    hq.replies.push(({ entries }) => (entries.length === 0 ? json({}, 400) : undefined));
    await until(() => hq.posted.some(({ entries }) => entries.length === 0));
    rig.box.add(1);
    await until(arrived);
    expect(hq.cursors).toBe(1);
  });
});

describe('when it does not go well', () => {
  const half = (n: number) => hq.posted[n]?.entries.length;

  test.each([
    ['a failure over there', () => json({ title: 'oh' }, 500)],
    ['garbage', () => new HttpResponse('<html>Sign in to the network</html>')],
    ['no connection', () => HttpResponse.error()],
    ['a connection that never answers', () => delay('infinite').then(() => undefined)],
    ['another store refused', () => json({ code: 'bad_batch' }, 422)],
    ['a page that moved', () => json({}, 302, { location: 'https://elsewhere.test' })],
  ])('%s is waited out, and only what was not acknowledged is sent again', async (_, reply) => {
    start({ signMs: 60_000 });
    await until(arrived);
    const before = hq.posted.length;
    hq.replies.push(reply);
    rig.box.add(10);
    await until(arrived);
    const again = hq.posted.slice(before).filter(({ entries }) => entries.length > 0);
    expect(again.map(({ from, to }) => [from, to])).toEqual([
      [501, 510],
      [501, 510],
    ]);
    expect(Math.max(...timesPosted().values())).toBe(2);
  });

  test('an answer that was lost after the work was done is not a doubled entry', async () => {
    hq.replies.push(async (batch) => {
      hq.lives.set('life', { seq: batch.to, hash: batch.headHash });
      return HttpResponse.error();
    });
    start();
    await until(arrived);
    expect(Math.max(...timesPosted().values())).toBe(1);
  });

  test.each([
    ['413', () => json({}, 413)],
    ['500', () => json({}, 500)],
    ['a time-out', () => delay('infinite').then(() => undefined)],
  ])('%s halves the next batch', async (_, reply) => {
    hq.lives.set('life', { seq: 0, hash: NO_HASH });
    hq.replies.push(reply);
    start();
    await until(arrived);
    expect([half(0), half(1), half(2)]).toEqual([200, 100, 200]);
  });

  test('another hash in the acknowledgement is not passed on', async () => {
    hq.replies.push(() => ackOf(hq, 200, 'f'.repeat(64)) as HttpResponse<null>);
    start();
    await until(arrived);
    expect(rig.box.acks.some((ack) => ack['ackedHash'] === 'f'.repeat(64))).toBe(false);
    expect(hq.cursors).toBe(2);
  });

  test.each([
    ['429', 429],
    ['503', 503],
  ])('%s with seconds is obeyed, and the batch goes on from where it was', async (_, status) => {
    hq.replies.push(() => json({}, status, { 'retry-after': '1' }));
    start();
    await until(arrived, 8_000);
    const [first, second] = hq.posted;
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThan(990);
    expect(second?.from).toBe(1);
    expect(hq.cursors).toBe(1);
  });

  test('a date is obeyed by the clock of the other end', async () => {
    // Head office's clock is a year behind ours.
    const theirs = Date.now() - 31_536_000_000;
    const at = (ms: number) => new Date(theirs + ms).toUTCString();
    hq.replies.push(() => json({}, 503, { 'retry-after': at(2_000), date: at(0) }));
    start();
    await until(arrived, 8_000);
    const [first, second] = hq.posted;
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThan(1_900);
  });

  test('a wrong token is asked again slowly', async () => {
    hq.refuseCursor = () => json({ code: 'unauthorized' }, 401);
    start({ slowMs: 200, maxMs: 220 });
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(hq.cursors).toBeLessThanOrEqual(3);
    // Whoever stands at the box sees it, and not only who reads the log.
    expect(rig.box.calls).toContain('/feed/refused');
    hq.refuseCursor = undefined;
    await until(arrived);
  });

  test('a store that head office does not know waits for a person, too', async () => {
    hq.replies.push(() => json({ code: 'unknown_store' }, 404));
    start({ slowMs: 50, maxMs: 60 });
    await until(() => rig.box.calls.includes('/feed/refused'));
    await until(arrived);
  });

  test('what head office refuses twice is told as such, and stands until a batch is taken', async () => {
    const told = () => rig.box.bodies.filter(({ path }) => path === '/feed/refused');
    const bad = { code: 'bad_batch', detail: 'entry 301: no such place' };
    let mended = false;
    const poison = (batch: { to: number }) =>
      !mended && batch.to > 300 ? json(bad, 422) : undefined;
    start({ baseMs: 1, maxMs: 2 });
    hq.replies.push(...Array.from({ length: 2_000 }, () => poison));
    // What is good of it goes through, down to the entry itself.
    await until(() => hq.lives.get('life')?.seq === 300 && hq.posted.at(-1)?.to === 301);
    await until(() => rig.box.acks.at(-1)?.['stuck'] === true);
    expect(told().at(-1)?.body).toEqual({
      what: 'batch',
      said: 'head office: 422 bad_batch entry 301: no such place',
    });
    const first = hq.posted.findIndex(({ to }) => to > 300);
    const same = hq.posted.slice(first).filter(({ from }) => from === hq.posted[first]?.from);
    expect(same.length).toBeGreaterThan(1);
    mended = true;
    await until(arrived);
    await until(() => rig.box.acks.at(-1)?.['ackedSeq'] === 500);
    expect(rig.box.acks.at(-1)).not.toHaveProperty('stuck');
  });

  test('an entry that is too large alone is told, too', async () => {
    let mended = false;
    const short = (batch: { from: number; to: number }) =>
      !mended && batch.to >= 3 ? json({}, 413) : undefined;
    start({ baseMs: 1, maxMs: 2 });
    hq.replies.push(...Array.from({ length: 2_000 }, () => short));
    await until(() => rig.box.calls.includes('/feed/refused'));
    expect(hq.lives.get('life')?.seq).toBe(2);
    mended = true;
    await until(arrived);
  });

  test('a box that cannot be told of it is told the next time', async () => {
    hq.refuseCursor = () => json({ code: 'unauthorized' }, 401);
    rig.box.instead = (path) => (path === '/feed/refused' ? { status: 404 } : undefined);
    start({ slowMs: 20, maxMs: 30 });
    const told = () => rig.box.calls.filter((path) => path === '/feed/refused').length;
    await until(() => told() > 1);
    hq.refuseCursor = undefined;
    await until(arrived);
  });

  test('a box that is away is found again', async () => {
    let down = true;
    rig.box.instead = () => (down ? { status: 503 } : undefined);
    start();
    await until(() => rig.box.calls.length > 2);
    down = false;
    await until(arrived);
  });

  test('it ends at once, whatever it waits for', async () => {
    start();
    await rig.idle();
    const before = performance.now();
    await rig.stop();
    expect(performance.now() - before).toBeLessThan(10_000);
  });
});
