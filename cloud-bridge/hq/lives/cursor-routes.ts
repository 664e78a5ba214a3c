/** What both ends agree on: how far head office is, its hashes, and whether the balances are the same. */
import { Hono } from 'hono';
import { z } from 'zod';
import type { HqEnv } from '../auth.ts';
import { problem } from '../http/problem.ts';
import { openCatalogHeads } from '../ingest/catalog-heads.ts';
import { hashesAt } from '../ingest/entry-store.ts';
import type { HqParts } from '../parts.ts';
import { ackOf, unknownCursor } from './ack.ts';
import { badBody, openAtLife, unknownLife } from './at-life.ts';
import { compareBalances } from './differences-store.ts';
import { lineageIn } from './lineage.ts';
import { hasTakeover } from './takeover-store.ts';

/** Hashes that are told at once. */
const HASHES_MAX = 256;

export function cursorRoutes(parts: HqParts): Hono<HqEnv> {
  const { ports } = parts;
  const app = new Hono<HqEnv>();
  const atLife = openAtLife(parts);
  const catalogHead = openCatalogHeads(parts);

  app.get(
    '/stores/:store/cursor',
    atLife(async (c, { store, pool, lives, life }) => {
      const head = await catalogHead(store.code);
      const now = ports.now();
      if (life === undefined) return c.json(unknownCursor(store.code, head, now));
      const takeover = life.state === 'main' && (await hasTakeover(pool, lives, life));
      const ack = ackOf({ life, lives, catalogHead: head, wantBalances: false, takeover, now });
      return c.json({ ...ack, store: store.code, known: true });
    }),
  );

  app.get(
    '/stores/:store/hashes',
    atLife(async (c, { store, pool, lives, life }) => {
      if (life === undefined) return unknownLife(c);
      const sequences = (c.req.query('seq') ?? '').split(',').map(Number);
      if (sequences.length > HASHES_MAX || !sequences.every((seq) => Number.isSafeInteger(seq))) {
        return problem(c, 400, 'bad_query', {
          en: `seq takes up to ${HASHES_MAX} numbers of entries with commas between them`,
          zh: `seq 应为最多 ${HASHES_MAX} 个以逗号分隔的条目序号`,
        });
      }
      const found = await hashesAt(pool, store.id, lineageIn(lives, life.id), sequences);
      return c.json({ hashes: [...found].sort(([a], [b]) => a - b) });
    }),
  );

  app.post(
    '/stores/:store/balances',
    atLife(async (c, { store, pool }) => {
      const said = balancesSchema.safeParse(await c.req.json().catch(() => undefined));
      if (!said.success) return badBody(c, said.error);
      const compared = await compareBalances(pool, store.id, said.data);
      if (compared.what === 'unknown') return unknownLife(c);
      if (compared.what === 'elsewhere') {
        const { seq, hash } = compared;
        const words = {
          en: `head office is at entry ${seq}, these balances are of ${said.data.seq}: send them again later`,
          zh: `总部目前在第 ${seq} 条,而余额为第 ${said.data.seq} 条时的数值:请稍后重新发送`,
        };
        return problem(c, 409, 'elsewhere', words, { ackedSeq: seq, ackedHash: hash });
      }
      parts.wire.tell({ kind: 'store', store: store.code, data: {} });
      return c.json({ differences: compared.differences });
    }),
  );
  return app;
}

const balancesSchema = z.object({
  incarnation: z.string(),
  seq: z.int().min(0),
  hash: z.string(),
  rows: z.array(z.tuple([z.int(), z.int(), z.int(), z.int()])).max(500_000),
});
