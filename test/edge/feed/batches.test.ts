/** Batches of a rough day: together exactly the ledger, whatever their sizes. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Batch, batchSchema, NO_HASH } from '#recipes/contracts/sync.ts';
import { entryText } from '#recipes/ledger/entry.ts';
import { readEntryText } from '#recipes/sync/read-entry-text.ts';
import { openReader } from '../../../edge/db/open.ts';
import { seeded, seedOf } from '../../support/seeded.ts';
import { startBox, type TestBox } from '../../support/start-box.ts';
import { roughDay } from '../ledger/audit-traffic.ts';
import { batchAfter, chainOf, digestOf, factsIn, foldOf, readAll, textsOf } from './read-all.ts';

const seed = seedOf(51);
const random = seeded(seed);
let box: TestBox;
let ledger: string[];
let hashes: string[];

beforeAll(async () => {
  box = await startBox();
  await roughDay(box, seed, 160);
  const { entries } = box.box.parts.ledger;
  const stored = entries.after(0, 1_000_000);
  ledger = stored.map(({ head }) => entryText(head, entries.movesOf(head.seq)));
  hashes = stored.map(({ hash }) => Buffer.from(hash).toString('hex'));
});
afterAll(() => box.stop());

test.each([1, 2, 3, 4])('run %i: any sizes give the same ledger', async (run) => {
  const most = run === 1 ? 1 : run === 2 ? 2_000 : 40;
  const sizes: number[] = [];
  const batches = await readAll(box, () => {
    sizes.push(random.between(1, most));
    return sizes.at(-1) ?? 1;
  });
  expect(textsOf(batches)).toEqual(ledger);
  expect(chainOf(textsOf(batches))).toEqual(hashes);
  let after = 0;
  for (const [i, batch] of batches.entries()) {
    expect(batch.from).toBe(after + 1);
    expect(batch.to).toBe(after + batch.entries.length);
    expect(batch.entries.length).toBeLessThanOrEqual(sizes[i] ?? 0);
    expect(batch.prevHash).toBe(after === 0 ? NO_HASH : hashes[after - 1]);
    expect(batch.headHash).toBe(batch.to === 0 ? NO_HASH : hashes[batch.to - 1]);
    expect(batch.head).toMatchObject({ seq: ledger.length, hash: hashes.at(-1) });
    const newest = batch.to === ledger.length;
    expect(typeof batch.stateDigest, `batch to ${batch.to}`).toBe(newest ? 'string' : 'object');
    expect(batch.captions === undefined).toBe(!newest || batch.entries.length === 0);
    after = batch.to;
  }
  const digest = digestOf(foldOf(ledger));
  expect(batches.at(-1)?.stateDigest).toBe(digest);
  expectSides(batches);
  expectFacts(batches);
});

/** Every row of the tables beside the ledger came exactly once, in order. */
function expectSides(batches: readonly Batch[]): void {
  const db = openReader(box.box.parts.file);
  const all = (sql: string) => db.prepare(sql).raw().all();
  expect(batches.flatMap(({ items }) => items ?? [])).toEqual(
    all('SELECT id, code, unit FROM item ORDER BY id'),
  );
  expect(batches.flatMap(({ lots }) => lots ?? [])).toEqual(
    all(`SELECT id, item, code, supplier, entry, amount, cost, received_at, produced_at,
                expires_at, parent FROM lot ORDER BY id`),
  );
  const books = batches.flatMap((batch) => batch.books ?? []);
  expect(books.map((book) => [book.version, book.document])).toEqual(
    all('SELECT version, document FROM book ORDER BY version'),
  );
  expect(Math.max(...batches.map((batch) => batch.books?.length ?? 0))).toBe(1);
  db.close();
}

