/** `larder import FILE`: a book, or tables of it; checked whole, taken whole or not at all. */
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, extname, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import type { BookProblem } from '#recipes/book/problem.ts';
import { templateRows } from '../recipe-book/export-book.ts';
import { csvText, excelBytes } from '../recipe-book/export-cells.ts';
import { TABLE_KINDS, type TableKind } from '../recipe-book/import-columns.ts';
import { importFile } from '../recipe-book/import-file.ts';
import type { ImportProblem } from '../recipe-book/import-problem.ts';
import { readSheets } from '../recipe-book/import-sheet.ts';
import { bookInForce, newestVersion } from './book-source.ts';
import { type Answer, callBox, refusal } from './box-client.ts';
import { EXIT, wrongUse } from './fail.ts';
import { importUsage } from './import-usage.ts';
import type { Output } from './output.ts';
import { dataFolders, noBox, type RunningBox, readRunning, runningBox } from './place.ts';
import { isUsageTable } from './usage-table.ts';
import { addVerb, argument, type Hang, type Run, type Tool, textOf } from './verb.ts';

export function addImport(root: Command, hang: Hang): void {
  addVerb(
    root,
    hang,
    'import [file]',
    'import a book (YAML, JSON), its tables, or past use as date,item,qty (CSV, Excel) / 导入配方册、表格或历史用量',
    run,
  )
    .option('--dry-run', 'check only / 仅检查')
    .addOption(
      new Option('--kind <kind>', 'what a table holds / 表格类型').choices([...TABLE_KINDS, USAGE]),
    )
    .option('--valid-from <time>', 'from when it counts, RFC 3339; default: now / 生效时间')
    .option('--template <file>', 'write an empty table (.xlsx, .csv) to fill in / 生成模板');
}

/** A table of what was used before: no part of the book. */
const USAGE = 'usage';

const run: Run = async (tool, args, options) => {
  const said = textOf(options, 'kind');
  const kind = said === USAGE ? undefined : (said as TableKind | undefined);
  const template = textOf(options, 'template');
  if (template !== undefined)
    return said === USAGE
      ? writeUsageTemplate(tool, template)
      : writeTemplate(tool, template, kind);
  const name = argument(args, 0);
  if (name === '')
    throw wrongUse('name a file: larder import book.yaml', '请指定文件:larder import book.yaml');
  const dryRun = options['dryRun'] === true;
  const box = findBox(tool, dryRun);
  const bytes = readInput(tool, name);
  const past = await usageRows(name, bytes, said);
  if (past) {
    const showPast = (problems: readonly ImportProblem[]) => showProblems(tool.out, name, problems);
    return importUsage(tool, { name, rows: past, box, dryRun, showProblems: showPast });
  }
  const imported = await importFile({
    bytes,
    extension: extname(name).slice(1).toLowerCase(),
    kind,
    base: bookInForce(tool.around),
  });
  if (!imported.ok) return showProblems(tool.out, name, imported.problems);
  const book = JSON.stringify(imported.book);
  const counts = countsOf(imported.book);
  const merged = imported.whole ? {} : { added: imported.added, changed: imported.changed };
  if (box === undefined) {
    tool.out.data({ dryRun: true, ...counts, ...merged });
    tool.out.line({
      en: `${basename(name)} is right: ${countText(counts)}. (No box runs: not compared with its ledger.)`,
      zh: `${basename(name)} 检查通过:${countTextZh(counts)}。(主机未运行:未与账本比对)`,
    });
    return EXIT.good;
  }
  const answer = await put(tool, box, book, dryRun, textOf(options, 'validFrom'));
  const problems = problemsOf(answer);
  if (problems) return showProblems(tool.out, name, problems.map(imported.locate));
  if (answer.status >= 400) throw refusal(answer);
  const told = answer.body as { version?: number; validFrom?: string };
  tool.out.data({ ...(answer.body as object), ...merged });
  tool.out.line(doneText(basename(name), counts, told, merged));
  return EXIT.good;
};

/** The rows of a table of past use, told by its kind or its heads; undefined = it is something else. */
async function usageRows(
  name: string,
  bytes: Uint8Array,
  kind: string | undefined,
): Promise<readonly (readonly string[])[] | undefined> {
  if (!/\.(csv|xlsx)$/i.test(name) || (kind !== undefined && kind !== USAGE)) return undefined;
  const read = await readSheets(bytes);
  const rows = read.ok ? (read.sheets[0]?.rows ?? []) : [];
  return kind === USAGE || isUsageTable(rows) ? rows : undefined;
}

type Counts = Readonly<Record<'items' | 'recipes' | 'modifiers' | 'suppliers', number>>;

function countsOf(book: Readonly<Record<string, unknown>>): Counts {
  const count = (key: string) => (Array.isArray(book[key]) ? (book[key] as unknown[]).length : 0);
  return {
    items: count('items'),
    recipes: count('recipes'),
    modifiers: count('modifiers'),
    suppliers: count('suppliers'),
  };
}

function countText(c: Counts): string {
  return `${c.items} items, ${c.recipes} recipes, ${c.modifiers} modifiers, ${c.suppliers} suppliers`;
}

function countTextZh(c: Counts): string {
  return `物料 ${c.items}、配方 ${c.recipes}、做法/加料 ${c.modifiers}、供应商 ${c.suppliers}`;
}

