/** What a supervisor asks: alive, ready, figures. No token needed, and nothing of a store is told. */
import { Hono } from 'hono';
import { collectDefaultMetrics, Registry } from 'prom-client';
import type { HqParts } from '../parts.ts';

/** Whether it lives, whether it is ready, and its figures: open to everybody. */
export function probeRoutes(parts: HqParts): Hono {
  const app = new Hono();
  app.get('/healthz', (c) => c.json({ status: 'ok' }));
  app.get('/readyz', async (c) => {
    const { ready, problems } = await readiness(parts);
    return c.json({ status: ready ? 'ready' : 'not ready', problems }, ready ? 200 : 503);
  });
  app.get('/metrics', async (c) => c.text(await parts.metrics.metrics()));
  return app;
}

/** Where parts register their counters. */
export function openRegistry(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return registry;
}

/** With one of several shards down the stores of the others are served: ready, and it says so. */
async function readiness({ db }: HqParts): Promise<{ ready: boolean; problems: string[] }> {
  const chain = await answers(db.chain);
  const shards = await Promise.all(db.shards.map(answers));
  const problems = shards.flatMap((up, i) => (up ? [] : [`shard ${i} does not answer`]));
  if (!chain) problems.unshift('the database does not answer');
  return { ready: chain && shards.includes(true), problems };
}

function answers(pool: HqParts['db']['chain']): Promise<boolean> {
  return pool.query('SELECT 1').then(
    () => true,
    () => false,
  );
}
