/** The built pages, read once at the start: a few files, and no path ever reaches the disk. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { Hono } from 'hono';

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  json: 'application/json',
  webmanifest: 'application/manifest+json',
  woff2: 'font/woff2',
};

/** @param folder where the pages were built; when it is missing, a page says how to build them */
export function staticPages(folder: string): Hono {
  const app = new Hono();
  const files = new Map<string, { body: Uint8Array<ArrayBuffer>; type: string }>();
  for (const path of existsSync(folder) ? filesIn(folder) : []) {
    const name = `/${relative(folder, path).split(sep).join('/')}`;
    const type = TYPES[name.slice(name.lastIndexOf('.') + 1)];
    if (type) files.set(name, { body: new Uint8Array(readFileSync(path)), type });
  }
  app.get('*', async (c, next) => {
    const path = c.req.path === '/' ? '/index.html' : c.req.path;
    const file = files.get(path);
    if (!file) {
      if (path !== '/index.html') return next();
      return c.text(
        'The pages are not built. Run: npm start\n页面尚未构建,请运行:npm start\n',
        503,
      );
    }
    // Vite puts a digest of the content into the names below /assets.
    const cache = path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
    return c.body(file.body, 200, { 'content-type': file.type, 'cache-control': cache });
  });
  return app;
}

function filesIn(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesIn(path) : [path];
  });
}
