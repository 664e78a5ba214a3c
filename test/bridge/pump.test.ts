/** The pump between a scripted box and a head office played by msw: every answer it can get. */
import { delay, HttpResponse } from 'msw';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { NO_HASH, NO_SIDE } from '#recipes/contracts/sync.ts';
import { openBoxClient } from '../../cloud-bridge/uplink/box-client.ts';
import { PACE, readConfig } from '../../cloud-bridge/uplink/config.ts';
import { openHqClient } from '../../cloud-bridge/uplink/hq-client.ts';
import { openCalls } from '../../cloud-bridge/uplink/http-call.ts';
import { runPump } from '../../cloud-bridge/uplink/pump.ts';
import { openLog } from '../../edge/runtime/log.ts';
import { realPorts } from '../../edge/runtime/ports.ts';
import { BOX_TOKEN, chainOn, type ScriptedBox, startScriptedBox } from './scripted-box.ts';
import { ackOf, HQ, HQ_TOKEN, type ScriptedHq, scriptHq } from './scripted-hq.ts';

const scripted = scriptHq();
let hq: ScriptedHq = scripted.hq;
let box: ScriptedBox;
let stopping: AbortController;
let running: Promise<void>;

beforeAll(() => scripted.server.listen({ onUnhandledFrame: 'bypass' }));
afterAll(() => scripted.server.close());
beforeEach(async () => {
  hq = Object.assign(scripted.hq, {
    extra: { side: NO_SIDE },
    hashes: new Map(),
    catalog: [],
    cursors: 0,
    refuseCursor: undefined,
  });
  for (const list of [hq.posted, hq.replies, hq.segments, hq.reports, hq.balances]) list.length = 0;
  hq.lives.clear();
  box = await startScriptedBox(500);
});
afterEach(async () => {
  stopping.abort();
  await running;
  await box.close();
});

function start(pace: Partial<typeof PACE> = {}): void {
  const read = readConfig(
    {
      LARDER_HQ_URL: HQ,
      LARDER_HQ_TOKEN: HQ_TOKEN,
      LARDER_BOX_URL: box.url,
      LARDER_BOX_TOKEN: BOX_TOKEN,
    },
    '/',
  );
  if (!read.ok) throw new Error(read.problems.join('\n'));
  const fast = { ...PACE, baseMs: 2, maxMs: 50, slowMs: 30, timeoutMs: 300, ...pace };
  const config = { ...read.config, pace: fast };
  stopping = new AbortController();
  const { signal: stop } = stopping;
  const ports = realPorts();
  running = runPump({
    config,
    box: openBoxClient(config, openCalls('box', ports, stop)),
    hq: openHqClient(config, openCalls('head office', ports, stop), ports.now),
    log: openLog('silent'),
    ports,
    stop,
  });
}

