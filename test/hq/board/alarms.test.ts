/** Alarms: by head office's own clock, in the hours of the store, opened and ended once. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { lookForAlarms } from '../../../cloud-bridge/hq/alarms/alarm-loop.ts';
import { tellDays } from '../../../cloud-bridge/hq/alarms/day-loop.ts';
import { alarmsSchema } from '../../../cloud-bridge/hq/api/board-schemas.ts';
import type { ChainEvent } from '../../../cloud-bridge/hq/parts.ts';
import { realPorts } from '../../../edge/runtime/ports.ts';
import { startTestPostgres, type TestPostgres } from '../../support/postgres.ts';
import { startTestHq, type TestHq } from '../../support/start-hq.ts';
import { StoryBox } from '../story-box.ts';

let postgres: TestPostgres;
let hq: TestHq;
const LONG = 3_600_000;
const MINUTE = 60_000;

beforeAll(async () => {
  postgres = await startTestPostgres();
});
afterAll(async () => {
  await postgres.stop();
});

let box: StoryBox;
let sent = 0;
/** Added to the clock of head office; what the database writes is by its own. */
let ahead = 0;
beforeEach(async () => {
  ahead = 0;
  const ports = { ...realPorts(), now: () => Date.now() + ahead };
  hq = await startTestHq(await postgres.database(), { ports });
  box = new StoryBox('one');
  sent = 0;
  box.adopt();
  return () => hq.stop();
});

async function send(more: object = {}): Promise<void> {
  const answer = await hq.api('POST', '/stores/s1/batches', { ...box.batch(sent), ...more });
  expect(answer.status).toBe(200);
  sent = box.seq;
}
const look = (listeningMs = LONG) => lookForAlarms(hq.hq.parts, listeningMs);

type Alarm = { kind: string; store: string; endedAt: string | null; words: { zh: string } };
async function alarms(state = 'open'): Promise<Alarm[]> {
  const answer = await hq.api<{ alarms: Alarm[] }>('GET', `/alarms?state=${state}`);
  expect(alarmsSchema.safeParse(answer.body).error).toBeUndefined();
  return answer.body.alarms;
}
const kinds = async () => (await alarms()).map(({ kind }) => kind);
const sql = (text: string, values: unknown[] = []) => hq.hq.parts.db.chain.query(text, values);

describe('silence', () => {
  it('is an alarm after five minutes, once, and ends when the store is heard', async () => {
    await send();
    const told: ChainEvent[] = [];
    hq.hq.parts.wire.listen((event) => told.push(event));
    ahead = 4.9 * MINUTE;
    await look();
    expect(await kinds()).toEqual([]);
    ahead = 5.1 * MINUTE;
    await Promise.all([look(), look(), look()]);
    expect(await kinds()).toEqual(['silent']);
    expect((await alarms())[0]?.words.zh).toMatch(/没有消息/);
    expect(told.filter(({ kind }) => kind === 'alarm')).toHaveLength(1);
    const row = await hq.api<{ state: string; alarms: string[] }>('GET', '/stores/s1');
    expect(row.body).toMatchObject({ state: 'silent', alarms: ['silent'] });
    ahead = 0;
    await send();
    await Promise.all([look(), look()]);
    expect(await kinds()).toEqual([]);
    expect(await alarms('all')).toHaveLength(1);
    expect(told.filter(({ kind }) => kind === 'alarm')).toHaveLength(2);
  });

  it('is none of a store that never spoke, nor while head office has just come up', async () => {
    await hq.api('POST', '/stores', { store: 's2' });
    await send();
    ahead = 60 * MINUTE;
    await look(MINUTE);
    expect(await kinds()).toEqual([]);
    await look();
    expect((await alarms()).map(({ store }) => store)).toEqual(['s1']);
    // Coming up again, it neither ends the alarm nor opens another.
    await look(MINUTE);
    expect(await kinds()).toEqual(['silent']);
  });

  it('is one in its opening hours only, counted from when it opened', async () => {
    await hq.api('POST', '/stores', { store: 's1', opens: '10:00', closes: '22:00' });
    await send();
    const seen = Date.now();
    const at = (clock: string) => {
      const day = new Date(seen + 36 * 3_600_000).toISOString().slice(0, 10);
      ahead = Date.parse(`${day}T${clock}:00+08:00`) - Date.now();
    };
    at('09:59');
    await look();
    expect(await kinds()).toEqual([]);
    at('10:04');
    await look();
    expect(await kinds()).toEqual([]);
    at('10:06');
    await look();
    expect(await kinds()).toEqual(['silent']);
    at('22:01');
    const row = await hq.api<{ state: string }>('GET', '/stores/s1');
    expect(row.body.state).toBe('ok');
  });
});

