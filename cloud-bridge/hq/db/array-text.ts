/**
 * Lists as PostgreSQL reads them, `{1,2,NULL}`, for statements that write thousands of rows at once:
 * the driver looks at each value by itself, which costs more than everything else about a batch.
 */

/** Of numbers; null and undefined become NULL. */
export function numberList(values: readonly (number | null | undefined)[]): string {
  let text = '{';
  for (let i = 0; i < values.length; i += 1) {
    if (i > 0) text += ',';
    text += values[i] ?? 'NULL';
  }
  return `${text}}`;
}

/** Of any texts. */
export function textList(values: readonly (string | null | undefined)[]): string {
  let text = '{';
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i];
    if (i > 0) text += ',';
    if (value === null || value === undefined) text += 'NULL';
    else text += SPECIAL.test(value) ? `"${value.replace(SPECIALS, '\\$&')}"` : `"${value}"`;
  }
  return `${text}}`;
}

const SPECIAL = /["\\]/;
const SPECIALS = /["\\]/g;
