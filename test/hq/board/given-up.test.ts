/** What waits for a webhook that nobody enables again is given up one day, and says so. */
import { expect, it } from 'vitest';
import { realPorts } from '../../../edge/runtime/ports.ts';
import { startTestPostgres } from '../../support/postgres.ts';
import { startTestHq } from '../../support/start-hq.ts';

const HOUR = 3_600_000;
type Delivery = { id: string; state: string; error: string | null; endedAt: string | null };

it('30 days after it was due; what is younger, or was sent again, waits on', async () => {
  const postgres = await startTestPostgres();
  const real = realPorts();
  // What is done once an hour is done at once.
  const ports = {
    ...real,
    every: (ms: number, run: () => void) => real.every(ms >= HOUR ? 100 : ms, run),
  };
  const hq = await startTestHq(await postgres.database(), { ports });
  const said = { url: 'https://erp.example', events: ['waste.logged'] };
  const { body: hook } = await hq.api<{ id: number }>('POST', '/webhooks', said);
  await hq.api('PATCH', `/webhooks/${hook.id}`, { enabled: false });
  const { chain } = hq.hq.parts.db;
  await chain.query(
    `INSERT INTO delivery (id, webhook, event, body, state, attempts, created_at, next_at, error)
     SELECT id, $1, 'waste.logged', '{}', 'waiting', 3, now() - interval '90 days', at, error
     FROM (VALUES ('old', now() - interval '31 days', 'it answered 500'),
       ('never', now() - interval '40 days', NULL), ('young', now() - interval '29 days', NULL),
       ('again', now(), NULL)) AS t (id, at, error)`,
    [hook.id],
  );
  const path = `/webhooks/${hook.id}/deliveries`;
  const list = async (state: string) => {
    const { body } = await hq.api<{ deliveries: Delivery[] }>('GET', `${path}?state=${state}`);
    return body.deliveries.sort((a, b) => (a.id < b.id ? -1 : 1));
  };
  const why = 'given up after waiting for 30 days: the webhook is disabled';
  await expect
    .poll(() => list('failed'), { timeout: 10_000 })
    .toMatchObject([
      { id: 'never', error: why, endedAt: expect.any(String) },
      { id: 'old', error: `${why}; it answered 500` },
    ]);
  expect((await list('waiting')).map(({ id }) => id)).toEqual(['again', 'young']);
  expect((await hq.api('POST', `${path}/old/resend`)).body).toMatchObject({ state: 'waiting' });
  await hq.stop();
  await postgres.stop();
}, 30_000);
