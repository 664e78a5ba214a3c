/** The bytes of a CSV or Excel file as rows of texts, whatever program wrote them. */
import { CsvError, parse } from 'csv-parse/sync';
import readXlsxFile from 'read-excel-file/node';
import { plainDecimal } from '#recipes/amount.ts';
import type { ImportProblem } from './import-problem.ts';

/** `rows[0]` is row 1 of the spreadsheet; cells are trimmed. */
export type Sheet = { readonly name: string; readonly rows: readonly (readonly string[])[] };

export type ReadSheets =
  | { readonly ok: true; readonly sheets: readonly Sheet[] }
  | { readonly ok: false; readonly problems: readonly ImportProblem[] };

const ZIP = [0x50, 0x4b];
const OLD_EXCEL = [0xd0, 0xcf, 0x11, 0xe0];

/** Reads any bytes; never throws for what is in them. */
export async function readSheets(bytes: Uint8Array): Promise<ReadSheets> {
  if (startsWith(bytes, OLD_EXCEL)) {
    return refused(
      'old_excel',
      'this is an old .xls file',
      '这是旧版 .xls 文件',
      'save it as .xlsx or CSV',
      '请另存为 .xlsx 或 CSV',
    );
  }
  return startsWith(bytes, ZIP) ? await readExcel(bytes) : readCsv(bytes);
}

async function readExcel(bytes: Uint8Array): Promise<ReadSheets> {
  try {
    const sheets = await readXlsxFile(Buffer.from(bytes));
    return {
      ok: true,
      sheets: sheets.map(({ sheet, data }) => ({
        name: sheet,
        rows: data.map((row) => row.map((cell) => cellText(cell))),
      })),
    };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return refused(
      'bad_excel',
      `the Excel file cannot be read: ${why}`,
      `无法读取 Excel 文件:${why}`,
      'open it in Excel or WPS and save it again as .xlsx',
      '请用 Excel 或 WPS 打开并另存为 .xlsx',
    );
  }
}

function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'number') return plainDecimal(cell);
  if (cell instanceof Date) return dateText(cell);
  return String(cell).trim();
}

/** Excel knows no time of day: 06:00 is a date at the beginning of its era. */
function dateText(date: Date): string {
  const iso = date.toISOString();
  return date.getUTCFullYear() < 1901 ? iso.slice(11, 16) : iso.slice(0, 10);
}

function readCsv(bytes: Uint8Array): ReadSheets {
  const text = decode(bytes);
  if (text === undefined) {
    return refused(
      'bad_encoding',
      'the text is neither UTF-8 nor GB18030',
      '文本既不是 UTF-8 也不是 GB18030 编码',
      'save it as "CSV UTF-8"',
      '请另存为“CSV UTF-8”',
    );
  }
  try {
    const rows = parse(text, {
      delimiter: delimiterOf(text),
      relax_column_count: true,
      skip_empty_lines: false,
    }) as string[][];
    return { ok: true, sheets: [{ name: '', rows: rows.map((row) => row.map(plainCell)) }] };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = Number((error as { lines?: unknown }).lines) || 1;
    return {
      ok: false,
      problems: [
        {
          row: line,
          code: 'bad_csv',
          message: `the CSV cannot be read here: ${error.message}`,
          messageZh: `此处 CSV 格式有误:${error.message}`,
          remedy: 'close every quotation mark; a quotation mark inside a cell is written twice',
          remedyZh: '请检查引号是否成对;单元格内的引号须写两个',
        },
      ],
    };
  }
}

/** UTF-8 with or without mark, UTF-16 with mark, else what Excel in China writes. */
function decode(bytes: Uint8Array): string | undefined {
  if (startsWith(bytes, [0xff, 0xfe])) return new TextDecoder('utf-16le').decode(bytes);
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // The next one may fit.
    }
  }
  return undefined;
}

/** Comma, tab or semicolon: whichever stands most often in the header. */
function delimiterOf(text: string): string {
  const [header = ''] = text.split(/\r?\n/, 1);
  const count = (mark: string) => header.split(mark).length;
  return [',', '\t', ';'].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
}

/** Takes away the mark that keeps a spreadsheet from reading a text as a formula. */
function plainCell(cell: string): string {
  const text = cell.trim();
  return /^''*[=+\-@＝＋－＠\t\r]/.test(text) ? text.slice(1) : text;
}

function startsWith(bytes: Uint8Array, mark: readonly number[]): boolean {
  return mark.every((byte, i) => bytes[i] === byte);
}

function refused(
  code: string,
  message: string,
  messageZh: string,
  remedy: string,
  remedyZh: string,
): ReadSheets {
  return { ok: false, problems: [{ code, message, messageZh, remedy, remedyZh }] };
}
