/**
 * Cells of tables that spreadsheets open: text that one would run as a formula is marked as text,
 * and a workbook carries only what its format can.
 */

/** A decimal number as people and spreadsheets write it. */
export const NUMBER_CELL: RegExp = /^-?\d{1,15}(\.\d{1,9})?$/;

/** What starts like a formula gets a `'` in front, as spreadsheets write text; import takes it away. */
export function safeCell(cell: string): string {
  return /^'*[=+\-@＝＋－＠\t\r]/.test(cell) && !NUMBER_CELL.test(cell) ? `'${cell}` : cell;
}

/**
 * A text as the file format and its writer can carry it: no characters that XML forbids, `_x0041_`
 * (which Excel reads as "A") escaped, and a space after the names that every object of the writer's
 * string table already has. Import trims cells, so the text comes back as it was.
 */
export function excelText(cell: string): string {
  const text = cell.replace(FORBIDDEN_IN_XML, '').replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_');
  return text in Object.prototype ? `${text} ` : text;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const FORBIDDEN_IN_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
