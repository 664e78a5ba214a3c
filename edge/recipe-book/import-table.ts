/** Rows of a sheet to entries of the book, each field with the cell it came from. */
import { nearest } from '#recipes/nearest.ts';
import {
  type Column,
  columnOf,
  headersOf,
  TABLE_KINDS,
  TABLES,
  type Table,
  type TableKind,
} from './import-columns.ts';
import type { ImportProblem } from './import-problem.ts';
import type { Sheet } from './import-sheet.ts';

/** A field of an entry: absent in the file (not listed), emptied (`undefined`), or with a value. */
export type Field = { readonly column: Column; readonly value: unknown };

export type TableLine = { readonly row: number; readonly fields: readonly Field[] };

export type TableEntry = {
  readonly id: string;
  readonly row: number;
  readonly fields: readonly Field[];
  readonly lines: readonly TableLine[];
};

export type ReadTable = {
  readonly kind: TableKind;
  readonly sheet: string;
  readonly entries: readonly TableEntry[];
  /** Whether the sheet has the columns of lines at all. */
  readonly hasLines: boolean;
  /** Header text in the file by column. */
  readonly headers: ReadonlyMap<Column, string>;
  readonly problems: readonly ImportProblem[];
};

/** @param kind what the sheet holds; undefined = judge by its header */
export function readTable(sheet: Sheet, kind: TableKind | undefined): ReadTable | ImportProblem[] {
  const top = sheet.rows.findIndex((row) => row.some((cell) => cell !== ''));
  const header = sheet.rows[top];
  const at = place(sheet, top + 1);
  if (header === undefined) {
    return [
      {
        ...at,
        code: 'empty_table',
        message: 'the table is empty',
        messageZh: '表格是空的',
        remedy: 'make a template: larder import --template items.xlsx',
        remedyZh: '可先生成模板:larder import --template items.xlsx',
      },
    ];
  }
  const found = kind ?? guessKind(header);
  if (found === undefined) {
    return [
      {
        ...at,
        code: 'unknown_table',
        message: `row ${top + 1} is no header of items, recipes or suppliers`,
        messageZh: `第 ${top + 1} 行不是物料、配方或供应商的表头`,
        remedy:
          'say what it is with --kind, or start from a template: larder import --template items.xlsx',
        remedyZh: '请用 --kind 指明类型,或使用模板:larder import --template items.xlsx',
      },
    ];
  }
  return new TableReader(sheet, TABLES[found], top).read();
}

/** The kind whose columns the header knows best; undefined when two are as good or none is. */
export function guessKind(header: readonly string[]): TableKind | undefined {
  const scores = TABLE_KINDS.map((kind) => {
    const known = new Set(header.map((cell) => columnOf(TABLES[kind], cell)).filter(Boolean));
    const own = [...known].some((column) => column?.header === MARK[kind]);
    return { kind, score: own ? known.size : 0 };
  }).sort((a, b) => b.score - a.score);
  const [best, second] = scores;
  return best && best.score > 0 && best.score > (second?.score ?? 0) ? best.kind : undefined;
}

/** The column that no table of this kind is without. */
const MARK: Readonly<Record<TableKind, string>> = {
  items: 'unit',
  recipes: 'qty',
  suppliers: 'pack',
};

class TableReader {
  readonly #sheet: Sheet;
  readonly #table: Table;
  readonly #top: number;
  readonly #columns: (Column | undefined)[] = [];
  readonly #headers = new Map<Column, string>();
  readonly #problems: ImportProblem[] = [];
  readonly #entries = new Map<
    string,
    { id: string; row: number; fields: Field[]; lines: TableLine[] }
  >();

  constructor(sheet: Sheet, table: Table, top: number) {
    this.#sheet = sheet;
    this.#table = table;
    this.#top = top;
  }

