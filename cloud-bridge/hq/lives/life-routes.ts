/** Two boxes, one store: facts of the other lives for the one that goes on, and a person's choice. */
import { Hono } from 'hono';
import { z } from 'zod';
import { type HqEnv, nameOf } from '../auth.ts';
import type { HqParts } from '../parts.ts';
import { badBody, openAtLife, unknownLife } from './at-life.ts';
import { chooseMain } from './states-store.ts';
import { nextTakeover, tookOver } from './takeover-store.ts';

export function lifeRoutes(parts: HqParts): Hono<HqEnv> {
  const { log } = parts;
  const app = new Hono<HqEnv>();
  const atLife = openAtLife(parts);

  app.get(
    '/stores/:store/takeover',
    atLife(async (c, { pool, lives, life }) => {
      if (life?.state !== 'main') return c.body(null, 204);
      const piece = await nextTakeover(pool, lives, life);
      return piece === undefined ? c.body(null, 204) : c.json(piece);
    }),
  );

  app.post(
    '/stores/:store/takeover',
    atLife(async (c, { store, pool, lives }) => {
      const said = tookOverSchema.safeParse(await c.req.json().catch(() => undefined));
      if (!said.success) return badBody(c, said.error);
      const { incarnation, of, segment, result } = said.data;
      const life = lives.find((one) => one.incarnation === incarnation);
      const other = lives.find((one) => one.incarnation === of);
      if (life === undefined || other === undefined) return unknownLife(c);
      await tookOver(pool, store.id, life.id, other.id, segment);
      log.info({ store: store.code, incarnation, of, segment, result }, 'facts were taken over');
      parts.wire.tell({ kind: 'store', store: store.code, data: {} });
      return c.json({ ok: true });
    }),
  );

  app.post(
    '/stores/:store/lives/:incarnation/main',
    atLife(async (c, { store, pool }) => {
      const incarnation = c.req.param('incarnation') ?? '';
      if (!(await chooseMain(pool, store.id, incarnation))) return unknownLife(c);
      log.warn({ store: store.code, incarnation, by: nameOf(c.get('principal')) }, 'life chosen');
      parts.wire.tell({ kind: 'store', store: store.code, data: {} });
      return c.json({ ok: true });
    }),
  );
  return app;
}

const tookOverSchema = z.object({
  incarnation: z.string(),
  of: z.string(),
  segment: z.int().min(1),
  result: z.looseObject({}).optional(),
});
