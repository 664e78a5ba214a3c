/** Tokens: shown once, kept as a hash, each for what its scope says; and stores that join and leave. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestPostgres, type TestPostgres } from '../../support/postgres.ts';
import { startTestHq, type TestHq } from '../../support/start-hq.ts';
import { StoryBox } from '../story-box.ts';

let postgres: TestPostgres;
let hq: TestHq;
beforeAll(async () => {
  postgres = await startTestPostgres();
  hq = await startTestHq(await postgres.database());
});
afterAll(async () => {
  await hq.stop();
  await postgres.stop();
});

type Made = { id: number; token: string; name: string; scope: string };
const make = async (scope: string) =>
  (await hq.api<Made>('POST', '/tokens', { name: `the ${scope}`, scope })).body;
const status = async (path: string, token: string, method = 'GET', body?: object) =>
  (await hq.api(method, path, body, token)).status;

describe('a token', () => {
  it('is shown once and kept as a hash', async () => {
    const made = await make('read');
    expect(made).toMatchObject({ name: 'the read', scope: 'read' });
    const { rows } = await hq.hq.parts.db.chain.query('SELECT * FROM token');
    expect(JSON.stringify(rows)).not.toContain(made.token);
    const list = await hq.api('GET', '/tokens');
    expect(JSON.stringify(list.body)).not.toContain(made.token);
    expect(JSON.stringify(list.body)).toContain('the read');
    const { body } = await hq.api('GET', '/me', undefined, made.token);
    expect(body).toEqual({ name: 'the read', scope: 'read' });
    const used = await hq.api<{ tokens: { usedAt: string | null }[] }>('GET', '/tokens');
    expect(used.body.tokens[0]?.usedAt).not.toBeNull();
  });

  it('opens what its scope says and nothing else', async () => {
    const [read, wall, admin] = [await make('read'), await make('wall'), await make('admin')];
    const shown = ['/stores', '/stock', '/ticker', '/alarms', '/reports/waste'];
    const secret = ['/tokens', '/webhooks'];
    for (const path of shown) {
      expect([path, await status(path, wall.token), await status(path, read.token)]).toEqual([
        path,
        200,
        200,
      ]);
    }
    for (const path of ['/entries', '/orders', '/export/waste.json', '/catalog']) {
      expect([path, await status(path, wall.token), await status(path, read.token)]).toEqual([
        path,
        403,
        200,
      ]);
    }
    for (const path of secret) {
      expect([path, await status(path, read.token), await status(path, admin.token)]).toEqual([
        path,
        403,
        200,
      ]);
    }
    expect(await status('/stores', read.token, 'POST', { store: 'x' })).toBe(403);
    expect(await status('/stores', 'nobody')).toBe(401);
  });

  it('ends when it is revoked', async () => {
    const made = await make('read');
    expect(await status(`/tokens/${made.id}`, hq.hq.adminToken, 'DELETE')).toBe(204);
    expect(await status('/stores', made.token)).toBe(401);
    const list = await hq.api<{ tokens: { id: number; revokedAt: string | null }[] }>(
      'GET',
      '/tokens',
    );
    expect(list.body.tokens.find(({ id }) => id === made.id)?.revokedAt).not.toBeNull();
    for (const id of ['999999', 'x', '99999999999999']) {
      const none = await hq.api<{ code: string }>('DELETE', `/tokens/${id}`);
      expect([none.status, none.body.code]).toEqual([404, 'unknown_token']);
    }
    const bad = await hq.api<{ code: string }>('POST', '/tokens', { name: '', scope: 'god' });
    expect([bad.status, bad.body.code]).toEqual([400, 'bad_body']);
  });
});

describe('a store', () => {
  it('joins with a token that is its own, and gets another only when that is asked for', async () => {
    const said = { store: 'n1', name: { zh: '一店', en: 'One' }, opens: '10:00', closes: '22:00' };
    const first = await hq.api<{ token: string }>('POST', '/stores', said);
    expect(first.status).toBe(201);
    const box = new StoryBox('life');
    box.adopt();
    expect(await status('/stores/n1/batches', first.body.token, 'POST', box.batch())).toBe(200);
    expect(await status('/stores/n2/batches', first.body.token, 'POST', box.batch())).toBe(403);
    expect(await status('/stores', first.body.token)).toBe(403);
    const change = await hq.api<{ token: null }>('POST', '/stores', {
      store: 'n1',
      closes: '23:00',
    });
    expect([change.status, change.body.token]).toEqual([200, null]);
    const { body } = await hq.api('GET', '/stores/n1');
    expect(body).toMatchObject({
      name: { zh: '一店', en: 'One' },
      opens: '10:00',
      closes: '23:00',
    });
    const renewed = await hq.api<{ token: string }>('POST', '/stores', {
      store: 'n1',
      newToken: true,
    });
    expect(renewed.body.token).not.toBe(first.body.token);
    expect(await status('/stores/n1/cursor', renewed.body.token)).toBe(200);
  });

  it('leaves, and what it told stays', async () => {
    await hq.api('POST', '/stores', { store: 'gone' });
    expect(await status('/stores/gone', hq.hq.adminToken, 'DELETE')).toBe(204);
    expect(await status('/stores/gone', hq.hq.adminToken)).toBe(404);
    expect(await status('/stores/gone', hq.hq.adminToken, 'DELETE')).toBe(404);
  });

  it('is refused with every mistake named', async () => {
    const wrong = { store: 'a b', opens: '25:00', timezone: 'Mars/Olympus' };
    const answer = await hq.api<{ problems: { path: string }[] }>('POST', '/stores', wrong);
    expect(answer.status).toBe(400);
    expect(answer.body.problems.map(({ path }) => path).sort()).toEqual([
      'opens',
      'store',
      'timezone',
    ]);
  });
});