  read(): ReadTable {
    this.#readHeader();
    let current: string | undefined;
    for (let i = this.#top + 1; i < this.#sheet.rows.length; i++) {
      const cells = this.#sheet.rows[i] ?? [];
      if (cells.every((cell) => cell === '')) continue;
      current = this.#readRow(cells, i + 1, current);
    }
    return {
      kind: this.#table.kind,
      sheet: this.#sheet.name,
      entries: [...this.#entries.values()],
      hasLines: this.#columns.some((column) => column?.line),
      headers: this.#headers,
      problems: this.#problems,
    };
  }

  #readHeader(): void {
    const row = this.#top + 1;
    const header = this.#sheet.rows[this.#top] ?? [];
    header.forEach((cell, i) => {
      const column = cell === '' ? undefined : columnOf(this.#table, cell);
      if (column && this.#headers.has(column)) {
        this.#report(
          row,
          cell,
          'same_column',
          `two columns mean ${column.header}`,
          `有两列都表示 ${column.zh}`,
          'remove one of them',
          '请删除其中一列',
        );
      } else if (column) {
        this.#headers.set(column, cell);
        this.#columns[i] = column;
      } else if (cell !== '') this.#unknownHeader(cell, row);
    });
    const [id] = this.#table.columns;
    if (id && !this.#headers.has(id)) {
      this.#report(
        row,
        id.header,
        'missing_column',
        'there is no column id',
        '缺少“编号”列',
        'add a column "id"',
        '请添加“编号”列',
      );
    }
  }

  #unknownHeader(cell: string, row: number): void {
    const near = nearest(cell, headersOf(this.#table));
    const known = this.#table.columns.map((column) => column.header).join(', ');
    const knownZh = this.#table.columns.map((column) => column.zh).join('、');
    this.#report(
      row,
      cell,
      'unknown_column',
      `there is no column "${cell}" in ${this.#table.kind}`,
      `${this.#table.zh}表中没有“${cell}”列`,
      near ? `did you mean "${near}"?` : `known: ${known}`,
      near ? `是否为“${near}”?` : `可用:${knownZh}`,
    );
  }

  /** @returns the id that the next row continues when it has none of its own */
  #readRow(cells: readonly string[], row: number, before: string | undefined): string | undefined {
    const fields: Field[] = [];
    const line: Field[] = [];
    cells.forEach((cell, i) => {
      const column = this.#columns[i];
      if (column) (column.line ? line : fields).push(fieldOf(column, cell));
      else if (cell !== '' && i >= (this.#sheet.rows[this.#top]?.length ?? 0)) {
        this.#report(
          row,
          i + 1,
          'extra_cell',
          `"${cell}" stands outside of the table`,
          `“${cell}”超出表头范围`,
          'give its column a header, or delete it',
          '请为该列添加表头或删除',
        );
      }
    });
    // Cells that end a row early are empty ones.
    this.#columns.forEach((column, i) => {
      if (column && i >= cells.length) (column.line ? line : fields).push(fieldOf(column, ''));
    });
    const said = fields.find((field) => field.column.path[0] === 'id')?.value;
    // Only where rows are lines of an entry can one go on without saying its id again.
    const id = typeof said === 'string' ? said : this.#table.lines && before;
    const named = said !== undefined;
    if (id === undefined) {
      this.#report(
        row,
        this.#idHeader(),
        'missing_id',
        'this row has no id',
        '此行没有编号',
        'give it an id, for example pork-belly',
        '请填写编号,例如 pork-belly',
      );
      return undefined;
    }
    const filled = line.some((field) => field.value !== undefined);
    const known = this.#entries.get(id);
    if (known === undefined) {
      const lines = filled ? [{ row, fields: line }] : [];
      this.#entries.set(id, { id, row, fields, lines });
      return id;
    }
    if (this.#table.lines === undefined && named) {
      this.#report(
        row,
        this.#idHeader(),
        'duplicate_id',
        `"${id}" stands in row ${known.row}, too`,
        `“${id}”在第 ${known.row} 行已出现`,
        'remove one of the rows',
        '请删除其中一行',
      );
      return id;
    }
    this.#compareFields(known, fields, row);
    if (filled) known.lines.push({ row, fields: line });
    return id;
  }

  /** The header of the id column as the file writes it. */
  #idHeader(): string {
    const [id] = this.#table.columns;
    return (id && this.#headers.get(id)) ?? 'id';
  }

  /** A later row of an entry may repeat its fields or leave them empty, not contradict them. */
  #compareFields(
    known: { row: number; fields: readonly Field[] },
    fields: readonly Field[],
    row: number,
  ): void {
    for (const { column, value } of fields) {
      if (value === undefined) continue;
      const first = known.fields.find((field) => field.column === column)?.value;
      if (JSON.stringify(first) === JSON.stringify(value)) continue;
      this.#report(
        row,
        this.#headers.get(column) ?? column.header,
        'contradiction',
        `this differs from row ${known.row}`,
        `与第 ${known.row} 行不一致`,
        'write it in the first row of the entry only',
        '请只在首行填写',
      );
    }
  }

  #report(
    row: number,
    column: string | number,
    code: string,
    message: string,
    messageZh: string,
    remedy: string,
    remedyZh: string,
  ): void {
    this.#problems.push({
      ...place(this.#sheet, row),
      column,
      code,
      message,
      messageZh,
      remedy,
      remedyZh,
    });
  }
}

function fieldOf(column: Column, cell: string): Field {
  return { column, value: cell === '' ? undefined : column.codec.read(cell) };
}

function place(sheet: Sheet, row: number): { sheet?: string; row: number } {
  return sheet.name === '' ? { row } : { sheet: sheet.name, row };
}
