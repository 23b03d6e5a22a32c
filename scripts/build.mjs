// Compiles apps, libs and test from TypeScript to dist/, keeping the folder layout. Files other than
// TypeScript (JSON, YAML, SQL, text) are copied beside the compiled ones.
import { cp, mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { transformFile } from '@swc/core';
import { root, swcOptions } from './swc-options.mjs';

const out = join(root, 'dist');
const copied = /\.(json|ya?ml|sql|txt|html|css)$/;

async function* filesBelow(folder) {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (entry.name !== 'node_modules' && path !== join(root, 'apps', 'web')) yield* filesBelow(path);
    } else yield path;
  }
}

async function compile(path) {
  const target = join(out, relative(root, path)).replace(/\.ts$/, '.js');
  await mkdir(dirname(target), { recursive: true });
  const { code, map } = await transformFile(path, swcOptions);
  await writeFile(target, `${code}\n//# sourceMappingURL=${target.split('/').pop()}.map\n`);
  if (map) await writeFile(`${target}.map`, map);
}

export async function build() {
  await rm(out, { recursive: true, force: true });
  const work = [];
  for (const folder of ['apps', 'libs', 'test']) {
    if (!(await stat(join(root, folder)).catch(() => null))) continue;
    for await (const path of filesBelow(join(root, folder))) {
      if (/\.(spec|e2e-spec)\.ts$/.test(path) || path.endsWith('.d.ts')) continue;
      if (path.endsWith('.ts')) work.push(compile(path));
      else if (copied.test(path)) work.push(cp(path, join(out, relative(root, path)), { recursive: true }));
    }
  }
  await Promise.all(work);
  return work.length;
}

if (process.argv[1] && import.meta.url.endsWith(process.argv[1].split('/').pop())) {
  const count = await build();
  process.stdout.write(`built ${count} files\n`);
}
