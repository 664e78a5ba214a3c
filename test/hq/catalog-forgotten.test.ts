/** A head office that was put back from a backup has forgotten versions: what it says next reaches the stores all the same. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { heardNumber } from '../../cloud-bridge/hq/catalog/numbers-store.ts';
import { SMALL_BOOK } from '../edge/small-kitchen.ts';
import { startTestPostgres, type TestPostgres } from '../support/postgres.ts';
import { startBox, type TestBox } from '../support/start-box.ts';
import { startTestHq, type TestHq } from '../support/start-hq.ts';
import { startBridge } from './bridge.ts';

const WAIT = { timeout: 20_000, interval: 50 };
let postgres: TestPostgres;
let database: string;
let hq: TestHq;
let box: TestBox;
let bridge: ReturnType<typeof startBridge>;

beforeAll(async () => {
  postgres = await startTestPostgres();
  database = await postgres.database();
  hq = await startTestHq(database);
  box = await startBox({ config: { store: 'north' } });
  bridge = startBridge(box, hq);
});
afterAll(async () => {
  await bridge.stop();
  await box.stop();
  await hq.stop();
  await postgres.stop();
});

const dish = (name: string) => ({
  ...SMALL_BOOK,
  recipes: SMALL_BOOK.recipes.map((r) => (r.id === 'egg-dish' ? { ...r, name } : r)),
});
async function publish(name: string): Promise<number> {
  const { body } = await hq.api<{ version: number }>('POST', '/catalog', { book: dish(name) });
  return body.version;
}
const head = () => box.box.parts.catalog.head();
const dishName = async () => {
  const { book } = await box.api<{ book: typeof SMALL_BOOK }>('GET', '/book');
  return book.recipes.find(({ id }) => id === 'egg-dish')?.name;
};

test('the next number is one that the stores take', async () => {
  for (const name of ['One', 'Two', 'Three']) await publish(name);
  await expect.poll(head, WAIT).toBe(3);
  await bridge.stop();
  // The night's backup knew of one.
  await hq.hq.parts.db.chain.query('DELETE FROM catalog WHERE version > 1');
  await hq.stop();
  hq = await startTestHq(database);
  bridge = startBridge(box, hq);
  const heard = async () =>
    (await hq.api<{ ackedSeq: number }>('GET', '/stores/north/cursor')).body;
  await box.send([{ id: 'after', items: [{ sku: 'E', qty: 1 }] }]);
  await expect
    .poll(async () => (await heard()).ackedSeq === box.box.parts.ledger.seq(), WAIT)
    .toBe(true);
  const version = await publish('Four');
  expect(version).toBeGreaterThan(3);
  await expect.poll(head, WAIT).toBe(version);
  expect(await dishName()).toBe('Four');
  // From there they go on one by one, and what a store says does not make them leap again.
  expect(await publish('Five')).toBe(version + 1);
  await expect.poll(head, WAIT).toBe(version + 1);
  expect(await publish('Six')).toBe(version + 2);
});

test('no store can use the numbers up', async () => {
  const before = await publish('Seven');
  const { chain } = hq.hq.parts.db;
  expect(await heardNumber(chain, Number.MAX_SAFE_INTEGER)).toEqual({
    newest: before,
    leapt: false,
  });
  expect(await publish('Eight')).toBe(before + 1);
});
