/** Entries and lines of the ticker name other stores as people do; what nobody knows goes by its id. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { entrySummary } from '#recipes/words/entry-words.ts';
import { startTestPostgres, type TestPostgres } from '../../support/postgres.ts';
import { startTestHq, type TestHq } from '../../support/start-hq.ts';
import { StoryBox } from '../story-box.ts';

let postgres: TestPostgres;
let hq: TestHq;
const box = new StoryBox('one');
const sending = (to: string) => ({ what: 'send', transfer: `TR-s1-${to}`, step: 1, to, lines: [] });
const asking = { what: 'send', requisition: 'RQ-1', to: 'ck1', lines: [] };
beforeAll(async () => {
  postgres = await startTestPostgres();
  hq = await startTestHq(await postgres.database());
  const name = { zh: '中央厨房', en: 'Central kitchen' };
  await hq.api('POST', '/stores', { store: 'ck1', name, role: 'kitchen' });
  box.adopt();
  const sent = box.tell('transfer', { note: sending('ck1') });
  box.tell('transfer', { note: sending('x9') });
  box.tell('requisition', { note: asking });
  box.undo(sent);
  const batch = box.batch();
  const captions = [sending('ck1'), sending('x9'), asking].map((note, i) => {
    const kind = note === asking ? 'requisition' : 'transfer';
    return { seq: sent + i, ...entrySummary(kind, JSON.stringify(note), undefined).text };
  });
  expect(captions[0]?.en).toBe('Sent to ck1 TR-s1-ck1');
  await hq.api('POST', '/stores/s1/batches', { ...batch, captions });
});
afterAll(async () => {
  await hq.stop();
  await postgres.stop();
});

const WORDS = [
  { zh: '调出 至 中央厨房 TR-s1-ck1', en: 'Sent to Central kitchen TR-s1-ck1' },
  { zh: '调出 至 x9 TR-s1-x9', en: 'Sent to x9 TR-s1-x9' },
  { zh: '要货 至 中央厨房 RQ-1', en: 'Asked of Central kitchen RQ-1' },
];

it('in entries, also in those that were undone', async () => {
  type Entries = { entries: { words: object; moves: object[]; note: object }[] };
  const { body } = await hq.api<Entries>('GET', '/entries?store=s1&kind=transfer,requisition');
  expect(body.entries.map(({ words }) => words)).toEqual(WORDS.toReversed());
  expect(body.entries.at(-1)?.note).toMatchObject({ to: 'ck1' });
  const undone = await hq.api<Entries>('GET', '/entries?store=s1&kind=reversal');
  expect(undone.body.entries[0]?.words).toMatchObject({
    en: 'Undone: Sent to Central kitchen TR-s1-ck1',
  });
});

it('in lines of the ticker', async () => {
  const lines = async () =>
    (await hq.api<{ lines: { zh: string; en: string }[] }>('GET', '/ticker')).body.lines;
  await expect.poll(lines, { timeout: 20_000 }).toHaveLength(WORDS.length);
  expect((await lines()).map(({ zh, en }) => ({ zh, en }))).toEqual(WORDS.toReversed());
});
