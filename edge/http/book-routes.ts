/** The recipe book in force, and the door for a new one: checked whole, all mistakes at once. */
import { type Context, Hono } from 'hono';
import { parseBookText } from '#recipes/book/load.ts';
import type { BookVersion } from '../recipe-book/book-store.ts';
import { type AuthEnv, pinNeeded } from './auth.ts';
import { bookFileRoutes } from './book-file-routes.ts';
import type { BookRouteParts } from './book-route-parts.ts';
import { catalogRoutes } from './catalog-routes.ts';
import { notFound, problem } from './problem.ts';

export type { BookRouteParts };

export function bookRoutes(parts: BookRouteParts): Hono<AuthEnv> {
  const app = new Hono<AuthEnv>();
  app.get('/book', (c) => {
    const wanted = c.req.query('version');
    const version =
      wanted === undefined
        ? parts.knowledge.at(parts.now())?.version
        : parts.books.versions().find((v) => v.version === Number(wanted));
    const text = version && parts.books.document(version.version);
    if (!version || text === undefined)
      return problem(c, 404, 'no_book', notFound('recipe book yet'));
    // What is replaced is the newest version, which may start later than today's.
    c.header('etag', `"${newest(parts)}"`);
    const next = parts.knowledge.versions().find(({ validFrom }) => validFrom > parts.now());
    return c.json({
      ...headOf(parts, version),
      next: next ? headOf(parts, next) : null,
      book: JSON.parse(text) as unknown,
    });
  });
  app.get('/books', (c) => {
    const { knowledge, books } = parts;
    const now = parts.now();
    const next = knowledge.versions().find(({ validFrom }) => validFrom > now);
    return c.json({
      inForce: knowledge.at(now)?.version.version ?? null,
      next: next?.version ?? null,
      books: books.versions().map((version) => headOf(parts, version)),
    });
  });
  app.route('/', bookFileRoutes(parts));
  app.route(
    '/',
    catalogRoutes(() => parts.catalog),
  );
  app.put('/book', async (c) => putBook(parts, c, await c.req.text()));
  return app;
}

function headOf({ catalog }: BookRouteParts, version: BookVersion) {
  const { hq = null, rollbackOf = null } = catalog.origin(version);
  return {
    version: version.version,
    validFrom: new Date(version.validFrom).toISOString(),
    adoptedAt: new Date(version.adoptedAt).toISOString(),
    hash: version.hash,
    hq,
    rollbackOf,
  };
}

function newest(parts: BookRouteParts): number {
  return parts.books.versions().at(-1)?.version ?? 0;
}

async function putBook(
  parts: BookRouteParts,
  c: Context<AuthEnv>,
  text: string,
): Promise<Response> {
  const current = newest(parts);
  const match = c.req.header('if-match');
  if (match !== undefined && match !== '*' && match.replace(/^W\//, '') !== `"${current}"`) {
    return problem(c, 412, 'book_changed', {
      en: `the newest book is version ${current}; read it again before you replace it`,
      zh: `最新配方册为第 ${current} 版;请先重新读取再替换`,
    });
  }
  // JSON unless it says or shows that it is not: many tools send YAML as plain text.
  const type = c.req.header('content-type') ?? '';
  const yaml = /yaml/i.test(type) || (!/json/i.test(type) && !text.trimStart().startsWith('{'));
  const parsed = parseBookText(text, yaml ? 'yaml' : 'json');
  if (!parsed.ok) return refused(c, parsed.problems);
  const checked = parts.check(parsed.value);
  if (!checked.ok) return refused(c, checked.problems);
  const { items = [], recipes = [], modifiers = [], suppliers = [] } = checked.book;
  const counts = {
    items: items.length,
    recipes: recipes.length,
    modifiers: modifiers.length,
    suppliers: suppliers.length,
  };
  if (isYes(c.req.query('dryRun'))) {
    const rehearsal = isYes(c.req.query('rehearse')) ? await parts.rehearse(checked.book) : null;
    return c.json({ dryRun: true, ...counts, ...(rehearsal ? { rehearsal } : {}) });
  }
  const validFrom = c.req.query('validFrom') ?? checked.book.validFrom;
  if (validFrom !== undefined && Number.isNaN(Date.parse(validFrom))) {
    return problem(c, 400, 'bad_time', {
      en: `validFrom "${validFrom}" is no time; write 2026-11-22T04:00:00+08:00`,
      zh: `validFrom“${validFrom}”不是有效时间;示例 2026-11-22T04:00:00+08:00`,
    });
  }
  const result = parts.adopt(checked.book, validFrom, c.get('sender'));
  if (result.code === 'pin_needed') return pinNeeded(c);
  if (result.status !== 'applied') {
    const words = result.message ?? { en: 'not adopted', zh: '未启用' };
    return problem(c, 422, result.code ?? 'not_adopted', words);
  }
  const data = result.data as { version: number };
  c.header('etag', `"${data.version}"`);
  return c.json({ ...data, ...counts });
}

function isYes(text: string | undefined): boolean {
  return /^(1|true)$/.test(text ?? '');
}

function refused(c: Context, problems: readonly object[]): Response {
  return problem(
    c,
    422,
    'bad_book',
    {
      en: `the book has ${problems.length} mistake(s); nothing was changed`,
      zh: `配方册有 ${problems.length} 处错误;未做任何更改`,
    },
    { problems },
  );
}
