/** The daily fold: what the entries say, against what was kept batch by batch and what the box found. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ack } from '#recipes/contracts/sync.ts';
import { refoldDue } from '../../cloud-bridge/hq/lives/lives-loop.ts';
import type { Refold } from '../../cloud-bridge/hq/lives/refold-store.ts';
import { realPorts } from '../../edge/runtime/ports.ts';
import { startTestPostgres, type TestPostgres } from '../support/postgres.ts';
import { seeded } from '../support/seeded.ts';
import { startTestHq, type TestHq } from '../support/start-hq.ts';
import { PaperBox } from './paper-box.ts';

let postgres: TestPostgres;
let hq: TestHq;
let aheadMs = 0;

beforeAll(async () => {
  postgres = await startTestPostgres();
  const ports = realPorts();
  hq = await startTestHq(await postgres.database(), {
    ports: { ...ports, now: () => ports.now() + aheadMs },
  });
});
afterAll(async () => {
  await hq.stop();
  await postgres.stop();
});

function send(store: string, batch: unknown) {
  return hq.api<Ack>('POST', `/stores/${store}/batches`, batch);
}

async function sql<T extends object>(text: string, ...values: unknown[]): Promise<T[]> {
  return (await hq.hq.parts.db.chain.query<T>(text, values)).rows;
}

async function fold(incarnation: string): Promise<Refold & { differing: number | null }> {
  await refoldDue(hq.hq.parts, () => false);
  const [row] = await sql<{ refold: Refold; differences: number | null }>(
    'SELECT refold, differences FROM life WHERE incarnation = $1',
    incarnation,
  );
  if (row === undefined) throw new Error('no such life');
  return { ...row.refold, differing: row.differences };
}

describe('once a day', () => {
  it('every ledger is folded, its parents` entries included', async () => {
    const box = new PaperBox('r1', seeded(1)).sell(100);
    await send('s1', box.batch());
    const child = box.child('r1-child', 60, 'restored').sell(20);
    await send('s1', child.batch());
    aheadMs += 25 * 3_600_000;
    expect(await fold('r1-child')).toMatchObject({
      seq: 80,
      digest: child.digest(),
      differences: 0,
      differing: 0,
    });
    const { at } = await fold('r1-child');
    expect((await fold('r1-child')).at).toBe(at);
  });

  it('a balance that is not what the entries say is put right, while batches go on', async () => {
    const box = new PaperBox('r2', seeded(2)).sell(100);
    await send('s2', box.batch());
    await sql(`UPDATE balance SET amount = amount + 5 WHERE (store, life, item, place, lot) IN
      (SELECT store, life, item, place, lot FROM balance
        WHERE store = (SELECT id FROM store WHERE code = 's2') LIMIT 2)`);
    await sql(`UPDATE life SET digest = repeat('1', 32) WHERE incarnation = 'r2'`);
    box.sell(10);
    expect((await send('s2', box.batch(100))).body.differences).toBe(1);
    aheadMs += 25 * 3_600_000;
    expect(await fold('r2')).toMatchObject({ differences: 2, digest: box.digest() });
    const sent = { incarnation: 'r2', seq: 110, hash: box.headHash, rows: box.balances() };
    expect((await hq.api('POST', '/stores/s2/balances', sent)).body).toEqual({ differences: 0 });
  });
});

describe('what the box found', () => {
  it('is compared at its entry, as soon as it arrives', async () => {
    const box = new PaperBox('r3', seeded(3)).sell(100);
    const refold = { seq: 70, digest: box.digest(70), at: 1_795_000_000_000 };
    await send('s3', { ...box.batch(), refold });
    expect(await fold('r3')).toMatchObject({ boxSame: true, boxAt: refold.at, differing: 0 });
  });

  it('is a difference when it is something else', async () => {
    const box = new PaperBox('r4', seeded(4)).sell(100);
    const refold = { seq: 70, digest: box.digest(71), at: 1_795_000_000_000 };
    await send('s4', { ...box.batch(), refold });
    expect(await fold('r4')).toMatchObject({ boxSame: false, differing: 1 });
  });

  it('waits until its entry is here', async () => {
    const box = new PaperBox('r5', seeded(5)).sell(100);
    const refold = { seq: 70, digest: box.digest(70), at: 1_795_000_000_000 };
    await send('s5', { ...box.batch(0, 50), refold });
    expect((await fold('r5')).boxSame ?? null).toBeNull();
    await send('s5', box.batch(50));
    expect((await fold('r5')).boxSame).toBe(true);
  });
});
