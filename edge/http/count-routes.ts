/** Counts: what is being counted, what came of it, and what is worth counting. */
import { type Context, Hono } from 'hono';
import type { countList } from '../counts/count-list.ts';
import type { CountReader } from '../counts/read-counts.ts';
import { type AuthEnv, isManager } from './auth.ts';
import { notFound, problem } from './problem.ts';

export type CountRouteParts = {
  readonly reader: CountReader;
  readonly list: (query: Parameters<typeof countList>[1]) => ReturnType<typeof countList>;
  /** Whether those who count must not see the book; a manager always may. */
  readonly blind: () => boolean;
};

const LIST_DEFAULT = 5;
const LIST_MAX = 500;

export function countRoutes(parts: CountRouteParts): Hono<AuthEnv> {
  const app = new Hono<AuthEnv>();
  app.get('/counts', (c) => {
    const open = c.req.query('open');
    return c.json({ counts: parts.reader.counts(open === '1' || open === 'true') });
  });
  // An id may contain slashes.
  app.get('/counts/:count{.+}', (c) => {
    const id = c.req.param('count');
    const sighted = isManager(c.get('sender')) || !parts.blind();
    const count = parts.reader.count(id, sighted);
    return count ? c.json(count) : problem(c, 404, 'unknown_count', notFound(`count ${id}`));
  });
  app.get('/count-list', (c) => {
    const place = c.req.query('place');
    return c.json(parts.list({ limit: limitOf(c), place: place === '' ? undefined : place }));
  });
  return app;
}

function limitOf(c: Context): number {
  const said = Number(c.req.query('limit') ?? LIST_DEFAULT);
  return Number.isFinite(said) ? Math.min(LIST_MAX, Math.max(1, Math.trunc(said))) : LIST_DEFAULT;
}