function doneText(
  name: string,
  counts: Counts,
  told: { version?: number; validFrom?: string },
  merged: { added?: number; changed?: number },
) {
  const rows =
    merged.added === undefined
      ? { en: '', zh: '' }
      : {
          en: ` (${merged.added} added, ${merged.changed} changed)`,
          zh: `(新增 ${merged.added},更新 ${merged.changed})`,
        };
  if (told.version === undefined) {
    return {
      en: `${name} is right: ${countText(counts)}${rows.en}. Nothing was changed (dry run).`,
      zh: `${name} 检查通过:${countTextZh(counts)}${rows.zh}。未做更改(试运行)。`,
    };
  }
  return {
    en: `book version ${told.version} counts from ${told.validFrom}: ${countText(counts)}${rows.en}`,
    zh: `配方册第 ${told.version} 版自 ${told.validFrom} 起生效:${countTextZh(counts)}${rows.zh}`,
  };
}

/** A dry run works without a box, too. */
function findBox({ around }: Tool, dryRun: boolean): RunningBox | undefined {
  const folders = dataFolders(around);
  if (folders.some((folder) => readRunning(folder))) return runningBox(around);
  if (dryRun) return undefined;
  throw noBox(folders);
}

function readInput({ around }: Tool, name: string): Uint8Array {
  const file = resolve(around.here, name);
  try {
    return readFileSync(file);
  } catch {
    throw wrongUse(`${file} cannot be read`, `无法读取 ${file}`);
  }
}

function put(
  { around }: Tool,
  box: RunningBox,
  body: string,
  dryRun: boolean,
  validFrom: string | undefined,
): Promise<Answer> {
  const query = new URLSearchParams();
  if (dryRun) query.set('dryRun', '1');
  if (validFrom !== undefined) query.set('validFrom', validFrom);
  const newest = newestVersion(around);
  const headers: Record<string, string> = newest === undefined ? {} : { 'if-match': `"${newest}"` };
  return callBox(box, 'PUT', `/api/v1/book?${query}`, { body, headers });
}

/** What only the box could find: units that the ledger counts otherwise. */
function problemsOf({ status, body }: Answer): BookProblem[] | undefined {
  if (status !== 422 || typeof body !== 'object' || body === null) return undefined;
  const { problems } = body as { problems?: unknown };
  return Array.isArray(problems) ? (problems as BookProblem[]) : undefined;
}

function showProblems(out: Output, name: string, problems: readonly ImportProblem[]): number {
  out.data({ ok: false, file: basename(name), problems });
  out.line({
    en: `${basename(name)}: ${problems.length} mistake(s); nothing was changed`,
    zh: `${basename(name)}:${problems.length} 处错误;未做任何更改`,
  });
  for (const problem of problems) {
    const place = placeWords(problem);
    const { message, messageZh, remedy, remedyZh } = problem;
    out.line({
      en: `  ${place.en}${message}${remedy ? `; ${remedy}` : ''}`,
      zh: `  ${place.zh}${messageZh}${remedyZh ? `;${remedyZh}` : ''}`,
    });
  }
  return EXIT.findings;
}

function placeWords({ sheet, row, column, path }: ImportProblem) {
  const en = [sheet, row && `row ${row}`, column && `column ${column}`].filter(Boolean).join(', ');
  const zh = [sheet, row && `第 ${row} 行`, column && `“${column}”列`].filter(Boolean).join(',');
  const where = path ? ` (${path})` : '';
  if (en === '') return path ? { en: `${path}: `, zh: `${path}:` } : { en: '', zh: '' };
  return { en: `${en}${where}: `, zh: `${zh}${where}:` };
}

async function writeUsageTemplate(tool: Tool, name: string): Promise<number> {
  return writeRows(tool, name, USAGE, [
    ['date', 'item', 'qty'],
    ['2026-11-21', 'pork-belly', '4.2 kg'],
  ]);
}

async function writeTemplate(
  tool: Tool,
  name: string,
  said: TableKind | undefined,
): Promise<number> {
  const kind =
    said ?? TABLE_KINDS.find((one) => basename(name).toLowerCase().includes(one.slice(0, -1)));
  if (kind === undefined) {
    throw wrongUse(
      'say what the table is for: --kind items, recipes or suppliers',
      '请用 --kind 指明类型:items、recipes 或 suppliers',
    );
  }
  return writeRows(tool, name, kind, templateRows(kind, tool.out.lang));
}

async function writeRows(
  tool: Tool,
  name: string,
  kind: string,
  rows: readonly (readonly string[])[],
): Promise<number> {
  const extension = extname(name).toLowerCase();
  if (extension !== '.xlsx' && extension !== '.csv') {
    throw wrongUse('a template is .xlsx or .csv', '模板文件应为 .xlsx 或 .csv');
  }
  const content =
    extension === '.csv' ? csvText(rows, true) : await excelBytes([{ name: kind, rows }]);
  const file = resolve(tool.around.here, name);
  writeFileSync(file, content, { flag: 'wx' });
  tool.out.data({ template: file, kind });
  tool.out.line({
    en: `${name}: a table of ${kind} with an example row; replace it by yours and import the file`,
    zh: `${name}:${kind} 模板,含一行示例;填写后导入即可`,
  });
  return EXIT.good;
}
