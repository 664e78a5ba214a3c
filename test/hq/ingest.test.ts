/** Batches into a real PostgreSQL: exactly once, whatever is doubled, cut or late; never out of order. */
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Ack } from '#recipes/contracts/sync.ts';
import { PLACES } from '#recipes/ledger/place.ts';
import { writeEntryText } from '#recipes/sync/read-entry-text.ts';
import { type EntryRow, recordOf } from '../../cloud-bridge/hq/ingest/entry-store.ts';
import { lockLives } from '../../cloud-bridge/hq/lives/life-store.ts';
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

type Answer = Ack & { code?: string; expected?: number; seq?: number; hash?: string };

function send(batch: unknown, to = store) {
  return hq.api<Answer>('POST', `/stores/${to}/batches`, batch);
}

function rows<T extends object>(sql: string, ...values: unknown[]): Promise<T[]> {
  const text = sql.replaceAll('$store', `(SELECT id FROM store WHERE code = '${store}')`);
  return hq.hq.parts.db.chain.query<T>(text, values).then((answer) => answer.rows);
}

/** What the tables say, against the box itself. */
async function expectExactly(of: PaperBox): Promise<void> {
  const entries = await rows<EntryRow>('SELECT * FROM entry WHERE store = $store ORDER BY seq');
  expect(entries.map((row) => writeEntryText(recordOf(row)))).toEqual(
    of.entries.map(({ text }) => text),
  );
  expect(entries.map(({ hash }) => hash.toString('hex'))).toEqual(
    of.entries.map(({ hash }) => hash),
  );
  const balances = await rows<Record<'item' | 'place' | 'lot' | 'amount', string>>(
    'SELECT item, place, lot, amount FROM balance WHERE store = $store AND amount <> 0',
  );
  const told = balances.map((b) => [b.item, b.place, b.lot, b.amount].map(Number).join());
  expect(told.sort()).toEqual(
    of
      .balances()
      .map((row) => row.join())
      .sort(),
  );
  const flows = await rows<{ amount: string }>(
    'SELECT coalesce(sum(amount), 0) AS amount FROM flow WHERE store = $store',
  );
  const moved = of.entries.flatMap(({ moves }) => moves).reduce((sum, m) => sum + m.amount, 0);
  expect(Number(flows[0]?.amount)).toBe(moved);
  const totals = await rows<{ entries: string; sales: string }>(
    'SELECT sum(entries) AS entries, sum(sales) AS sales FROM day_total WHERE store = $store',
  );
  const sales = of.entries.filter(({ kind }) => kind === 'sale').length;
  expect(totals[0]).toEqual({ entries: String(of.seq), sales: String(sales) });
}

