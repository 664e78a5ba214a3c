import { describe, expect, it } from 'vitest';
import { templateRows } from '../../../edge/recipe-book/export-book.ts';
import { csvText, excelBytes } from '../../../edge/recipe-book/export-cells.ts';
import { TABLE_KINDS, type TableKind } from '../../../edge/recipe-book/import-columns.ts';
import { type ImportedFile, importFile } from '../../../edge/recipe-book/import-file.ts';

const BASE = {
  larder: 1,
  items: [
    { id: 'rice', name: { zh: '大米', en: 'Rice' }, unit: 'g', shelfLife: '90d' },
    { id: 'egg', unit: 'ea' },
  ],
  recipes: [{ id: 'egg-rice', sku: 'E1', lines: [{ item: 'rice', qty: '100 g' }] }],
};

function importText(
  text: string | Uint8Array,
  kind?: TableKind,
  base: unknown = BASE,
): Promise<ImportedFile> {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  return importFile({ bytes, extension: 'csv', kind, base });
}

/** "row column code" of every problem. */
function places(imported: ImportedFile): string[] {
  if (imported.ok) return [];
  return imported.problems.map(({ sheet, row, column, code }) =>
    [sheet, row, column, code].filter((part) => part !== undefined).join(' '),
  );
}

describe('broken tables', () => {
  it('tells every mistake at once, in the order of the file', async () => {
    const csv = [
      'id,unit,yeild,safety,unit',
      'leek,stone,,1 kg,',
      ',g,,,',
      'chive,g,,3 barrels,',
      'leek,g,,,',
      'dill,g,,,,,stray',
    ].join('\n');
    const imported = await importText(csv, 'items');
    expect(places(imported)).toEqual([
      '1 yeild unknown_column',
      '1 unit same_column',
      '2 unit bad_base_unit',
      '3 id missing_id',
      '4 safety unknown_unit',
      '5 id duplicate_id',
      '6 7 extra_cell',
    ]);
    const problems = imported.ok ? [] : imported.problems;
    expect(problems[0]).toMatchObject({ remedy: 'did you mean "yield"?' });
    for (const problem of problems) {
      expect(problem.remedy, problem.code).toBeTruthy();
      expect(problem.remedyZh, problem.code).toBeTruthy();
      expect(problem.messageZh, problem.code).toMatch(/\p{Script=Han}/u);
    }
  });

  it('finds wrong lines of recipes and suppliers at their own rows', async () => {
    const recipes =
      '编号,收银编码,物料,半成品,用量\nsoup,S1,rice,,50 g\n,,leek,,10 g\n,,,egg-rice,lots\nstew,S1,egg,,1\n';
    expect(places(await importText(recipes))).toEqual([
      '3 物料 unknown_reference',
      '4 用量 bad_quantity',
      expect.stringMatching(/^5 收银编码 /),
    ]);
    const suppliers =
      'id,deliveries,cut_off,item,pack,price\nfarm,周一、周八,25:00,rice,5 kg,cheap\n,,,milk,1 l,3.00\n';
    expect(places(await importText(suppliers)).sort()).toEqual([
      expect.stringMatching(/^2 cut_off /),
      expect.stringMatching(/^2 deliveries /),
      expect.stringMatching(/^2 price /),
      expect.stringMatching(/^3 item /),
    ]);
  });

  it.each<[string, string | Uint8Array, string]>([
    ['an empty file', '', 'empty_table'],
    ['no header', 'a,b\n1,2\n', 'unknown_table'],
    ['an open quotation mark', 'id,unit\n"leek,g\n', 'bad_csv'],
    ['an old Excel file', Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1), 'old_excel'],
    ['a broken Excel file', Buffer.from('PK\u0003\u0004 but not really'), 'bad_excel'],
    ['bytes of no known text', Uint8Array.of(0x69, 0x64, 0x2c, 0xff, 0xff, 0x80), 'bad_encoding'],
  ])('says what is wrong with %s', async (_what, bytes, code) => {
    expect(places(await importText(bytes)).join()).toContain(code);
  });

  it('names the sheet of a workbook', async () => {
    const bytes = await excelBytes([
      {
        name: 'items',
        rows: [
          ['id', 'unit'],
          ['leek', 'stone'],
        ],
      },
      {
        name: '配方',
        rows: [
          ['id', 'item', 'qty'],
          ['soup', 'rice', '1 barrel'],
        ],
      },
    ]);
    expect(places(await importText(bytes))).toEqual([
      'items 2 unit bad_base_unit',
      '配方 2 qty unknown_unit',
    ]);
  });
});

