import { readFileSync } from 'node:fs';
import { parse as parseCsv } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkBook } from '#recipes/book/check.ts';
import type { Book } from '#recipes/contracts/book.ts';
import { bookJson, bookYaml, tableRows } from '../../../edge/recipe-book/export-book.ts';
import { csvText, excelBytes } from '../../../edge/recipe-book/export-cells.ts';
import { decimal } from '../../../edge/recipe-book/import-cells.ts';
import { TABLE_KINDS, TABLES, type TableKind } from '../../../edge/recipe-book/import-columns.ts';
import { importFile } from '../../../edge/recipe-book/import-file.ts';
import { readSheets } from '../../../edge/recipe-book/import-sheet.ts';

/** Words as they occur in books, and as they would hurt a spreadsheet. */
const word = fc
  .oneof(
    fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' }),
    fc.constantFrom(
      '=1+1',
      'constructor',
      '_x0041_',
      '+86 10',
      '-5',
      '@home',
      "'quoted",
      "'=x",
      'a;b',
      'a,b',
      'a"b',
      'on',
      '1e3',
      '[x',
      '007',
      '2026-01-01',
      '五花肉',
      'line\nbreak',
    ),
  )
  // U+FFFD is what a damaged text left behind: the Excel reader drops it when it stands alone.
  .map((text) => text.trim().replaceAll('\r', ''))
  .filter(
    (text) => text !== '' && text.isWellFormed() && !/[^\P{Cc}\n]|[\ufffd-\uffff]/u.test(text),
  );
const name = fc.oneof(
  word,
  fc.record({ zh: word, en: word }),
  fc.record({ zh: word }),
  fc.record({ en: word }),
);
const opt = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const shelf = {
  name: opt(name),
  units: opt(
    fc.constantFrom<Record<string, string | number>>(
      { pack: '2 kg' },
      { 'big=box': '3 kg', 'a;b': 5 },
      { 箱: 12 },
    ),
  ),
  category: opt(word),
  role: opt(fc.constantFrom('main', 'auxiliary')),
  yield: opt(fc.constantFrom<number | string>(0.87, '87%', '0.5', 1)),
  shelfLife: opt(fc.constantFrom('3d', '36h')),
  thawed: opt(fc.constant('24h')),
  frozen: opt(fc.constant('90d')),
  station: opt(word),
  stock: opt(fc.constantFrom({ safety: '1 kg' }, { par: 5, max: '20 kg' })),
  allergens: opt(fc.array(word, { maxLength: 3 })),
  notes: opt(word),
};
const items = fc
  .array(
    fc.record({
      ...shelf,
      barcodes: opt(fc.array(word, { maxLength: 2 })),
      maxTemperature: opt(fc.constantFrom<number | string>(4, -18, '-1.5')),
    }),
    { minLength: 2, maxLength: 4 },
  )
  .map((list) => list.map((one, i) => ({ id: `i${i}`, unit: 'g', ...one })));
const line = fc.record({
  item: fc.constantFrom('i0', 'i1'),
  qty: fc.constantFrom<string | number>('348 g', 12, '0.4 kg', 0.25),
  yield: opt(fc.constantFrom<number | string>(0.9, '90%')),
  channel: opt(fc.oneof(word, fc.array(word, { minLength: 1, maxLength: 2 }))),
  notes: opt(word),
});
const recipes = fc
  .array(
    fc.record({
      ...shelf,
      price: opt(fc.constantFrom<number | string>('32.00', 18, 9.5)),
      lines: fc.array(line, { maxLength: 3 }),
    }),
    { maxLength: 3 },
  )
  .map((list) => list.map((one, i) => ({ id: `r${i}`, sku: `S${i}`, makes: '2 ea', ...one })));
const suppliers = fc
  .array(
    fc.record({
      name: opt(name),
      deliveries: opt(fc.subarray(['mon', 'wed', 'sun'])),
      cutOff: opt(fc.constant('22:30')),
      minimumOrder: opt(fc.constantFrom<number | string>('300.00', 50)),
      items: opt(
        fc.array(
          fc.record({
            item: fc.constantFrom('i0', 'i1'),
            pack: fc.constantFrom('2 kg', '500 g'),
            price: opt(fc.constant('64.00')),
            rounding: opt(fc.constantFrom('up', 'nearest')),
            code: opt(word),
          }),
          { maxLength: 3 },
        ),
      ),
    }),
    { maxLength: 2 },
  )
  .map((list) => list.map((one, i) => ({ id: `s${i}`, ...one })));

