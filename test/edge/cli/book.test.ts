import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openShop, runLarder, type Shop } from './run-larder.ts';

const BOOK = fileURLToPath(new URL('../../../recipes/samples/red-braise.yaml', import.meta.url));
let shop: Shop;

beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

async function book(): Promise<{
  version: number;
  book: { items: { id: string; yield?: unknown }[] };
}> {
  return (await shop.box.call('GET', '/api/v1/book')) as Awaited<ReturnType<typeof book>>;
}

describe('import and export', () => {
  it('checks without a trace, then takes the book', async () => {
    const tried = await shop.larder('import', BOOK, '--dry-run');
    expect(tried.stdout).toContain('Nothing was changed (dry run)');
    expect((await shop.larder('export')).stderr).toContain('there is no recipe book yet');
    const taken = await shop.larder('import', BOOK, '--json');
    expect([taken.exit, taken.json()['version']]).toEqual([0, 1]);
  });

  it('puts every mistake of a book at its line', async () => {
    const text = readFileSync(BOOK, 'utf8')
      .replace('yield: 0.87', 'yield: 1.87')
      .replace('unit: ea,', 'unit: stone,');
    writeFileSync(join(shop.folder, 'bad.yaml'), text);
    const ran = await shop.larder('import', 'bad.yaml', '--json');
    expect(ran.exit).toBe(1);
    const { problems } = ran.json() as {
      problems: { row: number; path: string; remedy: string }[];
    };
    const yieldLine = text.split('\n').findIndex((line) => line.includes('1.87')) + 1;
    expect(problems).toContainEqual(
      expect.objectContaining({ path: 'items[0].yield', row: yieldLine }),
    );
    expect(problems.every(({ remedy }) => remedy !== '')).toBe(true);
    expect((await book()).version).toBe(1);
  });

  it.each(['yaml', 'json'])('gives the same book back as %s', async (format) => {
    const before = (await book()).book;
    await shop.larder('export', '--out', `book.${format}`);
    // The same document again is the version it already is.
    const again = await shop.larder('import', `book.${format}`, '--json');
    expect(again.json()['version']).toBe(1);
    expect((await book()).book).toEqual(before);
  });

  it('merges an edited Excel table and keeps the rest', async () => {
    await shop.larder('export', 'items', '--out', 'items.xlsx');
    const same = await shop.larder('import', 'items.xlsx', '--dry-run', '--json');
    expect(same.json()).toMatchObject({ added: 0, changed: 133, recipes: 76, modifiers: 21 });
    writeFileSync(join(shop.folder, 'some.csv'), 'id,净料率\npork-belly,0.9\n');
    expect((await shop.larder('import', 'some.csv', '--kind', 'items')).exit).toBe(0);
    const pork = (await book()).book.items.find(({ id }) => id === 'pork-belly');
    expect(Number(pork?.yield)).toBe(0.9);
    expect(pork).toHaveProperty('shelfLife', '3d');
  });

  it('tells every mistake of a table by row and column, and takes nothing', async () => {
    const { version } = await book();
    const csv =
      '编号,名称,单位,净料率,颜色\nleek,韭葱,克,0.9,绿\n,无名,g,,\nchive,,stone,,\ndill,,g,140%,\nleek,again,g,,\n';
    writeFileSync(join(shop.folder, 'broken.csv'), csv);
    const ran = await shop.larder('import', 'broken.csv', '--lang', 'zh');
    expect(ran.exit).toBe(1);
    expect(ran.stdout).toContain('未做任何更改');
    for (const place of [
      '第 1 行,“颜色”列',
      '第 4 行,“单位”列',
      '第 5 行,“净料率”列',
      '第 6 行,“编号”列',
    ]) {
      expect(ran.stdout).toContain(place);
    }
    expect((await book()).version).toBe(version);
  });

  it('says what only the ledger knows at its cell', async () => {
    writeFileSync(
      join(shop.folder, 'unit.csv'),
      'id,unit,units,safety,par,max\npork-belly,ea,,,,\n',
    );
    const ran = await shop.larder('import', 'unit.csv', '--kind', 'items', '--dry-run', '--json');
    expect(ran.exit).toBe(1);
    const { problems } = ran.json() as { problems: { row?: number }[] };
    expect(problems.length).toBeGreaterThan(0);
  });

  it('makes a template that it reads itself', async () => {
    expect((await shop.larder('import', '--template', 'suppliers.xlsx')).exit).toBe(0);
    const read = await shop.larder('import', 'suppliers.xlsx', '--dry-run', '--json');
    expect(read.json()).toMatchObject({ dryRun: true });
    expect((await shop.larder('import', '--template', 'thing.xlsx')).exit).toBe(2);
    expect((await shop.larder('import', 'nowhere.csv')).exit).toBe(2);
    expect((await shop.larder('export', 'book', '--format', 'csv')).exit).toBe(2);
  });
});

