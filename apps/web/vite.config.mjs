import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** A part of the kit without its styles would be there and look wrong. */
const allKitStyles = {
  name: 'all-kit-styles',
  generateBundle(_options, bundle) {
    const loaded = [...this.getModuleIds()].flatMap((id) => /core\/styles\/(\w+)\.css/.exec(id)?.[1] ?? []);
    const used = Object.values(bundle)
      .flatMap(({ modules = {} }) => Object.keys(modules))
      .flatMap((id) => /core\/esm\/components\/.*\/(\w+)\.module\.mjs$/.exec(id)?.[1] ?? []);
    const missing = used.filter((part) => !loaded.includes(part));
    if (missing.length > 0) this.error(`src/look/kit-styles.ts lacks the styles of ${missing.join(', ')}`);
  },
};

const below = (path) => fileURLToPath(new URL(path, import.meta.url));

/** `npx vite apps/web` serves the page from its sources, beside an API that `npm start` runs on port 3000. */
export default defineConfig({
  root: below('.'),
  plugins: [allKitStyles],
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
