/** What a supervisor asks: alive, ready, figures. No token needed, and nothing of a store is told. */
import { Hono } from 'hono';
import { collectDefaultMetrics, Registry } from 'prom-client';
import type { HqParts } from '../parts.ts';

export function probeRoutes(parts: HqParts): Hono {
  const app = new Hono();
  app.get('/healthz', (c) => c.json({ status: 'ok' }));
  app.get('/readyz', async (c) => {
    const problems = await unready(parts);
    const status = problems.length > 0 ? 'not ready' : 'ready';
    return c.json({ status, problems }, problems.length > 0 ? 503 : 200);
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

async function unready({ db }: HqParts): Promise<string[]> {
  const servers = [...new Set([db.chain, ...db.shards])];
  const answers = await Promise.allSettled(servers.map((pool) => pool.query('SELECT 1')));
  return answers.flatMap((answer, i) =>
    answer.status === 'fulfilled' ? [] : [`database ${i} does not answer`],
  );
}
