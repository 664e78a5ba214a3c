/** Recipes with costs and coverage, and what selling one would take now. */
import { Hono } from 'hono';
import { z } from 'zod';
import { lineSchema } from '#recipes/contracts/pos-event.ts';
import type { RecipeReader } from '../recipe-book/recipe-reader.ts';
import type { AuthEnv } from './auth.ts';
import { notFound, problem } from './problem.ts';

export type RecipeRouteParts = RecipeReader;

/** As a line of a sale says it. */
export const simulateSchema = z
  .object({
    qty: lineSchema.shape.qty.optional().meta({ description: 'default: 1' }),
    modifiers: lineSchema.shape.modifiers,
    channel: z.string().min(1).max(64).optional(),
  })
  .meta({ id: 'Simulate' });

export function recipeRoutes(reader: RecipeRouteParts): Hono<AuthEnv> {
  const app = new Hono<AuthEnv>();
  app.get('/recipes', async (c) => c.json(await reader.list()));
  app.post('/recipes/:id/simulate', async (c) => {
    const id = c.req.param('id');
    const said = simulateSchema.safeParse(await c.req.json().catch(() => ({})));
    if (!said.success) {
      const [issue] = said.error.issues;
      const what = `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`;
      return problem(c, 400, 'bad_query', {
        en: `send {"qty","modifiers":[{"sku","qty"}],"channel"}; ${what}`,
        zh: `请发送 {"qty","modifiers":[{"sku","qty"}],"channel"};${what}`,
      });
    }
    const { qty = 1, modifiers = [], channel } = said.data;
    const result = reader.simulate(id, { qty, modifiers, channel });
    if (!result) return problem(c, 404, 'unknown_recipe', notFound(`recipe ${id}`));
    if ('takes' in result) return c.json(result);
    return problem(c, 422, 'unknown_modifier', {
      en: `nobody has said what the modifier "${result.unknown}" is on this dish`,
      zh: `此菜品尚未匹配做法/加料“${result.unknown}”`,
    });
  });
  return app;
}
