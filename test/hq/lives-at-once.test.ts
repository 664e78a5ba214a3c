/** Several boxes of one store in the same moment: each is registered, and one of them is the store. */
import { expect, it } from 'vitest';
import type { Ack } from '#recipes/contracts/sync.ts';
import { realPorts } from '../../edge/runtime/ports.ts';
import { startTestPostgres } from '../support/postgres.ts';
import { seeded, seedOf } from '../support/seeded.ts';
import { startTestHq } from '../support/start-hq.ts';
import { PaperBox } from './paper-box.ts';

it('many new ones are registered one after another, at two receivers', async () => {
  const postgres = await startTestPostgres();
  const database = await postgres.database();
  const receivers = [await startTestHq(database), await startTestHq(database)];
  const box = new PaperBox('main', seeded(seedOf(505))).sell(40);
  const send = (of: PaperBox, n: number) =>
    receivers[n % 2]?.api<Ack>('POST', '/stores/s1/batches', of.batch());
  expect((await send(box, 0))?.status).toBe(200);
  const found = Array.from({ length: 12 }, (_, n) => box.child(`box-${n}`, 20, 'found').sell(5));
  const answers = await Promise.all(found.map((of, n) => send(of, n)));
  expect(answers.map((answer) => answer?.status)).toEqual(found.map(() => 200));
  for (const [n, of] of found.entries()) {
    expect((await send(of, n))?.body).toMatchObject({ ackedSeq: 25, stateDigest: of.digest() });
  }
  for (const receiver of receivers) await receiver.stop();
  await postgres.stop();
}, 30_000);

it('one that was restored is the store, and a second one that waited for it is not', async () => {
  const postgres = await startTestPostgres();
  const ports = realPorts();
  let listened = 0;
  const hq = await startTestHq(await postgres.database(), {
    ports: { ...ports, mono: () => ports.mono() + listened },
  });
  const { chain } = hq.hq.parts.db;
  const send = (of: PaperBox, after = 0) =>
    hq.api<Ack>('POST', '/stores/s1/batches', of.batch(after));
  const box = new PaperBox('main', seeded(seedOf(506))).sell(40);
  const second = box.child('second', 20, 'found').sell(5);
  for (const of of [box, second]) expect((await send(of)).status).toBe(200);
  // Long enough to know of somebody's silence.
  listened = 600_000;
  const holder = await chain.connect();
  await holder.query('BEGIN');
  await holder.query('SELECT 1 FROM life FOR UPDATE');
  const waiting = async () => {
    const { rows } = await chain.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM pg_stat_activity WHERE wait_event_type = 'Lock'`,
    );
    return rows[0]?.n;
  };
  const restored = send(box.child('restored', 30, 'restored').sell(5));
  await expect.poll(waiting, { timeout: 10_000 }).toBe(1);
  const spoke = send(second.sell(5), 25);
  await expect.poll(waiting, { timeout: 10_000 }).toBe(2);
  await holder.query('COMMIT');
  holder.release();
  expect([(await restored).body.state, (await spoke).body.state]).toEqual(['main', 'second']);
  const { rows } = await chain.query(`SELECT incarnation FROM life WHERE state = 'main'`);
  expect(rows).toEqual([{ incarnation: 'restored' }]);
  await hq.stop();
  await postgres.stop();
}, 30_000);
