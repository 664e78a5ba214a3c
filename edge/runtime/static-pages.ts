/**
 * The built pages, read and packed once at the start: a few files, and no path ever reaches the disk.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { gzipSync } from 'node:zlib';
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
  const files = new Map<string, StaticFile>();
  for (const path of existsSync(folder) ? filesIn(folder) : []) {
    const name = `/${relative(folder, path).split(sep).join('/')}`;
    const type = TYPES[name.slice(name.lastIndexOf('.') + 1)];
    if (type) files.set(name, readStatic(path, type));
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
    const headers = { 'content-type': file.type, 'cache-control': cache, vary: 'accept-encoding' };
    const zip = file.zipped !== undefined && /\bgzip\b/.test(c.req.header('accept-encoding') ?? '');
    if (!zip) return c.body(file.body, 200, headers);
    return c.body(file.zipped ?? file.body, 200, { ...headers, 'content-encoding': 'gzip' });
  });
  return app;
}

type StaticFile = {
  readonly body: Uint8Array<ArrayBuffer>;
  /** Only where it is smaller. */
  readonly zipped: Uint8Array<ArrayBuffer> | undefined;
  readonly type: string;
};

function readStatic(path: string, type: string): StaticFile {
  const body = new Uint8Array(readFileSync(path));
  const zipped = new Uint8Array(gzipSync(body, { level: 9 }));
  return { body, zipped: zipped.length < body.length ? zipped : undefined, type };
}

function filesIn(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesIn(path) : [path];
  });
}