/** Every event, every command that made an entry: once, and before what it made. */
function expectFacts(batches: readonly Batch[]): void {
  const db = openReader(box.box.parts.file);
  const facts = factsIn(batches);
  const events = facts.flatMap((fact) => (fact.what === 'event' ? [fact] : []));
  const stored = db.prepare('SELECT id, body FROM event ORDER BY id').all() as {
    id: number;
    body: Buffer;
  }[];
  expect(events.map(({ number }) => number)).toEqual(stored.map(({ id }) => id));
  expect(events.map(({ body }) => body)).toEqual(stored.map((e) => e.body.toString('base64')));
  const commands = facts.flatMap((fact) => (fact.what === 'command' ? [fact] : []));
  const first = db
    .prepare('SELECT command, min(seq) FROM entry WHERE command IS NOT NULL GROUP BY 1 ORDER BY 2')
    .raw()
    .all();
  expect(commands.map(({ id, seq }) => [id, seq])).toEqual(first);
  const firstOf = new Map<number, number>();
  for (const text of [...ledger].reverse()) {
    const { seq, event } = readEntryText(text);
    if (event !== null) firstOf.set(event, seq);
  }
  let open = 0;
  for (const fact of facts) {
    if (fact.what === 'command') open = Math.max(open, fact.seq);
    else if (fact.seq !== null) expect(fact.seq).toBe(firstOf.get(fact.number));
  }
  expect(events.filter((e) => e.seq !== null).length).toBeGreaterThan(50);
  expect(events.filter((e) => e.unread !== undefined).length).toBeGreaterThan(3);
  expect(open).toBeGreaterThan(0);
  db.close();
}

test('readable entries carry the same texts, and everything else by name', async () => {
  const batches: Batch[] = [];
  for (let after = 0; after < ledger.length; ) {
    const limit = random.between(1, 60);
    const raw = await box.api('GET', `/feed?after=${after}&limit=${limit}`);
    const batch = batchSchema.parse(raw);
    batches.push(batch);
    after = batch.to;
  }
  expect(textsOf(batches)).toEqual(ledger);
  expect(batches.at(-1)?.stateDigest).toBe(digestOf(foldOf(ledger)));
  const entries = batches.flatMap((batch) => batch.entries) as unknown as Readable[];
  expect(entries.map(({ seq, hash }) => [seq, hash])).toEqual(hashes.map((h, i) => [i + 1, h]));
  const moves = entries.flatMap((entry) => (entry.kind === 'sale' ? entry.moves : []));
  expect(moves.length).toBeGreaterThan(50);
  for (const move of moves) expect(move.amount).toMatch(/^\d+(\.\d+)?$/);
  expect(new Set(moves.map(({ from, to }) => `${from} ${to}`))).toContain('stock sold');
  const lots = batches.flatMap((batch) => batch.lots ?? []);
  expect(lots.map(([number]) => number)).toEqual(lots.map((_lot, i) => i + 1));
  expect(lots.length).toBeGreaterThan(5);
  expect(batches.flatMap(({ books }) => books ?? []).map(({ version }) => version)).toEqual(
    box.box.parts.books.versions().map(({ version }) => version),
  );
});

type Readable = {
  seq: number;
  hash: string;
  kind: string;
  moves: { from: string; to: string; amount: string }[];
};

test('who knows more than the box hears what it has', async () => {
  const answer = await box.api<Record<string, unknown>>(
    'GET',
    `/feed?form=batch&after=${ledger.length + 1}`,
  );
  expect(answer).toMatchObject({
    status: 409,
    code: 'feed_ahead',
    head: { seq: ledger.length, hash: hashes.at(-1) },
  });
});

test('only the admin may read the ledger', async () => {
  const password = box.mqttPassword;
  const answer = await fetch(`${box.url}/api/v1/feed`, {
    headers: { authorization: `Bearer ${password}` },
  });
  expect(answer.status).toBe(403);
});

test('balances and hashes are those of the ledger', async () => {
  type Balances = { seq: number; hash: string; rows: [number, number, number, number][] };
  const { seq, hash, rows } = await box.api<Balances>('GET', '/feed/balances');
  expect([seq, hash]).toEqual([ledger.length, hashes.at(-1)]);
  const folded = [...foldOf(ledger)].filter(([, amount]) => amount !== 0n);
  const told = rows.map(([item, place, lot, amount]) => [`${item},${place},${lot}`, amount]);
  expect(told.map(([key, amount]) => [key, BigInt(amount as number)]).sort()).toEqual(
    folded.sort(),
  );
  const asked = await box.api('GET', `/feed/hashes?seq=0,3,${ledger.length},999999`);
  expect(asked).toEqual({
    hashes: [
      [0, NO_HASH],
      [3, hashes[2]],
      [ledger.length, hashes.at(-1)],
    ],
  });
});

test('an empty box gives a sign of life', async () => {
  const empty = await startBox();
  const batch = batchSchema.parse(await batchAfter(empty, 0));
  expect(batch).toMatchObject({
    from: 1,
    to: 0,
    prevHash: NO_HASH,
    headHash: NO_HASH,
    entries: [],
  });
  expect(batch.stateDigest).toBe('0'.repeat(32));
  await empty.stop();
});
