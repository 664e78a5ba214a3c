/** The generated documents of the interfaces. */
import { Hono } from 'hono';
import { asyncApi } from './asyncapi.ts';
import { docLanguage, docPage } from './doc-page.ts';
import { openApi } from './openapi.ts';
import { bookJsonSchema, contractSchemas } from './schemas.ts';

export function docRoutes(store: string): Hono {
  const app = new Hono();
  app.get('/openapi.json', (c) => c.json(openApi()));
  app.get('/asyncapi.json', (c) => c.json(asyncApi(store)));
  app.get('/docs', (c) => {
    const language = docLanguage(c.req.query('lang'), c.req.header('accept-language'));
    return c.html(docPage({ store, language, host: c.req.header('host') ?? '' }));
  });
  app.get('/schemas/book.json', (c) => c.json(bookJsonSchema()));
  app.get('/schemas/:name{.+\\.json}', (c) => {
    const schema = contractSchemas()[c.req.param('name').replace(/\.json$/, '')];
    return schema ? c.json(schema) : c.notFound();
  });
  return app;
}
