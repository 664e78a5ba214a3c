/** A head office that lies: the bridge neither ends, nor asks without a pause, and goes on when it is honest. */
import { HttpResponse } from 'msw';
import { expect, test } from 'vitest';
import { NO_SIDE } from '#recipes/contracts/sync.ts';
import { seeded } from '../support/seeded.ts';
import { json, openRig, until } from './rig.ts';
import { ackOf, type SentBatch, take } from './scripted-hq.ts';

const rig = openRig();
const { hq, start, startPatient, arrived } = rig;
const STRANGE = 'e'.repeat(64);

type Lie = (batch: SentBatch) => Response;
const endless = () =>
  new ReadableStream({
    async pull(controller) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      controller.enqueue(new Uint8Array(1_000));
    },
  });
const LIES: Record<string, Lie> = {
  'an entry that nobody wrote': () => ackOf(hq, 1e15, STRANGE),
  'another hash': (batch) => ackOf(hq, batch.to, STRANGE),
  'less than nothing': () => json({ ackedSeq: -1, ackedHash: STRANGE, catalogHead: 0 }, 200),
  'a catalog without end': (batch) => laid(take(hq, batch), { catalogHead: 1e15 }),
  'a life that this box is not': (batch) => laid(take(hq, batch), { incarnation: 'elsewhere' }),
  'words that the box does not know': (batch) => laid(take(hq, batch), { state: 'asleep' }),
  'rows that it never got': (batch) =>
    laid(take(hq, batch), { side: { items: 1e15, lots: 1e15, books: 1e15, events: 1e15 } }),
  'a page': () => new HttpResponse('<html>Sign in</html>'),
  'nothing at all': () => new HttpResponse(null, { status: 204 }),
  'an answer without end': () => new HttpResponse(endless()),
  'another address': () => json({}, 308, { location: 'http://elsewhere.test/' }),
  'a gap at the end of the world': () => json({ code: 'gap', expected: 1e15 }, 409),
  'a gap at the beginning': () => json({ code: 'gap', expected: 1 }, 409),
  'a fork that is none': () => json({ code: 'fork', seq: 1e15, hash: STRANGE }, 409),
  'a fork without a number': () => json({ code: 'fork' }, 409),
};

/** An answer with other fields; it is read once, as all are. */
function laid(answer: Response, more: object): Response {
  const { body } = answer;
  const text = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      const fields = { ...JSON.parse(Buffer.from(chunk).toString()), ...more };
      controller.enqueue(Buffer.from(JSON.stringify(fields)));
    },
  });
  return new HttpResponse(body?.pipeThrough(text), {
    headers: { 'content-type': 'application/json' },
  });
}

/** As the box: of another life, or in words it does not know, it takes no acknowledgement. */
function strictBox(): void {
  rig.box.instead = (path) => {
    const ack = rig.box.bodies.at(-1)?.body;
    if (path !== '/feed/ack' || ack === undefined) return undefined;
    if (ack['state'] === 'asleep') return { status: 400, body: { code: 'bad_body' } };
    const own = rig.box.entries[Number(ack['ackedSeq']) - 1]?.hash === ack['ackedHash'];
    const mine = ack['incarnation'] === undefined || ack['incarnation'] === rig.box.incarnation;
    return own && mine ? undefined : { status: 409, body: { code: 'ack_differs' } };
  };
}

test.each(Object.entries(LIES))(
  '%s, said again and again, is not answered without a pause',
  async (_, lie) => {
    strictBox();
    hq.replies.push(...Array.from({ length: 500 }, () => lie));
    startPatient();
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(hq.posted.length).toBeLessThan(12);
    expect(rig.box.forks).toEqual([]);
  },
);

test('rows beside the ledger that it takes and does not count are not sent without a pause', async () => {
  rig.box.beside = { events: { after: 0, to: 7 }, facts: 'AAAA' };
  startPatient();
  await until(arrived);
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(hq.posted.length).toBeLessThan(12);
});

test('a head office of a later make may say what this box does not know', async () => {
  strictBox();
  hq.extra = { side: NO_SIDE, state: 'asleep' };
  start();
  await until(arrived);
  await until(() => rig.box.acks.at(-1)?.['ackedSeq'] === 500);
});

test.each(Array.from({ length: 10 }, (_, i) => i + 1))(
  'lies in any order, seed %i',
  async (seed) => {
    const random = seeded(seed);
    const lies = Object.values(LIES);
    strictBox();
    const pick = () => lies[random.between(0, lies.length - 1)];
    for (let i = 0; i < 12; i++) {
      const lie = random.between(0, 3) === 0 ? undefined : pick();
      hq.replies.push((batch) => lie?.(batch));
    }
    start({ timeoutMs: 100, maxMs: 20 });
    for (let i = 0; i < 5; i++) {
      rig.box.add(random.between(1, 40));
      await new Promise((resolve) => setTimeout(resolve, random.between(0, 60)));
    }
    await until(() => hq.replies.length === 0 || arrived(), 10_000);
    await until(arrived, 10_000);
    expect(rig.box.forks).toEqual([]);
  },
  30_000,
);
