/** The life that a path and a query name, for the routes that bridges use. */
import type { Context } from 'hono';
import { z } from 'zod';
import type { HqEnv } from '../auth.ts';
import { openStoreFinder } from '../find-store.ts';
import { problem } from '../http/problem.ts';
import type { HqParts, Store } from '../parts.ts';
import { type Life, readLives } from './life-store.ts';

/** A store with where its rows are, its lives, and the one that was asked for, if there is one. */
export type AtLife = {
  readonly store: Store;
  readonly pool: Awaited<ReturnType<HqParts['db']['of']>>;
  readonly lives: readonly Life[];
  readonly life: Life | undefined;
};

export type AtLifeHandler = (c: Context<HqEnv>, at: AtLife) => Promise<Response>;

/** Runs with the life of `?incarnation=`; without it, with the main one. */
export function openAtLife(
  parts: Pick<HqParts, 'db' | 'ports'>,
): (work: AtLifeHandler) => (c: Context<HqEnv>) => Promise<Response> {
  const finder = openStoreFinder(parts);
  return (work) => async (c) => {
    const store = await finder(c);
    if (store instanceof Response) return store;
    const pool = await parts.db.of(store.id);
    const named = c.req.query('incarnation');
    const lives = await readLives(pool, store.id);
    const life = lives.find(({ incarnation, state }) =>
      named === undefined ? state === 'main' : incarnation === named,
    );
    return await work(c, { store, pool, lives, life });
  };
}

/** The answer to an incarnation that the store does not have. */
export function unknownLife(c: Context): Response {
  return problem(c, 404, 'unknown_life', {
    en: 'this store has no such life: send its first batch, or GET /stores/{store} lists them',
    zh: '该门店没有此运行实例:请先发送第一批数据,或用 GET /stores/{store} 查看',
  });
}

/** The answer to a body that is not what the route takes. */
export function badBody(c: Context, error: z.ZodError): Response {
  const why = z.prettifyError(error);
  return problem(c, 400, 'bad_body', { en: why, zh: `请求内容不符合要求:${why}` });
}
