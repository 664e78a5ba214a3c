/** What is heavy and seldom used is loaded when it is used, not when the box starts. */
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Some 32 MB of memory together, of a box that neither prints nor sends. */
const LATE = ['pdfmake', 'fontkit', 'brotli', 'iconv-lite', 'nodemailer', '@resvg/resvg-js'];

test('a box that starts loads nothing that draws, encodes for printers, or sends mail', async () => {
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: ['edge/main.ts'],
    outdir: 'nowhere',
    bundle: true,
    write: false,
    splitting: true,
    metafile: true,
    format: 'esm',
    platform: 'node',
    external: ['better-sqlite3', '@resvg/resvg-js', '@embedpdf/fonts-sc'],
    logLevel: 'silent',
  });
  const loaded = new Set<string>();
  const load = (output: string): void => {
    const { inputs = {}, imports = [] } = metafile.outputs[output] ?? {};
    for (const input of Object.keys(inputs)) loaded.add(packageOf(input));
    for (const { path, kind, external } of imports) {
      if (kind !== 'import-statement') continue;
      if (external) loaded.add(path);
      else load(path);
    }
  };
  load('nowhere/main.js');
  expect(loaded).toContain('zod');
  const all = new Set(Object.keys(metafile.inputs).map(packageOf));
  expect(LATE.filter((name) => name.startsWith('@') || all.has(name))).toEqual(LATE);
  expect(LATE.filter((name) => loaded.has(name))).toEqual([]);
});

function packageOf(input: string): string {
  const [, scope = '', name = ''] = /node_modules\/(@[^/]+\/)?([^/]+)/.exec(input) ?? [];
  return scope + name;
}
