// Builds the page into dist/apps/web/page, each file also packed as browsers take it, and only when its sources changed.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { out } from './build-stamp.mjs';
import { root } from './swc-options.mjs';

const sources = join(root, 'apps', 'web');
const page = join(out, 'apps', 'web', 'page');
const stampFile = join(out, '.page.json');
const packed = /\.(html|js|css|svg)$/;

function stampNow() {
  const mark = (path) => {
    const { mtimeMs, size } = statSync(path);
    return `${path}:${mtimeMs}:${size}`;
  };
  const files = readdirSync(sources, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.d.ts'))
    .map((entry) => join(entry.parentPath, entry.name));
  const how = ['package-lock.json', 'scripts/build-page.mjs'].map((path) => join(root, path));
  return [...how, ...files.sort()].map(mark).join('\n');
}

export function pageChanged() {
  try {
    return readFileSync(stampFile, 'utf8') !== stampNow();
  } catch {
    return true;
  }
}

async function pack(file) {
  const bytes = await readFile(file);
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };
  await writeFile(`${file}.br`, await promisify(brotliCompress)(bytes, quality));
  await writeFile(`${file}.gz`, await promisify(gzip)(bytes, { level: 9 }));
}

export async function buildPage() {
  const stamp = stampNow();
  const { build } = await import('vite');
  await build({ configFile: join(sources, 'vite.config.mjs'), logLevel: 'error' });
  const files = await readdir(page, { recursive: true });
  await Promise.all(files.filter((name) => packed.test(name)).map((name) => pack(join(page, name))));
  await writeFile(stampFile, stamp);
}
