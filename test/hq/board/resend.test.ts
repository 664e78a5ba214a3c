/** What a webhook would not take is sent again when a person says so, as the same event. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type HttpSink, openHttpSink } from '../../support/http-sink.ts';
import { startTestPostgres, type TestPostgres } from '../../support/postgres.ts';
import { startTestHq, type TestHq } from '../../support/start-hq.ts';
import { StoryBox } from '../story-box.ts';

let postgres: TestPostgres;
let hq: TestHq;
let sink: HttpSink;
beforeAll(async () => {
  postgres = await startTestPostgres();
  hq = await startTestHq(await postgres.database(), { config: { webhookPrivate: true } });
  sink = await openHttpSink();
});
afterAll(async () => {
  await hq.stop();
  await sink.close();
  await postgres.stop();
});

type Delivery = { id: string; state: string; attempts: number; error: string | null };
const SOON = { timeout: 10_000 };

it('keeps its id, is tried once, and counts when it is taken', async () => {
  const events = ['waste.logged'];
  const { body: hook } = await hq.api<{ id: number }>('POST', '/webhooks', {
    url: sink.url,
    events,
  });
  const at = `/webhooks/${hook.id}/deliveries`;
  const list = async (state = '') =>
    (await hq.api<{ deliveries: Delivery[] }>('GET', `${at}${state}`)).body.deliveries;
  sink.answer = () => ({ status: 500 });
  const box = new StoryBox('life');
  box.adopt();
  box.waste('rice', 0, 1, 1);
  await hq.api('POST', '/stores/s1/batches', box.batch());
  await expect.poll(async () => (await list())[0]?.error, SOON).toMatch(/500/);
  // As after three days of trying.
  await hq.hq.parts.db.chain.query(
    `UPDATE delivery SET state = 'failed', attempts = 10, next_at = NULL, ended_at = now()`,
  );
  const [failed] = await list('?state=failed');
  const again = `${at}/${failed?.id}/resend`;
  const tries = sink.posts.length;
  expect((await hq.api('POST', again)).body).toMatchObject({ id: failed?.id, state: 'waiting' });
  await expect.poll(async () => (await list('?state=failed'))[0]?.attempts, SOON).toBe(11);
  expect(sink.posts).toHaveLength(tries + 1);
  sink.answer = () => ({ status: 200 });
  expect((await hq.api('POST', again)).status).toBe(202);
  await expect.poll(async () => (await list())[0]?.state, SOON).toBe('done');
  expect(await list('?state=failed')).toEqual([]);
  const ids = sink.posts.map(({ headers }) => headers['webhook-id']);
  expect(new Set(ids)).toEqual(new Set([failed?.id]));
});

it('is refused when there is none, or somebody else asks', async () => {
  const { body: hook } = await hq.api<{ id: number }>('POST', '/webhooks', {
    url: sink.url,
    events: ['waste.logged'],
  });
  const path = `/webhooks/${hook.id}/deliveries`;
  const missing = await hq.api('POST', `${path}/evt_none/resend`);
  expect([missing.status, missing.body['code']]).toEqual([404, 'unknown_delivery']);
  expect((await hq.api('POST', '/webhooks/999/deliveries/evt_none/resend')).status).toBe(404);
  expect((await hq.api('GET', `${path}?state=none`)).status).toBe(400);
  const { body: read } = await hq.api<{ token: string }>('POST', '/tokens', {
    name: 'r',
    scope: 'read',
  });
  expect((await hq.api('POST', `${path}/evt_none/resend`, {}, read.token)).status).toBe(403);
});
