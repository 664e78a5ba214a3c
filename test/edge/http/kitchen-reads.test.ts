/** What the tablet reads, on a real box: last actions, tiles, prep, labels, stock to find and price. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startBox, type TestBox } from '../../support/start-box.ts';
import { SMALL_BOOK } from '../small-kitchen.ts';

const [pork, ...items] = SMALL_BOOK.items;
const BOOK = {
  ...SMALL_BOOK,
  items: [
    {
      ...pork,
      name: { zh: '五花肉', en: 'Pork belly' },
      station: 'fridge-1',
      barcodes: ['6901234567892'],
      maxTemperature: 4,
      allergens: ['none'],
      opened: '24h',
    },
    ...items,
    { id: 'scraps', name: { zh: '碎肉', en: 'Scraps' }, unit: 'g' },
  ],
  recipes: [
    ...SMALL_BOOK.recipes,
    {
      id: 'stew',
      name: { zh: '卤汁', en: 'Stew' },
      makes: '4 kg',
      kept: 'stocked',
      shelfLife: '5d',
      stock: { par: '6 kg' },
      lines: [
        { item: 'leek', qty: '1 kg' },
        { item: 'rice', qty: '2 kg' },
      ],
    },
  ],
  suppliers: [{ id: 'shop', items: [{ item: 'leek', pack: '1 kg', price: '8.00' }] }],
};

type Entry = {
  seq: number;
  kind: string;
  actor: string | null;
  reversible: string;
  reversedBy: number | null;
  stands: boolean;
  summary: { item?: string; qty?: string; cost?: string; text: { zh: string; en: string } };
};

let box: TestBox;
beforeAll(async () => {
  box = await startBox({ book: BOOK });
  await box.command('delivery.receive', {
    lines: [
      { item: 'pork', qty: '2 pack', lot: 'P-1', price: '64', temperature: '3' },
      { item: 'rice', qty: '10 kg', lot: 'R-1', price: '6' },
    ],
  });
});
afterAll(() => box.stop());

const entries = async (query = '') =>
  (await box.api<{ entries: Entry[] }>('GET', `/entries?kinds=kitchen${query}`)).entries;

describe('stock', () => {
  test('is found by pinyin, and tells units, temperature, barcodes and cost', async () => {
    await box.command('barcode.learn', { barcode: '4006381333931', item: 'pork', unit: 'pack' });
    const { items: all } = await box.api<{ items: { item: string }[] }>('GET', '/stock');
    expect(all.find(({ item }) => item === 'pork')).toMatchObject({
      search: 'wuhuarou whr',
      station: 'fridge-1',
      made: false,
      allergens: ['none'],
      barcodes: ['6901234567892', '4006381333931'],
      barcodeUnits: { '4006381333931': 'pack' },
      units: ['pack', 'kg', 'g'],
      maxTemperature: '4',
      unitCost: '0.032',
      value: '128.00',
      lots: [{ lot: 'P-1', opened: false, id: expect.any(Number), receivedAt: expect.any(String) }],
    });
    // Never received: the supplier's price; made here: its recipe; nobody knows: nothing.
    expect(all.find(({ item }) => item === 'leek')).toMatchObject({ unitCost: '0.008' });
    expect(all.find(({ item }) => item === 'stew')).toMatchObject({
      unitCost: '0.005',
      made: true,
    });
    expect(all.find(({ item }) => item === 'box')).toMatchObject({ unitCost: null });
  });

  test('dishes are found, too', async () => {
    const { dishes } = await box.api<{ dishes: object[] }>('GET', '/menu');
    expect(dishes).toContainEqual(
      expect.objectContaining({ sku: 'B', search: expect.stringMatching(/^gaifan gf/) }),
    );
  });
});

describe('entries', () => {
  test('newest first, in words, and what can be undone', async () => {
    const wasted = await box.command('waste.log', {
      item: 'pork',
      qty: '620 g',
      reason: 'dropped',
    });
    const [first] = await entries();
    expect(first).toMatchObject({
      seq: wasted.seq,
      kind: 'waste',
      reversible: 'yes',
      stands: true,
      summary: { item: 'pork', qty: '620', cost: '19.84' },
    });
    expect(first?.summary.text).toEqual({
      zh: '报损 五花肉 620\u00a0g · 掉/打翻',
      en: 'Wasted Pork belly 620\u00a0g · Dropped',
    });
    const undo = await box.command('entry.reverse', { entry: wasted.seq });
    const [reversal, before] = await entries();
    expect(reversal).toMatchObject({ seq: undo.seq, kind: 'reversal', reversible: 'yes' });
    expect(reversal?.summary.text.zh).toBe('撤销:报损 五花肉 620\u00a0g · 掉/打翻');
    expect(before).toMatchObject({ reversible: 'no', reversedBy: undo.seq, stands: false });
    const again = await box.command('entry.reverse', { entry: undo.seq });
    const [restored] = await entries();
    expect(restored).toMatchObject({ seq: again.seq });
    expect(restored?.summary.text.en).toBe('Restored: Wasted Pork belly 620\u00a0g · Dropped');
    expect((await entries()).find(({ seq }) => seq === wasted.seq)).toMatchObject({ stands: true });
  });

  test('every kind has words that name what it was about', async () => {
    await box.command('trim.log', {
      item: 'pork',
      in: '1 kg',
      outs: [
        { to: 'usable', qty: '700 g' },
        { to: 'reuse', item: 'scraps', qty: '100 g' },
        { to: 'bin' },
      ],
    });
    await box.command('offcut.use', { item: 'scraps', qty: '50 g', into: 'sauce' });
    await box.command('batch.produce', { recipe: 'stew', qty: '4 kg', actual: '3.9 kg' });
    await box.command('lot.open', { lot: 'P-1', item: 'pork', how: 'opened', qty: '500 g' });
    await box.command('consume.log', { sku: 'B', qty: '2', why: 'staff' });
    await box.command('count.observe', { count: 'C-1', item: 'rice', qty: '7 kg' });
    await box.command('delivery.return', { lines: [{ item: 'rice', qty: '1 kg' }] });
    const said = (await entries('&limit=7')).map(({ kind, summary }) => [kind, summary.text.zh]);
    expect(said).toEqual([
      ['return', '退货 米 1\u00a0kg'],
      ['observe', '盘点 米 7\u00a0kg C-1'],
      ['consume', '内部消耗 盖饭 2\u00a0个 · 员工餐'],
      ['open', '开封 五花肉 500\u00a0g'],
      ['batch', '备料 卤汁 3.9\u00a0kg'],
      ['offcut', '边角料 碎肉 50\u00a0g 用到 sauce'],
      ['trim', '修割 五花肉 1\u00a0kg 得主料 700\u00a0g'],
    ]);
  });

  test('pages meet without a gap, and sales are no kitchen work', async () => {
    await box.send({ id: 'sold', items: [{ sku: 'B', qty: 1 }] });
    const all = await entries('&limit=500');
    const paged: Entry[] = [];
    for (let before = ''; ; ) {
      const page = await entries(`&limit=2${before}`);
      paged.push(...page);
      if (page.length < 2) break;
      before = `&before=${page.at(-1)?.seq}`;
    }
    expect(paged).toEqual(all);
    expect(all.some(({ kind }) => kind === 'sale')).toBe(false);
    const sales = await box.api<{ entries: Entry[] }>('GET', '/entries?kinds=sale');
    expect(sales.entries).toMatchObject([{ kind: 'sale', reversible: 'no' }]);
    expect(await box.api('GET', '/entries?kinds=cooking')).toMatchObject({ code: 'bad_query' });
    expect(await box.api('GET', '/entries?before=x')).toMatchObject({ code: 'bad_query' });
    expect(await entries('&actor=nobody')).toEqual([]);
  });
});

describe('tiles, prep and labels', () => {
  test('what was logged comes first, with its amounts and targets', async () => {
    const waste = await box.api('GET', '/tiles?screen=waste');
    expect(waste).toMatchObject({
      items: ['pork', 'rice', 'scraps', 'stew'],
      amounts: { pork: ['620'] },
    });
    expect((waste as { dishes: string[] }).dishes[0]).toBe('B');
    expect(await box.api('GET', '/tiles?screen=trim')).toMatchObject({
      items: ['pork'],
      amounts: { pork: ['1000'] },
      lastTargets: { pork: 'scraps' },
    });
    expect(await box.api('GET', '/tiles?screen=oven')).toMatchObject({ code: 'bad_query' });
  });

  test('prep: par less what is usable, in whole runs, with what was done today', async () => {
    const { batches } = await box.api<{ batches: object[] }>('GET', '/prep');
    expect(batches).toMatchObject([
      {
        recipe: 'stew',
        onHand: '3900',
        suggested: '4000',
        makes: '4000',
        run: 1,
        suggestedText: { zh: '1 锅 · 4\u00a0kg' },
        done: { qty: '3900' },
        short: [{ item: 'leek', missing: '1000' }],
        inputs: [
          { item: 'rice', qty: '2000' },
          { item: 'leek', qty: '1000' },
        ],
        shelfLifeMs: 432_000_000,
      },
    ]);
  });

  test('a label is read again from its lot', async () => {
    expect(await box.api('GET', '/labels/pork/P-1')).toMatchObject({
      code: 'LR1|pork|P-1',
      name: { zh: '五花肉' },
      allergens: ['none'],
      unit: 'g',
      openedAt: null,
    });
    expect(await box.api('GET', '/labels/rice/P-1')).toMatchObject({ code: 'unknown_lot' });
  });
});
