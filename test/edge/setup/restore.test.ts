/** A new box that begins with the past of another one, from its page; and one that must not. */
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { copyDatabase } from '../../../edge/setup/backup-store.ts';
import { type BoxProcess, startBoxProcess } from '../../faults/box-process.ts';
import { startBox } from '../../support/start-box.ts';
import { pairTablet } from '../people/tablet.ts';

const folder = mkdtempSync(join(tmpdir(), 'larder-restore-'));
const backup = join(folder, 'backup.db');
/** Of a tablet that was paired with the old box. */
let tabletToken = '';
let porkThen: string | undefined;
let box: BoxProcess;
let data = '';
let boxes = 0;

beforeAll(async () => {
  const old = await startBox({ demoBook: true });
  await old.command('delivery.receive', {
    lines: [{ item: 'pork-belly', qty: '9 kg', lot: 'B-1' }],
  });
  await old.send([{ id: 'sold', items: [{ sku: 'M-1001', qty: 2 }] }]);
  tabletToken = (await pairTablet(old)).token;
  porkThen = (await old.stock())['pork-belly'];
  expect(Number(porkThen)).toBeGreaterThan(0);
  copyDatabase(join(old.data, 'larder.db'), backup);
  await old.stop();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(async () => {
  data = join(folder, `box-${++boxes}`);
  box = await startBoxProcess(data);
});
afterEach(() => box.kill('SIGTERM'));

const restore = (body: Buffer<ArrayBuffer> | string) =>
  box.fetch('/api/v1/setup/restore', {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body,
  });
const codeOf = async (answer: Response) => ((await answer.json()) as { code: string }).code;
const asides = () => readdirSync(data).filter((name) => name.includes('before-restore'));

function incarnation(): unknown {
  const db = new Database(join(data, 'larder.db'), { readonly: true });
  try {
    return db.prepare("SELECT value FROM meta WHERE key = 'incarnation'").pluck().get();
  } finally {
    db.close();
  }
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 200; i++) {
    if (await condition().catch(() => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`it did not happen:\n${box.written()}`);
}

test('starts again on the backup, in the same process, at the same address, as another life', async () => {
  const answer = await restore(readFileSync(backup));
  const said = (await answer.json()) as { incarnation: string; events: number };
  expect([answer.status, said]).toMatchObject([202, { events: 1 }]);
  await until(async () => {
    const { book } = (await box.call('GET', '/api/v1/setup')) as { book: unknown };
    return book !== null;
  });
  expect(box.isAlive()).toBe(true);
  const { items } = (await box.call('GET', '/api/v1/stock')) as {
    items: { item: string; onHand: string }[];
  };
  expect(items.find(({ item }) => item === 'pork-belly')?.onHand).toBe(porkThen);
  // The tablets of the old box go on.
  const url = `http://127.0.0.1:${box.httpPort}/api/v1/status`;
  const headers = { authorization: `Bearer ${tabletToken}` };
  expect((await fetch(url, { headers })).status).toBe(200);
  // The till sends again what came after the backup; what it sent before counts once.
  const events = [
    { id: 'sold', items: [{ sku: 'M-1001', qty: 2 }] },
    { id: 'after', items: [{ sku: 'M-1001', qty: 1 }] },
  ];
  const { results } = (await box.call('POST', '/api/v1/pos/T1/events', events)) as {
    results: { status: string }[];
  };
  expect(results.map(({ status }) => status)).toEqual(['duplicate', 'applied']);
  await box.kill('SIGTERM');
  expect(incarnation()).toBe(said.incarnation);
  expect(asides().length).toBeGreaterThan(0);
  // A second life of the same backup is another one.
  const other = join(folder, 'other');
  const second = await startBoxProcess(other);
  const again = (await (
    await second.fetch('/api/v1/setup/restore', { method: 'POST', body: readFileSync(backup) })
  ).json()) as { incarnation: string };
  expect(again.incarnation).not.toBe(said.incarnation);
  await second.kill('SIGTERM');
});

test('what is no backup, or of a newer version, changes nothing', async () => {
  const newer = join(folder, 'newer.db');
  copyFileSync(backup, newer);
  const db = new Database(newer);
  db.exec('INSERT INTO __drizzle_migrations (hash, created_at) VALUES (0, 9999999999999)');
  db.close();
  const cut = readFileSync(backup).subarray(0, 20_000);
  const stranger = join(folder, 'stranger.db');
  new Database(stranger).exec('CREATE TABLE t (a)').close();
  for (const body of ['', 'no database', cut, readFileSync(newer), readFileSync(stranger)]) {
    const answer = await restore(body);
    expect([answer.status, await codeOf(answer)]).toEqual([422, 'bad_backup']);
  }
  expect(readdirSync(data).filter((name) => name.includes('restoring'))).toEqual([]);
  expect(asides()).toEqual([]);
  expect((await box.fetch('/readyz')).status).toBe(200);
});

test('a box that has accepted a sale is not replaced from its page', async () => {
  await box.call('POST', '/api/v1/pos/T1/events', { id: 'mine', items: [{ sku: 'X', qty: 1 }] });
  const answer = await restore(readFileSync(backup));
  expect([answer.status, await codeOf(answer)]).toEqual([409, 'not_new']);
  expect(asides()).toEqual([]);
});

test('a sale that comes between the answer and the end of the box is kept: no restore then', async () => {
  expect((await restore(readFileSync(backup))).status).toBe(202);
  const event = { id: 'late', items: [{ sku: 'M-1001', qty: 1 }] };
  await box.call('POST', '/api/v1/pos/T1/events', event);
  await until(async () => box.written().includes('the backup was not restored'));
  await until(async () => (await box.fetch('/readyz')).ok);
  expect(await box.call('GET', '/api/v1/setup')).toMatchObject({
    book: null,
    posSeen: { event: 1 },
  });
  expect(existsSync(join(data, 'larder.db.restoring'))).toBe(false);
});

test('where the first browser goes is said once, beside the log', async () => {
  const link = `http://127.0.0.1:${box.httpPort}/#token=${box.adminToken}`;
  await until(async () => box.written().includes(link));
  const logged = box
    .written()
    .split('\n')
    .filter((line) => line.startsWith('{'));
  expect(logged.join('\n')).not.toContain(box.adminToken);
  expect(box.written()).toContain('LARDER_HTTP_HOST=0.0.0.0');
  await box.kill('SIGTERM');
  writeFileSync(join(data, 'note'), '');
  box = await startBoxProcess(data);
  expect((await box.fetch('/readyz')).status).toBe(200);
  expect(box.written()).not.toContain('#token=');
});
