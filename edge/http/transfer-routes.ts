/** Goods between stores, what stores ask of each other, and outside work: to read. */
import { Hono } from 'hono';
import type { AuthEnv } from './auth.ts';
import { notFound, problem } from './problem.ts';

/** What the routes read. */
export type TransferRouteParts = {
  readonly transfers: (which: 'open' | 'all') => object;
  readonly transfer: (id: string) => object | undefined;
  readonly requisitions: () => object;
  readonly outsource: () => object;
};

/** `GET /transfers`, `/transfers/{id}`, `/requisitions`, `/outsource`. */
export function transferRoutes(parts: TransferRouteParts): Hono<AuthEnv> {
  const app = new Hono<AuthEnv>();
  app.get('/transfers', (c) => {
    const state = c.req.query('state') ?? 'all';
    if (state === 'open' || state === 'all') return c.json(parts.transfers(state));
    return problem(c, 400, 'bad_query', {
      en: 'state is open or all',
      zh: 'state 应为 open 或 all',
    });
  });
  app.get('/transfers/:transfer', (c) => {
    const id = c.req.param('transfer');
    const found = parts.transfer(id);
    return found ? c.json(found) : problem(c, 404, 'unknown_transfer', notFound(`transfer ${id}`));
  });
  app.get('/requisitions', (c) => c.json(parts.requisitions()));
  app.get('/outsource', (c) => c.json(parts.outsource()));
  return app;
}
