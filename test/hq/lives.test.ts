/** Restored, copied and replaced boxes at head office: both histories kept, one of them the store. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Ack, Batch, Takeover } from '#recipes/contracts/sync.ts';
import { sealSilent } from '../../cloud-bridge/hq/lives/states-store.ts';
import { lineageOf } from '../../cloud-bridge/hq/stores-store.ts';
import { realPorts } from '../../edge/runtime/ports.ts';
import { startTestPostgres, type TestPostgres } from '../support/postgres.ts';
import { seeded, seedOf } from '../support/seeded.ts';
import { startTestHq, type TestHq } from '../support/start-hq.ts';
import { PaperBox } from './paper-box.ts';

const seed = seedOf(502);
let postgres: TestPostgres;
let hq: TestHq;
/** Milliseconds by which head office has listened longer than it has. */
let listened = 0;

beforeAll(async () => {
  postgres = await startTestPostgres();
  const ports = realPorts();
  hq = await startTestHq(await postgres.database(), {
    ports: { ...ports, mono: () => ports.mono() + listened },
  });
});
afterAll(async () => {
  await hq.stop();
  await postgres.stop();
});

let made = 0;
let store = '';
let box: PaperBox;
beforeEach(() => {
  made += 1;
  listened += 3_600_000;
  store = `store-${made}`;
  box = new PaperBox(`r${made}`, seeded(seed + made)).sell(100);
});

async function send(of: PaperBox, after = 0, count = 500): Promise<Ack> {
  const batch = of.batch(after, count, { facts: true });
  const { status, body } = await hq.api<Ack>('POST', `/stores/${store}/batches`, batch);
  expect([status, body]).toMatchObject([200, {}]);
  return body;
}

async function takeover(of: PaperBox): Promise<Takeover | undefined> {
  const path = `/stores/${store}/takeover?incarnation=${of.incarnation}`;
  const { status, body } = await hq.api<Takeover>('GET', path);
  return status === 204 ? undefined : body;
}

/** Takes everything over that waits, as a bridge does. @returns whose pieces, in their order */
async function takeAll(of: PaperBox): Promise<string[]> {
  const taken: string[] = [];
  for (;;) {
    const piece = await takeover(of);
    if (piece === undefined) return taken;
    taken.push(`${piece.incarnation}:${piece.segment}>${piece.afterSeq}`);
    await hq.api('POST', `/stores/${store}/takeover`, {
      incarnation: of.incarnation,
      of: piece.incarnation,
      segment: piece.segment,
      result: { applied: 1, duplicates: 0, refused: [] },
    });
  }
}

async function sql<T extends object>(text: string): Promise<T[]> {
  const own = text.replaceAll('$store', `(SELECT id FROM store WHERE code = '${store}')`);
  return (await hq.hq.parts.db.chain.query<T>(own)).rows;
}

async function states(): Promise<Record<string, string>> {
  const rows = await sql<{ incarnation: string; state: string }>(
    'SELECT incarnation, state FROM life WHERE store = $store',
  );
  return Object.fromEntries(rows.map(({ incarnation, state }) => [incarnation, state]));
}

async function silence(of: PaperBox, minutes: number): Promise<void> {
  await sql(`UPDATE life SET seen_at = seen_at - interval '${minutes} min',
    since = since - interval '${minutes} min'
    WHERE store = $store AND incarnation = '${of.incarnation}'`);
}

/** Sums of a life at head office, against the box's own. */
async function expectSums(of: PaperBox): Promise<void> {
  const life = `(SELECT id FROM life WHERE store = $store AND incarnation = '${of.incarnation}')`;
  const at = `store = $store AND life = ${life}`;
  const balances = await sql<Record<string, string>>(
    `SELECT item, place, lot, amount FROM balance WHERE ${at} AND amount <> 0`,
  );
  expect(balances.map((b) => Object.values(b).map(Number).join()).sort()).toEqual(
    of
      .balances()
      .map((row) => row.join())
      .sort(),
  );
  const [flow] = await sql<{ amount: string }>(
    `SELECT coalesce(sum(amount), 0) AS amount FROM flow WHERE ${at}`,
  );
  const moved = of.entries.flatMap(({ moves }) => moves).reduce((sum, m) => sum + m.amount, 0);
  expect(Number(flow?.amount)).toBe(moved);
  const [total] = await sql<{ entries: string }>(
    `SELECT sum(entries) AS entries FROM day_total WHERE ${at}`,
  );
  expect(Number(total?.entries)).toBe(of.seq);
}