describe('stock by script', () => {
  it('receives, maps, shows the inbox, adds a terminal', async () => {
    const got = await shop.larder(
      'receive',
      'pork-belly',
      '2 pack',
      '--supplier',
      'jinluo',
      '--lot',
      'L1',
      '--json',
    );
    expect(got.json()).toMatchObject({
      status: 'applied',
      onHand: '4000',
      data: { lots: [{ lot: 'L1' }] },
    });
    // The end of the day is the store's, wherever the tool runs.
    const far = { TZ: 'Pacific/Honolulu' };
    const fresh = ['receive', 'pork-belly', '1 g', '--lot', 'L2', '--expires', '2036-11-25'];
    expect((await runLarder(shop.folder, fresh, far)).exit).toBe(0);
    const { lots } = (await shop.box.call('GET', '/api/v1/stock/pork-belly')) as {
      lots: { lot: string; expiresAt: string | null }[];
    };
    expect(lots.find(({ lot }) => lot === 'L2')?.expiresAt).toBe('2036-11-25T15:59:59.000Z');
    expect((await shop.larder('receive', 'pork-belly', '1 g', '--expires', '25 Nov')).exit).toBe(2);
    const odd = await shop.larder('receive', 'pork-belly', '2 barrels');
    expect([odd.exit, odd.stderr]).toEqual([1, expect.stringContaining('barrels')]);

    await shop.larder('pos', 'sell', 'NEW-1', '--id', 'new-1');
    const inbox = await shop.larder('inbox');
    expect([inbox.exit, inbox.stdout]).toEqual([
      1,
      expect.stringContaining('! Unknown dish NEW-1'),
    ]);
    expect((await shop.larder('map', 'NEW-1')).exit).toBe(2);
    expect((await shop.larder('map', 'NEW-1', 'braised-pork-rice')).exit).toBe(0);
    const sale = (await shop.box.call('GET', '/api/v1/sales/new-1')) as { status: string };
    expect(sale.status).toBe('applied');

    const added = await shop.larder('terminal', 'add', 'T5', '--json');
    expect(added.json()).toMatchObject({ terminal: 'T5', username: 'pos-T5' });
    expect((await shop.larder('pos', 'sell', 'M-8001', '--terminal', 'T5')).exit).toBe(0);
    expect((await shop.larder('terminal', 'add', 'T 5')).exit).toBe(2);
  });

  it('wastes and counts as the tablet does', async () => {
    const wasted = await shop.larder(
      'waste',
      'pork-belly',
      '620 g',
      '--reason',
      'spoiled',
      '--json',
    );
    expect(wasted.json()).toMatchObject({
      status: 'applied',
      data: { moves: [{ item: 'pork-belly', to: 'waste', amount: '620' }] },
    });
    expect((await shop.larder('waste', 'M-1001', '1', '--dish')).stdout).toContain('applied');
    const odd = await shop.larder('waste', 'pork-belly', '1 g', '--reason', 'bored');
    expect([odd.exit, odd.stderr]).toEqual([2, expect.stringContaining('overproduced')]);
    expect((await shop.larder('count', 'observe', 'C1', 'pork-belly', '1 kg')).exit).toBe(0);
    const posted = await shop.larder('count', 'post', 'C1');
    expect(posted.stdout).toMatch(/pork-belly: book [\d.]+, counted 1000/);
    const { onHand } = (await shop.box.call('GET', '/api/v1/stock/pork-belly')) as {
      onHand: string;
    };
    expect(onHand).toBe('1000');
    const rows = await shop.larder('export', 'waste', '--format', 'csv');
    expect(rows.stdout).toMatch(/,pork-belly,,,620,g,spoiled,,larder,\d+\.\d\d$/m);
  });

  it('exports moves and stock, on a stopped box, too', async () => {
    const moves = await shop.larder('export', 'moves', '--json');
    const { moves: rows } = moves.json() as {
      moves: { item: string; sale: string; amount: string }[];
    };
    expect(rows.some(({ item, sale }) => item === 'pork-belly' && sale === 'new-1')).toBe(true);
    // At six in the morning in Shanghai the business day has begun; the calendar's in Greenwich has not.
    const data = { item: 'pork-belly', qty: '1 g', reason: 'spoiled' };
    const command = { id: 'early', kind: 'waste.log', at: '2026-01-05T06:00:00+08:00', data };
    await shop.box.call('POST', '/api/v1/commands', { commands: [command] });
    await shop.box.kill('SIGTERM');
    const stock = await runLarder(shop.folder, ['export', 'stock', '--format', 'csv']);
    expect(stock.stdout).toMatch(/^pork-belly,L1,\d+(\.\d+)?,g,/m);
    const none = await shop.larder('export', 'stock', '--to', '2020-01-01');
    expect(none.stdout.trim().split('\n')).toHaveLength(1);
    expect((await shop.larder('export', 'moves', '--from', 'soon')).exit).toBe(2);
    const days = ['--from', '2026-01-05', '--to', '2026-01-06'];
    const early = await shop.larder('export', 'moves', ...days, '--format', 'csv');
    expect(early.stdout.trim().split('\r\n').slice(1)).toEqual([
      expect.stringContaining(',2026-01-04T22:00:00.000Z,'),
    ]);
    expect((await shop.larder('export', 'moves', '--format', 'xlsx')).exit).toBe(2);
  });
});
