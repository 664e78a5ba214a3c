/** Alarms of the stores: those that are open, or all there ever were. */
import { Hono } from 'hono';
import type { HqEnv } from '../auth.ts';
import { badCursor, readLimit } from '../board/query.ts';
import type { HqParts } from '../parts.ts';
import { wordsOf } from './alarm-loop.ts';
import { listAlarms } from './alarm-store.ts';

const LIMIT_MAX = 500;
const LIMIT_USUAL = 100;

export function alarmRoutes({ db }: HqParts): Hono<HqEnv> {
  const app = new Hono<HqEnv>();
  app.get('/alarms', async (c) => {
    const before = Number(c.req.query('cursor') ?? Number.MAX_SAFE_INTEGER);
    if (!Number.isSafeInteger(before)) return badCursor(c);
    const limit = readLimit(c, LIMIT_MAX, LIMIT_USUAL);
    const open = (c.req.query('state') ?? 'open') !== 'all';
    const store = c.req.query('store') || undefined;
    const alarms = await listAlarms(db.chain, { open, store, before, limit });
    return c.json({
      alarms: alarms.map((alarm) => ({ ...alarm, words: wordsOf(alarm.kind) })),
      next: alarms.length < limit ? null : String(alarms.at(-1)?.id),
    });
  });
  return app;
}
