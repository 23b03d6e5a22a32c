import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const below = (path) => fileURLToPath(new URL(path, import.meta.url));

/** `npx vite apps/web` serves the page from its sources, beside an API that `npm start` runs on port 3000. */
export default defineConfig({
  root: below('.'),
  cacheDir: below('../../node_modules/.cache/vite'),
  build: {
    outDir: below('../../dist/apps/web/page'),
    emptyOutDir: true,
    target: 'es2022',
    // Nothing inline: the page's content security policy holds without exceptions for scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { proxy: { '/api': 'http://localhost:3000' } },
});
