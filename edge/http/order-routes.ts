/** Purchase orders and what suppliers owe, to read. */
import { type Context, Hono } from 'hono';
import type { CreditsView } from '../purchasing/credits.ts';
import type { OrderView } from '../purchasing/order-view.ts';
import type { AuthEnv } from './auth.ts';
import { notFound, problem } from './problem.ts';

/** What the routes of orders read. */
export type OrderRouteParts = {
  readonly orders: (which: 'open' | 'all') => readonly OrderView[];
  readonly order: (id: string) => OrderView | undefined;
  /** The order on A4; undefined while nothing here draws pages. */
  readonly pdf: (order: OrderView, language: 'zh' | 'en') => Promise<Uint8Array> | undefined;
  readonly credits: () => CreditsView;
};

const PDF = /^(.+)\.pdf$/;

/** `GET /orders`, `/orders/{id}`, `/orders/{id}.pdf`, `/credits`. */
export function orderRoutes(parts: OrderRouteParts): Hono<AuthEnv> {
  const app = new Hono<AuthEnv>();
  app.get('/orders', (c) => {
    const state = c.req.query('state') ?? 'all';
    if (state === 'open' || state === 'all') return c.json({ orders: parts.orders(state) });
    return problem(c, 400, 'bad_query', {
      en: 'state is open or all',
      zh: 'state 应为 open 或 all',
    });
  });
  app.get('/orders/:order', (c) => {
    const id = c.req.param('order');
    const order = parts.order(id);
    if (order) return c.json(order);
    const [, named] = PDF.exec(id) ?? [];
    const printed = named === undefined ? undefined : parts.order(named);
    if (printed) return paper(parts, c, printed);
    return problem(c, 404, 'unknown_order', notFound(`order ${named ?? id}`));
  });
  app.get('/credits', (c) => c.json(parts.credits()));
  return app;
}

async function paper(
  parts: OrderRouteParts,
  c: Context<AuthEnv>,
  order: OrderView,
): Promise<Response> {
  const bytes = await parts.pdf(order, c.req.query('language') === 'en' ? 'en' : 'zh');
  if (bytes === undefined) {
    return problem(c, 404, 'no_pdf', {
      en: 'this box does not draw pages; print the order on a receipt printer',
      zh: '本机不能生成 PDF;请用小票打印机打印',
    });
  }
  const name = order.order.replace(/[^A-Za-z0-9._-]/g, '_');
  return c.body(new Uint8Array(bytes), 200, {
    'content-type': 'application/pdf',
    'content-disposition': `inline; filename="${name}.pdf"`,
    'cache-control': 'no-store',
  });
}
