import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

/**
 * `vite build kitchen-ui` writes the pages to `dist/ui`; `vite kitchen-ui` serves them for
 * development beside a running box. Nothing is inlined into the page or as a data: URL, because the
 * box sends `default-src 'self'`.
 */
// Vite reads the configuration from the default export.
export default defineConfig({
  plugins: [svelte()],
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
