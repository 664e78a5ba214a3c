/**
 * Tables as they go out: JSON, CSV, Excel. Rows leave as they are made, so a year of a chain needs the
 * memory of a page; only a workbook is put together whole, and has a limit for that.
 */
import { stringify } from 'csv-stringify/sync';
import type { Context } from 'hono';
import writeXlsxFile from 'write-excel-file/node';
import type { Log } from '../../../edge/runtime/log.ts';
import { excelText, NUMBER_CELL, safeCell } from '../../../edge/runtime/sheet-cells.ts';
import { problem } from '../http/problem.ts';
import type { Column } from './report-parts.ts';

/** Rows with the columns that a spreadsheet shows of them. */
export type Table<Row> = {
  readonly columns: readonly Column<Row>[];
  readonly rows: AsyncIterable<Row>;
};

export const FORMATS = ['json', 'csv', 'xlsx'] as const;
export type Format = (typeof FORMATS)[number];

/** Most rows of a workbook. */
export const SHEET_ROWS_MAX = 50_000;
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
/** Rows that leave together. */
const ROWS_AT_ONCE = 200;

/** Comma-separated, UTF-8 with the mark by which Excel knows it, `\r\n`. */
export function csvResponse<Row>(c: Context, table: Table<Row>, file: string, log: Log): Response {
  const headers = download('text/csv; charset=utf-8', `${file}.csv`);
  return c.body(streamOf(csvPieces(table), log), 200, headers);
}

/** A workbook of one sheet; a problem when there are too many rows. */
export async function xlsxResponse<Row>(
  c: Context,
  table: Table<Row>,
  name: string,
  file: string,
): Promise<Response> {
  const { columns } = table;
  type SheetCell = { type: StringConstructor | NumberConstructor; value: string | number } | null;
  const header = columns.map((column) => ({
    type: String,
    value: column.name,
    fontWeight: 'bold' as const,
  }));
  const data: SheetCell[][] = [header];
  for await (const row of table.rows) {
    if (data.length > SHEET_ROWS_MAX) return tooManyRows(c);
    data.push(columns.map((column) => sheetCell(column, row)));
  }
  const widths = columns.map((column) => ({ width: Math.max(10, column.name.length + 2) }));
  const bytes = await writeXlsxFile([
    { sheet: name, stickyRowsCount: 1, columns: widths, data },
  ]).toBuffer();
  return c.body(new Uint8Array(bytes), 200, download(XLSX, `${file}.xlsx`));
}

/** JSON: a list, or an object whose `rows` come first and whose other fields follow them. */
export function jsonResponse<Row>(
  c: Context,
  rows: AsyncIterable<Row>,
  log: Log,
  around?: { readonly before: object; readonly after: () => object },
): Response {
  const headers = { 'content-type': 'application/json' };
  return c.body(streamOf(jsonPieces(rows, around), log), 200, headers);
}

async function* csvPieces<Row>({ columns, rows }: Table<Row>): AsyncGenerator<string> {
  yield `\uFEFF${csvLines([columns.map(({ name }) => name)])}`;
  let lines: string[][] = [];
  for await (const row of rows) {
    lines.push(columns.map(({ cell }) => safeCell(String(cell(row) ?? ''))));
    if (lines.length < ROWS_AT_ONCE) continue;
    yield csvLines(lines);
    lines = [];
  }
  if (lines.length > 0) yield csvLines(lines);
}

function csvLines(lines: readonly (readonly string[])[]): string {
  return stringify([...lines], { record_delimiter: '\r\n', quoted_match: /[\r\n]/ });
}

async function* jsonPieces<Row>(
  rows: AsyncIterable<Row>,
  around: { readonly before: object; readonly after: () => object } | undefined,
): AsyncGenerator<string> {
  if (around !== undefined) {
    const before = JSON.stringify(around.before).slice(0, -1);
    yield `${before}${before === '{' ? '' : ','}"rows":`;
  }
  let text = '[';
  let count = 0;
  for await (const row of rows) {
    text += `${count === 0 ? '' : ','}${JSON.stringify(row)}`;
    count++;
    if (count % ROWS_AT_ONCE !== 0) continue;
    yield text;
    text = '';
  }
  yield `${text}]`;
  if (around !== undefined) yield `,${JSON.stringify(around.after()).slice(1)}`;
}

/**
 * What the pieces say, asked for as fast as the reader reads. A fault in the middle breaks the
 * connection off: half a report must not look like a whole one.
 */
function streamOf(pieces: AsyncGenerator<string>, log: Log): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await pieces.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(value));
      } catch (error) {
        log.error({ err: error }, 'a report broke off');
        controller.error(error);
      }
    },
    async cancel() {
      await pieces.return(undefined);
    },
  });
}

function sheetCell<Row>(column: Column<Row>, row: Row) {
  const value = String(column.cell(row) ?? '');
  if (value === '') return null;
  if (column.number && NUMBER_CELL.test(value)) return { type: Number, value: Number(value) };
  return { type: String, value: excelText(value) };
}

function download(type: string, file: string) {
  return { 'content-type': type, 'content-disposition': `attachment; filename="${file}"` };
}

function tooManyRows(c: Context): Response {
  return problem(c, 422, 'too_many_rows', {
    en: `a workbook has at most ${SHEET_ROWS_MAX} rows: narrow it with from, to or store, or take .csv`,
    zh: `工作簿最多 ${SHEET_ROWS_MAX} 行:请缩小 from、to 或 store 的范围,或改用 .csv`,
  });
}
