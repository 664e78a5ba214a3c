/** Past use comes in as a table, and the tool says what to order. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openShop, type Shop } from './run-larder.ts';

const BOOK = fileURLToPath(new URL('../../../recipes/samples/red-braise.yaml', import.meta.url));
const DAY_MS = 86_400_000;
let shop: Shop;

beforeAll(async () => {
  shop = await openShop();
  expect((await shop.larder('import', BOOK)).exit).toBe(0);
});
afterAll(() => shop.close());

function write(name: string, rows: readonly string[]): string {
  writeFileSync(join(shop.folder, name), `${rows.join('\n')}\n`);
  return name;
}

/** The business day so many days ago: the clock in Shanghai, four hours back. */
function ago(days: number): string {
  return new Date(Date.now() + 4 * 3_600_000 - days * DAY_MS).toISOString().slice(0, 10);
}

it('writes a template that can be imported after the dates were changed', async () => {
  expect((await shop.larder('import', '--kind', 'usage', '--template', 'past.csv')).exit).toBe(0);
  const [head = ''] = readFileSync(join(shop.folder, 'past.csv'), 'utf8').trim().split('\r\n');
  expect(head.replace('\uFEFF', '')).toBe('date,item,qty');
});

it('names every mistake with its row, and takes nothing then', async () => {
  const file = write('bad.csv', [
    'date,item,qty',
    `${ago(3)},pork-belly,4.2 kg`,
    `2026-02-31,pork-belly,4.2 kg`,
    `${ago(3)},pork-bely,1 kg`,
    `${ago(3)},五花肉,1 kg`,
    `${ago(2)},pork-belly,a lot`,
    `2999-01-01,pork-belly,1 kg`,
  ]);
  const ran = await shop.larder('import', file, '--json');
  expect(ran.exit).toBe(1);
  const { problems } = ran.json() as { problems: { row: number; code: string; remedy: string }[] };
  expect(problems.map(({ row, code }) => [row, code])).toEqual([
    [3, 'bad_date'],
    [4, 'unknown_item'],
    [5, 'twice'],
    [6, 'bad_quantity'],
    [7, 'future_day'],
  ]);
  expect(problems[1]?.remedy).toBe('did you mean "pork-belly"?');
  const told = await shop.larder('import', file);
  expect(told.stdout).toContain('row 3, column date: "2026-02-31" is no day; write 2026-11-22');
  const { items } = (await shop.box.call('GET', '/api/v1/reports/forecast')) as {
    items: unknown[];
  };
  expect(items).toEqual([]);
});

it('takes a right table, once, and the suggestion is no par any more', async () => {
  const rows = Array.from({ length: 30 }, (_, i) => `${ago(i + 1)},五花肉,${8 + (i % 3)} kg`);
  const file = write('past.csv', ['日期,物料,用量', ...rows]);
  const tried = await shop.larder('import', file, '--dry-run');
  expect(tried.stdout).toContain('30 amounts: 1 items on 30 days. Nothing was changed');
  expect((await shop.larder('import', file)).stdout).toContain('imported 30 amounts');
  expect((await shop.larder('import', file)).exit).toBe(0);
  type Told = { suppliers: { lines: { item: string; need: string }[] }[] };
  const lines: Told['suppliers'][number]['lines'] = [];
  for (let i = 1; i < 4; i++) {
    const told = await shop.box.call('GET', `/api/v1/suggestions?for=${ago(-i)}`);
    lines.push(...(told as Told).suppliers.flatMap((supplier) => supplier.lines));
  }
  const pork = lines.find(({ item }) => item === 'pork-belly');
  expect(pork).toMatchObject({ basis: 'forecast', lowConfidence: false });
  expect(Number(pork?.need)).toBeGreaterThan(5_000);
});

it('shows a table in the language of the terminal, and refuses a day that is none', async () => {
  const zh = await shop.larder('--lang', 'zh', 'suggest');
  expect(zh.exit).toBe(0);
  expect(zh.stdout).toMatch(/^到货日 \d{4}-\d{2}-\d{2}/);
  expect(zh.stdout).toContain('预测误差');
  const en = await shop.larder('--lang', 'en', 'suggest');
  expect(en.stdout).toMatch(/to order, \d+ enough; subtotal/);
  expect((await shop.larder('suggest', '--for', 'tomorrow')).exit).toBe(2);
  expect((await shop.larder('suggest', '--for', '2020-01-01')).stderr).toContain('delivery day');
});