describe('a restored box', () => {
  it('is the store at once, and goes on from where the backup ends', async () => {
    await send(box);
    const child = box.child('restored', 60, 'restored').sell(30);
    const first = await send(child, 0, 20);
    expect(first).toMatchObject({ ackedSeq: 60, ackedHash: box.hashAt(60), state: 'main' });
    expect(first.side?.events).toBe(child.parent?.events);
    const ack = await send(child, 60);
    expect(ack).toMatchObject({ ackedSeq: 90, differences: 0, takeover: true, others: [] });
    expect(ack.stateDigest).toBe(child.digest());
    await expectSums(child);
    await expectSums(box);
    expect(await states()).toEqual({ [box.incarnation]: 'sealed', restored: 'main' });
    const [{ id } = { id: 0 }] = await sql<{ id: number }>('SELECT $store AS id');
    expect(await lineageOf(hq.hq.parts.db.chain, id)).toEqual([
      { life: 1, from: 1, to: 60 },
      { life: 2, from: 61, to: 90 },
    ]);
  });

  it('takes over what came after its backup, in order and once', async () => {
    for (const after of [0, 40, 70]) await send(box, after, after === 40 ? 30 : 40);
    const child = box.child('restored-2', 60, 'restored').sell(1);
    await send(child);
    const life = box.incarnation;
    // The first piece ends at 40, which the backup has.
    expect(await takeAll(child)).toEqual([`${life}:2>60`, `${life}:3>60`]);
    expect((await send(child, 61)).takeover).toBe(false);
  });

  it('brings what its parent never sent', async () => {
    await send(box, 0, 50);
    const child = box.child('restored-3', 80, 'restored').sell(10);
    expect((await send(child)).ackedSeq).toBe(90);
    await expectSums(child);
    expect(await sql('SELECT 1 FROM entry WHERE store = $store')).toHaveLength(90);
  });

  it('may be of a backup from before its parent was restored', async () => {
    await send(box);
    const child = box.child('child', 60, 'restored').sell(30);
    await send(child);
    const grandchild = child.child('grandchild', 40, 'restored').sell(5);
    expect(await send(grandchild)).toMatchObject({ ackedSeq: 45, differences: 0, state: 'main' });
    await expectSums(grandchild);
    expect(await takeAll(grandchild)).toEqual([`${box.incarnation}:1>40`, 'child:1>40']);
  });

  it('is an alarm at both when the old one sells on', async () => {
    await send(box);
    const child = box.child('restored-4', 60, 'restored').sell(3);
    await send(child);
    // On its way when the box was restored: no voice.
    await send(box, 90);
    expect((await states())[box.incarnation]).toBe('sealed');
    box.sell(1);
    const ack = await send(box, 100);
    expect(ack).toMatchObject({ state: 'second', takeover: false });
    expect(ack.others).toMatchObject([{ incarnation: 'restored-4', state: 'main' }]);
    const main = await send(child, 63);
    expect(main.others).toMatchObject([{ incarnation: box.incarnation, state: 'second' }]);
    expect(main.takeover).toBe(true);
    await takeAll(child);
    await silence(box, 6);
    expect(await sealSilent(hq.hq.parts.db.chain)).toMatchObject([
      { incarnation: box.incarnation },
    ]);
    expect((await send(child, 63)).others).toEqual([]);
  });

  it('is no alarm for ever when the old one says something and has nothing more', async () => {
    await send(box);
    const child = box.child('restored-5', 100, 'restored').sell(3);
    await send(child);
    await silence(box, 2);
    // It lives, sells nothing, and is switched off.
    expect((await send(box, 100)).state).toBe('second');
    expect(await takeover(child)).toBeUndefined();
    await silence(box, 6);
    await sealSilent(hq.hq.parts.db.chain);
    expect(await states()).toEqual({ [box.incarnation]: 'sealed', 'restored-5': 'main' });
  });

  it('is an alarm while something of the old one was not taken over', async () => {
    await send(box);
    const child = box.child('restored-6', 60, 'restored').sell(3);
    await send(child);
    await silence(box, 2);
    await send(box, 100);
    await silence(box, 6);
    await sealSilent(hq.hq.parts.db.chain);
    expect((await states())[box.incarnation]).toBe('second');
    await takeAll(child);
    await sealSilent(hq.hq.parts.db.chain);
    expect((await states())[box.incarnation]).toBe('sealed');
  });
});

