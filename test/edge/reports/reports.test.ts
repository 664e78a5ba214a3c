/** Waste and yield over business days, as the box answers them, in all three forms. */
import readXlsxFile from 'read-excel-file/node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CommandResult } from '#recipes/contracts/command.ts';
import type { WasteReport } from '../../../edge/reports/waste-report.ts';
import type { YieldReport } from '../../../edge/reports/yield-report.ts';
import { startBox, type TestBox } from '../../support/start-box.ts';
import { event } from '../small-kitchen.ts';

const BOOK = {
  larder: 1,
  name: 'Small',
  currency: 'CNY',
  items: [
    { id: 'pork', name: { zh: '肉', en: 'Pork' }, unit: 'g', yield: 0.8 },
    { id: 'scraps', name: { zh: '碎肉', en: 'Scraps' }, unit: 'g', shelfLife: '1d' },
    { id: 'egg', name: { zh: '蛋', en: 'Egg' }, unit: 'ea' },
  ],
  recipes: [
    { id: 'egg-dish', sku: 'E', lines: [{ item: 'egg', qty: '2 ea' }] },
    {
      id: 'sauce',
      name: { zh: '汁', en: 'Sauce' },
      makes: '1 kg',
      kept: 'stocked',
      shelfLife: '2d',
      lines: [{ item: 'pork', qty: '80 g' }],
    },
  ],
};

let box: TestBox;
let n = 0;

/** @param time local time of the store, Asia/Shanghai */
async function at(time: string, kind: string, data: unknown, actor = 'wang'): Promise<number> {
  const command = { id: `r-${++n}`, kind, at: `${time}+08:00`, actor, data };
  const { results } = await box.api<{ results: CommandResult[] }>('POST', '/commands', {
    commands: [command],
  });
  const [result] = results;
  if (result?.status !== 'applied') throw new Error(JSON.stringify(results));
  return result.seq ?? 0;
}

beforeAll(async () => {
  box = await startBox({ book: BOOK });
  const lines = [
    { item: 'pork', qty: '10 kg', price: '30' },
    { item: 'egg', qty: '100 ea', price: '1.5' },
  ];
  await at('2026-03-02T08:00:00', 'delivery.receive', { lines });
  const dropped = { item: 'egg', qty: '4', reason: 'dropped', station: 'wok' };
  await at('2026-03-02T12:30:00', 'waste.log', dropped);
  await at('2026-03-02T13:10:00', 'waste.log', { ...dropped, qty: '2' });
  await at('2026-03-02T18:10:00', 'waste.log', { ...dropped, qty: '1' }, 'li');
  await at('2026-03-03T02:10:00', 'waste.log', { item: 'pork', qty: '100 g', reason: 'tasting' });
  const typo = await at('2026-03-02T12:40:00', 'waste.log', { ...dropped, qty: '50' });
  await at('2026-03-02T12:41:00', 'entry.reverse', { entry: typo });
  const back = await at('2026-03-04T12:40:00', 'waste.log', { ...dropped, reason: 'expired' });
  const undo = await at('2026-03-04T12:41:00', 'entry.reverse', { entry: back });
  await at('2026-03-04T12:42:00', 'entry.reverse', { entry: undo });
  await at('2026-03-02T16:00:00', 'consume.log', { item: 'egg', qty: '6', why: 'staff' });
  await at('2026-03-02T16:00:00', 'consume.log', { sku: 'E', qty: '1', why: 'gift' });
  const sold = { saleId: 'S', lines: [{ lineId: '1', sku: 'E', qty: 3 }] };
  await box.send(event('sale', sold, { time: '2026-03-02T19:00:00+08:00' }));
  const partly = { saleId: 'S', lines: [{ lineId: '1', qty: '1' }] };
  const voids = ['made_discarded', 'made_served_free'].map((disposition) =>
    event('void', { ...partly, disposition }, { time: '2026-03-02T19:30:00+08:00' }),
  );
  await box.send(voids);
  const outs = [
    { to: 'usable', qty: '750 g' },
    { to: 'reuse', item: 'scraps', qty: '150 g' },
    { to: 'bin' },
  ];
  await at('2026-03-02T09:00:00', 'trim.log', { item: 'pork', in: '1 kg', outs });
  const better = [{ to: 'usable', qty: '850 g' }, { to: 'bin' }];
  await at('2026-03-03T09:00:00', 'trim.log', { item: 'pork', in: '1 kg', outs: better });
  await at('2026-03-03T10:00:00', 'batch.produce', {
    recipe: 'sauce',
    qty: '2 kg',
    actual: '1.9 kg',
  });
});
afterAll(() => box.stop());

