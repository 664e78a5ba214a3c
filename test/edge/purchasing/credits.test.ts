/** What suppliers owe for goods that went back, and what they gave for them. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CreditsView } from '../../../edge/purchasing/credits.ts';
import { BUTCHER, type OrderBox, startOrderBox } from './order-box.ts';

let box: OrderBox;
beforeAll(async () => {
  box = await startOrderBox([BUTCHER, { ...BUTCHER, id: 'other', name: 'Other' }]);
});
afterAll(() => box.stop());

const credits = () => box.api<CreditsView>('GET', '/credits');
const record = (data: object) => box.command('credit.record', { supplier: 'butcher', ...data });

test('returned, credited in parts, and the rest stays owed', async () => {
  const lines = [{ item: 'pork', qty: '4 pack', price: '64', lot: 'B-1' }];
  await box.command('delivery.receive', { supplier: 'butcher', lines });
  const back = [{ item: 'pork', lot: 'B-1', qty: '2 kg' }];
  // Nobody says who delivered it: the lot knows.
  const { seq } = await box.command('delivery.return', { lines: back, reason: 'smells' });
  expect(await credits()).toMatchObject({
    currency: 'CNY',
    suppliers: [
      {
        supplier: 'butcher',
        name: { zh: '肉铺' },
        returned: '64.00',
        credited: '0.00',
        owed: '64.00',
      },
    ],
    returns: [
      {
        entry: seq,
        supplier: 'butcher',
        reason: 'smells',
        cost: '64.00',
        owed: '64.00',
        lines: [{ item: 'pork', lot: 'B-1', qty: '2000', unit: 'g' }],
      },
    ],
    credits: [],
  });
  const first = await record({ return: seq, amount: '40.00' });
  expect(first.data).toMatchObject({ credit: 'CN-20261123-001', amount: '40.00' });
  await record({ amount: '10.5', note: 'for the late lorry' });
  expect(await credits()).toMatchObject({
    suppliers: [{ returned: '64.00', credited: '50.50', owed: '13.50' }],
    returns: [{ credited: '40.00', owed: '24.00' }],
    credits: [
      { credit: 'CN-20261123-002', return: null, note: 'for the late lorry' },
      { return: seq },
    ],
  });
  await box.command('entry.reverse', { entry: first.seq });
  expect(await credits()).toMatchObject({
    suppliers: [{ credited: '10.50' }],
    returns: [{ owed: '64.00' }],
  });
  await box.command('entry.reverse', { entry: seq });
  expect((await credits()).returns).toEqual([]);
  expect(await record({ return: seq, amount: '1' })).toMatchObject({ code: 'unknown_return' });
});

test('a note that names what does not belong together is refused', async () => {
  const order = await box.order({ supplier: 'other' });
  expect(await record({ order, amount: '5' })).toMatchObject({ code: 'other_supplier' });
  expect(await record({ order: 'PO-none', amount: '5' })).toMatchObject({ code: 'unknown_order' });
  expect(await record({ supplier: 'nobody', amount: '5' })).toMatchObject({
    code: 'unknown_supplier',
  });
  expect(await record({ return: 1, amount: '5' })).toMatchObject({ code: 'unknown_return' });
  for (const amount of ['0', '-5', '0.0000', '5.00001']) {
    expect(await record({ amount })).toMatchObject({ code: 'bad_data' });
  }
  expect(await record({ credit: 'their-77', amount: '5' })).toMatchObject({ status: 'applied' });
  expect(await record({ credit: 'their-77', amount: '6' })).toMatchObject({
    code: 'credit_exists',
  });
  expect(box.breaches()).toEqual([]);
});
