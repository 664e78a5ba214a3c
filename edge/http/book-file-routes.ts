/**
 * The recipe book as files: a book or tables of it come in (YAML, JSON, CSV, Excel), looked at first
 * and taken whole or not at all; and go out, or as an empty table to fill in.
 */
import { type Context, Hono } from 'hono';
import { bookChanges } from '#recipes/book/changes.ts';
import type { Book } from '#recipes/contracts/book.ts';
import { bookJson, bookYaml, tableRows, templateRows } from '../recipe-book/export-book.ts';
import { csvText, excelBytes } from '../recipe-book/export-cells.ts';
import { TABLE_KINDS, type TableKind } from '../recipe-book/import-columns.ts';
import { importFile } from '../recipe-book/import-file.ts';
import type { ImportProblem } from '../recipe-book/import-problem.ts';
import { type AuthEnv, pinNeeded } from './auth.ts';
import type { BookRouteParts } from './book-route-parts.ts';
import { notFound, problem } from './problem.ts';

const EXCEL = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const EXTENSIONS = ['yaml', 'yml', 'json', 'csv', 'xlsx'];

export function bookFileRoutes(parts: BookRouteParts): Hono<AuthEnv> {
  const app = new Hono<AuthEnv>();
  app.post('/book/files/:name', (c) => takeFile(parts, c));
  app.get('/book/files/:name', (c) => giveFile(parts, c));
  app.get('/book/modifiers', (c) => {
    const { modifiers = [] } = parts.knowledge.at(parts.now())?.kitchen ?? {};
    return c.json({
      modifiers: modifiers.flatMap(({ skus, name }) => skus.map((sku) => ({ sku, name }))),
    });
  });
  return app;
}

/** Its name says what it is; `dryRun=1` only looks, `kind` says what a table holds. */
async function takeFile(parts: BookRouteParts, c: Context<AuthEnv>): Promise<Response> {
  const name = c.req.param('name') ?? '';
  const extension = name.split('.').at(-1)?.toLowerCase() ?? '';
  const kind = c.req.query('kind');
  if (!EXTENSIONS.includes(extension) || (kind !== undefined && !isTable(kind))) {
    return problem(c, 400, 'bad_file', {
      en: `"${name}" is no file of a book: ${EXTENSIONS.join(', ')}; kind: ${TABLE_KINDS.join(', ')}`,
      zh: `“${name}”不是可导入的文件:${EXTENSIONS.join('、')};kind:${TABLE_KINDS.join('、')}`,
    });
  }
  const base = bookInForce(parts);
  const bytes = new Uint8Array(await c.req.arrayBuffer());
  const imported = await importFile({ bytes, extension, kind, base });
  if (!imported.ok) return refused(c, imported.problems);
  const checked = parts.check(imported.book);
  if (!checked.ok) return refused(c, checked.problems.map(imported.locate));
  const { book } = checked;
  const changes = bookChanges(base, book);
  const counts = {
    items: book.items?.length ?? 0,
    recipes: book.recipes?.length ?? 0,
    modifiers: book.modifiers?.length ?? 0,
    suppliers: book.suppliers?.length ?? 0,
  };
  const preview = { whole: imported.whole, ...counts, changes };
  if (/^(1|true)$/.test(c.req.query('dryRun') ?? '')) return c.json({ dryRun: true, ...preview });
  const result = parts.adopt(book, book.validFrom, c.get('sender'));
  if (result.code === 'pin_needed') return pinNeeded(c);
  if (result.status !== 'applied') {
    const words = result.message ?? { en: 'not adopted', zh: '未启用' };
    return problem(c, 422, result.code ?? 'not_adopted', words);
  }
  return c.json({ ...(result.data as { version: number; validFrom: string }), ...preview });
}

async function giveFile(parts: BookRouteParts, c: Context<AuthEnv>): Promise<Response> {
  const name = c.req.param('name') ?? '';
  const book = bookInForce(parts);
  const [stem = '', extension = ''] = name.split('.');
  if (stem === 'book' && (extension === 'yaml' || extension === 'json')) {
    if (!book) return problem(c, 404, 'no_book', notFound('recipe book yet'));
    return file(c, name, 'text/plain', extension === 'yaml' ? bookYaml(book) : bookJson(book));
  }
  const lang = /^\s*en\b/i.test(c.req.header('accept-language') ?? '') ? 'en' : 'zh';
  const rowsOf = (kind: TableKind) => (book ? tableRows(book, kind) : templateRows(kind, lang));
  if (name === 'tables.xlsx') {
    const sheets = TABLE_KINDS.map((kind) => ({ name: kind, rows: rowsOf(kind) }));
    return file(c, name, EXCEL, await excelBytes(sheets));
  }
  if (extension === 'csv' && isTable(stem))
    return file(c, name, 'text/csv', csvText(rowsOf(stem), true));
  return problem(c, 404, 'not_found', notFound(`file ${name}`));
}

function file(c: Context, name: string, type: string, content: string | Uint8Array): Response {
  c.header('content-type', type);
  c.header('content-disposition', `attachment; filename="${name}"`);
  return c.body(typeof content === 'string' ? content : new Uint8Array(content));
}

function bookInForce({ knowledge, books, now }: BookRouteParts): Book | undefined {
  const version = knowledge.at(now())?.version.version;
  const text = version === undefined ? undefined : books.document(version);
  return text === undefined ? undefined : (JSON.parse(text) as Book);
}

function isTable(kind: string): kind is TableKind {
  return TABLE_KINDS.some((one) => one === kind);
}

function refused(c: Context, problems: readonly ImportProblem[]): Response {
  return problem(
    c,
    422,
    'bad_book',
    {
      en: `the file has ${problems.length} mistake(s); nothing was changed`,
      zh: `文件有 ${problems.length} 处错误;未做任何更改`,
    },
    { problems },
  );
}
