/** The book as a document, or one of its tables as rows that import reads again. */
import { stringify } from 'yaml';
import type { Book } from '#recipes/contracts/book.ts';
import { type Column, TABLES, type TableKind } from './import-columns.ts';

type Dict = Readonly<Record<string, unknown>>;

/** The book as YAML that can be imported again. */
export function bookYaml(book: Book): string {
  return stringify(book, { lineWidth: 0 });
}

/** The book as JSON that can be imported again. */
export function bookJson(book: Book): string {
  return `${JSON.stringify(book, null, 2)}\n`;
}

/** Header and rows of a table; one row per entry, or per line of it. */
export function tableRows(book: Book, kind: TableKind): string[][] {
  const table = TABLES[kind];
  const rows = [table.columns.map((column) => column.header)];
  for (const entry of (book[kind] ?? []) as readonly Dict[]) {
    const lines = table.lines === undefined ? [] : ((entry[table.lines] ?? []) as readonly Dict[]);
    const first = lines[0];
    rows.push(table.columns.map((column) => cellOf(column, column.line ? first : entry)));
    for (const line of lines.slice(1)) {
      // Later rows carry the id only: sorted or filtered, they still know where they belong.
      rows.push(
        table.columns.map((column) =>
          column.line ? cellOf(column, line) : column.header === 'id' ? cellOf(column, entry) : '',
        ),
      );
    }
  }
  return rows;
}

/** An empty table with an example, for people to fill in. */
export function templateRows(kind: TableKind, lang: 'zh' | 'en'): string[][] {
  const { columns } = TABLES[kind];
  return [
    columns.map((column) => (lang === 'zh' ? column.zh : column.header)),
    columns.map((column) => column.example),
  ];
}

function cellOf(column: Column, entry: Dict | undefined): string {
  const [first = '', second] = column.path;
  const value = entry?.[first];
  if (second === undefined) {
    // A name in two languages has columns of its own.
    const plain = first !== 'name' || typeof value === 'string';
    return value === undefined || !plain ? '' : column.codec.write(value);
  }
  if (typeof value !== 'object' || value === null) return '';
  const inner = (value as Dict)[second];
  return inner === undefined ? '' : column.codec.write(inner);
}
