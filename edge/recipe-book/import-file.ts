/**
 * A file to a checked book: a whole book in YAML or JSON, or tables in CSV or Excel merged into the
 * book in force. Every mistake at once, each at its row and column; nothing is adopted here.
 */
import { LineCounter, parseDocument } from 'yaml';
import { checkBook } from '#recipes/book/check.ts';
import { parseBookText } from '#recipes/book/load.ts';
import type { BookProblem } from '#recipes/book/problem.ts';
import type { Book } from '#recipes/contracts/book.ts';
import type { TableKind } from './import-columns.ts';
import { mergeTables } from './import-merge.ts';
import { type ImportProblem, placed } from './import-problem.ts';
import { readSheets } from './import-sheet.ts';
import { type ReadTable, readTable } from './import-table.ts';

export type ImportedFile =
  | {
      readonly ok: true;
      readonly book: Book;
      /** Whole book, or tables merged into the one in force. */
      readonly whole: boolean;
      /** Entries that the tables added and changed; a whole book counts none. */
      readonly added: number;
      readonly changed: number;
      /** A later finding about the same book, at its place in the file. */
      readonly locate: (problem: BookProblem) => ImportProblem;
    }
  | { readonly ok: false; readonly problems: readonly ImportProblem[] };

export type ImportSource = {
  readonly bytes: Uint8Array;
  /** Of the file name, in lower case and without the dot. */
  readonly extension: string;
  readonly kind: TableKind | undefined;
  /** The book in force, if there is one. */
  readonly base: unknown;
};

export async function importFile(source: ImportSource): Promise<ImportedFile> {
  if (['yaml', 'yml', 'json'].includes(source.extension)) return importBook(source);
  const read = await readSheets(source.bytes);
  if (!read.ok) return read;
  const filled = read.sheets.filter(({ rows }) =>
    rows.some((row) => row.some((cell) => cell !== '')),
  );
  const sheets = filled.length > 0 ? filled : read.sheets.slice(0, 1);
  const tables: ReadTable[] = [];
  const problems: ImportProblem[] = [];
  for (const sheet of sheets) {
    const single = { ...sheet, name: sheets.length > 1 ? sheet.name : '' };
    const table = readTable(single, sheets.length > 1 ? kindOfSheet(sheet.name) : source.kind);
    if (Array.isArray(table)) problems.push(...table);
    else {
      tables.push(table);
      problems.push(...table.problems);
    }
  }
  const merged = mergeTables(source.base, tables);
  const checked = tables.length > 0 ? checkBook(merged.book) : undefined;
  if (checked?.ok && problems.length === 0) {
    const { added, changed, locate } = merged;
    return { ok: true, book: checked.book, whole: false, added, changed, locate };
  }
  if (checked && !checked.ok) problems.push(...checked.problems.map(merged.locate));
  return { ok: false, problems: problems.sort(byPlace) };
}

/** In the order of the file; what has no row comes last. */
function byPlace(a: ImportProblem, b: ImportProblem): number {
  return (a.sheet ?? '').localeCompare(b.sheet ?? '') || (a.row ?? Infinity) - (b.row ?? Infinity);
}

const SHEET_NAMES: readonly (readonly [RegExp, TableKind])[] = [
  [/^(items?|物料)/i, 'items'],
  [/^(recipes?|配方)/i, 'recipes'],
  [/^(suppliers?|供应商)/i, 'suppliers'],
];

function kindOfSheet(name: string): TableKind | undefined {
  return SHEET_NAMES.find(([pattern]) => pattern.test(name))?.[1];
}

function importBook({ bytes, extension }: ImportSource): ImportedFile {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const problem = {
      code: 'bad_encoding',
      message: 'the text is not UTF-8',
      messageZh: '文本不是 UTF-8 编码',
      remedy: 'save it as UTF-8',
      remedyZh: '请另存为 UTF-8',
    };
    return { ok: false, problems: [problem] };
  }
  const parsed = parseBookText(text, extension === 'json' ? 'json' : 'yaml');
  if (!parsed.ok) {
    return {
      ok: false,
      problems: parsed.problems.map((problem) =>
        placed(problem, {
          ...(problem.line === undefined ? {} : { row: problem.line }),
          ...(problem.column === undefined ? {} : { column: problem.column }),
        }),
      ),
    };
  }
  const locate = textPlaces(text);
  const checked = checkBook(parsed.value);
  if (!checked.ok) return { ok: false, problems: checked.problems.map(locate) };
  return { ok: true, book: checked.book, whole: true, added: 0, changed: 0, locate };
}

/** Finds line and column of a place in the text; JSON is read as the YAML it also is. */
function textPlaces(text: string): (problem: BookProblem) => ImportProblem {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, logLevel: 'silent' });
  return (problem) => {
    const steps = stepsOf(problem.path);
    // The innermost place that is really there: what is missing is missed in what should hold it.
    for (let length = steps.length; length > 0; length--) {
      const node = document.getIn(steps.slice(0, length), true) as { range?: number[] } | undefined;
      const offset = node?.range?.[0];
      if (offset === undefined) continue;
      const { line, col } = lines.linePos(offset);
      return placed(problem, { row: line, column: col });
    }
    return placed(problem, {});
  };
}

function stepsOf(path: string): (string | number)[] {
  const steps: (string | number)[] = [];
  for (const [, key, index, quoted] of path.matchAll(
    /([^.[\]]+)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]/g,
  )) {
    if (index !== undefined) steps.push(Number(index));
    else if (quoted !== undefined) steps.push(JSON.parse(quoted) as string);
    else if (key !== undefined) steps.push(key);
  }
  return steps;
}
