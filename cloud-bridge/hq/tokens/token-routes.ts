/** Tokens for people, screens and programs; each is shown once, and only its hash is kept. */
import { Hono } from 'hono';
import { z } from 'zod';
import { randomHex } from '../../../edge/runtime/ports.ts';
import { type HqEnv, hashToken } from '../auth.ts';
import { badBody } from '../http/bad-body.ts';
import { notFound, problem } from '../http/problem.ts';
import type { HqParts } from '../parts.ts';
import { insertToken, listTokens, revokeToken } from './tokens-store.ts';

/** Body of `POST /tokens`. */
export const tokenSchema = z
  .strictObject({
    name: z.string().trim().min(1).max(64).meta({ description: 'who or what has it' }),
    scope: z.enum(['admin', 'read', 'wall']).meta({
      description: 'read: everything but secrets; wall: what the screen on the wall shows',
    }),
  })
  .meta({ id: 'TokenSaid' });

export function tokenRoutes({ db, ports }: HqParts): Hono<HqEnv> {
  const app = new Hono<HqEnv>();

  app.get('/tokens', async (c) => c.json({ tokens: await listTokens(db.chain) }));

  app.post('/tokens', async (c) => {
    const said = tokenSchema.safeParse(await c.req.json().catch(() => undefined));
    if (!said.success) return badBody(c, said.error);
    const { name, scope } = said.data;
    const token = `${scope}_${randomHex(ports, 24)}`;
    const made = await insertToken(db.chain, { name, scope, hash: hashToken(token) });
    return c.json({ ...made, token }, 201);
  });

  app.delete('/tokens/:token', async (c) => {
    const id = Number(c.req.param('token'));
    const known =
      id > 0 && id < 2 ** 31 && Number.isInteger(id) && (await revokeToken(db.chain, id));
    if (!known) return problem(c, 404, 'unknown_token', notFound(`token ${c.req.param('token')}`));
    return c.body(null, 204);
  });

  app.get('/me', (c) => {
    const who = c.get('principal');
    return c.json('store' in who ? { store: who.store } : { name: who.name, scope: who.scope });
  });
  return app;
}
