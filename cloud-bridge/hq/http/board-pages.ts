/** The board of the chain: built pages beside the bundle, or in `dist/` of the source tree. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Hono } from 'hono';
import { staticPages } from '../../../edge/runtime/static-pages.ts';

export function boardPages(): Hono {
  const here = dirname(fileURLToPath(import.meta.url));
  const bundled = join(here, 'chain');
  return staticPages(existsSync(bundled) ? bundled : join(here, '../../../dist/chain'));
}
