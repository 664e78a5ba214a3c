/** Text that no database of head office can keep never gets into the ledger: it would stop the bridge for good. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CommandResult } from '#recipes/contracts/command.ts';
import type { Batch } from '#recipes/contracts/sync.ts';
import { unkeepableAt } from '#recipes/keepable-text.ts';
import { verifyBatch } from '../../../cloud-bridge/hq/ingest/verify.ts';
import { KITCHEN_BOOK } from '../kitchen/kitchen-book.ts';
import { type KitchenBox, kitchenBox } from '../kitchen/kitchen-box.ts';
import { batchAfter } from './read-all.ts';

let box: KitchenBox;
beforeAll(async () => {
  box = await kitchenBox();
  await box.receive('rice', '1 kg', 'R');
});
afterAll(() => box.stop());

let ids = 0;
const HALF = '\ud83c';
const receive = (lot: string) => ({ lines: [{ item: 'rice', qty: 1, lot }] });
const waste = (note: string) => ({ item: 'rice', qty: 1, reason: 'other', note });

test.each([
  ['actor', 'waste.log', { actor: 'li\0', data: waste('') }],
  ['actor', 'waste.log', { actor: HALF, data: waste('') }],
  ['data.lines[0].lot', 'delivery.receive', { data: receive('A\0') }],
  ['data.lines[0].lot', 'delivery.receive', { data: receive(`A${HALF}`) }],
  ['data.note', 'waste.log', { data: waste('\0') }],
  ['data.value', 'setting.set', { data: { key: 'storeName', value: `x${HALF}` } }],
  ['data.book.name', 'book.adopt', { data: { book: { ...KITCHEN_BOOK, name: 'K\0' } } }],
])('%s of %s', async (path, kind, said) => {
  const before = box.box.parts.ledger.seq();
  const command = { id: `odd-${ids++}`, kind, ...said };
  const { results } = await box.api<{ results: CommandResult[] }>('POST', '/commands', {
    commands: [command],
  });
  expect(results[0]).toMatchObject({ status: 'rejected', code: 'bad_text' });
  expect(results[0]?.message?.en).toContain(`${path}:`);
  expect(results[0]?.message?.zh).toContain(`${path}:`);
  expect(box.box.parts.ledger.seq()).toBe(before);
});

test('what a till calls a dish is sold all the same, and head office can keep all of the batch', async () => {
  const long = `${'长'.repeat(190)}`;
  for (const [i, name] of ['x\0y', `x${HALF}`, `${long}${'🍜'.repeat(5)}`].entries()) {
    const items = [
      { sku: `ODD-${i}`, qty: 1, name },
      { sku: `ODD-${i}`, qty: 1, name: `${long}🍜` },
      { sku: 'B', qty: 1 },
    ];
    const [result] = await box.send([{ id: `odd-${i}`, items }]);
    expect(result?.status).not.toBe('quarantined');
  }
  const batch = (await batchAfter(box, 0)) as Batch;
  expect(verifyBatch(batch)).toMatchObject({ ok: true });
  expect(batch.captions?.length).toBeGreaterThan(0);
  expect(unkeepableAt(batch)).toBeUndefined();
});

test('a value that holds itself is looked at once', () => {
  const ring: Record<string, unknown> = { name: 'ring' };
  ring['self'] = ring;
  expect(unkeepableAt(ring)).toBeUndefined();
  expect(unkeepableAt({ ring, keys: [{ 'a\0': 1 }] })).toBe('keys[0]');
  expect(unkeepableAt('\0')).toBe('');
});
