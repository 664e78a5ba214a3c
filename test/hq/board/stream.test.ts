/** What open boards hear: at once, in bounded memory, and what they missed when they come again. */
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { storeRowSchema } from '../../../cloud-bridge/hq/api/board-schemas.ts';
import { Outbox } from '../../../cloud-bridge/hq/stream/outbox.ts';
import { startTestPostgres, type TestPostgres } from '../../support/postgres.ts';
import { startTestHq, type TestHq } from '../../support/start-hq.ts';
import { StoryBox } from '../story-box.ts';

let postgres: TestPostgres;
let hq: TestHq;
let database: string;
const box = new StoryBox('one');
beforeAll(async () => {
  postgres = await startTestPostgres();
  database = await postgres.database();
  hq = await startTestHq(database);
  box.day = new Date(Date.now() + 4 * 3_600_000).toISOString().slice(0, 10);
  box.adopt();
  await send();
});
afterAll(async () => {
  await hq.stop();
  await postgres.stop();
});

let sent = 0;
async function send(): Promise<void> {
  await hq.api('POST', '/stores/s1/batches', box.batch(sent));
  sent = box.seq;
}

type Heard = { event: string; id: string; data: Record<string, unknown> };

/** Listens until told to stop. */
function listen(url = hq.url, token = hq.hq.adminToken, lastId = '') {
  const heard: Heard[] = [];
  const abort = new AbortController();
  let ended = false;
  const opened = (async () => {
    const answer = await fetch(`${url}/hq/v1/stream`, {
      headers: {
        authorization: `Bearer ${token}`,
        ...(lastId === '' ? {} : { 'last-event-id': lastId }),
      },
      signal: abort.signal,
    });
    void read(answer, heard)
      .catch(() => undefined)
      .finally(() => {
        ended = true;
      });
    return answer.status;
  })();
  return { heard, opened, ended: () => ended, stop: () => abort.abort() };
}

async function read(answer: Response, heard: Heard[]): Promise<void> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const bytes of answer.body ?? []) {
    text += decoder.decode(bytes, { stream: true });
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const field = (name: string) => block.match(new RegExp(`^${name}: (.*)$`, 'm'))?.[1] ?? '';
      if (field('event') === '') continue;
      heard.push({ event: field('event'), id: field('id'), data: JSON.parse(field('data')) });
    }
  }
}

