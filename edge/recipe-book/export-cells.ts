/** Rows as CSV or Excel. A text that a spreadsheet would run as a formula is marked as text. */
import { stringify } from 'csv-stringify/sync';
import writeXlsxFile from 'write-excel-file/node';
import { excelText, NUMBER_CELL, safeCell } from '../runtime/sheet-cells.ts';

export type Sheet = { readonly name: string; readonly rows: readonly (readonly string[])[] };

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
          if (r > 0 && numbers?.has(c) && NUMBER_CELL.test(cell))
            return { type: Number, value: Number(cell) };
          return r === 0
            ? { type: String, value: excelText(cell), fontWeight: 'bold' as const }
            : { type: String, value: excelText(cell) };
        }),
      ),
    })),
  ).toBuffer();
}
