/** `larder export`: the book or its tables, the moves of the ledger, the stock, waste, orders. */
import { writeFileSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { stringify } from 'yaml';
import type { Book } from '#recipes/contracts/book.ts';
import { openReader } from '../db/open.ts';
import { bookJson, bookYaml, tableRows } from '../recipe-book/export-book.ts';
import { csvText, excelBytes, type Sheet } from '../recipe-book/export-cells.ts';
import { decimal } from '../recipe-book/import-cells.ts';
import { TABLE_KINDS, TABLES, type TableKind } from '../recipe-book/import-columns.ts';
import { bookInForce } from './book-source.ts';
import { EXIT, Stop, wrongUse } from './fail.ts';
import { MOVE_COLUMNS, moveRows, STOCK_COLUMNS, stockRows } from './ledger-rows.ts';
import { ORDER_COLUMNS, orderRows } from './order-rows.ts';
import { databaseFolder } from './place.ts';
import { instantIn, storeDays } from './store-time.ts';
import { addVerb, argument, type Hang, type Run, type Tool, textOf } from './verb.ts';
import { WASTE_COLUMNS, wasteRows } from './waste-rows.ts';

const FORMATS = ['yaml', 'json', 'csv', 'xlsx'];
type Format = 'yaml' | 'json' | 'csv' | 'xlsx';

export function addExport(root: Command, hang: Hang): void {
  addVerb(
    root,
    hang,
    'export [what]',
    'the book (default), items, recipes, suppliers, moves, stock, waste or orders / 导出',
    run,
  )
    .addOption(
      new Option('--format <format>', 'default: by --out, else yaml or csv / 格式').choices(
        FORMATS,
      ),
    )
    .addOption(new Option('--what <what>', 'the same as the argument / 导出内容').choices(WHAT))
    .option('--out <file>', 'write to a file; default: standard output / 输出文件')
    .option('--from <time>', 'moves, waste and orders from this day or time on / 起始时间')
    .option('--to <time>', 'moves, waste and orders before it; stock as it was then / 截止时间');
}

const LEDGER = {
  moves: { columns: MOVE_COLUMNS, rows: moveRows },
  stock: { columns: STOCK_COLUMNS, rows: stockRows },
  waste: { columns: WASTE_COLUMNS, rows: wasteRows },
  orders: { columns: ORDER_COLUMNS, rows: orderRows },
} as const;
type LedgerTable = keyof typeof LEDGER;
const WHAT = ['book', ...TABLE_KINDS, ...Object.keys(LEDGER)];

const run: Run = async (tool, args, options) => {
  const what = argument(args, 0) || (textOf(options, 'what') ?? 'book');
  if (!WHAT.includes(what)) {
    throw wrongUse(
      `there is no "${what}" to export; there are: ${WHAT.join(', ')}`,
      `没有“${what}”可导出;可用:${WHAT.join('、')}`,
    );
  }
  const out = textOf(options, 'out');
  const format = formatOf(tool, options, what, out);
  const times = timesOf(tool, options);
  if (isLedgerTable(what)) await exportLedger(tool, what, format, times, out);
  else await exportBook(tool, what, format, out);
  return EXIT.good;
};

function formatOf(
  tool: Tool,
  options: Readonly<Record<string, unknown>>,
  what: string,
  out: string | undefined,
): Format {
  const said = textOf(options, 'format') ?? (tool.out.json ? 'json' : undefined);
  const byName =
    out === undefined ? '' : extname(out).slice(1).toLowerCase().replace('yml', 'yaml');
  const format = said ?? (FORMATS.includes(byName) ? byName : what === 'book' ? 'yaml' : 'csv');
  if (format === 'xlsx' && out === undefined) {
    throw wrongUse(
      'an Excel file needs a name: --out FILE.xlsx',
      'Excel 需要文件名:--out 文件.xlsx',
    );
  }
  if (format === 'csv' && what === 'book') {
    throw wrongUse(
      'one CSV file holds one table: larder export items --format csv (or recipes, suppliers)',
      '一个 CSV 文件只含一张表:larder export items --format csv(或 recipes、suppliers)',
    );
  }
  if (format === 'yaml' && what !== 'book' && what !== 'orders') {
    throw wrongUse(`${what} are csv, xlsx or json`, `${what} 仅支持 csv、xlsx、json`);
  }
  return format as Format;
}

async function exportBook(
  tool: Tool,
  what: string,
  format: Format,
  out: string | undefined,
): Promise<void> {
  const book = bookInForce(tool.around);
  if (!book) throw new Stop('no_book', { en: 'there is no recipe book yet', zh: '还没有配方册' });
  if (format === 'yaml') {
    write(tool, out, bookYaml(book));
    return;
  }
  if (what === 'book' && format === 'json') return write(tool, out, bookJson(book));
  const kinds = what === 'book' ? TABLE_KINDS : [what as TableKind];
  if (format === 'json')
    return write(tool, out, bookJson({ larder: 1, [what]: book[what as TableKind] ?? [] } as Book));
  if (what === 'book' && (book.modifiers ?? []).length > 0) {
    tool.out.note({
      en: 'modifiers have no table: they are in the YAML and JSON exports, and stay as they are on import',
      zh: '做法/加料没有表格:请使用 YAML 或 JSON 导出;导入表格时保持不变',
    });
  }
  const sheets = kinds.map((kind) => ({
    name: kind,
    rows: tableRows(book, kind),
    numbers: decimalsOf(kind),
  }));
  await writeSheets(tool, out, format, sheets);
}

function isLedgerTable(what: string): what is LedgerTable {
  return Object.hasOwn(LEDGER, what);
}

function decimalsOf(kind: TableKind): Set<number> {
  return new Set(TABLES[kind].columns.flatMap(({ codec }, i) => (codec === decimal ? [i] : [])));
}

async function exportLedger(
  tool: Tool,
  what: LedgerTable,
  format: Format,
  times: { from?: number; to?: number },
  out: string | undefined,
): Promise<void> {
  const db = openReader(join(databaseFolder(tool.around), 'larder.db'));
  try {
    const { columns } = LEDGER[what];
    const rows = LEDGER[what].rows(db, times, Date.now());
    const header = columns.map(({ header: name }) => name);
    const numbers = new Set(columns.flatMap((column, i) => (column.number ? [i] : [])));
    if (format === 'csv' || format === 'xlsx') {
      await writeSheets(tool, out, format, [{ name: what, rows: [header, ...rows], numbers }]);
      return;
    }
    const list = rows.map((row) =>
      Object.fromEntries(header.map((name, i) => [name, row[i] === '' ? null : row[i]])),
    );
    const document = { [what]: list };
    write(
      tool,
      out,
      format === 'yaml' ? stringify(document) : `${JSON.stringify(document, null, 2)}\n`,
    );
  } finally {
    db.close();
  }
}

async function writeSheets(
  tool: Tool,
  out: string | undefined,
  format: Format,
  sheets: readonly (Sheet & { numbers: ReadonlySet<number> })[],
): Promise<void> {
  if (format === 'xlsx') return write(tool, out, await excelBytes(sheets));
  // Excel needs the mark to see UTF-8; a program that reads a pipe does not.
  write(tool, out, csvText(sheets[0]?.rows ?? [], out !== undefined));
}

function write(tool: Tool, out: string | undefined, content: string | Uint8Array): void {
  if (out === undefined) {
    tool.out.raw(content);
    return;
  }
  const file = resolve(tool.around.here, out);
  writeFileSync(file, content);
  tool.out.note({ en: `written: ${out}`, zh: `已写入:${out}` });
}

/** A day alone begins when the store's business day does. */
function timesOf(
  { around }: Tool,
  options: Readonly<Record<string, unknown>>,
): { from?: number; to?: number } {
  const read = (key: 'from' | 'to') => {
    const text = textOf(options, key);
    if (text === undefined) return {};
    const { timezone, start } = storeDays(around);
    const at = instantIn(text, timezone, start);
    if (!Number.isNaN(at)) return { [key]: at };
    throw wrongUse(
      `--${key} "${text}" is no time; write 2026-11-22 or 2026-11-22T04:00:00+08:00`,
      `--${key}“${text}”不是有效时间;示例 2026-11-22 或 2026-11-22T04:00:00+08:00`,
    );
  };
  return { ...read('from'), ...read('to') };
}
