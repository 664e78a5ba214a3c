/** What other programs are told: signed, once, again until they take it, and not behind a firewall. */
import { Webhook } from 'standardwebhooks';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { boardParts } from '../../../cloud-bridge/hq/board/board-parts.ts';
import { readServer } from '../../../cloud-bridge/hq/reading/hand-reader.ts';
import { CHOSEN_TYPES } from '../../../cloud-bridge/hq/webhooks/event-types.ts';
import { postWebhook } from '../../../cloud-bridge/hq/webhooks/post-webhook.ts';
import { isPrivateHost } from '../../../cloud-bridge/hq/webhooks/private-address.ts';
import { RETRIES_S } from '../../../cloud-bridge/hq/webhooks/sending-loop.ts';
import { disableDead } from '../../../cloud-bridge/hq/webhooks/sending-store.ts';
import { type HttpSink, openHttpSink } from '../../support/http-sink.ts';
import { startTestPostgres, type TestPostgres } from '../../support/postgres.ts';
import { startTestHq, type TestHq } from '../../support/start-hq.ts';
import { BOOK, g, StoryBox } from '../story-box.ts';

let postgres: TestPostgres;
let hq: TestHq;
let sink: HttpSink;
beforeAll(async () => {
  postgres = await startTestPostgres();
  hq = await startTestHq(await postgres.database(), { config: { webhookPrivate: true } });
});
afterAll(async () => {
  await hq.stop();
  await postgres.stop();
});

type Made = { id: number; secret: string };
let hook: Made;
let made = 0;
let store = '';
let box: StoryBox;
let sent = 0;
beforeEach(async () => {
  made++;
  store = `w${made}`;
  box = new StoryBox(`life-${made}`);
  sent = 0;
  sink = await openHttpSink();
  const events = CHOSEN_TYPES.filter((type) => !/^(store|alarm|day)/.test(type));
  hook = (await hq.api<Made>('POST', '/webhooks', { url: `${sink.url}/in`, events })).body;
});
afterEach(async () => {
  await hq.api('DELETE', `/webhooks/${hook.id}`);
  await sink.close();
});

async function send(): Promise<void> {
  const answer = await hq.api('POST', `/stores/${store}/batches`, box.batch(sent));
  expect(answer.body).toMatchObject({ ackedSeq: box.seq });
  sent = box.seq;
}

type Event = { type: string; timestamp: string; data: Record<string, unknown> };
const told = (): Event[] => sink.posts.map(({ body }) => JSON.parse(body) as Event);
const types = () =>
  told()
    .map(({ type }) => type)
    .sort();
const heard = (type: string) => told().find((one) => one.type === type);

type Delivery = {
  id: string;
  state: string;
  attempts: number;
  error: string | null;
  event: string;
};
const deliveries = async () =>
  (await hq.api<{ deliveries: Delivery[] }>('GET', `/webhooks/${hook.id}/deliveries`)).body
    .deliveries;

