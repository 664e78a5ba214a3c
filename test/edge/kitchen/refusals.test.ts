/** A refusal says why in both languages, and changes nothing: not a gram, not a row. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type KitchenBox, kitchenBox } from './kitchen-box.ts';

let box: KitchenBox;

beforeAll(async () => {
  box = await kitchenBox();
  await box.receive('belly', '10 kg', 'A', '32');
  await box.receive('egg', '30', 'A');
  await box.receive('salmon', '6 kg', 'S');
  await box.receive('rice', '1 kg', 'used');
  await box.done('waste.log', { item: 'rice', lot: 'used', reason: 'other' });
});
afterAll(() => box.stop());

const huge = '9007199254';

const CASES: readonly (readonly [code: string, kind: string, data: object])[] = [
  ['unknown_item', 'waste.log', { item: 'nothing', qty: 1, reason: 'other' }],
  ['unknown_lot', 'waste.log', { lot: 'nothing', reason: 'other' }],
  ['unknown_lot', 'waste.log', { lot: 'S', item: 'belly', reason: 'other' }],
  ['ambiguous_lot', 'waste.log', { lot: 'A', reason: 'other' }],
  ['empty_lot', 'waste.log', { lot: 'used', reason: 'other' }],
  ['unknown_sku', 'waste.log', { sku: 'NEVER', reason: 'other' }],
  ['two_named', 'waste.log', { sku: 'B', item: 'rice', reason: 'other' }],
  ['nothing_named', 'waste.log', { qty: 1, reason: 'other' }],
  ['bad_quantity', 'waste.log', { item: 'rice', reason: 'other' }],
  ['bad_quantity', 'waste.log', { item: 'rice', qty: 0, reason: 'other' }],
  ['bad_quantity', 'waste.log', { item: 'rice', qty: -1, reason: 'other' }],
  ['bad_quantity', 'waste.log', { item: 'rice', qty: '1e3 g', reason: 'other' }],
  ['bad_quantity', 'waste.log', { sku: 'B', qty: '1 bowl', reason: 'other' }],
  ['bad_quantity', 'waste.log', { sku: 'B', qty: '1/2', reason: 'other' }],
  ['bad_quantity', 'waste.log', { sku: 'B', qty: 0, reason: 'other' }],
  ['unknown_unit', 'waste.log', { item: 'rice', qty: '2 barrels', reason: 'other' }],
  ['no_conversion', 'waste.log', { item: 'rice', qty: '2 ml', reason: 'other' }],
  ['bad_data', 'waste.log', { item: 'rice', qty: '2 g', reason: 'because' }],
  ['bad_data', 'waste.log', { item: 'rice', qty: '2 g' }],
  ['too_large', 'waste.log', { item: 'rice', qty: '99999999999', reason: 'other' }],
  ['bad_data', 'consume.log', { item: 'rice', qty: '2 g', why: 'hunger' }],
  ['unknown_sku', 'consume.log', { sku: 'B', modifiers: [{ sku: 'M-never' }], why: 'staff' }],

  ['bad_quantity', 'trim.log', { item: 'belly', in: 0, outs: [{ to: 'bin' }] }],
  ['not_balanced', 'trim.log', { item: 'belly', in: 10, outs: [{ to: 'bin', qty: 11 }] }],
  ['not_balanced', 'trim.log', { item: 'belly', in: 10, outs: [{ to: 'bin', qty: 9 }] }],
  ['not_balanced', 'trim.log', { lot: 'S', in: 10, outs: [{ to: 'bin' }, { to: 'usable' }] }],
  ['offcut_item_needed', 'trim.log', { lot: 'S', in: 10, outs: [{ to: 'reuse' }] }],
  ['offcut_item_needed', 'trim.log', { lot: 'S', in: 10, outs: [{ to: 'reuse', item: 'salmon' }] }],
  ['unknown_item', 'trim.log', { lot: 'S', in: 10, outs: [{ to: 'reuse', item: 'gold' }] }],
  // What cannot be written in the unit of the target is found out late: nothing may have left by then.
  ['no_conversion', 'trim.log', { lot: 'S', in: 10, outs: [{ to: 'reuse', item: 'egg' }] }],
  [
    'bad_quantity',
    'trim.log',
    { lot: 'S', in: '0.00001 g', outs: [{ to: 'reuse', item: 'skin' }] },
  ],

  ['unknown_recipe', 'offcut.use', { lot: 'S', into: 'nothing' }],
  ['unknown_lot', 'offcut.use', { lot: 'nothing', into: 'bowl' }],
  ['unknown_recipe', 'batch.produce', { recipe: 'nothing', qty: 1 }],
  ['unknown_recipe', 'batch.produce', { recipe: 'belly', qty: 1 }],
  ['not_stocked', 'batch.produce', { recipe: 'bowl', qty: 1 }],
  ['bad_quantity', 'batch.produce', { recipe: 'broth', qty: 0 }],
  ['bad_quantity', 'batch.produce', { recipe: 'broth', qty: 10, actual: 0 }],

  ['unknown_lot', 'lot.open', { lot: 'nothing', how: 'opened' }],
  ['ambiguous_lot', 'lot.open', { lot: 'A', how: 'opened' }],
  ['empty_lot', 'lot.open', { lot: 'used', how: 'opened' }],
  ['bad_quantity', 'lot.open', { lot: 'S', qty: '7 kg', how: 'opened' }],
  ['bad_quantity', 'lot.open', { lot: 'S', qty: 0, how: 'opened' }],
  ['no_shelf_life', 'lot.open', { lot: 'S', how: 'frozen' }],

  ['unknown_item', 'delivery.receive', { lines: [{ item: 'nothing', qty: 1 }] }],
  ['bad_quantity', 'delivery.receive', { lines: [{ item: 'rice', qty: 0 }] }],
  ['unknown_order', 'delivery.receive', { order: 'PO-9', lines: [{ item: 'rice', qty: 1 }] }],
  ['temperature_needed', 'delivery.receive', { lines: [{ item: 'salmon', qty: 1 }] }],
  ['too_warm', 'delivery.receive', { lines: [{ item: 'salmon', qty: 1, temperature: '4.1' }] }],
  ['bad_quantity', 'delivery.receive', { lines: [{ item: 'rice', qty: 1, weight: 0 }] }],
  // The second line is wrong: the first has not come either.
  [
    'unknown_unit',
    'delivery.receive',
    {
      lines: [
        { item: 'rice', qty: 1 },
        { item: 'rice', qty: '1 ton?' },
      ],
    },
  ],
  ['unknown_unit', 'delivery.receive', { lines: [{ item: 'rice', qty: 1, ordered: '2 crates' }] }],
  [
    'too_large',
    'delivery.receive',
    {
      lines: [
        { item: 'rice', qty: huge },
        { item: 'rice', qty: huge },
      ],
    },
  ],
  [
    'unknown_item',
    'delivery.return',
    {
      lines: [
        { lot: 'S', qty: 1 },
        { item: 'nothing', qty: 1 },
      ],
    },
  ],
  [
    'unknown_lot',
    'delivery.return',
    {
      lines: [
        { lot: 'S', qty: 1 },
        { lot: 'nothing', qty: 1 },
      ],
    },
  ],
  ['unknown_item', 'barcode.learn', { barcode: '69', item: 'nothing' }],
  ['unknown_unit', 'barcode.learn', { barcode: '69', item: 'rice', unit: 'barrel' }],
  ['unknown_entry', 'entry.reverse', { entry: 9_999 }],
  ['no_moves', 'entry.reverse', { entry: 1 }],
  ['unknown_kind', 'waste.lgo', {}],
];

test.each(CASES)('%s: %s %j', async (code, kind, data) => {
  const before = box.lots();
  expect(await box.refused(kind, data)).toBe(code);
  expect(box.lots()).toEqual(before);
});

describe('afterwards', () => {
  test('a refusal is remembered under its id, and a restart finds the same stock', async () => {
    const id = 'said-once';
    const data = { item: 'belly', in: 10, outs: [{ to: 'bin', qty: 9 }] };
    expect(await box.refused('trim.log', data, { id })).toBe('not_balanced');
    expect(await box.tell('trim.log', data, { id })).toMatchObject({
      status: 'duplicate',
      code: 'not_balanced',
    });
    const before = box.lots();
    await box.restart();
    expect(box.lots()).toEqual(before);
    expect(before).toEqual({ 'belly/A': 10_000, 'egg/A': 30, 'salmon/S': 6_000 });
  });

  test('no book: nothing can be said about goods', async () => {
    const bare = await kitchenBox(null);
    for (const [kind, data] of [
      ['waste.log', { item: 'rice', qty: 1, reason: 'other' }],
      ['trim.log', { item: 'rice', in: 1, outs: [{ to: 'bin' }] }],
      ['delivery.receive', { lines: [{ item: 'rice', qty: 1 }] }],
      ['barcode.learn', { barcode: '69', item: 'rice' }],
    ] as const) {
      expect(await bare.refused(kind, data)).toBe('no_book');
    }
    await bare.stop();
  });
});
