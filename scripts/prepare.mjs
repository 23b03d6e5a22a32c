// What a fresh clone needs before anything of it can run: its packages and its compiled code.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { Obstacle } from './obstacle.mjs';
import { root } from './swc-options.mjs';
import { identify, isRunning, waitUntil } from './servers/running-process.mjs';
import { readState, writeState } from './servers/state-file.mjs';

export const stateFolder = join(root, '.dondoc');
const stamp = join(root, 'node_modules', '.dondoc-stamp');
/** There while an installation goes on: an interrupted one can leave packages that only look whole. */
const unfinished = join(stateFolder, 'install-unfinished');

export function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new Obstacle(`Node ${process.versions.node} is too old: Node 20.19 or newer is needed (nodejs.org).`);
}

/** Makes the folder of everything that is not in git, closed to others but for passing through to the database. */
export function makeStateFolder() {
  try {
    mkdirSync(join(stateFolder, 'log'), { recursive: true });
    writeFileSync(join(stateFolder, '.writable'), '');
    rmSync(join(stateFolder, '.writable'));
  } catch (error) {
    if (!['EACCES', 'EROFS', 'EPERM'].includes(error.code)) throw error;
    throw new Obstacle(
      `${stateFolder} cannot be written to (${error.code}): does it belong to another user?`,
    );
  }
}

/**
 * One at a time among the processes of this clone: whoever comes second waits until the first has finished, or until
 * `givenUp` says that it no longer matters.
 */
async function alone(work, givenUp = () => false) {
  makeStateFolder();
  const lock = join(stateFolder, 'prepare.lock');
  const taken = () => {
    try {
      writeFileSync(lock, JSON.stringify(identify(process.pid)), { flag: 'wx' });
      return true;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      const holder = holderOf(lock);
      if (holder === 'nobody') rmSync(lock, { force: true });
      return false;
    }
  };
  const outcome = await waitUntil(() => (givenUp() ? 'given up' : taken()), 15 * 60_000, 100);
  if (outcome === 'given up') throw new Obstacle('another installation or build of this clone goes on');
  if (!outcome) {
    throw new Obstacle(`another installation or build of this clone does not end (see ${lock})`);
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function holderOf(lock) {
  try {
    const text = readFileSync(lock, 'utf8');
    // Made a moment ago and not written yet.
    if (text === '' && Date.now() - statSync(lock).mtimeMs < 5_000) return 'unknown';
    return isRunning(JSON.parse(text)) ? 'other' : 'nobody';
  } catch (error) {
    return error.code === 'ENOENT' ? 'unknown' : 'nobody';
  }
}

function wanted() {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch} ${process.versions.modules}`);
  for (const file of ['package.json', 'package-lock.json']) hash.update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

/** Every package of the lock that this machine takes is there in the version of the lock (npm keeps its own list). */
function matchesLock() {
  try {
    const read = (path) => JSON.parse(readFileSync(join(root, path), 'utf8')).packages;
    const installed = read('node_modules/.package-lock.json');
    return Object.entries(read('package-lock.json')).every(
      ([path, { version, optional }]) =>
        path === '' || (installed[path] ? installed[path].version === version : optional === true),
    );
  } catch {
    return false;
  }
}

function isInstalled() {
  if (existsSync(unfinished)) return false;
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted()) return true;
  if (!matchesLock()) return false;
  writeFileSync(stamp, wanted());
  return true;
}

/** npm as it was called for us, else the one beside this Node, else the one on PATH. */
function npm(args) {
  const given = process.env.npm_execpath;
  if (given && /\.[cm]?js$/.test(given) && existsSync(given)) return [process.execPath, [given, ...args]];
  return ['npm', args];
}

/**
 * Runs a program with its output kept; `started(child)` is told of it, so that it can be stopped.
 * Rejects with the end of the output unless the program answers 0.
 */
export function runQuietly(file, args, { title, started, env = process.env, input }) {
  return new Promise((resolve, reject) => {
    // A group of its own, so that it can be stopped with all that it started.
    const child = spawn(file, args, { cwd: root, env, detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
    let output = '';
    let answer = '';
    child.stdin.on('error', () => undefined);
    child.stdin.end(input ?? '');
    child.stdout.on('data', (chunk) => (answer += chunk));
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8');
      stream.on('data', (chunk) => (output = (output + chunk).slice(-8_000)));
    }
    child.once('error', (error) =>
      reject(new Obstacle(`${title}: ${file} cannot be run (${error.message})`)),
    );
    child.once('close', (code, signal) => {
      if (code === 0) resolve(answer);
      else reject(new Obstacle(`${title} failed (${signal ?? `exit code ${code}`}):\n${output.trim()}`));
    });
    started?.(child);
  });
}

export const packagesInstalled = isInstalled;

/** For a caller that sees to no signal itself: what it has started ends with it. */
function endsWithUs(child) {
  const codes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };
  const end = (signal) => {
    killGroup(child.pid);
    process.exit(codes[signal]);
  };
  for (const signal of Object.keys(codes)) process.on(signal, end);
  child.once('close', () => {
    for (const signal of Object.keys(codes)) process.off(signal, end);
  });
}

function killGroup(pid) {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nobody of it is left.
  }
}

/** An installation that has lost its caller (killed, not asked to end) would work in the same folder as the next. */
function endUnfinished() {
  if (!existsSync(unfinished)) return;
  const left = readState(unfinished);
  if (isRunning(left)) killGroup(left.pid);
  rmSync(join(root, 'node_modules'), { recursive: true, force: true });
}

/**
 * Installs the packages when they are missing or no longer those of package-lock.json.
 * `started(child)` is told of the installation, to end it when it must; `givenUp()` ends the wait for another's.
 */
export async function installPackages(started = endsWithUs, givenUp) {
  return alone(async () => {
    if (isInstalled()) return 'up to date';
    const [file, args] = npm(['install', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']);
    const env = { ...process.env, PATH: [dirname(process.execPath), process.env.PATH].join(delimiter) };
    // A user's npm may be set to leave out what the build and the embedded server need.
    for (const name of ['npm_config_omit', 'npm_config_production', 'npm_config_only']) delete env[name];
    endUnfinished();
    writeFileSync(unfinished, '');
    const begun = (child) => {
      writeState(unfinished, identify(child.pid));
      started(child);
    };
    await runQuietly(file, args, { title: 'npm install', started: begun, env });
    rmSync(unfinished);
    writeFileSync(stamp, wanted());
    return 'installed';
  }, givenUp);
}

/** Compiles what has changed since the last build. The compiler is a package, so it is loaded only here. */
export async function compileSources(givenUp) {
  // Looked at first: nearly always nothing has changed, and then nothing needs to be waited for.
  const { changedSince } = await import('./build-stamp.mjs');
  if (!changedSince()) return 'up to date';
  return alone(async () => {
    const { build } = await import('./build.mjs');
    return `${await build()} files compiled`;
  }, givenUp);
}

/** Everything that runs: what is compiled, and the page. */
export async function buildSources(givenUp) {
  const compiled = await compileSources(givenUp);
  const { buildPage, pageChanged } = await import('./build-page.mjs');
  if (!pageChanged()) return compiled;
  await alone(buildPage, givenUp);
  return compiled === 'up to date' ? 'the page built' : `${compiled}, the page built`;
}