const book = fc
  .record({ items, recipes, suppliers })
  .map((parts) => checkBook(JSON.parse(JSON.stringify({ larder: 1, ...parts }))))
  .filter((checked) => checked.ok)
  .map((checked) => (checked as { book: Book }).book);

async function reread(bytes: Uint8Array, extension: string, base?: unknown): Promise<Book> {
  const imported = await importFile({ bytes, extension, kind: undefined, base });
  if (!imported.ok) throw new Error(JSON.stringify(imported.problems, null, 1));
  return imported.book;
}

/** A cell cannot tell 12 from "12", [x] from x, or nothing from an empty list. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) {
    const list = value.map(canonical);
    return list.length === 0
      ? undefined
      : list.length === 1 && typeof list[0] === 'string'
        ? list[0]
        : list;
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, inner]) => [key, canonical(inner)] as const);
    const kept = entries
      .filter(([, inner]) => inner !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    return kept.length === 0 ? undefined : Object.fromEntries(kept);
  }
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && /^\d+\.\d*$/.test(value) ? String(Number(value)) : value;
}

describe('import(export(book)) is the same book', () => {
  it('as YAML and JSON, exactly', async () => {
    await fc.assert(
      fc.asyncProperty(book, async (one) => {
        expect(await reread(Buffer.from(bookYaml(one)), 'yaml')).toEqual(one);
        expect(await reread(Buffer.from(bookJson(one)), 'json')).toEqual(one);
      }),
      { numRuns: 100 },
    );
  });

  it('as CSV tables, one after the other', async () => {
    await fc.assert(
      fc.asyncProperty(book, fc.boolean(), async (one, mark) => {
        let back: unknown = { larder: 1 };
        for (const kind of TABLE_KINDS) {
          if ((one[kind] ?? []).length === 0) continue;
          back = await rereadTable(csvText(tableRows(one, kind), mark), kind, back);
        }
        expect(canonical(back)).toEqual(canonical(one));
      }),
      { numRuns: 150 },
    );
  });

  it('as one Excel workbook', async () => {
    await fc.assert(
      fc.asyncProperty(book, async (one) => {
        const sheets = TABLE_KINDS.filter((kind) => (one[kind] ?? []).length > 0).map((kind) => ({
          name: kind,
          rows: tableRows(one, kind),
          numbers: new Set(
            TABLES[kind].columns.flatMap(({ codec }, i) => (codec === decimal ? [i] : [])),
          ),
        }));
        expect(canonical(await reread(await excelBytes(sheets), 'xlsx'))).toEqual(canonical(one));
      }),
      { numRuns: 25 },
    );
  });

  it('for the sample restaurant', async () => {
    const text = readFileSync(new URL('../../../recipes/samples/red-braise.yaml', import.meta.url));
    const one = await reread(text, 'yaml');
    let back: unknown = one;
    for (const kind of TABLE_KINDS)
      back = await rereadTable(csvText(tableRows(one, kind), true), kind, back);
    expect(canonical(back)).toEqual(canonical(one));
  });

  async function rereadTable(text: string, kind: TableKind, base: unknown): Promise<Book> {
    const imported = await importFile({ bytes: Buffer.from(text), extension: 'csv', kind, base });
    if (!imported.ok) throw new Error(JSON.stringify(imported.problems, null, 1));
    return imported.book;
  }
});

describe('cells', () => {
  it('no exported cell is a formula to a spreadsheet, and numbers stay numbers', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(word, { minLength: 1, maxLength: 5 }), async (words) => {
        const rows = [
          ['id', ...words],
          ['-5', ...words.map(() => '-0.25')],
        ];
        const written = parseCsv(csvText(rows, false)) as string[][];
        for (const cell of written.flat())
          expect(/^[=+@\t]|^-(?!\d+(\.\d+)?$)/.test(cell), cell).toBe(false);
        expect(written[1]).toEqual(rows[1]);
        const read = await readSheets(Buffer.from(csvText(rows, false)));
        expect(read.ok && read.sheets[0]?.rows).toEqual(rows);
      }),
    );
  });
});
