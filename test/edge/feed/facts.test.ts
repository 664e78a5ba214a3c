/** Facts: everything that it takes to let things happen again, in the order in which they happened. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Fact } from '#recipes/contracts/sync.ts';
import type { EventRow, FactStore } from '../../../edge/feed/fact-store.ts';
import type { FeedEntry } from '../../../edge/feed/feed-store.ts';
import { EVENT_BYTES, EVENTS_MAX, factsOf } from '../../../edge/feed/pack-facts.ts';
import { startBox, type TestBox } from '../../support/start-box.ts';
import { SMALL_BOOK } from '../small-kitchen.ts';
import { batchAfter, factsIn, sideAfter } from './read-all.ts';

let box: TestBox;
beforeAll(async () => {
  box = await startBox({ book: SMALL_BOOK });
});
afterAll(() => box.stop());

/** What is new after the last call. */
let after = 0;
let side = { items: 0, lots: 0, books: 0, events: 0 };
async function news(): Promise<Fact[]> {
  const batch = await batchAfter(box, after, side);
  after = batch.to;
  side = sideAfter(side, batch);
  return factsIn([batch]);
}

test('an event that made no entry travels in an empty batch', async () => {
  await news();
  await box.send([{ id: 'held-1', items: [{ sku: 'NOBODY', qty: 1 }] }, { odd: 1 }]);
  const batch = await batchAfter(box, after, side);
  expect(batch.entries).toEqual([]);
  expect(batch.to).toBe(batch.from - 1);
  expect(batch.events).toEqual({ after: side.events, to: side.events + 2 });
  const facts = await news();
  expect(facts).toMatchObject([
    { what: 'event', seq: null, eventId: 'held-1', terminal: 'T1', source: null },
    { what: 'event', seq: null, unread: { kept: false, reasons: [{}, {}] } },
  ]);
  expect(facts[0]).not.toHaveProperty('unread');
  const [held] = facts as { body: string }[];
  expect(Buffer.from(held?.body ?? '', 'base64').toString()).toContain('NOBODY');
  expect(await news()).toEqual([]);
});

test('a command carries what was said, when, by whom, and what it gave out', async () => {
  const lines = [{ item: 'pork', qty: '4 kg', price: '80.00' }];
  const answer = await box.command('delivery.receive', { lines }, 'cmd-1');
  const [fact] = await news();
  expect(fact).toMatchObject({
    what: 'command',
    seq: answer.seq,
    id: 'cmd-1',
    kind: 'delivery.receive',
    actor: null,
    device: null,
    data: { lines },
    result: { status: 'applied', data: { lots: [{ item: 'pork' }] } },
  });
  const entry = box.box.parts.ledger.entries.get(answer.seq ?? 0)?.head;
  expect(fact?.what === 'command' && fact.at).toBe(entry?.occurredAt);
});

