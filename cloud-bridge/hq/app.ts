/** All routes of head office, in one place: who may, how much, and what an unexpected error becomes. */
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { secureHeaders } from 'hono/secure-headers';
import { alarmRoutes } from './alarms/alarm-routes.ts';
import { authenticate, type HqEnv } from './auth.ts';
import { boardRoutes } from './board/board-routes.ts';
import { catalogRoutes } from './catalog/catalog-routes.ts';
import { isBadValue } from './db/bad-value.ts';
import { boardPages } from './http/board-pages.ts';
import { probeRoutes } from './http/probe-routes.ts';
import { notFound, problem } from './http/problem.ts';
import { batchRoutes } from './ingest/batch-routes.ts';
import { cursorRoutes } from './lives/cursor-routes.ts';
import { lifeRoutes } from './lives/life-routes.ts';
import { openApi } from './openapi.ts';
import { orderRoutes } from './orders/order-routes.ts';
import type { HqParts } from './parts.ts';
import { reportRoutes } from './reports/report-routes.ts';
import { storeRoutes } from './stores/store-routes.ts';
import { streamRoutes } from './stream/stream-routes.ts';
import { tokenRoutes } from './tokens/token-routes.ts';
import { transferRoutes } from './transfers/transfer-routes.ts';
import { webhookRoutes } from './webhooks/webhook-routes.ts';

/** What a part adds to `/hq/v1`. */
export type HqRoutes = (parts: HqParts) => Hono<HqEnv> | Hono;

/** Every part's routes; each stands for itself, so the order does not matter. */
const ROUTES: readonly HqRoutes[] = [
  batchRoutes,
  cursorRoutes,
  lifeRoutes,
  catalogRoutes,
  transferRoutes,
  boardRoutes,
  reportRoutes,
  orderRoutes,
  streamRoutes,
  alarmRoutes,
  storeRoutes,
  tokenRoutes,
  webhookRoutes,
];

/** Head office as one Hono app: pages, probes and `/hq/v1`. */
export function createApp(parts: HqParts): Hono {
  const app = new Hono();
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
      referrerPolicy: 'no-referrer',
      // A proxy in front that speaks HTTPS says so itself.
      strictTransportSecurity: false,
      crossOriginOpenerPolicy: false,
    }),
  );
  app.route('/', probeRoutes(parts));
  app.get('/hq/openapi.json', (c) => c.json(openApi()));
  app.route('/hq/v1', api(parts));
  app.route('/', boardPages());
  app.notFound((c) => problem(c, 404, 'not_found', notFound(c.req.path)));
  app.onError((error, c) => {
    if (isDatabaseAway(error)) {
      // While head office stops, nobody needs to know.
      if (!parts.db.chain.ending) {
        parts.log.warn({ err: error, path: c.req.path }, 'a database does not answer');
      }
      c.header('retry-after', String(AWAY_S));
      return problem(c, 503, 'database_away', {
        en: 'a database of head office does not answer; nothing was stored. Ask again in a moment',
        zh: '总部数据库暂时无响应,未存入任何数据,请稍后重试',
      });
    }
    if (isBadValue(error)) {
      const words = {
        en: `something in the address or the body cannot be meant: ${error.message}`,
        zh: `地址或请求体中的某个值不可用:${error.message}`,
      };
      return problem(c, 400, 'bad_query', words);
    }
    parts.log.error({ err: error, path: c.req.path }, 'a request failed');
    return problem(c, 500, 'internal', {
      en: 'a fault of head office; its log says more. Ask again: what was done already is not done twice',
      zh: '总部内部错误,详见日志;可重试,已完成的操作不会重复',
    });
  });
  return app;
}

/** Of everything but batches, which have a limit of their own. */
const BODY_MAX = 16 * 1024 * 1024;
const AWAY_S = 2;
const BATCHES = /^\/hq\/v1\/stores\/[^/]+\/batches$/;

function api(parts: HqParts): Hono<HqEnv> {
  const v1 = new Hono<HqEnv>();
  v1.use('*', authenticate(parts));
  const limited = bodyLimit({
    maxSize: BODY_MAX,
    onError: (c) =>
      problem(c, 413, 'too_large', {
        en: 'the body is larger than 16 MiB',
        zh: '请求超过 16 MiB',
      }),
  });
  v1.use('*', (c, next) => (BATCHES.test(c.req.path) ? next() : limited(c, next)));
  for (const routes of ROUTES) v1.route('/', routes(parts) as Hono<HqEnv>);
  return v1;
}

/** PostgreSQL is down, starting, or ended under us: nothing was committed, another try may do. */
export function isDatabaseAway(error: unknown): boolean {
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (typeof code === 'string' && AWAY_CODES.test(code)) return true;
  return typeof message === 'string' && AWAY_WORDS.test(message);
}

/** Connection exceptions, operator intervention, too many connections, and the network's own words. */
const AWAY_CODES = /^(08...|57P0[1-5]|53300|ECONN\w+|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENOTFOUND)$/;
const AWAY_WORDS =
  /Connection terminated|timeout exceeded when trying to connect|could not connect to server|not queryable|after calling end on the pool/;
