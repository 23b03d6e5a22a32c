// Which sources went into dist/, so that a start compiles only what has changed since.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from './swc-options.mjs';

export const out = join(root, 'dist');
export const stampFile = join(out, '.sources.json');
const copied = /\.(json|ya?ml|sql|txt|html|css|md|docx|pdf)$/;
const left = /([.-]spec|\.d)\.ts$/;

function* filesBelow(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (!entry.isDirectory()) yield path;
    else if (entry.name !== 'node_modules' && path !== join(root, 'apps', 'web')) yield* filesBelow(path);
  }
}

/** `{how, files: {path: 'time:size'}}`: the sources as they are now, and how they would be compiled. */
export function sourcesNow() {
  const mark = (path) => {
    const { mtimeMs, size } = statSync(path);
    return `${mtimeMs}:${size}`;
  };
  const how = ['package-lock.json', 'scripts/swc-options.mjs', 'scripts/build.mjs', 'scripts/build-stamp.mjs']
    .map((path) => mark(join(root, path)))
    .join(' ');
  const files = {};
  for (const folder of ['apps', 'libs', 'test']) {
    if (!statSync(join(root, folder), { throwIfNoEntry: false })) continue;
    for (const path of filesBelow(join(root, folder))) {
      if (left.test(path) || !(path.endsWith('.ts') || copied.test(path))) continue;
      files[relative(root, path)] = mark(path);
    }
  }
  return { how, files };
}

export function sourcesBuilt() {
  try {
    return JSON.parse(readFileSync(stampFile, 'utf8'));
  } catch {
    return null;
  }
}

export function changedSince() {
  return JSON.stringify(sourcesNow()) !== JSON.stringify(sourcesBuilt());
}
