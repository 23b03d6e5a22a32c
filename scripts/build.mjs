// Compiles apps, libs and test from TypeScript to dist/, keeping the folder layout. Files other than
// TypeScript (JSON, YAML, SQL, text, documents) are copied beside the compiled ones.
import { copyFile, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { transformFile } from '@swc/core';
import { out, sourcesBuilt, sourcesNow, stampFile } from './build-stamp.mjs';
import { root, swcOptions } from './swc-options.mjs';

const targetOf = (path) => join(out, path).replace(/\.ts$/, '.js');

/** In one step, so that a process that runs from dist/ never loads half a file. */
async function replace(target, write) {
  const draft = `${target}.${process.pid}.new`;
  await write(draft);
  await rename(draft, target);
}

async function produce(path) {
  const source = join(root, path);
  const target = targetOf(path);
  await mkdir(dirname(target), { recursive: true });
  if (!path.endsWith('.ts')) return replace(target, (draft) => copyFile(source, draft));
  const { code, map } = await transformFile(source, swcOptions);
  if (map) await replace(`${target}.map`, (draft) => writeFile(draft, map));
  await replace(target, (draft) =>
    writeFile(draft, `${code}\n//# sourceMappingURL=${target.split('/').pop()}.map\n`),
  );
}

/** Which files have to be made anew. A file come or gone can change how imports of others resolve: then all. */
function outdated(before, now) {
  const names = (files) => Object.keys(files).sort().join('\n');
  if (!before || before.how !== now.how || names(before.files) !== names(now.files)) return null;
  return Object.keys(now.files).filter((path) => now.files[path] !== before.files[path]);
}

/** Brings dist/ up to date and answers how many files that took. */
export async function build() {
  const now = sourcesNow();
  const before = sourcesBuilt();
  const some = outdated(before, now);
  const paths = some ?? Object.keys(now.files);
  await rm(stampFile, { force: true });
  if (!before) await rm(out, { recursive: true, force: true });
  else {
    for (const path of Object.keys(before.files)) {
      if (path in now.files) continue;
      await rm(targetOf(path), { force: true });
      await rm(`${targetOf(path)}.map`, { force: true });
    }
  }
  await Promise.all(paths.map(produce));
  await mkdir(out, { recursive: true });
  await writeFile(stampFile, JSON.stringify(now));
  return paths.length;
}