describe('a copied box', () => {
  it('is the second one, and becomes the store when the other is silent for five minutes', async () => {
    await send(box);
    const copy = box.child('copy-1', 80, 'found').sell(10);
    const ack = await send(copy);
    expect(ack).toMatchObject({ state: 'second', differences: 0, takeover: false });
    expect(ack.others).toMatchObject([{ incarnation: box.incarnation, state: 'main' }]);
    expect((await send(box, 100)).others).toMatchObject([{ incarnation: 'copy-1' }]);
    await silence(box, 4);
    expect((await send(copy, 90)).state).toBe('second');
    await silence(box, 2);
    const later = await send(copy, 90);
    expect(later).toMatchObject({ state: 'main', takeover: true });
    expect(await states()).toEqual({ [box.incarnation]: 'sealed', 'copy-1': 'main' });
  });

  it('does not become the store because head office was away', async () => {
    await send(box);
    const copy = box.child('copy-2', 80, 'found').sell(10);
    await send(copy);
    await silence(box, 60);
    const fresh = await startTestHq(hq.hq.parts.config.databaseUrl);
    const batch = copy.batch(90);
    const { body } = await fresh.api<Ack>('POST', `/stores/${store}/batches`, batch);
    await fresh.stop();
    expect(body.state).toBe('second');
  });

  it('becomes the store when a person says so', async () => {
    await send(box);
    const copy = box.child('copy-3', 80, 'found').sell(10);
    await send(copy);
    const path = `/stores/${store}/lives/copy-3/main`;
    expect((await hq.api('POST', path)).status).toBe(200);
    expect(await states()).toEqual({ [box.incarnation]: 'sealed', 'copy-3': 'main' });
    expect((await hq.api('POST', `/stores/${store}/lives/nobody/main`)).status).toBe(404);
  });

  it('that does not say where it parted is compared, and nothing is stored twice', async () => {
    await send(box);
    const copy = box.copy('copy-4', 70).sell(25);
    for (let at = 0; at < 95; ) {
      const ack = await send(copy, at, 20);
      expect(ack.ackedSeq).toBe(Math.min(at + 20, 95));
      at = ack.ackedSeq;
    }
    const ack = await send(copy, 95);
    expect(ack).toMatchObject({ state: 'second', differences: 0, stateDigest: copy.digest() });
    await expectSums(copy);
    expect(await sql('SELECT 1 FROM entry WHERE store = $store')).toHaveLength(100 + 25);
    const [life] = await sql('SELECT parent, fork_seq FROM life WHERE store = $store AND id = 2');
    expect(life).toEqual({ parent: 1, fork_seq: '70' });
  });

  it('keeps what stands beside its ledger while it is compared', async () => {
    type Beside = Pick<Batch, 'items' | 'lots'>;
    const lot = (id: number, entry: number) =>
      [id, 1, `L${id}`, null, entry, 1_000_000, null, 0, null, null, null] as const;
    const put = async (of: PaperBox, after: number, count: number, beside: object) => {
      const batch: Beside = { ...of.batch(after, count), ...beside };
      const { status, body } = await hq.api<Ack>('POST', `/stores/${store}/batches`, batch);
      expect(status).toBe(200);
      return body;
    };
    const items = [1, 2, 90].map((id) => [id, `item-${id}`, 'g']);
    await put(box, 0, 500, { items, lots: [lot(1, 1)] });
    const copy = box.copy('copy-7', 70).sell(25);
    // All of it in the first batch, one thing more in the last: as a box sends it, by its number.
    await put(copy, 0, 50, { items, lots: [lot(1, 1), lot(2, 61), lot(3, 81)] });
    const last = await put(copy, 50, 500, { items: [[91, 'item-91', 'g']], lots: [lot(4, 91)] });
    expect(last.side).toMatchObject({ items: 91, lots: 4 });
    const of = (table: string) =>
      sql<{ id: string }>(`SELECT id FROM ${table} WHERE store = $store AND life = 2 ORDER BY id`);
    expect((await of('item')).map(({ id }) => Number(id))).toEqual([1, 2, 90, 91]);
    expect((await of('lot')).map(({ id }) => Number(id))).toEqual([1, 2, 3, 4]);
  });

  it('that has sold nothing yet is compared again when it does', async () => {
    await send(box);
    const copy = box.copy('copy-5', 70);
    expect(await send(copy)).toMatchObject({ ackedSeq: 70, differences: 0 });
    await expectSums(copy);
    copy.sell(4);
    expect(await send(copy, 70)).toMatchObject({ ackedSeq: 74, differences: 0 });
    await expectSums(copy);
  });

  it('that says it parted at another entry than ours is compared, too', async () => {
    await send(box);
    const liar = box.child('copy-6', 50, 'restored').sell(5);
    if (liar.parent !== null) liar.parent = { ...liar.parent, hash: 'a'.repeat(64) };
    expect(await send(liar)).toMatchObject({ ackedSeq: 55, state: 'second', differences: 0 });
    await expectSums(liar);
  });
});

