/** Who may come in at head office, how many at once, and what its settings must be. */
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashToken, mayDo } from '../../cloud-bridge/hq/auth.ts';
import { loadHqConfig } from '../../cloud-bridge/hq/config.ts';
import { openAdmission } from '../../cloud-bridge/hq/ingest/admission.ts';
import type { Principal } from '../../cloud-bridge/hq/principal.ts';
import { realPorts } from '../../edge/runtime/ports.ts';
import { startTestPostgres, type TestPostgres } from '../support/postgres.ts';
import { seeded } from '../support/seeded.ts';
import { startTestHq, type TestHq } from '../support/start-hq.ts';
import { PaperBox } from './paper-box.ts';

describe('what each token may do', () => {
  const admin: Principal = { scope: 'admin', name: 'a' };
  const read: Principal = { scope: 'read', name: 'r' };
  const wall: Principal = { scope: 'wall', name: 'w' };
  const store: Principal = { store: 's1' };

  it.each<[string, string, Principal[]]>([
    ['POST', '/stores/s1/batches', [admin, store]],
    ['POST', '/stores/s2/batches', [admin]],
    ['POST', '/stores/s1', [admin]],
    ['POST', '/stores/s1x/batches', [admin]],
    ['GET', '/stores/s1/cursor', [admin, store]],
    ['GET', '/stores/s2/takeover', [admin]],
    ['GET', '/stores/s1', [admin, read, wall]],
    ['GET', '/stores/s1/stock', [admin, read, wall, store]],
    ['POST', '/stores/s1/lives/x/main', [admin]],
    ['GET', '/stores/s1/catalog', [admin, store]],
    ['GET', '/catalog/7', [admin, store]],
    ['GET', '/catalog', [admin, read]],
    ['POST', '/catalog', [admin]],
    ['GET', '/stores', [admin, read, wall]],
    ['GET', '/stream', [admin, read, wall]],
    ['GET', '/entries', [admin, read]],
    ['GET', '/export/entries.csv', [admin, read]],
    ['GET', '/tokens', [admin]],
    ['GET', '/webhooks', [admin]],
    ['POST', '/orders/s1/o1/approve', [admin]],
  ])('%s %s', (method, path, may) => {
    const all = [admin, read, wall, store];
    expect(all.filter((who) => mayDo(who, method, path))).toEqual(may);
  });
});

describe('tokens', () => {
  let postgres: TestPostgres;
  let hq: TestHq;
  /** Milliseconds that have passed for head office. */
  let passed = 0;
  beforeAll(async () => {
    postgres = await startTestPostgres();
    const ports = realPorts();
    hq = await startTestHq(await postgres.database(), {
      ports: { ...ports, mono: () => ports.mono() + passed },
    });
  });
  afterAll(async () => {
    await hq.stop();
    await postgres.stop();
  });

  it('of a store open its own door and no other, until it is closed', async () => {
    const chain = hq.hq.parts.db.chain;
    await chain.query('INSERT INTO store (code, token_hash) VALUES ($1, $2), ($3, NULL)', [
      's1',
      hashToken('secret-of-s1'),
      's2',
    ]);
    const batch = new PaperBox('life', seeded(1)).sell(3).batch();
    const post = (store: string, token: string) =>
      hq.api('POST', `/stores/${store}/batches`, batch, token).then(({ status }) => status);
    expect(await post('s1', 'secret-of-s1')).toBe(200);
    expect(await post('s2', 'secret-of-s1')).toBe(403);
    expect(await post('s1', 'secret-of-s2')).toBe(401);
    await chain.query(`UPDATE store SET closed_at = now() WHERE code = 's1'`);
    passed += 6_000;
    expect(await post('s1', 'secret-of-s1')).toBe(401);
  });

  it('stop working soon after they are revoked', async () => {
    const chain = hq.hq.parts.db.chain;
    await chain.query(`INSERT INTO token (name, scope, token_hash) VALUES ('w', 'wall', $1)`, [
      hashToken('on-the-wall'),
    ]);
    const get = (path: string) =>
      hq.api('GET', path, undefined, 'on-the-wall').then(({ status }) => status);
    expect(await get('/stores')).toBe(200);
    expect(await get('/catalog')).toBe(403);
    await chain.query(`UPDATE token SET revoked_at = now() WHERE name = 'w'`);
    passed += 6_000;
    expect(await get('/stores')).toBe(401);
  });

  it('of the admin make a store that writes for the first time; nobody makes one by reading', async () => {
    expect((await hq.api('GET', '/stores/new/cursor')).status).toBe(404);
    const batch = new PaperBox('life-2', seeded(2)).sell(3).batch();
    expect((await hq.api('POST', '/stores/new/batches', batch)).status).toBe(200);
    expect((await hq.api('GET', '/stores/new/cursor')).body).toMatchObject({ ackedSeq: 3 });
    expect((await hq.api('POST', '/stores/no%20store/batches', batch)).status).toBe(404);
  });
});

