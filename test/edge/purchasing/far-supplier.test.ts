/** A supplier whose goods take weeks: its day is told, so it can be asked for. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BUTCHER, EVENING, type OrderBox, startOrderBox } from './order-box.ts';

type Suggestions = {
  suppliers: { supplier: string }[];
  upcoming: { supplier: string; deliverOn: string }[];
};

let box: OrderBox;
beforeAll(async () => {
  box = await startOrderBox([
    BUTCHER,
    { ...BUTCHER, id: 'ship', leadTime: '42d', deliveries: ['fri'] },
    { ...BUTCHER, id: 'wine', leadTime: '170d' },
  ]);
});
afterAll(() => box.stop());

test('every delivery that is told of', async () => {
  box.clock.at(EVENING);
  const { upcoming } = await box.api<Suggestions>('GET', '/suggestions');
  expect(upcoming.map(({ supplier }) => supplier).sort()).toEqual(['butcher', 'ship', 'wine']);
  for (const { supplier, deliverOn } of upcoming) {
    const { suppliers } = await box.api<Suggestions>('GET', `/suggestions?for=${deliverOn}`);
    expect(suppliers?.map((one) => one.supplier)).toContain(supplier);
  }
  expect(await box.api('GET', '/suggestions?for=2027-06-30')).toMatchObject({ code: 'bad_date' });
});