describe('what is stored', () => {
  it('is acknowledged with the digest of all balances', async () => {
    box.sell(40);
    const { status, body } = await send(box.batch());
    expect(body).toMatchObject({ ackedSeq: 40, ackedHash: box.headHash, differences: 0 });
    expect(status).toBe(200);
    expect(body.stateDigest).toBe(box.digest());
    expect(body.state).toBe('main');
    await expectExactly(box);
  });

  it('may be objects that say the same in words', async () => {
    box.sell(12);
    const { body } = await send(box.batch(0, 500, { form: 'object' }));
    expect(body).toMatchObject({ ackedSeq: 12, ackedHash: box.headHash, differences: 0 });
    await expectExactly(box);
  });

  it('may be packed with zstd or gzip', async () => {
    box.sell(20);
    const packed: [string, (json: Buffer) => Uint8Array, number][] = [
      ['zstd', zstdCompressSync, 0],
      ['gzip', gzipSync, 10],
    ];
    for (const [encoding, pack, after] of packed) {
      const response = await fetch(`${hq.url}/hq/v1/stores/${store}/batches`, {
        method: 'POST',
        headers: { authorization: `Bearer ${hq.hq.adminToken}`, 'content-encoding': encoding },
        body: new Uint8Array(pack(Buffer.from(JSON.stringify(box.batch(after, 10))))),
      });
      expect(await response.json()).toMatchObject({ ackedSeq: after + 10 });
    }
    await expectExactly(box);
  });

  it('stands once, in any cuts, doubles and orders', async () => {
    const cut = fc.record({ at: fc.nat(120), count: fc.integer({ min: 1, max: 40 }) });
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(cut, { maxLength: 30 }), async (cuts) => {
        run += 1;
        store = `cut-${made}-${run}`;
        const own = new PaperBox(`cut-${run}`, seeded(seed + run)).sell(120);
        let held = 0;
        for (const { at, count } of cuts) {
          const batch = own.batch(at, count);
          const { status, body } = await send(batch);
          const follows = at <= held;
          expect(status).toBe(follows ? 200 : 409);
          if (follows) held = Math.max(held, batch.to);
          else expect(body).toMatchObject({ code: 'gap', expected: held + 1 });
          if (follows) expect(body).toMatchObject({ ackedSeq: held, ackedHash: own.hashAt(held) });
        }
        const last = await send(own.batch(held));
        expect(last.body).toMatchObject({ ackedSeq: 120, differences: 0 });
        await expectExactly(own);
      }),
      { numRuns: 15, seed },
    );
  });

  it('stands once when the same batch comes ten times at once', async () => {
    box.sell(60);
    const batch = box.batch();
    const answers = await Promise.all(Array.from({ length: 10 }, () => send(batch)));
    expect(answers.some(({ status }) => status === 200)).toBe(true);
    for (const { status, headers } of answers) {
      expect([200, 429]).toContain(status);
      if (status === 429) expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    }
    await expectExactly(box);
  });

  it('stands once when two receivers get it at the same time, from the first batch on', async () => {
    const other = await startTestHq(hq.hq.parts.config.databaseUrl);
    const path = `/stores/${store}/batches`;
    for (let round = 0; round < 8; round += 1) {
      const held = box.seq;
      box.sell(25);
      const batch = box.batch(held);
      // With a sign of life that left earlier: it must not take the cursor back.
      const sign = box.batch(held, 0);
      const [first, second] = await Promise.all([
        send(batch),
        other.api<Answer>('POST', path, batch),
        send(sign),
        other.api<Answer>('POST', path, sign),
      ]);
      const answers = [first, second].filter(({ status }) => status !== 429);
      for (const { status, body } of answers) {
        expect([status, body.ackedSeq, body.differences]).toEqual([200, box.seq, 0]);
      }
      const cursor = await hq.api<Ack>('GET', `/stores/${store}/cursor`);
      expect(cursor.body.ackedSeq).toBe(answers.length > 0 ? box.seq : held);
      if (answers.length === 0) await send(batch);
    }
    await other.stop();
    await expectExactly(box);
  });

  it('waits for another receiver that writes the same store', async () => {
    await send(box.sell(5).batch());
    const client = await hq.hq.parts.db.chain.connect();
    await client.query('BEGIN');
    const { rows: own } = await client.query<{ id: number }>(
      'SELECT id FROM store WHERE code = $1',
      [store],
    );
    await lockLives(client, own[0]?.id ?? 0);
    let done = false;
    const sent = send(box.sell(5).batch(5)).finally(() => {
      done = true;
    });
    await sleep(300);
    expect(done).toBe(false);
    await client.query('COMMIT');
    client.release();
    expect((await sent).body.ackedSeq).toBe(10);
  });

  it('has nothing beside the ledger twice', async () => {
    box.sell(20);
    const beside = {
      items: [
        [1, 'pork-belly', 'g'],
        [2, 'egg', 'ea'],
      ],
      lots: [[1, 1, 'L1', null, 1, 5_000, null, 1, null, null, null]],
      books: [{ version: 1, entry: 1, validFrom: 0, adoptedAt: 1, document: '{}' }],
    };
    for (let i = 0; i < 2; i += 1) {
      const { body } = await send({ ...box.batch(0, 500, { facts: true }), ...beside });
      expect(body.side).toEqual({ items: 2, lots: 1, books: 1, events: box.events });
    }
    for (const [table, count] of [
      ['item', 2],
      ['lot', 1],
      ['book', 1],
      ['segment', 1],
    ] as const) {
      expect(await rows(`SELECT 1 FROM ${table} WHERE store = $store`)).toHaveLength(count);
    }
  });

  it('keeps facts of events that made no entry yet', async () => {
    box.sell(3);
    await send(box.batch());
    const held = { after: box.events, to: box.events + 2 };
    const { body } = await send({ ...box.batch(3), events: held, facts: 'AAAA' });
    expect(body.side?.events).toBe(held.to);
    expect(await rows('SELECT from_event, to_event FROM segment WHERE store = $store')).toEqual([
      { from_event: String(held.after + 1), to_event: String(held.to) },
    ]);
  });
});

