/** Rows as CSV or Excel. A text that a spreadsheet would run as a formula is marked as text. */
import { stringify } from 'csv-stringify/sync';
import writeXlsxFile from 'write-excel-file/node';

export type Sheet = { readonly name: string; readonly rows: readonly (readonly string[])[] };

/** A decimal number as people and spreadsheets write it. */
const NUMBER = /^-?\d{1,15}(\.\d{1,9})?$/;

/** Comma-separated, UTF-8, `\r\n`. @param mark whether to put the mark in front by which Excel knows UTF-8 */
export function csvText(rows: readonly (readonly string[])[], mark: boolean): string {
  const text = stringify(
    rows.map((row) => row.map(safeCell)),
    { record_delimiter: '\r\n', quoted_match: /[\r\n]/ },
  );
  return mark ? `\uFEFF${text}` : text;
}

/** One workbook; numbers are numbers, everything else is text, never a formula. */
export async function excelBytes(
  sheets: readonly (Sheet & { numbers?: ReadonlySet<number> })[],
): Promise<Buffer> {
  return writeXlsxFile(
    sheets.map(({ name, rows, numbers }) => ({
      sheet: name,
      stickyRowsCount: 1,
      columns: (rows[0] ?? []).map((header) => ({ width: Math.max(10, header.length + 2) })),
      data: rows.map((row, r) =>
        row.map((cell, c) => {
          if (cell === '') return null;
          if (r > 0 && numbers?.has(c) && NUMBER.test(cell))
            return { type: Number, value: Number(cell) };
          return r === 0
            ? { type: String, value: excelText(cell), fontWeight: 'bold' as const }
            : { type: String, value: excelText(cell) };
        }),
      ),
    })),
  ).toBuffer();
}

/** What starts like a formula gets a `'` in front, as spreadsheets write text; import takes it away. */
function safeCell(cell: string): string {
  return /^'*[=+\-@＝＋－＠\t\r]/.test(cell) && !NUMBER.test(cell) ? `'${cell}` : cell;
}

/**
 * A text as the file format and its writer can carry it: no characters that XML forbids, `_x0041_`
 * (which Excel reads as "A") escaped, and a space after the names that every object of the writer's
 * string table already has. Import trims cells, so the text comes back as it was.
 */
function excelText(cell: string): string {
  const text = cell.replace(FORBIDDEN_IN_XML, '').replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_');
  return text in Object.prototype ? `${text} ` : text;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const FORBIDDEN_IN_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
