/** All routes of the box, in one place: who may, how much, and what an unexpected error becomes. */
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { secureHeaders } from 'hono/secure-headers';
import type { SaleReader } from '../pos/sale-view.ts';
import type { Log } from '../runtime/log.ts';
import { staticPages } from '../runtime/static-pages.ts';
import { type AuthEnv, type AuthParts, adminOrDevice, authenticateRequest } from './auth.ts';
import { type BookRouteParts, bookRoutes } from './book-routes.ts';
import { type CountRouteParts, countRoutes } from './count-routes.ts';
import { docRoutes } from './doc-routes.ts';
import { type FeedRouteParts, feedRoutes } from './feed-routes.ts';
import { type KitchenRouteParts, kitchenRoutes } from './kitchen-routes.ts';
import type { Metrics } from './metrics.ts';
import { type OrderRouteParts, orderRoutes } from './order-routes.ts';
import { type PeopleRouteParts, pairRoute, peopleRoutes } from './people-routes.ts';
import { type PosRouteParts, posRoutes } from './pos-routes.ts';
import { type PrintRouteParts, printRoutes } from './print-routes.ts';
import { notFound, problem } from './problem.ts';
import { type RecipeRouteParts, recipeRoutes } from './recipe-routes.ts';
import { type ReportRouteParts, reportRoutes } from './report-routes.ts';
import { saleRoutes } from './sale-routes.ts';
import { scaleRoutes } from './scale-routes.ts';
import { RESTORE_PATH, type SetupRouteParts, setupRoutes } from './setup-routes.ts';
import { type StockRouteParts, stockRoutes } from './stock-routes.ts';
import { type SuggestionRouteParts, suggestionRoutes } from './suggestion-routes.ts';
import { type SystemRouteParts, systemRoutes } from './system-routes.ts';
import { type TransferRouteParts, transferRoutes } from './transfer-routes.ts';

export type AppParts = {
  readonly auth: AuthParts;
  readonly pos: PosRouteParts;
  readonly stock: StockRouteParts;
  readonly sales: SaleReader;
  readonly kitchen: KitchenRouteParts;
  readonly orders: OrderRouteParts;
  readonly transfers: TransferRouteParts;
  readonly recipes: RecipeRouteParts;
  readonly book: BookRouteParts;
  readonly system: SystemRouteParts;
  readonly counts: CountRouteParts;
  readonly reports: ReportRouteParts;
  readonly suggestions: SuggestionRouteParts;
  readonly print: PrintRouteParts;
  readonly people: PeopleRouteParts;
  readonly setup: SetupRouteParts;
  readonly feed: FeedRouteParts;
  readonly scale: Parameters<typeof scaleRoutes>[0];
  readonly metrics: Metrics;
  /** What stands in the way of selling now; empty = ready. */
  readonly unready: () => readonly string[];
  /** Folder of the built pages. */
  readonly pages: string;
  readonly store: string;
  readonly log: Log;
};

const BODY_MAX = 40 * 1024 * 1024;

export function createApp(parts: AppParts): Hono {
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
      // The shop's network has no certificate of its own by default.
      strictTransportSecurity: false,
      // Browsers ignore it on plain HTTP, and complain on every page.
      crossOriginOpenerPolicy: false,
    }),
  );
  app.get('/healthz', (c) => c.json({ status: 'ok' }));
  app.get('/readyz', (c) => {
    const problems = parts.unready();
    return c.json(
      { status: problems.length > 0 ? 'not ready' : 'ready', problems },
      problems.length > 0 ? 503 : 200,
    );
  });
  app.get('/metrics', async (c) => c.text(await parts.metrics.text()));
  app.route('/api', docRoutes(parts.store));
  const limited = bodyLimit({ maxSize: BODY_MAX, onError: tooLarge });
  app.use('/api/v1/*', (c, next) => (c.req.path === RESTORE_PATH ? next() : limited(c, next)));
  app.route('/api/v1', api(parts));
  app.route('/', staticPages(parts.pages));
  app.notFound((c) => problem(c, 404, 'not_found', notFound(c.req.path)));
  app.onError((error, c) => {
    parts.log.error({ err: error, path: c.req.path }, 'a request failed');
    return problem(c, 500, 'internal', {
      en: 'a fault of the box; its log says more. Ask again: what was done already is not done twice',
      zh: '主机内部错误,详见日志;可重试,已完成的操作不会重复',
    });
  });
  return app;
}

function api(parts: AppParts): Hono<AuthEnv> {
  const v1 = new Hono<AuthEnv>();
  // A tablet that pairs has no token yet.
  v1.route(
    '/',
    pairRoute(() => parts.people),
  );
  v1.use(
    '*',
    authenticateRequest(() => parts.auth),
  );
  v1.route('/pos', posRoutes(parts.pos));
  v1.use('*', adminOrDevice);
  v1.route('/', stockRoutes(parts.stock));
  v1.route('/', saleRoutes(parts.sales));
  v1.route('/', kitchenRoutes(parts.kitchen));
  v1.route('/', orderRoutes(parts.orders));
  v1.route('/', transferRoutes(parts.transfers));
  v1.route('/', recipeRoutes(parts.recipes));
  v1.route('/', bookRoutes(parts.book));
  v1.route('/', systemRoutes(parts.system));
  v1.route('/', countRoutes(parts.counts));
  v1.route('/', reportRoutes(parts.reports));
  v1.route('/', suggestionRoutes(parts.suggestions));
  v1.route('/', printRoutes(parts.print));
  v1.route('/', peopleRoutes(parts.people));
  v1.route('/', setupRoutes(parts.setup));
  v1.route('/', scaleRoutes(parts.scale));
  v1.route(
    '/',
    feedRoutes(() => parts.feed),
  );
  return v1;
}

function tooLarge(c: Parameters<Parameters<typeof bodyLimit>[0]['onError'] & {}>[0]): Response {
  return problem(c, 413, 'too_large', {
    en: 'the body is larger than 40 MiB',
    zh: '请求超过 40 MiB',
  });
}