describe('what people do in a store', () => {
  it('is told once each, with money and amounts as decimal text', async () => {
    box.adopt();
    box.receive('pork-belly', 8_000, 256, { supplier: 'jinluo' });
    box.sell('pork-belly', 1, 400);
    const slip = box.waste('pork-belly', 1, 620, 19.84);
    box.tell('credit', {
      note: { credit: 'CN-1', supplier: 'jinluo', amount: '12.5', cost: 125_000 },
    });
    box.tell('transfer', {
      note: {
        what: 'send',
        transfer: 'TR-1',
        step: 1,
        to: 'w0',
        lines: [{ item: 'rice', qty: '5', cost: 12_345 }],
      },
    });
    box.tell('count', {
      note: {
        count: 'C1',
        lines: [{ item: 'rice', counted: g(5), book: g(6), variance: -g(1), cost: -30 }],
      },
    });
    box.tell('order', {
      note: {
        what: 'create',
        order: 'PO-1',
        supplier: 'jinluo',
        state: 'submitted',
        revision: 1,
        steps: ['draft', 'submitted'],
        lines: [{ item: 'pork-belly', qty: '2 pack' }],
      },
    });
    box.tell('person', { note: { user: 'x' } });
    box.undo(slip);
    await send();
    const expected = [
      'book.adopted',
      'count.posted',
      'credit.recorded',
      'delivery.received',
      'entry.reversed',
      'order.submitted',
      'transfer.sent',
      'waste.logged',
    ];
    await expect.poll(types, { timeout: 20_000 }).toEqual(expected);
    expect(heard('delivery.received')?.data).toMatchObject({
      store,
      seq: 2,
      supplier: 'jinluo',
      currency: 'CNY',
      lots: [{ item: 'pork-belly', lot: 'L1', amount: '8000', unit: 'g', cost: '256.00' }],
    });
    expect(heard('waste.logged')?.data).toMatchObject({
      cost: '19.84',
      reason: 'spoiled',
      actor: 'Li',
      day: '2026-11-22',
      lines: [{ item: 'pork-belly', amount: '620', cost: '19.84' }],
      moves: [{ item: 'pork-belly', from: 'stock', to: 'waste', amount: '620' }],
    });
    expect(heard('credit.recorded')?.data).toMatchObject({ credit: 'CN-1', amount: '12.50' });
    expect(heard('transfer.sent')?.data).toMatchObject({ from: store, to: 'w0', transfer: 'TR-1' });
    expect(heard('count.posted')?.data['lines']).toMatchObject([
      { counted: '5', book: '6', variance: '-1', cost: '0.00' },
    ]);
    expect(heard('order.submitted')?.data['order']).toMatchObject({
      total: '128.00',
      state: 'submitted',
    });
    const wasteId = sink.posts.find(({ body }) => body.startsWith('{"type":"waste.logged"'))
      ?.headers['webhook-id'];
    expect(heard('entry.reversed')?.data).toMatchObject({
      undone: true,
      of: { seq: slip, type: 'waste.logged', event: wasteId },
    });
  });

  it('is told with a signature that a library of the standard accepts', async () => {
    box.adopt();
    await send();
    await expect.poll(types, { timeout: 10_000 }).toEqual(['book.adopted']);
    const [post] = sink.posts;
    const verified = new Webhook(hook.secret).verify(
      post?.body ?? '',
      post?.headers as Record<string, string>,
    );
    expect(verified).toMatchObject({ type: 'book.adopted' });
  });

  it('is one event when the same command happens again in a restored life', async () => {
    box.adopt();
    const parted = box.seq;
    box.waste('rice', 0, 100, 1);
    await send();
    await expect.poll(types, { timeout: 10_000 }).toEqual(['book.adopted', 'waste.logged']);
    const again = box.child(`child-${made}`, parted);
    again.tell('person', { note: { user: 'x' } });
    const lines = [{ item: 'rice', amount: g(100), cost: 10_000 }];
    again.tell('waste', {
      command: `life-${made}:c2`,
      note: { reason: 'spoiled', cost: 10_000, lines },
    });
    again.waste('rice', 0, 7, 0.5);
    box = again;
    sent = parted;
    await send();
    await expect
      .poll(types, { timeout: 10_000 })
      .toEqual(['book.adopted', 'waste.logged', 'waste.logged']);
    expect(await deliveries()).toHaveLength(3);
  });

  it('is written once, also when the reader dies before it notes how far it was', async () => {
    box.adopt();
    box.waste('rice', 0, 100, 1);
    await send();
    await expect.poll(async () => (await deliveries()).length, { timeout: 10_000 }).toBe(2);
    const { db } = hq.hq.parts;
    await db.chain.query(
      'UPDATE reading SET seq = 0 WHERE store = (SELECT id FROM store WHERE code = $1)',
      [store],
    );
    await readServer(boardParts(hq.hq.parts), db.chain);
    expect(await deliveries()).toHaveLength(2);
  });

  it('is told to those that want it only', async () => {
    await hq.api('PATCH', `/webhooks/${hook.id}`, { events: ['credit.recorded'] });
    box.adopt();
    box.waste('rice', 0, 100, 1);
    box.tell('credit', { note: { credit: 'CN-2', supplier: 'jinluo', cost: 10_000 } });
    await send();
    await expect.poll(types, { timeout: 10_000 }).toEqual(['credit.recorded']);
  });

  it('is told when the book cannot be read here', async () => {
    box.adopt({ ...BOOK, items: [{ id: 'rice', unit: 'furlong' }] });
    box.waste('rice', 0, 100, 1);
    await send();
    await expect.poll(types, { timeout: 10_000 }).toEqual(['book.adopted', 'waste.logged']);
  });
});