describe('what does not follow', () => {
  it('is a gap when entries are missing, and says which', async () => {
    box.sell(30);
    await send(box.batch(0, 10));
    const { status, body } = await send(box.batch(12, 5));
    expect(status).toBe(409);
    expect(body).toMatchObject({ code: 'gap', expected: 11, ackedHash: box.hashAt(10) });
  });

  it('is a gap when facts are missing, so that none is lost', async () => {
    box.sell(30);
    await send(box.batch(0, 10));
    const { after, to } = box.batch(10, 5).events ?? { after: 0, to: 0 };
    const { status, body } = await send({ ...box.batch(10, 5), events: { after: after + 1, to } });
    expect([status, body.code]).toEqual([409, 'gap']);
  });

  it('is a fork when an entry is another one, and says which is the first', async () => {
    box.sell(30);
    await send(box.batch());
    const copy = box.copy(box.incarnation, 17, seeded(1)).sell(20);
    for (const [after, count] of [
      [0, 500],
      [10, 8],
      [17, 3],
    ] as const) {
      const { status, body } = await send(copy.batch(after, count));
      expect(status).toBe(409);
      expect(body).toMatchObject({ code: 'fork', seq: 18, hash: box.hashAt(18) });
    }
    const next = await send(copy.batch(30));
    expect(next.body).toMatchObject({ code: 'fork', seq: 30, hash: box.hashAt(30) });
    await expectExactly(box);
  });

  it('is a fork for a sign of life, too', async () => {
    box.sell(30);
    await send(box.batch());
    const copy = box.copy(box.incarnation, 17, seeded(1)).sell(13);
    expect((await send(copy.batch(30))).body).toMatchObject({ code: 'fork', seq: 30 });
    expect((await send(copy.batch(20, 0))).body).toMatchObject({ code: 'fork', seq: 20 });
    expect((await send(box.batch(30))).body).toMatchObject({ ackedSeq: 30 });
    expect((await send(box.batch(20, 0))).body).toMatchObject({ ackedSeq: 30 });
  });
});