describe('other alarms', () => {
  it('lag: head office has been behind for five minutes', async () => {
    await send({ head: { seq: 9, hash: 'a'.repeat(64) } });
    await look();
    expect(await kinds()).toEqual([]);
    await sql("UPDATE life SET behind_since = now() - interval '6 minutes'");
    await look();
    expect(await kinds()).toEqual(['lag']);
    const row = await hq.api<{ state: string; lagMs: number; headSeq: number }>(
      'GET',
      '/stores/s1',
    );
    expect(row.body).toMatchObject({ state: 'late', headSeq: 9 });
    expect(row.body.lagMs).toBeGreaterThan(6 * MINUTE - 1);
    await send();
    await look();
    expect(await kinds()).toEqual([]);
  });

  it('differences, a second box, and a book that was refused', async () => {
    await send();
    await sql('UPDATE life SET differences = 3');
    await sql(
      `INSERT INTO life (store, id, incarnation, state, seq, hash, digest)
       SELECT store, 2, 'copy', 'second', 0, hash, digest FROM life WHERE id = 1`,
    );
    await sql(
      `INSERT INTO catalog (version, kind, published_at, signed, signature) VALUES
       (1, 'book', now(), '', ''), (2, 'commands', now(), '', ''), (3, 'book', now(), '', '')`,
    );
    await sql(
      `INSERT INTO adoption (version, store, state, at, detail) VALUES
       (1, 's1', 'refused', now(), '{"reason": {"code": "x", "en": "e", "zh": "z"}}'),
       (2, 's1', 'refused', now(), NULL)`,
    );
    await look();
    expect((await kinds()).sort()).toEqual(['differs', 'refused', 'two_boxes']);
    await sql('UPDATE life SET differences = 0');
    await sql("UPDATE life SET state = 'sealed' WHERE id = 2");
    await sql("INSERT INTO adoption VALUES (3, 's1', 'taken', now(), NULL)");
    await look();
    expect(await kinds()).toEqual([]);
    expect(await alarms('all')).toHaveLength(3);
  });
});

describe('a webhook', () => {
  async function told(): Promise<{ event: string; body: { data: Record<string, unknown> } }[]> {
    const { rows } = await sql('SELECT event, body FROM delivery ORDER BY event, created_at');
    return rows.map(({ event, body }) => ({ event, body: JSON.parse(body) }));
  }
  beforeEach(async () => {
    const events = ['store.silent', 'alarm.ended', 'day.closed'];
    await hq.api('POST', '/webhooks', { url: 'https://erp.example/in', events });
  });

  it('hears of an alarm and of its end, once each', async () => {
    await send();
    ahead = 6 * MINUTE;
    await Promise.all([look(), look()]);
    ahead = 0;
    await send();
    await Promise.all([look(), look()]);
    const heard = await told();
    expect(heard.map(({ event }) => event)).toEqual(['alarm.ended', 'store.silent']);
    expect(heard[1]?.body.data).toMatchObject({ store: 's1', kind: 'silent' });
  });

  it('hears that a day is over when all of it is here, once, whichever life the store has', async () => {
    const day = (offset: number) =>
      new Date(Date.now() + 4 * 3_600_000 + offset * 86_400_000).toISOString().slice(0, 10);
    box.day = day(-2);
    box.sell('rice', 0, 1);
    box.day = day(-1);
    box.sell('rice', 0, 1);
    box.sell('rice', 0, 1);
    box.waste('rice', 0, 1, 2.5);
    const parted = box.seq;
    box.day = day(0);
    box.sell('rice', 0, 1);
    await send({ head: { seq: 99, hash: 'a'.repeat(64) } });
    expect(await tellDays(hq.hq.parts)).toBe(0);
    await send();
    // Around four in the morning of the store the day before yesterday may be the last that is over.
    expect(await tellDays(hq.hq.parts)).toBe(1);
    expect(await tellDays(hq.hq.parts)).toBe(0);
    const [first] = await told();
    expect(first?.body.data).toMatchObject({ store: 's1' });
    expect([day(-1), day(-2)]).toContain(first?.body.data['day']);
    if (first?.body.data['day'] === day(-1)) {
      expect(first.body.data).toMatchObject({ sales: 2, wasteEntries: 1, waste: '2.50' });
    }
    box = box.child('two', parted);
    sent = parted;
    box.sell('rice', 0, 1);
    await send();
    expect(await tellDays(hq.hq.parts)).toBe(0);
    expect(await told()).toHaveLength(1);
  });
});