test('waste by what, why, where, when and who; undone ones are left out, restored ones are in', async () => {
  const report = await box.api<WasteReport>('GET', '/reports/waste?from=2026-03-02&to=2026-03-02');
  const eggs = { item: 'egg', reason: 'dropped', avoidable: true, station: 'wok' };
  expect(report.rows).toEqual([
    expect.objectContaining({
      ...eggs,
      part: 'lunch',
      actor: 'wang',
      amount: '6',
      cost: '9.00',
      entries: 2,
    }),
    expect.objectContaining({ item: 'pork', reason: 'tasting', avoidable: false, part: 'night' }),
    expect.objectContaining({
      item: 'egg',
      reason: 'voided',
      part: 'dinner',
      amount: '2',
      cost: '3.00',
    }),
    expect.objectContaining({ ...eggs, part: 'dinner', actor: 'li', amount: '1', cost: '1.50' }),
  ]);
  expect(report.totals).toMatchObject({
    waste: '16.50',
    avoidable: '13.50',
    avoidableShare: '0.818',
    staff: '9.00',
    comp: '6.00',
  });
  expect(report.byReason.map(({ reason, cost }) => [reason, cost])).toEqual([
    ['dropped', '10.50'],
    ['tasting', '3.00'],
    ['voided', '3.00'],
  ]);
  expect(report.uses.map(({ use, why, amount }) => [use, why, amount])).toEqual([
    ['staff', 'staff', '6'],
    ['comp', 'gift', '2'],
    ['comp', 'served_free', '2'],
  ]);
  const later = await box.api<WasteReport>('GET', '/reports/waste?from=2026-03-02&to=2026-03-04');
  expect(later.byDay).toEqual([
    { day: '2026-03-02', cost: '16.50', entries: 5 },
    { day: '2026-03-04', cost: '6.00', entries: 1 },
  ]);
});

test('the waste of the report is what stands at the place waste', async () => {
  const report = await box.api<WasteReport>('GET', '/reports/waste?from=2026-01-01&to=2026-12-31');
  for (const item of ['egg', 'pork']) {
    const rows = report.rows.filter((row) => row.item === item);
    const wasted = rows.reduce((sum, { amount }) => sum + Number(amount), 0);
    expect(wasted).toBe((await box.places(item))['waste'] ?? 0);
  }
});

test('yield of trims against the standard, of batches against the recipe, by day', async () => {
  const report = await box.api<YieldReport>('GET', '/reports/yield?from=2026-03-02&to=2026-03-03');
  expect(report.items).toEqual([
    expect.objectContaining({
      item: 'pork',
      in: '2000',
      usable: '1600',
      reuse: '150',
      bin: '250',
      yield: '0.800',
      standard: '0.800',
      // The second one took what the first had kept: its 25.50, and 62.5 g of the rest.
      cost: '57.38',
      recovered: '4.50',
      entries: 2,
      days: [
        { day: '2026-03-02', in: '1000', out: '750', yield: '0.750', standard: '0.800' },
        { day: '2026-03-03', in: '1000', out: '850', yield: '0.850', standard: '0.800' },
      ],
    }),
  ]);
  expect(report.batches).toEqual([
    expect.objectContaining({ recipe: 'sauce', expected: '2000', actual: '1900', yield: '0.950' }),
  ]);
});

test('as CSV with the mark that Excel knows, and as a workbook', async () => {
  const headers = { authorization: `Bearer ${box.token}` };
  const get = (path: string) => fetch(`${box.url}/api/v1/reports/${path}`, { headers });
  const csv = await get('waste.csv?from=2026-03-02&to=2026-03-02');
  expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  const bytes = Buffer.from(await csv.arrayBuffer());
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const [header, first] = bytes.toString('utf8').slice(1).split('\r\n');
  expect(header).toBe(
    'item,name_zh,name_en,reason,avoidable,station,part,person,amount,unit,cost,entries',
  );
  expect(first).toBe('egg,蛋,Egg,dropped,yes,wok,lunch,wang,6,ea,9.00,2');
  const book = await get('yield.xlsx?from=2026-03-02&to=2026-03-03');
  expect(book.headers.get('content-disposition')).toContain('yield-20260302-20260303.xlsx');
  const read = await readXlsxFile(Buffer.from(await book.arrayBuffer()));
  const [sheet] = read as unknown as { sheet: string; data: unknown[][] }[];
  expect(sheet?.data[1]?.slice(0, 7)).toEqual(['trim', 'pork', '肉', 'Pork', 'g', 2000, 1600]);
});

test.each(['from=2026-13-01', 'from=2026-03-05&to=2026-03-02', 'to=yesterday'])(
  '%s is no span of days',
  async (query) => {
    expect(await box.api('GET', `/reports/yield?${query}`)).toMatchObject({ code: 'bad_date' });
  },
);

test('what a guest brings back a week later is waste of the day that it was sold on', async () => {
  const sold = { saleId: 'W', lines: [{ lineId: '1', sku: 'E', qty: 1 }] };
  await box.send(event('sale', sold, { time: '2026-04-10T19:00:00+08:00' }));
  const back = { saleId: 'W', disposition: 'made_discarded' };
  await box.send(event('void', back, { time: '2026-04-17T12:00:00+08:00' }));
  const rows = async (to: string) => {
    const query = `from=2026-04-10&to=${to}`;
    return (await box.api<WasteReport>('GET', `/reports/waste?${query}`)).rows;
  };
  expect(await rows('2026-04-10')).toMatchObject([{ item: 'egg', reason: 'voided', amount: '2' }]);
  expect(await rows('2026-04-18')).toEqual(await rows('2026-04-10'));
});
