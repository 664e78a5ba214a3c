/** Sales as received and what each line took; events as their bytes; days with their proof. */
import { type Context, Hono } from 'hono';
import { dayNumber, isDay } from '#recipes/time/business-day.ts';
import type { SaleReader } from '../pos/sale-view.ts';
import type { AuthEnv } from './auth.ts';
import { notFound, problem } from './problem.ts';

const LIMIT_MAX = 500;

export function saleRoutes(reader: SaleReader): Hono<AuthEnv> {
  const app = new Hono<AuthEnv>();
  app.get('/sales', (c) => c.json({ sales: reader.latestSales(limitOf(c, 30)) }));
  app.get('/sales/:saleId{.+}', (c) => {
    const saleId = c.req.param('saleId');
    const sale = reader.sale(saleId, c.req.query('terminal'));
    return sale ? c.json(sale) : problem(c, 404, 'unknown_sale', notFound(`sale ${saleId}`));
  });
  app.get('/events', (c) => {
    const after = c.req.query('after');
    const from = after === undefined ? undefined : Number(after) || 0;
    return c.json({ events: reader.events(limitOf(c, 100), from) });
  });
  app.get('/events/:number{[0-9]+}', (c) => {
    const event = reader.event(Number(c.req.param('number')));
    if (!event) return unknownEvent(c);
    return c.json({ ...event.view, body: Buffer.from(event.body).toString('utf8') });
  });
  app.get('/events/:number{[0-9]+}/body', (c) => {
    const event = reader.event(Number(c.req.param('number')));
    if (!event) return unknownEvent(c);
    return c.body(new Uint8Array(event.body), 200, { 'content-type': 'application/octet-stream' });
  });
  app.get('/days/:date', (c) => {
    const date = c.req.param('date');
    if (isDay(date)) return c.json(reader.day(dayNumber(date)));
    return problem(c, 400, 'bad_date', { en: 'a day is YYYY-MM-DD', zh: '日期格式为 YYYY-MM-DD' });
  });
  return app;
}

function unknownEvent(c: Context): Response {
  return problem(c, 404, 'unknown_event', notFound(`event ${c.req.param('number') ?? ''}`));
}

function limitOf(c: Context, fallback: number): number {
  const said = Number(c.req.query('limit') ?? fallback);
  return Number.isFinite(said) ? Math.min(LIMIT_MAX, Math.max(1, Math.trunc(said))) : fallback;
}
