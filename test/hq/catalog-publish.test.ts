/** Versions at head office: numbers without holes, one for each cause, signed, and for whom they are. */
import { createPublicKey, verify } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SignedVersion } from '#recipes/contracts/sync.ts';
import { publish } from '../../cloud-bridge/hq/catalog/publish.ts';
import { ensureStore } from '../../cloud-bridge/hq/stores-store.ts';
import { SMALL_BOOK } from '../edge/small-kitchen.ts';
import { startTestPostgres, type TestPostgres } from '../support/postgres.ts';
import { startTestHq, type TestHq } from '../support/start-hq.ts';

let postgres: TestPostgres;
let hq: TestHq;
let second: TestHq;

beforeAll(async () => {
  postgres = await startTestPostgres();
});
beforeEach(async () => {
  await hq?.stop();
  await second?.stop();
  const database = await postgres.database();
  hq = await startTestHq(database);
  second = await startTestHq(database);
  for (const code of ['north', 'south']) await ensureStore(hq.hq.parts.db.chain, code);
});
afterAll(async () => {
  await hq.stop();
  await second.stop();
  await postgres.stop();
});

type Fetched = { versions: SignedVersion[]; head: number };
type Answer = { version: number; code?: string; planned?: object[]; changes?: object };

const decision = (cause: string | null, stores: string[] | null = null) => ({
  kind: 'commands' as const,
  stores,
  payload: { commands: [] },
  cause,
});

async function versionsOf(store: string, after = 0): Promise<Fetched> {
  return (await hq.api<Fetched>('GET', `/stores/${store}/catalog?after=${after}`)).body;
}

