// The tests need a real Redis. Where none is installed, Debian's package is fetched and unpacked into a folder of
// ours: nothing is installed, no service is started, and no right of root is needed (but for a missing package list).
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { findRedis, isUsable } from './redis.mjs';

const options = { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' } };
const run = (file, args, cwd) => spawnSync(file, args, { ...options, cwd });

function unpacked(folder) {
  const bin = join(folder, 'usr', 'bin');
  if (!existsSync(join(bin, 'redis-server'))) return null;
  const lib = join(folder, 'usr', 'lib');
  const libraries = existsSync(lib) ? readdirSync(lib).filter((name) => /-linux-gnu/.test(name)) : [];
  const path = libraries.map((name) => join(lib, name)).join(':');
  return {
    name: 'redis-server',
    file: join(bin, 'redis-server'),
    env: { ...process.env, LD_LIBRARY_PATH: [path, process.env.LD_LIBRARY_PATH].filter(Boolean).join(':') },
  };
}

/** The package and what it needs, but for what every Debian has. */
function packagesOf(name) {
  const { status, stdout } = run('apt-cache', ['depends', '--no-recommends', '--no-suggests', name]);
  if (status !== 0) return [];
  const needed = [...stdout.matchAll(/^ *\|?Depends: ([a-z0-9][a-z0-9.+-]*)$/gm)].map(([, found]) => found);
  return [name, ...needed.filter((found) => !['libc6', 'adduser', 'debconf'].includes(found))];
}

function download(folder) {
  const packages = packagesOf('redis-tools');
  if (packages.length === 0) return 'there is no package redis-tools in the package list';
  const { status, stderr } = run('apt-get', ['download', ...packages], folder);
  if (status !== 0) return stderr.trim();
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.deb'))) {
    const { status: code, stderr: said } = run('dpkg', ['-x', file, '.'], folder);
    if (code !== 0) return said.trim();
    rmSync(join(folder, file));
  }
  // The server, the checker of dumps and the checker of logs are one program that goes by its name.
  const server = join(folder, 'usr', 'bin', 'redis-server');
  if (!existsSync(server)) symlinkSync('redis-check-rdb', server);
  return null;
}

/** Answers `{program, said}`; `program` is null when this machine cannot get one, and `said` tells why. */
export function getRedis(tools) {
  const found = findRedis();
  if (found) return { program: found, said: `${found.name} on PATH` };
  const folder = join(tools, 'redis');
  const before = unpacked(folder);
  if (before && isUsable(before)) return { program: before, said: 'redis-server fetched earlier' };
  if (run('apt-get', ['--version']).status !== 0)
    return { program: null, said: 'no redis-server, and no apt-get' };
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  let obstacle = download(folder);
  if (obstacle && process.getuid?.() === 0) {
    run('apt-get', ['update']);
    obstacle = download(folder);
  }
  const fetched = obstacle ? null : unpacked(folder);
  if (fetched && isUsable(fetched))
    return { program: fetched, said: 'redis-server fetched (apt-get download)' };
  rmSync(folder, { recursive: true, force: true });
  return { program: null, said: obstacle ?? 'the fetched redis-server does not run here' };
}
