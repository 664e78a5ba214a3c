// What the manager's pages ask the box: a mapping rehearsed, a book that comes as a file.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { csvText, excelBytes } from '../../../edge/recipe-book/export-cells.ts';
import { startBox, type TestBox } from '../../support/start-box.ts';

let box: TestBox;
beforeAll(async () => {
  box = await startBox({ demoBook: true });
});
afterAll(async () => box?.stop());

type Take = { item: string; qty: string; onHand: string; after: string };
type Mapped = { lines: number; still: number; more: boolean; takes: Take[] };

async function rehearse(kind: string, data: unknown): Promise<Mapped> {
  const { results } = await box.api<{ results: { data: Mapped }[] }>('POST', '/commands?dryRun=1', {
    commands: [{ id: `try-${process.hrtime.bigint()}`, kind, data }],
  });
  return results[0]?.data as Mapped;
}

test.each([
  ['?dryRun=1', {}],
  ['', { dryRun: true }],
])('a rehearsal asked for by "%s" and %j keeps nothing', async (query, body) => {
  const id = query === '' ? 'rehearsed-body' : 'rehearsed-query';
  const command = { id, kind: 'setting.set', data: { key: 'storeName', value: 'Elsewhere' } };
  const first = await box.api('POST', `/commands${query}`, { commands: [command], ...body });
  expect(first).toMatchObject({ results: [{ id, status: 'applied' }] });
  const other = { ...command, data: { key: 'storeName', value: 'Here' } };
  const then = await box.api('POST', '/commands', { commands: [other] });
  expect(then).toMatchObject({ results: [{ id, status: 'applied' }] });
});