test('what is named by a number is named by what holds in every life, too', async () => {
  const waste = await box.command(
    'waste.log',
    { item: 'pork', qty: '1 g', reason: 'dropped' },
    'w',
  );
  await box.command('entry.reverse', { entry: waste.seq }, 'r');
  const lines = [{ item: 'pork', qty: '100 g' }];
  const back = await box.command('delivery.return', { supplier: 's', lines, reason: 'x' }, 'back');
  const credit = { supplier: 's', return: back.seq, amount: '1.00' };
  const credited = await box.command('credit.record', credit, 'credit');
  await box.send([{ id: 'c-1', items: [{ sku: 'B', qty: 1 }] }]);
  await box.send([{ id: 'c-1', items: [{ sku: 'B', qty: 2 }] }]);
  await box.command('quarantine.dismiss', { conflict: 1 }, 'conflict');
  await box.command('quarantine.dismiss', { event: 2 }, 'dismiss');
  const targets = Object.fromEntries(
    (await news()).flatMap((fact) => (fact.what === 'command' ? [[fact.id, fact.target]] : [])),
  );
  const digest = /^[0-9a-f]{64}$/;
  expect(targets).toMatchObject({
    r: { command: 'w' },
    conflict: { terminal: 'T1', eventId: 'c-1', digest: expect.stringMatching(digest) },
    dismiss: { terminal: 'T1', eventId: expect.stringMatching(/^#/) },
  });
  expect(targets['w']).toBeUndefined();
  expect(credited.status).toBe('applied');
  expect(targets['credit']).toEqual({ command: 'back' });
});

test('a PIN never leaves the box', async () => {
  await box.command('user.add', { user: 'li', name: '李', role: 'manager', pin: '739164' });
  const batch = await batchAfter(box, after, side);
  expect(JSON.stringify(factsIn([batch]))).not.toContain('739164');
  expect(JSON.stringify(batch)).not.toContain('739164');
  await news();
});

/** Entries and events made up, for what a real box seldom does. */
const entry = (seq: number, more: Partial<FeedEntry>): FeedEntry => ({
  seq,
  event: null,
  command: null,
  reverses: null,
  occurredAt: seq,
  recordedAt: seq,
  actor: null,
  hash: '',
  text: '',
  causeBytes: 0,
  ...more,
});
const eventRow = (number: number, more: Partial<EventRow> = {}): EventRow => ({
  number,
  terminal: 'T1',
  eventId: `e${number}`,
  receivedAt: number,
  status: 1,
  type: 1,
  source: null,
  reasons: null,
  body: Buffer.from('{}'),
  ...more,
});
function storeOf(events: readonly EventRow[], commands: Readonly<Record<number, string>> = {}) {
  const store: FactStore = {
    events(from, to, take) {
      for (const row of events) {
        if (row.number > from && row.number <= to && !take(row)) return;
      }
    },
    command: () => ({ content: '{"kind":"waste.log","data":{}}', result: '{}', device: null }),
    commandOf: (seq) => commands[seq] ?? null,
    bookDigest: () => undefined,
    eventName: () => undefined,
    conflictName: () => undefined,
  };
  return store;
}
const order = (facts: readonly Fact[]) =>
  facts.map((fact) => (fact.what === 'event' ? fact.eventId : fact.id));

test('an event stands before what its entry came before, also when the clock went back', () => {
  const events = [1, 2, 3].map((number) => eventRow(number, { receivedAt: 9_000 + number }));
  const entries = [
    entry(1, { event: 1 }),
    entry(2, { command: 'a' }),
    entry(3, { event: 3 }),
    entry(4, { command: 'b' }),
  ];
  const { facts } = factsOf(storeOf(events), entries, 0, 3);
  expect(order(facts)).toEqual(['e1', 'a', 'e2', 'e3', 'b']);
});

test('what had arrived without an entry stands before the next command', () => {
  const events = [eventRow(1), eventRow(2, { receivedAt: 5 })];
  const entries = [entry(3, { command: 'a', recordedAt: 4 }), entry(6, { event: 2 })];
  expect(order(factsOf(storeOf(events), entries, 0, 2).facts)).toEqual(['e1', 'a', 'e2']);
});

test('a command with several entries is told once, also across batches', () => {
  const entries = [
    entry(5, { command: 'a' }),
    entry(6, { command: 'a' }),
    entry(7, { command: 'b' }),
  ];
  expect(order(factsOf(storeOf([]), entries, 0, 0).facts)).toEqual(['a', 'b']);
  expect(order(factsOf(storeOf([], { 4: 'a' }), entries, 0, 0).facts)).toEqual(['b']);
});

test('events beyond those of the entries wait when more entries follow', () => {
  const events = [1, 2, 3, 4].map((number) => eventRow(number));
  const entries = [entry(1, { event: 2 })];
  expect(factsOf(storeOf(events), entries, 0, undefined).events).toEqual({ after: 0, to: 2 });
  expect(factsOf(storeOf(events), entries, 0, 4).events).toEqual({ after: 0, to: 4 });
  expect(factsOf(storeOf(events), entries, 3, undefined).events).toEqual({ after: 3, to: 3 });
});

test('events are bounded by bytes and by number, and one always goes', () => {
  const big = Array.from({ length: 20 }, (_, i) => eventRow(i + 1, { body: Buffer.alloc(65_536) }));
  const { events } = factsOf(storeOf(big), [], 0, 20);
  expect(events.to).toBe(EVENT_BYTES / 65_536);
  const huge = [eventRow(1, { body: Buffer.alloc(EVENT_BYTES + 1) }), eventRow(2)];
  expect(factsOf(storeOf(huge), [], 0, 2).events.to).toBe(1);
  const many = Array.from({ length: EVENTS_MAX + 5 }, (_, i) => eventRow(i + 1));
  expect(factsOf(storeOf(many), [], 0, many.length).events.to).toBe(EVENTS_MAX);
});

test('what an adapter keeps for the record is told apart from what a person dismissed', () => {
  const kept = { type: 0, status: 7, reasons: '[{"code":"x"}]' };
  const events = [
    eventRow(1, { ...kept, source: 'square' }),
    eventRow(2, kept),
    eventRow(3, { ...kept, source: 'replay' }),
    eventRow(4, { ...kept, status: 6, source: 'square' }),
  ];
  const { facts } = factsOf(storeOf(events), [], 0, 4);
  expect(facts.map((fact) => fact.what === 'event' && fact.unread?.kept)).toEqual([
    true,
    false,
    false,
    false,
  ]);
});
