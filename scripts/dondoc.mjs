// `./dondoc`: the command line, made ready on a fresh clone and told of the start that runs in this clone.
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import Module from 'node:module';
import { join } from 'node:path';
import { Obstacle } from './obstacle.mjs';
import { buildSources, checkNode, installPackages, makeStateFolder, stateFolder } from './prepare.mjs';
import { packagesInstalled } from './prepare.mjs';
import { databaseVariables, variablesOfCaller } from './servers/environment.mjs';
import { runningStart } from './servers/start-record.mjs';
import { identify, isRunning } from './servers/running-process.mjs';
import { readState, writeState } from './servers/state-file.mjs';
import { root } from './swc-options.mjs';

const main = join(root, 'dist', 'apps', 'cli', 'src', 'main.js');

/** Says on standard error what takes long; standard output belongs to the command. */
async function slowly(title, work) {
  process.stderr.write(`… ${title}\n`);
  await work();
}

async function makeReady() {
  checkNode();
  if (!packagesInstalled()) {
    await slowly('installing packages (the first time takes about half a minute)', () => installPackages());
  }
  const { changedSince } = await import('./build-stamp.mjs');
  if (changedSince()) await slowly('compiling', buildSources);
}

/** Gives the variables of the running start, but never in place of what the caller has set. */
function takeEnvironment(variables) {
  for (const [name, value] of Object.entries(variables)) process.env[name] ??= value;
}

const ownServers = join(stateFolder, 'bench');

/** What a killed measurement has left. */
async function clearLeftServers() {
  const { stopLeftServers } = await import('./servers/chosen-servers.mjs');
  mkdirSync(ownServers, { recursive: true });
  for (const name of readdirSync(ownServers)) {
    const folder = join(ownServers, name);
    if (isRunning(readState(join(folder, 'runner.json')))) continue;
    await stopLeftServers(folder);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Figures are measured on servers of their own, thrown away afterwards, with the settings of a normal start. */
async function lendServers() {
  const { startPostgres } = await import('./servers/embedded-postgres.mjs');
  const { findRedis, startRedis } = await import('./servers/redis.mjs');
  makeStateFolder();
  await clearLeftServers();
  const folder = join(ownServers, String(process.pid));
  writeState(join(folder, 'runner.json'), identify(process.pid));
  const at = (name) => ({ home: join(folder, name), log: join(folder, `${name}.log`) });
  const started = [];
  const stop = async () => {
    for (const server of started.reverse()) await server.stop();
    for (const { home } of started) if (home) rmSync(home, { recursive: true, force: true });
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const postgres = await startPostgres({ root, ...at('postgres') });
    started.push(postgres);
    const program = findRedis();
    const redis = program ? await startRedis({ program, ...at('redis') }) : null;
    if (redis) started.push(redis);
    takeEnvironment({ ...databaseVariables(postgres.ownerUrl), QUEUE_URL: redis ? redis.url : 'postgres' });
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
}

/** Runs the command in a process of its own, on servers of its own; answers its exit code, whatever signal comes. */
async function runOnOwnServers() {
  const { spawn } = await import('node:child_process');
  let asked = false;
  let child = null;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      asked = true;
      // From the terminal Ctrl-C has reached the command already.
      if (signal !== 'SIGINT') child?.kill(signal);
    });
  }
  const stop = await lendServers();
  try {
    if (asked) return 1;
    const args = ['--enable-source-maps', '--max-semi-space-size=64', main, ...process.argv.slice(2)];
    child = spawn(process.execPath, args, { stdio: 'inherit' });
    return await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code) => resolve(code ?? 1));
    });
  } finally {
    await stop();
  }
}

const needsOwnServers =
  process.argv[2] === 'bench' &&
  // This one measures no database.
  process.argv[3] !== 'intake' &&
  !process.argv.includes('--help') &&
  !process.env.MIGRATE_DATABASE_URL &&
  !process.env.DATABASE_URL &&
  process.argv.length > 3;

try {
  await makeReady();
  if (needsOwnServers) {
    process.exitCode = await runOnOwnServers();
  } else {
    takeEnvironment(variablesOfCaller());
    takeEnvironment(runningStart(stateFolder)?.environment ?? {});
    process.setSourceMapsEnabled(true);
    // In this very process: a second Node would cost as long as most commands take.
    process.argv[1] = main;
    Module.runMain(main);
  }
} catch (error) {
  process.stderr.write(`dondoc: ${error instanceof Obstacle ? error.message : error.stack}\n`);
  process.exitCode = 1;
}