describe('numbers', () => {
  it('have no holes, from two receivers at once, and a failure uses none up', async () => {
    const made = await Promise.all(
      Array.from({ length: 24 }, (_, i) =>
        publish((i % 2 ? hq : second).hq.parts, decision(i % 5 === 0 ? 'same' : null)),
      ),
    );
    const bad = { ...decision(null), payload: { amount: 1n } };
    await expect(publish(hq.hq.parts, bad)).rejects.toThrow();
    const last = await publish(hq.hq.parts, decision('last'));
    const numbers = [...new Set([...made, last].map(({ version }) => version))].sort(
      (a, b) => a - b,
    );
    expect(numbers).toEqual(Array.from({ length: 21 }, (_, i) => i + 1));
    const same = made.filter((_, i) => i % 5 === 0);
    expect(new Set(same.map(({ version }) => version)).size).toBe(1);
    expect(same.filter(({ fresh }) => fresh)).toHaveLength(1);
  });

  it('of an Idempotency-Key stay the same', async () => {
    const send = () =>
      fetch(`${hq.url}/hq/v1/catalog`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${hq.hq.adminToken}`,
          'content-type': 'application/yaml',
          'idempotency-key': 'k-1',
        },
        body: 'larder: 1\nitems:\n  - { id: leek, unit: g }\n',
      }).then((response) => response.json() as Promise<Answer>);
    expect((await send()).version).toBe(1);
    expect((await send()).version).toBe(1);
    expect((await versionsOf('north')).head).toBe(1);
  });
});

describe('a version', () => {
  it('is signed with one key, whichever receiver made it', async () => {
    await publish(hq.hq.parts, decision(null));
    await publish(second.hq.parts, decision(null));
    const { versions } = await versionsOf('north');
    expect(new Set(versions.map(({ key }) => key)).size).toBe(1);
    for (const { signed, signature, key, version } of versions) {
      const x = Buffer.from(key, 'base64').toString('base64url');
      const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
      expect(verify(null, Buffer.from(signed), publicKey, Buffer.from(signature, 'base64'))).toBe(
        true,
      );
      expect(JSON.parse(signed)).toMatchObject({ version, stores: null });
    }
  });

  it('for one store is neither told nor counted to another', async () => {
    await publish(hq.hq.parts, decision(null, ['north']));
    await publish(hq.hq.parts, decision(null));
    await publish(hq.hq.parts, decision(null, ['north']));
    expect((await versionsOf('south')).versions.map(({ version }) => version)).toEqual([2]);
    expect((await versionsOf('south')).head).toBe(2);
    expect((await versionsOf('north', 1)).versions.map(({ version }) => version)).toEqual([2, 3]);
    const { body } = await hq.api<{ token: string }>('POST', '/stores', { store: 'east' });
    const read = (version: number) => hq.api('GET', `/catalog/${version}`, undefined, body.token);
    expect((await read(1)).status).toBe(404);
    expect((await read(2)).status).toBe(200);
  });

  it('is counted for its stores as it is published, from two receivers at once', async () => {
    const { chain } = hq.hq.parts.db;
    const to = [null, ['north', 'north'], ['south'], ['north', 'south'], null, ['south']];
    await Promise.all(
      to.map((stores, i) =>
        publish((i % 2 === 0 ? hq : second).hq.parts, { kind: 'transfer', stores, payload: { i } }),
      ),
    );
    const { rows: kept } = await chain.query('SELECT * FROM sent ORDER BY store');
    const { rows: counted } = await chain.query(
      `SELECT s.store, count(*)::int AS versions, max(version) AS head
       FROM catalog, LATERAL (SELECT DISTINCT unnest(coalesce(stores, ARRAY['*']))) AS s (store)
       GROUP BY s.store ORDER BY s.store`,
    );
    expect(kept).toEqual(counted);
    expect(kept.length).toBeGreaterThanOrEqual(3);
  });
});

describe('a book', () => {
  const dearer = (price: string) => ({
    ...SMALL_BOOK,
    recipes: SMALL_BOOK.recipes.map((r) => (r.id === 'bowl' ? { ...r, price } : r)),
  });
  const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
  const send = (body: object) => hq.api<Answer>('POST', '/catalog', { kind: 'book', ...body });

  it('is compared with the newest one before it is published', async () => {
    await send({ book: dearer('20.00') });
    const { body } = await send({ book: dearer('22'), dryRun: true });
    expect(body).toMatchObject({
      dryRun: true,
      changes: {
        comparedWith: 1,
        items: { added: 0, changed: 0, removed: 0 },
        recipes: { changed: 1, examples: { changed: ['bowl'] } },
        prices: [{ what: 'recipe', id: 'bowl', before: '20', after: '22' }],
        priceCount: 1,
      },
    });
    expect((await versionsOf('north')).head).toBe(1);
    const same = await send({ book: dearer('20'), dryRun: true });
    expect(same.body.changes).toMatchObject({ prices: [] });
  });

  it('does not overtake a planned one unless it is said what becomes of that', async () => {
    await send({ book: dearer('20.00') });
    await send({ book: dearer('30.00'), validFrom: inHours(48), stores: ['north'] });
    const refused = await send({ book: dearer('25.00'), validFrom: inHours(1) });
    expect(refused.status).toBe(409);
    expect(refused.body).toMatchObject({ code: 'planned_book', planned: [{ version: 2 }] });
    // Another store has no such plan.
    const south = await send({ book: dearer('25.00'), stores: ['south'] });
    expect(south.status).toBe(201);
    const kept = await send({ book: dearer('25.00'), planned: 'replace' });
    expect(kept.status).toBe(201);
    const { versions } = await versionsOf('north', 2);
    expect(JSON.parse(versions[0]?.signed ?? '')).toMatchObject({
      payload: { planned: 'replace' },
    });
  });

  it('of an earlier version is published again whole', async () => {
    await send({ book: dearer('20.00'), stores: ['north'] });
    await send({ book: dearer('30.00') });
    const { status, body } = await hq.api<Answer>('POST', '/catalog/1/rollback', {});
    expect({ status, version: body.version }).toEqual({ status: 201, version: 3 });
    const { versions } = await versionsOf('north', 2);
    expect(JSON.parse(versions[0]?.signed ?? '')).toMatchObject({
      stores: ['north'],
      validFrom: expect.stringMatching(/^20/),
      payload: { rollbackOf: 1, book: dearer('20.00') },
    });
    expect((await versionsOf('south', 2)).versions).toEqual([]);
    await publish(hq.hq.parts, decision(null));
    expect((await hq.api<Answer>('POST', '/catalog/4/rollback', {})).body.code).toBe('not_a_book');
    expect((await hq.api<Answer>('POST', '/catalog/99/rollback', {})).status).toBe(404);
  });

  it('tells a mistake in its text by line, and who is no store', async () => {
    const text = 'larder: 1\nitems:\n  - { id: leek, unit: g\n';
    const { status, body } = await send({ book: text });
    expect(status).toBe(422);
    expect(body).toMatchObject({ code: 'bad_book', problems: [{ line: expect.any(Number) }] });
    const unknown = await send({ book: SMALL_BOOK, stores: ['north', 'nowhere'] });
    expect(unknown).toMatchObject({ status: 422, body: { code: 'unknown_stores' } });
  });
});
