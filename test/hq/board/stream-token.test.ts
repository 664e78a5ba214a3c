/** An open board ends with its token. */
import { expect, it } from 'vitest';
import { realPorts } from '../../../edge/runtime/ports.ts';
import { startTestPostgres } from '../../support/postgres.ts';
import { startTestHq } from '../../support/start-hq.ts';

it('is told nothing more when its token is revoked; others are', async () => {
  const postgres = await startTestPostgres();
  const real = realPorts();
  // What is done now and then is done twenty times as often.
  const ports = { ...real, every: (ms: number, run: () => void) => real.every(ms / 20, run) };
  const hq = await startTestHq(await postgres.database(), { ports });
  type Made = { id: number; token: string };
  const open = async (name: string) => {
    const { body } = await hq.api<Made>('POST', '/tokens', { name, scope: 'wall' });
    const headers = { authorization: `Bearer ${body.token}` };
    const response = await fetch(`${hq.url}/hq/v1/stream`, { headers });
    return { ...body, status: response.status, body: response.text() };
  };
  const [lost, kept] = [await open('lost'), await open('kept')];
  let ended = false;
  kept.body.then(
    () => {
      ended = true;
    },
    () => undefined,
  );
  expect([lost.status, kept.status]).toEqual([200, 200]);
  await hq.api('DELETE', `/tokens/${lost.id}`);
  expect(await lost.body).toContain('retry: 2000');
  expect(ended).toBe(false);
  await hq.stop();
  await postgres.stop();
}, 20_000);

it('does not take the streams of all others', async () => {
  const postgres = await startTestPostgres();
  const hq = await startTestHq(await postgres.database());
  const wall = await hq.api<{ token: string }>('POST', '/tokens', { name: 'wall', scope: 'wall' });
  const open = (token: string) =>
    fetch(`${hq.url}/hq/v1/stream`, { headers: { authorization: `Bearer ${token}` } });
  for (const token of [wall.body.token, hq.hq.adminToken]) {
    const held = await Promise.all(Array.from({ length: 50 }, () => open(token)));
    expect(new Set(held.map(({ status }) => status))).toEqual(new Set([200]));
    const more = await open(token);
    expect([more.status, more.headers.get('retry-after')]).toEqual([429, '30']);
    expect(await more.json()).toMatchObject({ code: 'too_many_streams' });
    await held[0]?.body?.cancel();
    await expect.poll(async () => (await open(token)).status, { timeout: 10_000 }).toBe(200);
  }
  await hq.stop();
  await postgres.stop();
}, 30_000);
