/**
 * Three real servers as one: a coordinator that is a shard as well, and two more. The same answers as
 * with one server, and a shard that is down holds up nobody but its own stores.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ack } from '#recipes/contracts/sync.ts';
import { setUpShards } from '../../cloud-bridge/hq/db/shard-setup.ts';
import { migrationsFolder } from '../../cloud-bridge/hq/start.ts';
import { ensureStore } from '../../cloud-bridge/hq/stores-store.ts';
import { openLog } from '../../edge/runtime/log.ts';
import { startTestPostgres, type TestPostgres } from '../support/postgres.ts';
import { seeded, seedOf } from '../support/seeded.ts';
import { startTestHq, type TestHq } from '../support/start-hq.ts';
import { PaperBox } from './paper-box.ts';

const seed = seedOf(503);
const log = openLog('silent');
let servers: TestPostgres[] = [];
let sharded: TestHq;
let single: TestHq;
let coordinator = '';
let shards: string[] = [];
/** Codes of two stores of each shard. */
const stores: string[][] = [[], [], []];

beforeAll(async () => {
  servers = await Promise.all([1, 2, 3].map(() => startTestPostgres()));
  const [first] = servers;
  if (first === undefined) throw new Error('no server');
  coordinator = await first.database();
  shards = await Promise.all(servers.map((server) => server.database()));
  await setUpShards({ url: coordinator, shards, migrations: migrationsFolder(), log });
  sharded = await startTestHq(coordinator, { config: { shards } });
  single = await startTestHq(await first.database());
  // As many stores as it takes until each shard has two; the numbers are the same at both.
  for (let i = 1; stores.some((codes) => codes.length < 2); i += 1) {
    const { id, code } = await ensureStore(sharded.hq.parts.db.chain, `s${i}`);
    await ensureStore(single.hq.parts.db.chain, code);
    const shard = sharded.hq.parts.db.shards.indexOf(await sharded.hq.parts.db.of(id));
    const codes = stores[shard];
    if (codes !== undefined && codes.length < 2) codes.push(code);
  }
});
afterAll(async () => {
  await sharded.stop();
  await single.stop();
  await Promise.all(servers.map((server) => server.stop()));
});

function post(hq: TestHq, store: string, batch: unknown) {
  return hq.api<Ack & { code?: string }>('POST', `/stores/${store}/batches`, batch);
}

/** Without what differs by the moment. */
function plain({ hqTime: _, ...ack }: Ack): object {
  const others = ack.others?.map(({ incarnation, state }) => ({ incarnation, state }));
  return { ...ack, others };
}

describe('with two stores on each of three shards', () => {
  it('every batch is answered as one server answers it', async () => {
    for (const [i, store] of stores.flat().entries()) {
      const box = new PaperBox(`life-${store}`, seeded(seed + i)).sell(50 + i);
      const child = box.child(`child-${store}`, 30, 'restored').sell(10);
      const copy = box.copy(box.incarnation, 20, seeded(1)).sell(3);
      for (const batch of [
        box.batch(0, 40, { facts: true }),
        box.batch(20, 25, { facts: true }),
        box.batch(60, 5),
        copy.batch(0, 500),
        box.batch(45, 500, { facts: true }),
        child.batch(0, 500, { facts: true }),
      ]) {
        const [one, many] = [await post(single, store, batch), await post(sharded, store, batch)];
        expect(many.status).toBe(one.status);
        expect(plain(many.body)).toEqual(plain(one.body));
      }
      const path = `/stores/${store}/takeover?incarnation=${child.incarnation}`;
      expect((await sharded.api('GET', path)).body).toEqual((await single.api('GET', path)).body);
    }
  });

  it('the rows of a store are on its shard and nowhere else', async () => {
    for (const [shard, codes] of stores.entries()) {
      for (const [other, pool] of sharded.hq.parts.db.shards.entries()) {
        const ids = await Promise.all(
          codes.map(async (code) => (await ensureStore(sharded.hq.parts.db.chain, code)).id),
        );
        const found = await pool.query(
          'SELECT DISTINCT store FROM entry WHERE store = ANY ($1::int[])',
          [ids],
        );
        expect(found.rowCount).toBe(shard === other ? 2 : 0);
      }
    }
  });

  it.each([
    'SELECT store, count(*) AS n, sum(seq) AS s FROM entry GROUP BY store ORDER BY store',
    'SELECT store, life, item, place, lot, amount FROM balance ORDER BY 1, 2, 3, 4, 5',
    'SELECT item, sum(amount) AS amount FROM flow GROUP BY item ORDER BY item',
    'SELECT store, id, incarnation, parent, fork_seq, state, seq, digest FROM life ORDER BY 1, 2',
    'SELECT store, life, id, to_seq, md5(facts) AS facts FROM segment ORDER BY 1, 2, 3',
    `SELECT s.code, sum(d.sales) AS sales FROM store s JOIN day_total d ON d.store = s.id
       GROUP BY s.code ORDER BY s.code`,
  ])('reading across stores is the same: %s', async (sql) => {
    const one = await single.hq.parts.db.chain.query(sql);
    const many = await sharded.hq.parts.db.chain.query(sql);
    expect(one.rows.length).toBeGreaterThan(3);
    expect(many.rows).toEqual(one.rows);
  });

  it.each([
    '/stores',
    '/stock',
    '/entries?limit=400',
    '/orders?state=all',
    '/reports/usage?from=2026-11-22&to=2026-12-20',
    '/reports/stock',
  ])('the board is the same: %s', async (path) => {
    const instants = /"(now|seenAt|comparedAt|since)":("[^"]*"|null),?/g;
    const [one, many] = [await single.api('GET', path), await sharded.api('GET', path)];
    expect([one.status, many.status]).toEqual([200, 200]);
    const text = (body: unknown) => JSON.stringify(body).replace(instants, '');
    expect(text(many.body)).toBe(text(one.body));
    expect(text(one.body).length).toBeGreaterThan(10);
  });

  it('a store of another shard is refused by the shard itself', async () => {
    const { id } = await ensureStore(sharded.hq.parts.db.chain, stores[0]?.[0] ?? '');
    const wrong = sharded.hq.parts.db.shards[1];
    const insert = wrong?.query(
      `INSERT INTO life (store, id, incarnation, state, seq, hash, digest)
         VALUES ($1, 9, 'x', 'main', 0, '', '')`,
      [id],
    );
    await expect(insert).rejects.toThrow(/violates partition constraint/);
  });
});