describe('what people really have', () => {
  const item = async (bytes: string | Uint8Array) => {
    const imported = await importText(bytes, 'items');
    if (!imported.ok) throw new Error(JSON.stringify(imported.problems));
    return imported.book.items?.find(({ id }) => id === 'leek');
  };

  it('reads UTF-8 with and without mark, UTF-16, GB18030, tabs and semicolons', async () => {
    const text = '编号,名称,单位\nleek,韭葱,克\n';
    const wanted = { id: 'leek', name: { zh: '韭葱' }, unit: 'g' };
    // 编号,名称,单位 / leek,韭葱,克 as Excel in China saves it.
    const gb = Buffer.from('b1e0bac52cc3fbb3c62cb5a5cebb0a6c65656b2cbec2b4d02cbfcb0a', 'hex');
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
    for (const bytes of [
      text,
      `\uFEFF${text}`,
      gb,
      utf16,
      text.replaceAll(',', '\t'),
      text.replaceAll(',', ';'),
    ]) {
      expect(await item(bytes)).toEqual(wanted);
    }
  });

  it('changes what the file says and keeps what it does not', async () => {
    const imported = await importText('id,unit,name_zh\nrice,g,\n', 'items');
    const rice = imported.ok ? imported.book.items?.[0] : undefined;
    expect(rice).toEqual({ id: 'rice', name: { en: 'Rice' }, unit: 'g', shelfLife: '90d' });
    expect(imported).toMatchObject({ added: 0, changed: 1 });
    expect(imported.ok && imported.book.recipes).toEqual(BASE.recipes);
  });

  it('replaces the lines of a recipe by its rows', async () => {
    const imported = await importText('id,item,qty\negg-rice,rice,150 g\n,egg,2 ea\n');
    expect(imported.ok && imported.book.recipes).toEqual([
      {
        id: 'egg-rice',
        sku: 'E1',
        lines: [
          { item: 'rice', qty: '150 g' },
          { item: 'egg', qty: '2 ea' },
        ],
      },
    ]);
  });

  it('reads the units of a spreadsheet: percent, 6:00, 周一', async () => {
    const csv = '编号,送货日,送达时间,物料,包装,单价\nfarm,周一、周三,6:00,rice,25 kg,120\n';
    const imported = await importText(csv);
    expect(imported.ok && imported.book.suppliers).toEqual([
      {
        id: 'farm',
        deliveries: ['mon', 'wed'],
        deliverAt: '06:00',
        items: [{ item: 'rice', pack: '25 kg', price: '120' }],
      },
    ]);
    expect(await item('id,unit,yield\nleek,g,87%\n')).toMatchObject({ yield: '87%' });
  });

  it.each(TABLE_KINDS)('reads its own template of %s in both languages', async (kind) => {
    const base = { larder: 1, items: [{ id: 'pork-belly', unit: 'g' }] };
    for (const lang of ['zh', 'en'] as const) {
      const rows = templateRows(kind, lang);
      expect(places(await importText(csvText(rows, true), undefined, base)), lang).toEqual([]);
      expect(
        places(await importText(await excelBytes([{ name: 'x', rows }]), undefined, base)),
      ).toEqual([]);
    }
  });
});