describe('the stream', () => {
  it('tells a sale as a line and as the row of its store', async () => {
    const board = listen();
    expect(await board.opened).toBe(200);
    const seq = box.sell('rice', 0, 100);
    await send();
    // Lines and rows of earlier batches may still come.
    const about = (kind: string) =>
      board.heard.findLast(({ event, data }) => event === kind && data['seq'] === seq);
    await expect
      .poll(() => [about('ticker'), about('store')], { timeout: 20_000, interval: 10 })
      .not.toContain(undefined);
    const line = about('ticker');
    expect(line?.data).toMatchObject({ store: 's1', kind: 'sale', seq, en: `entry ${seq}` });
    expect(line?.id).toBe(String(line?.data['id']));
    const row = board.heard.findLast(({ event }) => event === 'store');
    expect(storeRowSchema.safeParse(row?.data).error).toBeUndefined();
    expect(row?.data).toMatchObject({ store: 's1', sales: 1, seq });
    board.stop();
  });

  it('tells a row at most four times a second, and the last state in the end', async () => {
    const board = listen();
    await board.opened;
    const began = performance.now();
    for (let i = 0; i < 30; i++) {
      box.sell('rice', 0, 1);
      await send();
    }
    const last = () => board.heard.findLast(({ event }) => event === 'store')?.data['seq'];
    await expect.poll(last).toBe(box.seq);
    const rows = board.heard.filter(({ event }) => event === 'store');
    const seconds = (performance.now() - began) / 1_000;
    expect(rows.length).toBeLessThanOrEqual(4 * seconds + 3);
    board.stop();
  });

  it('gives a reader that comes again what it missed, once and in order', async () => {
    const { body } = await hq.api<{ lines: { id: number }[] }>('GET', '/ticker?limit=1');
    const last = body.lines[0]?.id ?? 0;
    const missed = [box.sell('rice', 0, 1), box.sell('rice', 0, 2)];
    await send();
    const lines = async () =>
      (await hq.api<{ lines: object[] }>('GET', '/ticker?limit=2')).body.lines;
    await expect.poll(async () => (await lines())[0]).toMatchObject({ seq: missed[1] });
    const board = listen(hq.url, hq.hq.adminToken, String(last));
    await board.opened;
    const now = box.sell('rice', 0, 3);
    await send();
    const ticked = () => board.heard.filter(({ event, id }) => event === 'ticker' && id !== '');
    await expect.poll(() => ticked().map(({ data }) => data['seq'])).toEqual([...missed, now]);
    board.stop();
    const bad = listen(hq.url, hq.hq.adminToken, 'yesterday');
    expect(await bad.opened).toBe(400);
  });

  it('gives a line that became visible after a later one', async () => {
    const { chain } = hq.hq.parts.db;
    // Another receiver has its numbers, and is slow to commit the first of them.
    const slow = await chain.connect();
    const line = `INSERT INTO ticker (store, kind, words) VALUES ('s2', 'sale', '{"en": "late"}')
      RETURNING id`;
    await slow.query('BEGIN');
    const { rows: late } = await slow.query<{ id: string }>(line);
    const { rows: known } = await chain.query<{ id: string }>(line);
    await slow.query('COMMIT');
    slow.release();
    const board = listen(hq.url, hq.hq.adminToken, known[0]?.id);
    await board.opened;
    const ids = () => board.heard.map(({ data }) => String(data['id']));
    await expect.poll(ids).toContain(late[0]?.id);
    expect(ids()).not.toContain(known[0]?.id);
    expect(board.heard.map(({ id }) => id).filter((id) => id !== '')).toEqual([]);
    board.stop();
  });

  it('is heard at another receiver of the same database', async () => {
    const second = await startTestHq(database);
    const board = listen(second.url, second.hq.adminToken);
    await board.opened;
    const seq = box.sell('rice', 0, 9);
    await send();
    const found = () =>
      board.heard.some(({ event, data }) => event === 'ticker' && data['seq'] === seq);
    await expect.poll(found).toBe(true);
    await expect
      .poll(() => board.heard.some(({ event, data }) => event === 'store' && data['seq'] === seq))
      .toBe(true);
    board.stop();
    await second.stop();
  });

  it('ends when its receiver was deaf for a while, so that a board asks for what it missed', async () => {
    const board = listen();
    await board.opened;
    const admin = new pg.Client(database);
    await admin.connect();
    const deafened = await admin.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE application_name = 'larder-hq-ear' AND datname = current_database()`,
    );
    await admin.end();
    expect(deafened.rowCount).toBe(1);
    await expect.poll(board.ended).toBe(true);
    const again = listen();
    await again.opened;
    const seq = box.sell('rice', 0, 2);
    await send();
    await expect.poll(() => again.heard.some(({ data }) => data['seq'] === seq)).toBe(true);
    expect(again.ended()).toBe(false);
    again.stop();
  });

  it('ends with head office, and leaves nobody in the list of readers', async () => {
    const board = listen();
    await board.opened;
    board.stop();
    const again = listen();
    expect(await again.opened).toBe(200);
    again.stop();
  });
});

describe('an outbox', () => {
  it('keeps of a store only the newest row, and cuts off who takes nothing', async () => {
    const outbox = new Outbox();
    for (let i = 0; i < 5_000; i++) {
      expect(outbox.put({ event: 'store', data: String(i), key: 's1' })).toBe(true);
    }
    expect(await outbox.take()).toEqual([{ event: 'store', data: '4999', key: 's1' }]);
    let taken = 0;
    while (outbox.put({ event: 'ticker', data: 'x' })) taken++;
    expect(taken).toBe(1_000);
    const large = new Outbox();
    let bytes = 0;
    while (large.put({ event: 'ticker', data: 'x'.repeat(10_000) })) bytes += 10_000;
    expect(bytes).toBeLessThan(2.1 * 1024 * 1024);
  });

  it('wakes who waits, and ends when it is closed', async () => {
    const outbox = new Outbox();
    const waiting = outbox.take();
    outbox.put({ event: 'beat', data: '' });
    expect(await waiting).toHaveLength(1);
    const last = outbox.take();
    outbox.close();
    expect(await last).toEqual([]);
  });
});
