/** Batches into a real PostgreSQL: exactly once, whatever is doubled, cut or late; never out of order. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Ack } from '#recipes/contracts/sync.ts';
import { startTestPostgres, type TestPostgres } from '../support/postgres.ts';
import { seeded, seedOf } from '../support/seeded.ts';
import { startTestHq, type TestHq } from '../support/start-hq.ts';
import { PaperBox } from './paper-box.ts';

const seed = seedOf(501);
let postgres: TestPostgres;
let hq: TestHq;
let box: PaperBox;

beforeAll(async () => {
  postgres = await startTestPostgres();
  hq = await startTestHq(await postgres.database());
});
afterAll(async () => {
  await hq.stop();
  await postgres.stop();
});

let made = 0;
let store = '';
beforeEach(() => {
  made += 1;
  store = `store-${made}`;
  box = new PaperBox(`life-${made}`, seeded(seed + made));
});

function send(batch: unknown) {
  return hq.api<Ack & { code?: string; expected?: number; seq?: number; hash?: string }>(
    'POST',
    `/stores/${store}/batches`,
    batch,
  );
}

describe('what is stored', () => {
  it('is acknowledged with the digest of all balances', async () => {
    box.sell(40);
    const { status, body } = await send(box.batch());
    expect(body).toMatchObject({ ackedSeq: 40, ackedHash: box.headHash, differences: 0 });
    expect(status).toBe(200);
    expect(body.stateDigest).toBe(box.digest());
  });
});