async function until(what: () => boolean, ms = 5_000): Promise<void> {
  const end = performance.now() + ms;
  while (!what()) {
    if (performance.now() > end) throw new Error(`never came: ${what.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

const arrived = (seq = box.entries.length) => hq.lives.get(box.incarnation)?.seq === seq;
const json = (body: unknown, status: number, headers: Record<string, string> = {}) =>
  HttpResponse.json(body as object, { status, headers });
/** Number of times each entry was posted. */
function timesPosted(): Map<number, number> {
  const times = new Map<number, number>();
  for (const { from, to } of hq.posted)
    for (let seq = from; seq <= to; seq++) times.set(seq, (times.get(seq) ?? 0) + 1);
  return times;
}

describe('the way up', () => {
  test('everything arrives once, in growing batches, and the box hears of each', async () => {
    box.add(2_000);
    start();
    await until(arrived);
    expect(hq.posted.map(({ entries }) => entries.length)).toEqual([200, 400, 800, 1_000, 100]);
    expect([...timesPosted().values()].every((n) => n === 1)).toBe(true);
    expect(hq.posted.every(({ encoding }) => encoding === 'zstd')).toBe(true);
    await until(() => box.acks.at(-1)?.['ackedSeq'] === 2_500);
    expect(box.acks.at(-1)).toMatchObject({
      ackedHash: box.entries.at(-1)?.hash,
      hqUrl: `${HQ}/hq/v1`,
    });
    expect(hq.cursors).toBe(1);
  });

  test('a sale goes up as soon as it is in the ledger', async () => {
    start();
    await until(arrived);
    await until(() => box.calls.at(-1)?.includes('wait=20') === true);
    const before = performance.now();
    box.add(1);
    await until(arrived);
    expect(performance.now() - before).toBeLessThan(500);
  });

  test('without news there is an empty batch now and then', async () => {
    start({ pollMs: 1_000, signMs: 100 });
    await until(() => hq.posted.filter(({ entries }) => entries.length === 0).length >= 2);
    expect(hq.posted.at(-1)).toMatchObject({ from: 501, to: 500, entries: [] });
  });

  test('rows beside the ledger are news, too, and the place to go on from is taken from the answer', async () => {
    start();
    await until(arrived);
    box.beside = { events: { after: 0, to: 7 }, facts: 'AAAA' };
    hq.extra = { side: { ...NO_SIDE, events: 7 } };
    box.add(1);
    await until(arrived);
    box.beside = {};
    box.add(1);
    await until(arrived);
    expect(box.calls.filter((path) => path.includes('events=7')).length).toBeGreaterThan(0);
  });
});

describe('a head office of another make', () => {
  test('one that answers the interface and no more gets readable entries and no other tables', async () => {
    hq.extra = {};
    start();
    await until(arrived);
    expect(hq.posted[0]?.entries[0]).toMatchObject({ seq: 1, text: expect.any(String) });
    expect(box.calls.some((path) => path.includes('form=batch'))).toBe(false);
    await until(() => box.acks.length > 0);
    expect(Object.keys(box.acks[0] ?? {}).toSorted()).toEqual([
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
    box.add(1);
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
    box.add(10);
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
    expect(box.acks.some((ack) => ack['ackedHash'] === 'f'.repeat(64))).toBe(false);
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
    hq.refuseCursor = undefined;
    await until(arrived);
  });

  test('a box that is away is found again', async () => {
    let down = true;
    box.instead = () => (down ? { status: 503 } : undefined);
    start();
    await until(() => box.calls.length > 2);
    down = false;
    await until(arrived);
  });

  test('it ends at once, whatever it waits for', async () => {
    start();
    await until(() => box.calls.at(-1)?.includes('wait=20') === true);
    const before = performance.now();
    stopping.abort();
    await running;
    expect(performance.now() - before).toBeLessThan(200);
  });
});

describe('when both ends do not agree', () => {
  const know = (entries: typeof box.entries) => {
    hq.hashes = new Map(entries.map(({ seq, hash }) => [seq, hash]));
    const last = entries.at(-1);
    hq.lives.set('life', { seq: last?.seq ?? 0, hash: last?.hash ?? '' });
  };

  test('a gap is filled from where head office wants it', async () => {
    start();
    await until(arrived);
    // It was put back to a backup of its own.
    hq.lives.set('life', { seq: 100, hash: box.entries[99]?.hash ?? '' });
    box.add(1);
    await until(arrived);
    expect(hq.posted.at(-1)?.to).toBe(501);
    expect(box.forks).toEqual([]);
  });

  test('a gap that never closes is not asked for without a pause', async () => {
    start({ baseMs: 100, maxMs: 100 });
    await until(arrived);
    const before = hq.posted.length;
    for (let i = 0; i < 1_000; i++) {
      hq.replies.push(() => json({ code: 'gap', expected: 3 }, 409));
    }
    box.add(1);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(hq.posted.length - before).toBeLessThan(60);
    hq.replies.length = 0;
    await until(arrived);
  });

  test.each([
    ['differs near the end', 437],
    ['differs from the first', 0],
    ['differs at the last', 499],
  ])('another history that %s begins a new life at the last common entry', async (_, common) => {
    know(chainOn(chainOn([], common), 500 - common, 'other'));
    start();
    await until(() => box.forks.length === 1 && arrived());
    expect(box.forks[0]).toMatchObject({ incarnation: 'life', seq: common, why: 'found' });
    expect(box.forks[0]?.['hash']).toBe(box.entries[common - 1]?.hash ?? '0'.repeat(64));
    expect(box.incarnation).toBe('life-2');
    expect(hq.posted.every(({ incarnation }) => incarnation === 'life-2')).toBe(true);
  });

  test('head office knows more than the box: it has lost its tail', async () => {
    know(chainOn(box.entries, 70));
    start();
    await until(() => box.forks.length === 1 && arrived());
    expect(box.forks[0]).toMatchObject({ seq: 500, hash: box.entries.at(-1)?.hash });
  });

  test('a fork that head office finds in a batch is found, too', async () => {
    start();
    await until(arrived);
    const other = chainOn(box.entries.slice(0, 480), 30, 'other');
    know(other);
    hq.replies.push(() => json({ code: 'fork', seq: 501, hash: other[500]?.hash }, 409));
    box.add(1);
    await until(() => box.forks.length === 1 && arrived());
    expect(box.forks[0]).toMatchObject({ seq: 480 });
  });

  test('a fork that both ends then deny makes no new life', async () => {
    start({ baseMs: 50, maxMs: 50 });
    await until(arrived);
    know(chainOn([], 501));
    hq.lives.set('life', { seq: 500, hash: box.entries[499]?.hash ?? '' });
    hq.replies.push(() => json({ code: 'fork', seq: 501, hash: 'e'.repeat(64) }, 409));
    box.add(1);
    await until(arrived);
    expect(box.forks).toEqual([]);
  });

  test('forks without end are not answered without a pause', async () => {
    know(chainOn([], 500, 'other'));
    hq.refuseCursor = () => {
      const last = chainOn([], 500, 'other').at(-1);
      return json({ ackedSeq: 500, ackedHash: last?.hash, side: NO_SIDE }, 200);
    };
    start({ baseMs: 100, maxMs: 100 });
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(box.forks.length).toBeLessThan(25);
    expect(box.forks.length).toBeGreaterThan(0);
  });

  test('a box that was restored meanwhile is sent from its own beginning', async () => {
    start();
    await until(arrived);
    await until(() => box.calls.at(-1)?.includes('wait=20') === true);
    box.incarnation = 'restored';
    box.entries = box.entries.slice(0, 300);
    box.add(5, 'after the restore');
    await until(() => hq.lives.get('restored')?.seq === 305);
    expect(box.forks).toEqual([]);
  });
});