describe('a program that does not take it', () => {
  it('is told again under the same id, later each time, until it does or is given up', async () => {
    const { chain } = hq.hq.parts.db;
    type Wait = { attempts: number; state: string; wait: number | null };
    const now = async (): Promise<Wait | undefined> => {
      const { rows } = await chain.query<Wait>(
        `SELECT attempts, state, extract(epoch FROM next_at - now())::float8 AS wait
         FROM delivery WHERE webhook = $1 AND error IS NOT NULL`,
        [hook.id],
      );
      return rows[0];
    };
    const again = () =>
      chain.query(`UPDATE delivery SET next_at = now() WHERE webhook = $1 AND state = 'waiting'`, [
        hook.id,
      ]);
    sink.answer = () => ({ status: 503 });
    box.adopt();
    await send();
    for (const [i, pause] of RETRIES_S.entries()) {
      // While it is on its way, it is lent out for a minute: that is not the pause.
      await expect
        .poll(async () => (await now())?.attempts === i + 1 && (await now())?.wait, {
          timeout: 9_000,
        })
        .toSatisfy((wait) => typeof wait === 'number' && wait > pause - 3 && wait <= pause);
      await again();
    }
    await expect.poll(async () => (await now())?.state, { timeout: 9_000 }).toBe('failed');
    expect(sink.posts).toHaveLength(RETRIES_S.length + 1);
    expect(new Set(sink.posts.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    const failing = async () => {
      type List = { webhooks: { id: number; failingSince: string | null }[] };
      const { body } = await hq.api<List>('GET', '/webhooks');
      return body.webhooks.find(({ id }) => id === hook.id)?.failingSince;
    };
    expect(await failing()).not.toBeNull();
    sink.answer = () => ({ status: 204 });
    box.waste('rice', 0, 1, 1);
    await send();
    await expect.poll(failing, { timeout: 9_000 }).toBeNull();
  }, 60_000);

  it('is not waited for longer than it may take, and is given up in the end', async () => {
    sink.answer = () => ({ status: 0 });
    const posting = { id: 'evt_1', url: sink.url, secret: hook.secret, body: '{}' };
    const posted = await postWebhook(posting, {
      now: Date.now(),
      allowPrivate: true,
      withinMs: 200,
    });
    expect(posted).toEqual({
      ok: false,
      error: expect.stringMatching(/in time|timeout/i),
      gone: false,
    });
  });

  it('does not lead head office elsewhere', async () => {
    sink.answer = () => ({ status: 302, headers: { location: 'http://169.254.169.254/' } });
    const posting = { id: 'evt_1', url: sink.url, secret: hook.secret, body: '{}' };
    const posted = await postWebhook(posting, { now: Date.now(), allowPrivate: true });
    expect(posted).toEqual({ ok: false, error: 'it answered 302', gone: false });
    expect(sink.posts).toHaveLength(1);
  });

  it('is disabled when it is gone, and hears again when it is enabled', async () => {
    sink.answer = () => ({ status: 410 });
    box.adopt();
    await send();
    const disabled = async () =>
      (
        await hq.api<{ webhooks: { id: number; disabledAt: string | null }[] }>('GET', '/webhooks')
      ).body.webhooks.find(({ id }) => id === hook.id)?.disabledAt;
    await expect.poll(disabled, { timeout: 10_000 }).not.toBeNull();
    const before = sink.posts.length;
    box.waste('rice', 0, 1, 1);
    await send();
    sink.answer = () => ({ status: 200 });
    const test = await hq.api<{ id: string }>('POST', `/webhooks/${hook.id}/test`);
    expect(test.status).toBe(202);
    await expect.poll(() => sink.posts.length, { timeout: 10_000 }).toBe(before + 1);
    expect(told().at(-1)?.type).toBe('webhook.test');
    expect(await disabled()).not.toBeNull();
    await hq.api('PATCH', `/webhooks/${hook.id}`, { enabled: true });
    box.waste('rice', 0, 2, 1);
    await send();
    await expect.poll(() => told().at(-1)?.type, { timeout: 10_000 }).toBe('waste.logged');
  });

  it('hears nothing while a person has disabled it, and the rest afterwards', async () => {
    sink.answer = () => ({ status: 503 });
    box.adopt();
    await send();
    await expect
      .poll(async () => (await deliveries())[0]?.error, { timeout: 10_000 })
      .toMatch(/503/);
    await hq.api('PATCH', `/webhooks/${hook.id}`, { enabled: false });
    const { chain } = hq.hq.parts.db;
    await chain.query('UPDATE delivery SET next_at = now() WHERE webhook = $1', [hook.id]);
    const before = sink.posts.length;
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect(sink.posts).toHaveLength(before);
    sink.answer = () => ({ status: 200 });
    await hq.api('PATCH', `/webhooks/${hook.id}`, { enabled: true });
    await expect.poll(async () => (await deliveries())[0]?.state, { timeout: 10_000 }).toBe('done');
  });

  it('is disabled after days in which nothing got through, and not before', async () => {
    const { chain } = hq.hq.parts.db;
    const failing = (days: number) =>
      chain.query(
        'UPDATE webhook SET failing_since = now() - make_interval(days => $2) WHERE id = $1',
        [hook.id, days],
      );
    await failing(4);
    expect(await disableDead(chain, 5 * 86_400)).toEqual([]);
    await failing(6);
    expect(await disableDead(chain, 5 * 86_400)).toMatchObject([{ id: hook.id }]);
  });
});

describe('an address', () => {
  it('in a private network is refused unless it is allowed', async () => {
    const strict = await startTestHq(await postgres.database());
    for (const url of [
      'http://127.0.0.1/x',
      'http://localhost:9/',
      'http://[::1]/',
      'http://10.1.2.3/',
      'http://169.254.169.254/latest',
      'http://[::ffff:10.0.0.1]/',
      'http://[::10.0.0.1]/',
      'http://[64:ff9b:1::a00:1]/',
      'http://[fec0::1]/',
      'http://2130706433/',
      'http://0x7f.1/',
    ]) {
      const answer = await strict.api<{ code: string }>('POST', '/webhooks', {
        url,
        events: ['waste.logged'],
      });
      expect([url, answer.status, answer.body.code]).toEqual([url, 422, 'private_address']);
    }
    await strict.stop();
    const posting = { id: 'evt_1', url: sink.url, secret: hook.secret, body: '{}' };
    const posted = await postWebhook(posting, { now: Date.now(), allowPrivate: false });
    expect(posted).toMatchObject({ ok: false, error: 'the address leads into a private network' });
    expect(sink.posts).toEqual([]);
  });

  it('is private when its name leads there', async () => {
    // A public name: only what it is looked up to shows where it leads.
    expect(isPrivateHost('ip6-localhost')).toBe(false);
    const posting = { id: 'e', url: 'http://ip6-localhost:9/', secret: hook.secret, body: '{}' };
    const posted = await postWebhook(posting, { now: Date.now(), allowPrivate: false });
    expect(posted.ok).toBe(false);
  });

  it('and its events are checked', async () => {
    for (const body of [
      { url: 'ftp://x.example/', events: ['waste.logged'] },
      { url: 'https://u:p@x.example/', events: ['waste.logged'] },
      { url: 'https://x.example/', events: ['nonsense'] },
      { url: 'https://x.example/', events: [] },
    ]) {
      expect((await hq.api('POST', '/webhooks', body)).status).toBe(400);
    }
    const list = await hq.api('GET', '/webhooks');
    expect(JSON.stringify(list.body)).not.toContain(hook.secret);
  });
});