describe('an empty box in the place of a dead one', () => {
  it('is given everything', async () => {
    for (const after of [0, 50]) await send(box, after, 50);
    const fresh = new PaperBox('fresh', seeded(seed)).sell(2);
    expect(await send(fresh)).toMatchObject({ state: 'second', takeover: false });
    expect(await takeover(fresh)).toBeUndefined();
    await silence(box, 6);
    expect(await send(fresh, 2)).toMatchObject({ state: 'main', takeover: true });
    expect(await takeAll(fresh)).toEqual([`${box.incarnation}:1>0`, `${box.incarnation}:2>0`]);
    await expectSums(fresh);
  });
});

describe('the cursor', () => {
  it('says what is held of a life, and that nothing is', async () => {
    await send(box);
    const path = `/stores/${store}/cursor`;
    const known = await hq.api('GET', `${path}?incarnation=${box.incarnation}`);
    expect(known.body).toMatchObject({
      store,
      known: true,
      ackedSeq: 100,
      ackedHash: box.headHash,
    });
    expect((await hq.api('GET', path)).body).toMatchObject({ ackedSeq: 100, state: 'main' });
    const unknown = await hq.api('GET', `${path}?incarnation=nobody`);
    expect(unknown.body).toMatchObject({ known: false, ackedSeq: 0 });
    const child = box.child('cursor-child', 60, 'restored').sell(2);
    await send(child);
    const hashes = await hq.api(
      'GET',
      `/stores/${store}/hashes?incarnation=cursor-child&seq=59,61,99`,
    );
    expect(hashes.body).toEqual({
      hashes: [
        [59, box.hashAt(59)],
        [61, child.hashAt(61)],
      ],
    });
  });
});

describe('a box whose parent is still compared with another', () => {
  it('is compared with what that one is compared with', async () => {
    await send(box);
    const copy = box.copy('copy').sell(10);
    // Its box dies before it has sent all.
    await send(copy, 0, 20);
    const child = copy.child('of-copy', copy.seq - 3, 'restored').sell(5);
    const ack = await send(child);
    expect(ack).toMatchObject({ ackedSeq: child.seq, differences: 0, state: 'second' });
    expect(ack.stateDigest).toBe(child.digest());
    await expectSums(child);
    await send(copy, 20);
    await expectSums(copy);
  });
});
