/** Where the font of paper and picture lies: a file beside its package, also when the box runs as one bundle. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Noto Sans Hans Regular: Chinese, and half-width Latin letters that stand on the printer's grid. */
export function fontFile(): string {
  const entry = createRequire(import.meta.url).resolve('@embedpdf/fonts-sc');
  return join(dirname(dirname(entry)), 'fonts', 'NotoSansHans-Regular.otf');
}
