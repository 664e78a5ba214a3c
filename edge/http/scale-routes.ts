/** What a scale says, passed on to the screens as it comes; it is neither an entry nor stored. */
import { Hono } from 'hono';
import { z } from 'zod';
import { decimalSchema } from '#recipes/contracts/pos-event.ts';
import type { AuthEnv } from './auth.ts';
import type { News } from './news.ts';
import { problem } from './problem.ts';

export const weightSchema = z
  .strictObject({
    scale: z.string().min(1).max(64),
    grams: decimalSchema,
    stable: z.boolean(),
  })
  .meta({ id: 'Weight', description: 'what lies on a scale; stable: it no longer swings' });

export function scaleRoutes(parts: { readonly news: Pick<News, 'weigh'> }): Hono<AuthEnv> {
  const app = new Hono<AuthEnv>();
  app.post('/scale', async (c) => {
    const body = weightSchema.safeParse(await c.req.json().catch(() => undefined));
    if (!body.success) {
      return problem(c, 400, 'bad_body', {
        en: 'send {"scale","grams","stable"}, such as {"scale":"1","grams":"620","stable":true}',
        zh: '请发送 {"scale","grams","stable"},例如 {"scale":"1","grams":"620","stable":true}',
      });
    }
    parts.news.weigh(body.data);
    return c.json(body.data);
  });
  return app;
}
