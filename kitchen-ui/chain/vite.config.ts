import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

/**
 * `vite build kitchen-ui/chain` writes the chain's board to `dist/chain`; `vite kitchen-ui/chain`
 * serves it for development beside a running head office. Nothing is inlined: head office sends
 * `default-src 'self'`, as the box does.
 */
// Vite reads the configuration from the default export.
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [svelte()],
  build: {
    outDir: '../../dist/chain',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    host: '127.0.0.1',
    fs: { allow: ['../..'] },
    proxy: { '/hq': 'http://127.0.0.1:8090' },
  },
});
