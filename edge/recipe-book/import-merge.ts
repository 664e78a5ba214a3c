/**
 * Tables into the book in force. A row changes the entry with its id or adds one; a column that the
 * file does not have stays as it is, an empty cell of a column it has is emptied; the lines of a
 * recipe or supplier are replaced by its rows. What the file does not name stays.
 */
import { nameOf } from '#recipes/book/fields.ts';
import type { BookProblem } from '#recipes/book/problem.ts';
import { type Column, TABLES } from './import-columns.ts';
import { type ImportProblem, placed } from './import-problem.ts';
import type { Field, ReadTable, TableEntry } from './import-table.ts';

type Dict = Record<string, unknown>;

export type Merged = {
  /** Not checked. */
  readonly book: unknown;
  readonly added: number;
  readonly changed: number;
  /** A problem of the merged book at its place in the file. */
  locate(problem: BookProblem): ImportProblem;
};

/** @param base the book in force; undefined = there is none yet */
export function mergeTables(base: unknown, tables: readonly ReadTable[]): Merged {
  const book: Dict = structuredClone((base ?? { larder: 1 }) as Dict);
  const origins = new Map<string, { table: ReadTable; entry: TableEntry }>();
  let added = 0;
  let changed = 0;
  for (const table of tables) {
    const list = listIn(book, table.kind);
    for (const entry of table.entries) {
      let at = list.findIndex((one) => (one as Dict | null)?.['id'] === entry.id);
      if (at < 0) {
        at = list.push({ id: entry.id }) - 1;
        added++;
      } else changed++;
      apply(list[at] as Dict, table, entry);
      origins.set(`${table.kind}[${at}]`, { table, entry });
    }
  }
  return {
    book,
    added,
    changed,
    locate(problem) {
      const head = /^(items|recipes|suppliers)\[\d+\]/.exec(problem.path)?.[0] ?? '';
      const origin = origins.get(head);
      if (!origin) return placed(problem, {});
      return placed(problem, placeOf(origin, problem.path.slice(head.length + 1)));
    },
  };
}

function listIn(book: Dict, key: string): unknown[] {
  const list = Array.isArray(book[key]) ? (book[key] as unknown[]) : [];
  book[key] = list;
  return list;
}

function apply(target: Dict, table: ReadTable, entry: TableEntry): void {
  for (const field of entry.fields) set(target, field);
  const key = TABLES[table.kind].lines;
  if (key === undefined) return;
  if (!table.hasLines) {
    if (table.kind === 'recipes') target['lines'] ??= [];
    return;
  }
  target[key] = entry.lines.map(({ fields }) => {
    const line: Dict = {};
    for (const field of fields) set(line, field);
    return line;
  });
}

function set(target: Dict, { column, value }: Field): void {
  const [first = '', second] = column.path;
  if (second === undefined) {
    if (value !== undefined) target[first] = value;
    // The plain name and the named ones are one field: an empty cell of it says nothing of the others.
    else if (first !== 'name' || typeof target[first] === 'string') delete target[first];
    return;
  }
  const before = target[first];
  if (value === undefined && (typeof before !== 'object' || before === null)) return;
  const inner: Dict =
    typeof before === 'string' ? { ...nameOf(before, '') } : { ...(before as Dict | undefined) };
  if (value === undefined) delete inner[second];
  else inner[second] = value;
  if (Object.keys(inner).length === 0) delete target[first];
  else target[first] = inner;
}

/** Row and column that a place of an entry came from. */
function placeOf(
  { table, entry }: { table: ReadTable; entry: TableEntry },
  rest: string,
): { sheet?: string; row: number; column?: string } {
  const sheet = table.sheet === '' ? {} : { sheet: table.sheet };
  const [, inner, tail = ''] = /^(?:lines|items)\[(\d+)\]\.?(.*)$/.exec(rest) ?? [];
  const line = inner === undefined ? undefined : entry.lines[Number(inner)];
  const column = columnAt(table, line === undefined ? rest : tail, line !== undefined);
  return { ...sheet, row: line?.row ?? entry.row, ...(column === undefined ? {} : { column }) };
}

function columnAt(table: ReadTable, path: string, line: boolean): string | undefined {
  const steps = path.split(/[.[]/);
  const fits = (column: Column) =>
    column.line === line && column.path.every((step, i) => steps[i] === step);
  const found = TABLES[table.kind].columns.find(fits);
  if (found === undefined) return undefined;
  return table.headers.get(found) ?? found.header;
}
