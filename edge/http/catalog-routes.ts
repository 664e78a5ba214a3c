/** What head office sent and what is different here. Changing it is `POST /commands`. */
import { Hono } from 'hono';
import type { CatalogReads } from '../catalog/read-catalog.ts';
import type { AuthEnv } from './auth.ts';
import { problem } from './problem.ts';

const LISTED = 50;
const LISTED_MAX = 200;

/** Registers without asking for anything. */
export function catalogRoutes(reads: () => CatalogReads): Hono<AuthEnv> {
  const app = new Hono<AuthEnv>();
  app.get('/book/overrides', (c) => c.json(reads().overrides()));
  app.get('/catalog', (c) => {
    const limit = Number(c.req.query('limit') ?? LISTED);
    if (!Number.isInteger(limit) || limit < 1 || limit > LISTED_MAX) {
      return problem(c, 400, 'bad_query', {
        en: `limit is a number from 1 to ${LISTED_MAX}`,
        zh: `limit 应为 1 至 ${LISTED_MAX} 的整数`,
      });
    }
    return c.json(reads().sent(limit));
  });
  return app;
}
