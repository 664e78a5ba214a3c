/** Stores join the chain and leave it; the token of a store's bridge is shown once. */
import { Hono } from 'hono';
import { z } from 'zod';
import { randomHex } from '../../../edge/runtime/ports.ts';
import { type HqEnv, hashToken } from '../auth.ts';
import { unknownStore } from '../board/query.ts';
import { isTimezone } from '../board/store-day.ts';
import { badBody } from '../http/bad-body.ts';
import type { HqParts } from '../parts.ts';
import { STORE_CODE } from '../store-code.ts';
import { closeStore, putStore, storeToken } from './particulars-store.ts';

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'HH:MM');
const word = z.string().min(1).max(100);

/** Body of `POST /stores`. */
export const storeSchema = z
  .strictObject({
    store: z.string().regex(STORE_CODE),
    name: z
      .union([word, z.strictObject({ zh: word.optional(), en: word.optional() })])
      .nullish()
      .meta({ description: 'null = as its box calls itself' }),
    role: z.enum(['store', 'kitchen']).optional().meta({
      description: 'kitchen: other stores may ask goods of it',
    }),
    timezone: z.string().max(64).refine(isTimezone, 'no time zone').nullish(),
    opens: clock.nullish().meta({ description: 'silence is an alarm from then' }),
    closes: clock.nullish().meta({ description: 'until then; before `opens` = the next morning' }),
    newToken: z.literal(true).optional().meta({
      description: 'a new token for its bridge; the old one ends',
    }),
  })
  .meta({ id: 'StoreSaid' });

export function storeRoutes(parts: HqParts): Hono<HqEnv> {
  const { db, ports, wire } = parts;
  const app = new Hono<HqEnv>();

  app.post('/stores', async (c) => {
    const said = storeSchema.safeParse(await c.req.json().catch(() => undefined));
    if (!said.success) return badBody(c, said.error);
    const { newToken, name, ...rest } = said.data;
    const before = await storeToken(db.chain, rest.store);
    const token = newToken || !before.hasToken ? `store_${randomHex(ports, 24)}` : null;
    const names = typeof name === 'string' ? { zh: name, en: name } : name;
    await putStore(
      db.chain,
      { ...rest, ...(names === undefined ? {} : { name: names }) },
      token === null ? null : hashToken(token),
    );
    wire.tell({ kind: 'store', store: rest.store, data: {} });
    return c.json({ store: rest.store, token }, before.known ? 200 : 201);
  });

  app.delete('/stores/:store', async (c) => {
    const code = c.req.param('store');
    if (!(await closeStore(db.chain, code))) return unknownStore(c, code);
    wire.tell({ kind: 'store', store: code, data: {} });
    return c.body(null, 204);
  });
  return app;
}
