/** A box that is given a new name again and again fills no table, and holds up nobody. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Ack } from '#recipes/contracts/sync.ts';
import { startTestPostgres, type TestPostgres } from '../support/postgres.ts';
import { seeded, seedOf } from '../support/seeded.ts';
import { startTestHq, type TestHq } from '../support/start-hq.ts';
import { PaperBox } from './paper-box.ts';

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

it('ends at 1,000 lives; those that are known go on, and so does every other store', async () => {
  const box = new PaperBox('main', seeded(seedOf(504))).sell(20);
  const send = (of: PaperBox, after = 0, store = 's1') =>
    hq.api<Ack & { code?: string }>('POST', `/stores/${store}/batches`, of.batch(after));
  expect((await send(box)).status).toBe(200);
  const { chain } = hq.hq.parts.db;
  await chain.query(
    `INSERT INTO life (store, id, incarnation, state, seq, hash, digest)
     SELECT store, i, 'forgot-' || i, 'sealed', 0, hash, digest
     FROM life, generate_series(2, 999) AS i WHERE incarnation = 'main'`,
  );
  expect((await send(box.child('last', 10, 'found').sell(3), 10)).status).toBe(200);
  const more = box.child('more', 10, 'restored').sell(3);
  const refused = await send(more, 10);
  expect([refused.status, refused.body.code]).toEqual([422, 'too_many_lives']);
  const { rows } = await chain.query(`SELECT 1 FROM life WHERE incarnation = 'more'`);
  expect(rows).toEqual([]);
  const next = await send(box.sell(5), 20);
  expect([next.status, next.body]).toMatchObject([200, { ackedSeq: 25, state: 'main' }]);
  expect(next.body.stateDigest).toBe(box.digest());
  expect((await send(box.copy('other'), 0, 's2')).status).toBe(200);
  for (const path of ['/stores', '/stores/s1', '/entries?store=s1', '/alarms']) {
    expect([path, (await hq.api('GET', path)).status]).toEqual([path, 200]);
  }
});