describe('admission', () => {
  const SMALL = 1_000;
  const LARGE = 100_000;
  let now = 0;
  const random = seeded(6);
  const ports = {
    randomBytes: (count: number) => new Uint8Array(count).map(() => random.between(0, 255)),
    mono: () => now,
  };

  it('works on so many at once, small ones first, and keeps a place for them', async () => {
    const admission = openAdmission(3, ports);
    const started: string[] = [];
    const leave = new Map<string, () => void>();
    const enter = (name: string, bytes: number | undefined): void => {
      admission.enter(bytes).then(
        (give) => {
          started.push(name);
          if (give) leave.set(name, give);
        },
        () => undefined,
      );
    };
    const settle = () => new Promise((resolve) => setImmediate(resolve));
    for (const name of ['L1', 'L2', 'L3']) enter(name, LARGE);
    enter('L4', undefined);
    await settle();
    expect(started).toEqual(['L1', 'L2']);
    for (const name of ['S1', 'S2']) enter(name, SMALL);
    await settle();
    expect(started).toEqual(['L1', 'L2', 'S1']);
    leave.get('L1')?.();
    await settle();
    expect(started).toEqual(['L1', 'L2', 'S1', 'S2']);
    leave.get('L1')?.();
    leave.get('S1')?.();
    await settle();
    expect(started).toEqual(['L1', 'L2', 'S1', 'S2', 'L3']);
    expect([admission.working(), admission.waiting()]).toEqual([3, 1]);
  });

  it('gives the place of who stopped sending in the middle to others', async () => {
    const postgres = await startTestPostgres();
    const real = realPorts();
    // Patience passes a hundred times faster.
    const quick = { ...real, after: (ms: number, run: () => void) => real.after(ms / 100, run) };
    const database = await postgres.database();
    const hq = await startTestHq(database, { ports: quick, config: { admit: 1 } });
    const socket = connect(hq.hq.port, '127.0.0.1');
    const ended = new Promise<void>((resolve) => socket.once('close', () => resolve()));
    socket.on('error', () => undefined);
    socket.write(
      `POST /hq/v1/stores/gone/batches HTTP/1.1\r\nhost: hq\r\nauthorization: Bearer ${hq.hq.adminToken}\r\n` +
        'content-type: application/json\r\ncontent-length: 5000\r\n\r\n{"incarnation":',
    );
    await expect
      .poll(() =>
        hq.hq.parts.db.chain.query(`SELECT 1 FROM store`).then(({ rowCount }) => rowCount),
      )
      .toBe(1);
    const batch = new PaperBox('life', seeded(1)).sell(3).batch();
    expect((await hq.api('POST', '/stores/here/batches', batch)).status).toBe(200);
    await ended;
    await hq.stop();
    await postgres.stop();
  }, 20_000);

  it('sends away who would wait long', async () => {
    const admission = openAdmission(1, ports);
    const answers = Array.from({ length: 20 }, () => admission.enter(LARGE));
    const last = await Promise.race([answers[19], Promise.resolve('waits')]);
    expect(last).toBeUndefined();
    expect([1, 2, 3]).toContain(admission.retryAfterS());
  });

  it('asks a thousand to come back at the rate at which they can be served', async () => {
    const admission = openAdmission(4, ports);
    let waiting: number[] = Array.from({ length: 1_000 }, () => 0);
    let asked = 0;
    // Ten batches a second are taken; a hundred seconds would do if nobody ever came too late.
    for (let second = 0; second < 200; second += 1) {
      now += 1_000;
      const here = waiting.filter((at) => at <= now);
      for (let taken = 0; taken < 10 && here.pop() !== undefined; taken += 1) {
        (await admission.enter(SMALL))?.();
      }
      asked += here.length;
      const again = here.map(() => now + admission.retryAfterS() * 1_000);
      waiting = [...waiting.filter((at) => at > now), ...again];
    }
    expect(waiting).toHaveLength(0);
    // With a wait of one to five seconds it would be some 17,000.
    expect(asked).toBeLessThan(4_000);
  });
});

describe('settings', () => {
  it('say all mistakes at once', () => {
    const loaded = loadHqConfig({
      LARDER_HQ_PORT: 'http',
      LARDER_HQ_ADMIT: '0',
      LARDER_HQ_DATABASE_URL: 'mysql://x:secret@h/d',
      LARDER_HQ_SHARDS: 'postgres://a/b postgres://a/b',
      LARDER_LOG_LEVEL: 'loud',
    });
    expect(loaded.ok).toBe(false);
    const said = loaded.ok ? '' : loaded.problems.join('\n');
    for (const name of ['PORT', 'ADMIT', 'DATABASE_URL', 'SHARDS', 'LOG_LEVEL']) {
      expect(said).toContain(name);
    }
    expect(said).not.toContain('secret');
  });

  it('have values of their own, and shards need a coordinator', () => {
    const plain = loadHqConfig({ LARDER_HQ_PORT: '' });
    expect(plain.ok && plain.config).toMatchObject({ port: 8090, host: '127.0.0.1', admit: 4 });
    const alone = loadHqConfig({ LARDER_HQ_SHARDS: 'postgres://a/b' });
    expect(alone.ok).toBe(false);
  });
});