async function sendFile(name: string, bytes: Uint8Array | string, query = '') {
  const response = await fetch(`${box.url}/api/v1/book/files/${name}${query}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${box.token}` },
    body: typeof bytes === 'string' ? bytes : new Uint8Array(bytes),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

async function getFile(name: string): Promise<Response> {
  return fetch(`${box.url}/api/v1/book/files/${name}`, {
    headers: { authorization: `Bearer ${box.token}`, 'accept-language': 'en' },
  });
}

test('the rehearsal of a mapping says what the waiting lines would take, and then they take it', async () => {
  await box.send([
    { id: 'm-1', items: [{ sku: 'NEW-1', qty: 2 }] },
    { id: 'm-2', items: [{ sku: 'NEW-1', qty: 1, modifiers: [{ sku: 'NOBODY-KNOWS' }] }] },
    { id: 'm-3', items: [{ sku: 'OTHER', qty: 9 }] },
  ]);
  const before = await box.stock();
  const said = await rehearse('sku.map', { sku: 'NEW-1', recipe: 'braised-pork-rice' });
  expect(said).toMatchObject({ lines: 2, still: 1, more: false });
  // 348 g net at a yield of 0.87 are 400 g, twice.
  expect(said.takes.find(({ item }) => item === 'pork-belly')).toMatchObject({
    qty: '800',
    onHand: '0',
    after: '-800',
  });
  expect(await box.stock()).toEqual(before);

  const ignored = await rehearse('sku.map', { sku: 'NEW-1', ignore: true });
  expect(ignored).toMatchObject({ lines: 2, still: 0, takes: [] });

  await box.command('sku.map', { sku: 'NEW-1', recipe: 'braised-pork-rice' });
  const after = await box.stock();
  for (const { item, after: left } of said.takes) expect(after[item], item).toBe(left);
});

test('what was voided while it waited is not announced', async () => {
  await box.send([{ id: 'v-1', items: [{ sku: 'NEW-2', qty: 3 }] }]);
  const time = new Date().toISOString();
  const data = { saleId: 'v-1', disposition: 'not_made' };
  await box.send([{ specversion: '1.0', id: 'v-1-void', type: 'larder.pos.void.v1', time, data }]);
  const said = await rehearse('sku.map', { sku: 'NEW-2', recipe: 'braised-pork-rice' });
  expect(said.takes).toEqual([]);
});

test('a table is looked at first: what is new, what changes; then taken', async () => {
  const rows = [
    ['编号', '名称', '单位', '净料率'],
    ['pork-belly', '五花肉', 'g', '0.87'],
    ['tofu-skin', '豆腐皮', 'g', '0.5'],
  ];
  const xlsx = await excelBytes([{ name: '物料', rows }]);
  const seen = await sendFile('items.xlsx', xlsx, '?dryRun=1');
  expect(seen.body).toMatchObject({
    dryRun: true,
    whole: false,
    changes: {
      items: { added: 1, changed: 1, removed: 0, examples: { added: ['tofu-skin'] } },
      recipes: { added: 0, changed: 0, removed: 0 },
    },
  });
  const { version } = await box.api<{ version: number }>('GET', '/book');
  const taken = await sendFile('items.csv', csvText(rows, true));
  expect(taken.body).toMatchObject({ version: version + 1, whole: false });
  expect(Object.keys(await box.stock())).toContain('tofu-skin');
});

test('every mistake of a table is named with row, column and remedy, and nothing is taken', async () => {
  const rows = [
    ['id', 'name_zh', 'unit', 'yield'],
    ['a', '甲', 'stone', '0.9'],
    ['b', '乙', 'g', '1.9'],
    ['', '丙', 'g', '1'],
  ];
  const before = await box.api('GET', '/book');
  const { status, body } = await sendFile('items.csv', csvText(rows, false));
  expect([status, body['code']]).toEqual([422, 'bad_book']);
  const problems = body['problems'] as { row: number; column: string; remedyZh?: string }[];
  expect(problems.map(({ row, column }) => `${row} ${column}`)).toEqual([
    '2 unit',
    '3 yield',
    '4 id',
  ]);
  expect(await box.api('GET', '/book')).toEqual(before);
});

test('a whole book in YAML; a file of another kind is refused', async () => {
  const yaml = await (await getFile('book.yaml')).text();
  const seen = await sendFile('book.yaml', yaml, '?dryRun=1');
  const nothing = { added: 0, changed: 0, removed: 0 };
  expect(seen.body).toMatchObject({ whole: true, changes: { items: nothing, recipes: nothing } });
  expect((await sendFile('menu.pdf', 'x')).body).toMatchObject({ code: 'bad_file' });
  expect((await getFile('menu.pdf')).status).toBe(404);
});

test('what goes out as tables comes in again as the same book', async () => {
  const bytes = new Uint8Array(await (await getFile('tables.xlsx')).arrayBuffer());
  const { body } = await sendFile('tables.xlsx', bytes, '?dryRun=1');
  expect(body).toMatchObject({ changes: { items: { added: 0 }, recipes: { added: 0 } } });
});

test('modifiers have the names of the book', async () => {
  const { modifiers } = await box.api<{ modifiers: unknown[] }>('GET', '/book/modifiers');
  expect(modifiers).toContainEqual({ sku: 'M7', name: { zh: '加蛋', en: 'Add marinated egg' } });
});

test('what the configuration decides is said, and the page cannot change it', async () => {
  type Status = {
    settings: { madeAfter: number; inferPrep: boolean; locked: object };
    today: { sales: number; waste: { entries: number; cost: string } };
  };
  const open = await box.api<Status>('GET', '/status');
  expect(open.settings).toMatchObject({ madeAfter: 180, inferPrep: true, locked: {} });
  expect(open.today).toMatchObject({ sales: 4, waste: { entries: 0, cost: '0.00' } });
  expect((await box.command('setting.set', { key: 'madeAfter', value: '60' })).status).toBe(
    'applied',
  );
  expect((await box.api<Status>('GET', '/status')).settings.madeAfter).toBe(60);

  const decided = { madeAfterS: 'larder.yaml voidRule.madeAfter' };
  const fixed = await startBox({ config: { madeAfterS: 240, decided } });
  try {
    const { settings } = await fixed.api<Status>('GET', '/status');
    expect(settings).toMatchObject({
      madeAfter: 240,
      locked: { madeAfter: 'larder.yaml voidRule.madeAfter' },
    });
    const refused = await fixed.command('setting.set', { key: 'madeAfter', value: '60' });
    expect(refused).toMatchObject({ status: 'rejected', code: 'locked_setting' });
  } finally {
    await fixed.stop();
  }
});
