// `npm test`: packages, build, checks, then jest on one real PostgreSQL and one real Redis that live for this run.
//   node scripts/test.mjs            everything but the long matrices      (--full: those as well)
//   node scripts/test.mjs PATH …     only jest, with its own arguments passed on, with the same servers
// The last line says `N passed, N failed`, counted over the checks and the tests.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { whenNpmEnds } from './npm-parent.mjs';
import { Obstacle } from './obstacle.mjs';
import { buildSources, checkNode, installPackages, makeStateFolder, stateFolder } from './prepare.mjs';
import { Progress } from './progress.mjs';
import { stopLeftServers } from './servers/chosen-servers.mjs';
import { startPostgres } from './servers/embedded-postgres.mjs';
import { getRedis } from './servers/fetched-redis.mjs';
import { startRedis } from './servers/redis.mjs';
import { identify, isRunning, waitUntil } from './servers/running-process.mjs';
import { readState, writeState } from './servers/state-file.mjs';
import { root } from './swc-options.mjs';

const began = performance.now();
const full = process.argv.includes('--full');
const wanted = process.argv.slice(2).filter((argument) => argument !== '--full');
const quick = wanted.length > 0;
const inCi = Boolean(process.env.CI) && process.env.CI !== 'false';
/** Longer than the whole run may take; what still runs then hangs. */
const patience = (full ? 60 : 15) * 60_000;

const progress = new Progress(process.stdout);
const count = { passed: 0, failed: 0, skipped: 0 };
const stops = [];
const children = new Set();
let endAsked = false;

class EndAsked extends Error {}

function killGroup(child, signal) {
  try {
    process.kill(-child.pid, signal);
  } catch {
    // Nobody of the group is left.
  }
}

/** Runs a program in a group of its own, so that nothing it starts outlives it; answers its exit code. */
function run(file, args, { output = 'inherit', env = process.env, limit = patience, spawned, done } = {}) {
  if (endAsked) throw new EndAsked();
  const child = spawn(file, args, { cwd: root, env, detached: true, stdio: ['ignore', output, output] });
  children.add(child);
  spawned?.(child);
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (part) => (text += part));
  const timer = setTimeout(() => {
    progress.line(
      `  ! ${args.find((one) => !one.startsWith('-'))} has not ended after ${limit / 60_000} minutes and is stopped`,
    );
    killGroup(child, 'SIGKILL');
  }, limit);
  const watch = done && setInterval(() => void done(child), 500);
  return new Promise((resolve) => {
    child.once('error', ({ message }) => resolve({ code: 1, text: message }));
    child.once('close', (code) => resolve({ code: code ?? 1, text }));
  }).finally(() => {
    clearTimeout(timer);
    clearInterval(watch);
    killGroup(child, 'SIGKILL');
    children.delete(child);
  });
}

const binary = (name) => join(root, 'node_modules', '.bin', name);
/** Much is made and dropped at once, by the compiler as by the tests: with more room for it there is less to clear up. */
const roomy = ['--max-semi-space-size=64'];

async function check(title, file, args) {
  const since = performance.now();
  const { code, text } = await run(file, args, { output: 'pipe' });
  if (endAsked) throw new EndAsked();
  if (code === 0) count.passed += 1;
  else count.failed += 1;
  progress.finish(code === 0 ? '✓' : '✗', `check: ${title}`, since, code === 0 ? '' : 'failed');
  if (code !== 0) progress.line(text.trim());
}

/** Two at a time, as many as the smallest machine has cores for: what takes longest beside all the others. */
async function runChecks() {
  const script = (name, ...args) => [process.execPath, [...roomy, join(root, 'scripts', name), ...args]];
  const inTurn = async (...checks) => {
    for (const one of checks) await check(...one);
  };
  await Promise.all([
    check('types and lint', ...script('types-and-lint.mjs')),
    inTurn(
      // What the page is checked against is made from the API as it is now.
      ['types of the API for the page', ...script('page-types.mjs')],
      ['types and lint of the page', ...script('types-and-lint.mjs', '--page')],
      ['format', binary('prettier'), ['--check', '--log-level', 'warn', '.']],
      ['boundaries', binary('depcruise'), ['apps', 'libs', 'test', '--config', '.dependency-cruiser.cjs']],
    ),
  ]);
}

const records = join(stateFolder, 'test-runs');
const recordOfRun = join(records, `${process.pid}.json`);

/** What a run that was killed has left: its servers and their folders. */
async function cleanAfterKilledRuns() {
  mkdirSync(records, { recursive: true });
  for (const name of readdirSync(records)) {
    const path = join(records, name);
    const record = readState(path);
    if (record && isRunning(record.runner)) continue;
    if (isRunning(record?.jest)) killGroup(record.jest, 'SIGKILL');
    if (record?.folder) {
      await stopLeftServers(record.folder);
      rmSync(record.folder, { recursive: true, force: true });
    }
    rmSync(path, { force: true });
  }
}

function makeRunFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'dondoc-test-'));
  writeState(recordOfRun, { runner: identify(process.pid), folder });
  stops.push(() => {
    rmSync(folder, { recursive: true, force: true });
    rmSync(recordOfRun, { force: true });
  });
  return folder;
}

async function startServers(folder) {
  await progress.step('PostgreSQL', async () => {
    const log = join(folder, 'postgres.log');
    const server = await startPostgres({
      root,
      home: join(folder, 'postgres'),
      log,
      disposable: true,
      bare: true,
    });
    stops.push(async () => {
      await server.stop();
      rmSync(server.home, { recursive: true, force: true });
    });
    process.env.TEST_DATABASE_ADMIN_URL = server.superuserUrl;
    return `port ${server.port}`;
  });
  await progress.step('Redis', async () => {
    const { program, said } = getRedis(join(stateFolder, 'tools'));
    process.env.TEST_REDIS_URL = '';
    if (program) {
      const log = join(folder, 'redis.log');
      const server = await startRedis({ program, home: join(folder, 'redis'), log, disposable: true });
      stops.push(server.stop);
      process.env.TEST_REDIS_URL = server.url;
      return `${said}, port ${server.port}`;
    }
    if (inCi) {
      count.failed += 1;
      return `MISSING (${said}): in CI this is a failure`;
    }
    count.skipped += 1;
    return `MISSING (${said}): what needs a real Redis is SKIPPED`;
  });
}

function countJest(results) {
  count.passed += results.numPassedTests;
  count.failed += results.numFailedTests;
  count.skipped += results.numPendingTests + results.numTodoTests;
  // A file that could not even be loaded has no tests to count.
  const broken = results.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((one) => one.status === 'failed'),
  );
  count.failed += broken.length;
  if (!results.success && results.numFailedTests + broken.length === 0) count.failed += 1;
}

async function runJest(folder) {
  const output = join(folder, 'jest.json');
  const projects = full ? ['unit', 'services', 'full'] : ['unit', 'services'];
  const args = [
    // From here, so that the processes of its workers are given the same.
    ...[...roomy, join(root, 'node_modules', 'jest', 'bin', 'jest.js')],
    ...['--json', `--outputFile=${output}`, '--maxWorkers=2'],
    ...(quick ? wanted : ['--selectProjects', ...projects]),
  ];
  const env = { ...process.env, TEST_FULL: full ? '1' : '', DONDOC_ROOT: root, NODE_ENV: 'test', TZ: 'UTC' };
  let finishedAt = null;
  // jest waits for ever for a file that leaves something open behind it; its results are there before.
  const done = (child) => {
    if (!existsSync(output)) return;
    finishedAt ??= Date.now();
    if (Date.now() - finishedAt < 10_000) return;
    progress.line('  ! WARNING: jest does not end by itself: a test leaves something open (find it with');
    progress.line('    --detectOpenHandles). It is stopped; the results are complete.');
    killGroup(child, 'SIGKILL');
    finishedAt = Infinity;
  };
  const spawned = ({ pid }) => writeState(recordOfRun, { ...readState(recordOfRun), jest: identify(pid) });
  await run(process.execPath, args, { env, spawned, done });
  if (endAsked) throw new EndAsked();
  if (!existsSync(output)) {
    count.failed += 1;
    return;
  }
  countJest(JSON.parse(readFileSync(output, 'utf8')));
}

/** So that the installation, too, ends when the run is asked to. */
function known(child) {
  children.add(child);
  child.once('close', () => children.delete(child));
}

async function work() {
  checkNode();
  makeStateFolder();
  await progress.step('packages', () => installPackages(known));
  await progress.step('build', buildSources);
  count.passed += quick ? 0 : 1;
  await cleanAfterKilledRuns();
  if (!quick) await runChecks();
  const folder = makeRunFolder();
  await startServers(folder);
  await runJest(folder);
}

function onSignal() {
  endAsked = true;
  for (const child of children) {
    killGroup(child, 'SIGTERM');
    setTimeout(() => children.has(child) && killGroup(child, 'SIGKILL'), 2_000).unref();
  }
}

async function stopAll() {
  const ended = waitUntil(() => children.size === 0, 5_000);
  await ended;
  for (const stop of stops.reverse()) {
    try {
      await stop();
    } catch (error) {
      progress.line(`  ! ${error.message}`);
    }
  }
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, onSignal);
whenNpmEnds(onSignal);
try {
  await work();
} catch (error) {
  count.failed += 1;
  const ended = endAsked || error instanceof EndAsked;
  process.stderr.write(
    `\n✗ ${ended ? 'stopped before the end' : error instanceof Obstacle ? error.message : error.stack}\n`,
  );
}
await stopAll();
const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : '';
progress.line(`\n  ${((performance.now() - began) / 1000).toFixed(0)} s`);
progress.line(`${count.passed} passed, ${count.failed} failed${skipped}`);
process.exitCode = count.failed === 0 && count.passed > 0 ? 0 : 1;