describe('what is not right in itself', () => {
  /** Each amount can be, their sum cannot. */
  const tooMuch = () => {
    const most = { line: 0, item: 1, lot: 1, amount: Number.MAX_SAFE_INTEGER };
    const moves = [1, 2].map((line) => ({
      ...most,
      line,
      from: PLACES.supplier,
      to: PLACES.stock,
    }));
    const much = new PaperBox('much', seeded(2));
    much.add('receipt', moves);
    return much.batch();
  };
  const breaks: [string, (batch: ReturnType<PaperBox['batch']>) => unknown, string][] = [
    ['a changed text', (b) => ({ ...b, entries: changed(b.entries, 3) }), 'bad_chain'],
    ['another last hash', (b) => ({ ...b, headHash: 'a'.repeat(64) }), 'bad_chain'],
    ['another hash before', (b) => ({ ...b, prevHash: 'a'.repeat(64) }), 'bad_chain'],
    ['entries in another order', (b) => ({ ...b, entries: b.entries.toReversed() }), 'bad_batch'],
    ['an entry too few', (b) => ({ ...b, entries: b.entries.slice(1) }), 'bad_batch'],
    ['no entries', (b) => ({ ...b, entries: undefined }), 'bad_batch'],
    [
      'a text that is none',
      (b) => ({ ...b, entries: ['1;2;3', ...b.entries.slice(1)] }),
      'bad_batch',
    ],
    ['an entry without text', (b) => ({ ...b, entries: [{}, ...b.entries.slice(1)] }), 'bad_batch'],
    ['a bad incarnation', (b) => ({ ...b, incarnation: 'no spaces' }), 'bad_batch'],
    ['no batch at all', () => [1, 2], 'bad_batch'],
    [
      'an item number that no table holds',
      (b) => ({ ...b, items: [[2 ** 40, 'x', 'g']] }),
      'bad_batch',
    ],
    ['a code that no table holds', (b) => ({ ...b, items: [[1, 'a\0b', 'g']] }), 'bad_batch'],
    [
      'words that no table holds',
      (b) => ({ ...b, box: { session: 's', version: 'half \ud83d', sentAt: 1 } }),
      'bad_batch',
    ],
    ['more than can be added up', tooMuch, 'bad_batch'],
  ];

  it.each(breaks)('%s', async (_name, spoil, code) => {
    box.sell(10);
    const { status, body } = await send(spoil(box.batch()));
    expect([status, body.code]).toEqual([422, code]);
    expect(await rows('SELECT 1 FROM entry WHERE store = $store')).toEqual([]);
    expect((await send(box.batch())).status).toBe(200);
  });

  it('a body that is no JSON, not packed as it says, or too large unpacked', async () => {
    const huge = zstdCompressSync(Buffer.alloc(30 * 1024 * 1024, 32));
    const bodies: [string, Uint8Array, number][] = [
      ['identity', Buffer.from('{"half'), 400],
      ['zstd', Buffer.from('{}'), 400],
      ['br', Buffer.from('{}'), 415],
      ['zstd', huge, 413],
      ['identity', Buffer.alloc(9 * 1024 * 1024, 32), 413],
    ];
    for (const [encoding, body, status] of bodies) {
      const response = await fetch(`${hq.url}/hq/v1/stores/${store}/batches`, {
        method: 'POST',
        headers: { authorization: `Bearer ${hq.hq.adminToken}`, 'content-encoding': encoding },
        body: new Uint8Array(body),
      });
      expect([encoding, response.status]).toEqual([encoding, status]);
    }
  });
});

describe('balances that differ', () => {
  it('are told at once, asked for, and named', async () => {
    box.sell(30);
    const wrong = { ...box.batch(), stateDigest: 'f'.repeat(32) };
    const { body } = await send(wrong);
    expect(body).toMatchObject({ differences: 1, wantBalances: true });
    const [first, second, ...rest] = box.balances();
    const [item, place, lot, amount] = first ?? [0, 0, 0, 0];
    const said = [[item, place, lot, amount + 7], ...rest, [99, PLACES.waste, 0, 0]];
    const sent = { incarnation: box.incarnation, seq: 30, hash: box.headHash, rows: said };
    const named = await hq.api('POST', `/stores/${store}/balances`, sent);
    expect(named.body).toEqual({ differences: 2 });
    const [life] = await rows<{ differing: unknown }>(
      'SELECT differing FROM life WHERE store = $store',
    );
    expect(life?.differing).toEqual(
      expect.arrayContaining([
        { item, place, lot, hq: amount, box: amount + 7 },
        { item: second?.[0], place: second?.[1], lot: second?.[2], hq: second?.[3], box: 0 },
      ]),
    );
    const again = await send(box.batch(30));
    expect(again.body).toMatchObject({ differences: 0, wantBalances: false });
  });

  it('are compared at one entry only', async () => {
    box.sell(30);
    await send(box.batch());
    const sent = { incarnation: box.incarnation, seq: 20, hash: box.hashAt(20), rows: [] };
    const { status, body } = await hq.api('POST', `/stores/${store}/balances`, sent);
    expect([status, body['code'], body['ackedSeq']]).toEqual([409, 'elsewhere', 30]);
  });
});

/** The text of one entry with another amount: its hash cannot hold. */
function changed(entries: readonly unknown[], at: number): unknown[] {
  return entries.map((text, i) => (i === at ? String(text).replace(/(\d)(;)$/, '1$1$2') : text));
}
