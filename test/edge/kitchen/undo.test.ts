/** Undo and redo of every kind, exact to the lot; commands that come twice; and what would happen. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { auditFile } from '../../../edge/ledger/audit.ts';
import { type KitchenBox, kitchenBox } from './kitchen-box.ts';

let box: KitchenBox;

beforeAll(async () => {
  box = await kitchenBox();
  await box.receive('belly', '5 kg', 'A', '30.00');
  await box.receive('belly', '5 kg', 'B', '31.00');
  await box.receive('soy', '5 l', 'S', '8.00');
  await box.receive('scraps', '300', 'X', '0.02');
  await box.done('batch.produce', { recipe: 'broth', qty: '2 kg', lot: 'BR' });
  await box.sell('S', 2);
  box.tick();
});
afterAll(() => box.stop());

/** Every lot by its number, after whatever follows by itself. */
function shelves(): unknown[] {
  box.tick();
  const rows = box.box.parts.db.prepare(
    'SELECT item, lot, amount FROM balance WHERE place = 1 ORDER BY item, lot',
  );
  return rows.raw().all();
}

const trim = [
  { to: 'usable', qty: '1 kg' },
  { to: 'reuse', item: 'scraps', qty: 100 },
  { to: 'bin' },
];
const KINDS: readonly (readonly [kind: string, data: object])[] = [
  [
    'delivery.receive',
    {
      lines: [
        { item: 'rice', qty: '1 kg' },
        { item: 'belly', qty: 5 },
      ],
    },
  ],
  ['waste.log', { item: 'belly', qty: '6 kg', reason: 'spoiled' }],
  ['waste.log', { sku: 'B', qty: 3, reason: 'remake' }],
  ['waste.log', { item: 'egg', qty: 3, reason: 'dropped' }],
  ['consume.log', { item: 'broth', qty: '3 kg', why: 'staff' }],
  ['trim.log', { lot: 'A', in: '1.5 kg', outs: trim }],
  ['trim.log', { item: 'belly', in: '11 kg', outs: [{ to: 'usable' }] }],
  ['offcut.use', { lot: 'X', into: 'bowl' }],
  ['batch.produce', { recipe: 'sauce', qty: '3 kg', actual: '2.9 kg' }],
  ['batch.produce', { recipe: 'broth', qty: '120 kg' }],
  ['lot.open', { lot: 'B', how: 'opened' }],
  ['lot.open', { lot: 'BR', item: 'broth', qty: 200, how: 'opened' }],
  ['delivery.return', { lines: [{ lot: 'A' }, { item: 'soy', qty: '6 l' }] }],
];

describe.each(KINDS)('%s %j', (kind, data) => {
  test('a rehearsal says what will happen, and changes no row of any table', async () => {
    const [stood, before] = [shelves(), [box.tables(), box.lots()]];
    const id = `rehearsed-${kind}-${box.box.parts.ledger.seq()}`;
    const said = await box.tell(kind, data, { id }, '?dryRun=1');
    expect(said).toMatchObject({ id, status: 'applied' });
    expect([box.tables(), box.lots()]).toEqual(before);
    // The same id can be sent in earnest, and answers the same.
    const done = await box.tell(kind, data, { id });
    expect(done).toEqual(said);
    // Again, from a tablet that heard no answer; and again with other words.
    expect(await box.tell(kind, data, { id })).toEqual({ ...done, status: 'duplicate' });
    const before2 = [box.tables(), box.lots()];
    expect(await box.tell(kind, { ...data, note: 'other' }, { id })).toMatchObject({
      status: 'conflict',
      code: 'id_conflict',
    });
    expect([box.tables(), box.lots()]).toEqual(before2);
    await box.undo(done.seq ?? 0);
    expect(shelves()).toEqual(stood);
  });

  test('undone, redone, undone: every lot is where it was each time', async () => {
    const before = shelves();
    const done = await box.done(kind, data);
    const after = shelves();
    expect(after).not.toEqual(before);
    expect(await box.refused('entry.reverse', { entry: done.seq + 99 })).toBe('unknown_entry');
    const undone = await box.undo(done.seq);
    expect(shelves()).toEqual(before);
    expect(await box.refused('entry.reverse', { entry: done.seq })).toBe('already_reversed');
    const redone = await box.undo(undone.seq);
    expect(shelves()).toEqual(after);
    const last = await box.undo(redone.seq);
    expect(shelves()).toEqual(before);
    expect(await box.refused('entry.reverse', { entry: redone.seq })).toBe('already_reversed');
    expect(last.seq).toBeGreaterThan(redone.seq);
  });
});

test('a sale is not undone by hand', async () => {
  const entry = box.box.parts.db.prepare('SELECT min(seq) FROM entry WHERE kind = 1').pluck().get();
  expect(await box.refused('entry.reverse', { entry })).toBe('use_void');
});

test('after all of it the audit finds nothing', () => {
  const report = auditFile(`${box.data}/larder.db`, { full: true });
  expect(report.checks.flatMap(({ breaches }) => breaches)).toEqual([]);
});
