import { createHash } from 'node:crypto';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig, type Plugin } from 'vite';

/**
 * `vite build kitchen-ui` writes the pages to `dist/ui`; `vite kitchen-ui` serves them for
 * development beside a running box. Nothing is inlined into the page or as a data: URL, because the
 * box sends `default-src 'self'`.
 */
// Vite reads the configuration from the default export.
export default defineConfig({
  plugins: [svelte(), serviceWorker()],
  build: {
    outDir: '../dist/ui',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    host: '127.0.0.1',
    fs: { allow: ['..'] },
    proxy: { '/api': 'http://127.0.0.1:8080' },
  },
});

/** Builds `src/worker/shell.ts` to `/sw.js` and writes the list of the files of this build into it. */
function serviceWorker(): Plugin {
  const fixed = ['/', '/icon.svg', '/manifest.webmanifest'];
  return {
    name: 'larder-service-worker',
    apply: 'build',
    buildStart() {
      this.emitFile({ type: 'chunk', id: 'src/worker/shell.ts', fileName: 'sw.js' });
    },
    generateBundle(_options, bundle) {
      const worker = bundle['sw.js'];
      if (worker?.type !== 'chunk') throw new Error('the build has no sw.js');
      if (worker.imports.length > 0) throw new Error('src/worker/shell.ts must import nothing');
      const assets = Object.keys(bundle).filter((name) => name.startsWith('assets/'));
      const files = [...fixed, ...assets.map((name) => `/${name}`).sort()];
      const version = createHash('sha256').update(files.join()).digest('hex').slice(0, 12);
      worker.code = `const SHELL=${JSON.stringify({ version, files })};${worker.code}`;
    },
  };
}