describe('setting up', () => {
  it('may run again, and is needed before head office starts', async () => {
    await setUpShards({ url: coordinator, shards, migrations: migrationsFolder(), log });
    const batch = new PaperBox('again', seeded(seed)).sell(3).batch();
    expect((await post(sharded, stores[2]?.[1] ?? '', batch)).body).toMatchObject({ ackedSeq: 3 });
    const bare = (await servers[0]?.database()) ?? '';
    await expect(startTestHq(bare, { config: { shards } })).rejects.toThrow(/npm run hq -- shards/);
    await expect(
      startTestHq(coordinator, { config: { shards: shards.toReversed() } }),
    ).rejects.toThrow(/npm run hq -- shards/);
  });

  it('refuses another number of shards, and a coordinator that has stores itself', async () => {
    const two = shards.slice(0, 2);
    const migrations = migrationsFolder();
    await expect(setUpShards({ url: coordinator, shards: two, migrations, log })).rejects.toThrow(
      /their number stays/,
    );
    const url = single.hq.parts.config.databaseUrl;
    await expect(setUpShards({ url, shards, migrations, log })).rejects.toThrow(
      /has rows of stores/,
    );
  });
});

describe('a shard that is down', () => {
  it('holds up its own stores and nobody else', async () => {
    const boxes = stores.map((codes, i) => ({
      store: codes[0] ?? '',
      box: new PaperBox(`late-${i}`, seeded(seed + 90 + i)).sell(5),
    }));
    for (const { store, box } of boxes) await post(sharded, store, box.batch());
    await servers[1]?.server.stop();
    const answers = await Promise.all(
      boxes.map(({ store, box }) => post(sharded, store, box.sell(5).batch(5))),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 503, 200]);
    expect(answers[1]?.body.code).toBe('database_away');
    expect(Number(answers[1]?.headers.get('retry-after'))).toBeGreaterThan(0);
    const ready = await fetch(`${sharded.url}/readyz`);
    expect([ready.status, await ready.json()]).toMatchObject([200, { status: 'ready' }]);
    const board = await sharded.api<{ stores: { store: string; state: string }[] }>(
      'GET',
      '/stores',
    );
    const states = boxes.map(
      ({ store }) => board.body.stores.find((one) => one.store === store)?.state,
    );
    expect([board.status, ...states]).toEqual([200, 'ok', 'silent', 'ok']);
    const [up = '', down = ''] = boxes.map(({ store }) => store);
    expect((await sharded.api('GET', `/reports/usage?store=${up}`)).status).toBe(200);
    for (const path of ['/reports/usage', `/entries?store=${down}`, `/stores/${down}/stock`]) {
      expect([path, (await sharded.api('GET', path)).status]).toEqual([path, 503]);
    }
    // The whole chain's stock is kept for a moment: at most what was true before is seen again.
    const away = async () =>
      (await sharded.api<{ away: string[] }>('GET', '/stock')).body.away.includes(down);
    await expect.poll(away).toBe(true);
    const fresh = await startTestHq(coordinator, { config: { shards } });
    const [first] = boxes;
    const next = first?.box.sell(1).batch(10);
    expect((await post(fresh, first?.store ?? '', next)).status).toBe(200);
    await fresh.stop();
  });
});
