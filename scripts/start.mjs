// `npm start`: from a fresh clone to a running system, and back to nothing on Ctrl-C.
import { existsSync, mkdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { performance } from 'node:perf_hooks';
import { whenNpmEnds } from './npm-parent.mjs';
import { Obstacle } from './obstacle.mjs';
import { buildSources, checkNode, installPackages, makeStateFolder } from './prepare.mjs';
import { runQuietly, stateFolder } from './prepare.mjs';
import { Progress } from './progress.mjs';
import { followErrors, lastLines, startApplication, waitForReady } from './servers/application.mjs';
import { chooseDatabase, chooseQueue, stopLeftServers } from './servers/chosen-servers.mjs';
import { databaseVariables, sandboxSecrets } from './servers/environment.mjs';
import { releasePort, reservePort } from './servers/free-port.mjs';
import { leaveClone, stopLeftApplications, takeClone, writeRecord } from './servers/start-record.mjs';
import { root } from './swc-options.mjs';

const began = performance.now();
const progress = new Progress(process.stdout);
const entryOf = (name) => join(root, 'dist', 'apps', name, 'src', 'main.js');
const readyPatience = 60_000;

/** Thrown to leave the start when it was asked to end. */
class EndAsked extends Error {}

/** Everything that runs, in the order in which it was started; it is stopped group by group from the end. */
const running = { servers: [], applications: [], step: null, followers: [] };
let endAskedAt = null;
let askEnd;
const isEndAsked = () => endAskedAt !== null;
const endAsked = new Promise((resolve) => (askEnd = resolve));

function onSignal() {
  const now = performance.now();
  if (endAskedAt === null) {
    endAskedAt = now;
    askEnd();
    killStep();
    return;
  }
  // npm passes on a signal that the terminal has sent to us already: only a later one is a second wish.
  if (now - endAskedAt < 1_500) return;
  progress.line('  … ending at once');
  for (const application of running.applications) void application.stop(0).catch(() => undefined);
}

function killStep() {
  const { step: child } = running;
  if (!child) return;
  killGroup(child, 'SIGTERM');
  // npm would first finish what it began, half a minute long; an unfinished installation is begun anew.
  setTimeout(() => killGroup(child, 'SIGKILL'), 2_000).unref();
}

function killGroup(child, signal) {
  if (child.exitCode !== null || child.signalCode !== null || !child.pid) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // It has just ended.
  }
}

async function step(title, work) {
  if (endAskedAt !== null) throw new EndAsked();
  try {
    return await progress.step(title, work, () => (endAskedAt === null ? 'failed' : 'stopped'));
  } catch (error) {
    throw endAskedAt === null ? error : new EndAsked();
  } finally {
    running.step = null;
  }
}

const started = (child) => {
  running.step = child;
  if (endAskedAt !== null) killStep();
};

function modeFromEnvironment() {
  const mode = process.env.DONDOC_MODE || 'sandbox';
  if (mode === 'sandbox' || mode === 'production') return mode;
  throw new Obstacle('DONDOC_MODE is neither "sandbox" nor "production"');
}

function wishedPort() {
  const text = process.env.PORT || '3000';
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new Obstacle('PORT is not a number between 1 and 65535');
}

function commandLine(args, environment, title) {
  const env = { ...process.env, ...environment };
  return runQuietly(process.execPath, ['--enable-source-maps', entryOf('cli'), ...args], {
    title,
    started,
    env,
  });
}

async function takeOver() {
  const left = [...(await stopLeftApplications(stateFolder)), ...(await stopLeftServers(stateFolder))];
  if (left.length > 0)
    progress.line(`  ! an earlier start was killed; stopped what it had left: ${left.join(', ')}`);
}

async function startServers() {
  const database = await step('database · cơ sở dữ liệu', async () => {
    const chosen = await chooseDatabase({ root, folder: stateFolder });
    if (chosen.server) running.servers.push({ name: 'PostgreSQL', ...chosen.server });
    return chosen;
  });
  const queue = await step('queue · hàng đợi', async () => {
    const chosen = await chooseQueue({ folder: stateFolder });
    if (chosen.server) running.servers.push({ ...chosen.server });
    return chosen;
  });
  return { database, queue };
}

/** The variables that the processes and the command line read; what the environment already names wins. */
function environmentFor({ mode, ownerUrl, queueUrl, port }) {
  const files = join(stateFolder, 'files');
  mkdirSync(files, { recursive: true, mode: 0o700 });
  return {
    DONDOC_MODE: mode,
    ...databaseVariables(ownerUrl),
    ...(mode === 'sandbox' && sandboxSecrets(ownerUrl)),
    QUEUE_URL: queueUrl,
    PORT: String(port),
    PUBLIC_URL: process.env.PUBLIC_URL || `http://localhost:${port}`,
    FILES_DIRECTORY: process.env.FILES_DIRECTORY || files,
    LOG_LEVEL: process.env.LOG_LEVEL || 'info',
    NODE_ENV: process.env.NODE_ENV || 'production',
  };
}

function startApplications(environment) {
  for (const name of ['api', 'worker']) {
    const log = join(stateFolder, 'log', `${name}.log`);
    const application = startApplication({ name, entry: entryOf(name), environment, cwd: root, log });
    running.applications.push(application);
    running.followers.push(followErrors(log, (text) => progress.line(`  ! ${name}: ${text}`)));
  }
}

const crash = async ({ name, log, ended }) =>
  `${name} ${await ended} and should not have; the end of ${relative(process.cwd(), log)}:\n${lastLines(log)}`;

async function waitForApplications(port) {
  const dead = () => running.applications.find((application) => !application.isRunning());
  const answer = await waitForReady(`http://127.0.0.1:${port}/health/ready`, {
    patience: readyPatience,
    givenUp: () => endAskedAt !== null || dead(),
  });
  if (dead()) throw new Obstacle(await crash(dead()));
  if (answer) return 'ready · sẵn sàng';
  const { log } = running.applications[0];
  throw new Obstacle(
    `the API does not get ready (GET /health/ready is not 200); the end of ${relative(process.cwd(), log)}:\n` +
      lastLines(log),
  );
}

function summarize({ address, mode, logIns, database, queue }) {
  const line = (title, text) => progress.line(`    ${title.padEnd(36)}${text}`);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  progress.line();
  progress.line(`  Đôn Đốc đang chạy · Đôn Đốc is running (${seconds} s)`);
  progress.line();
  line('Địa chỉ · address', address);
  line('Tài liệu API · API documentation', `${address}/api/docs`);
  line('Cơ sở dữ liệu · database', database.said);
  line('Hàng đợi · queue', queue.said);
  line('Nhật ký · logs', relative(process.cwd(), join(stateFolder, 'log')) || '.');
  if (mode === 'sandbox') {
    line('Chế độ · mode', 'sandbox: đồng hồ dời được · the clock can be moved');
    line('Dời đồng hồ · move the clock', './dondoc clock advance 5wd');
    progress.line();
    progress.line('    Tài khoản mẫu · sample log-ins');
    for (const text of logIns.trimEnd().split('\n')) progress.line(`      ${text}`);
    progress.line();
  } else line('Chế độ · mode', 'production: giờ thật · real time');
  line('Dừng · stop', 'Ctrl-C');
  progress.line();
}

async function run() {
  const mode = modeFromEnvironment();
  const wished = wishedPort();
  await step('packages · gói phần mềm', () => installPackages(started, isEndAsked));
  await step('build · biên dịch', () => buildSources(isEndAsked));
  for (const name of ['cli', 'api', 'worker']) {
    if (!existsSync(entryOf(name)))
      throw new Obstacle(`apps/${name}/src/main.ts is missing: this clone is incomplete`);
  }
  await takeOver();
  const { database, queue } = await startServers();
  const port = await reservePort(wished);
  const environment = environmentFor({ mode, ownerUrl: database.ownerUrl, queueUrl: queue.queueUrl, port });
  await step('migrations · cấu trúc dữ liệu', async () => {
    await commandLine(['migrate'], environment, 'dondoc migrate');
    return 'up to date';
  });
  let logIns = '';
  if (mode === 'sandbox') {
    await step('sample office · văn phòng mẫu', async () => {
      logIns = await commandLine(['sample', 'load'], environment, 'dondoc sample load');
      return 'loaded';
    });
  }
  const address = `http://localhost:${port}`;
  await step('API and worker', async () => {
    startApplications(environment);
    const applications = Object.fromEntries(running.applications.map(({ name, process: it }) => [name, it]));
    writeRecord(stateFolder, { state: 'starting', mode, address, port, applications, environment });
    const outcome = await waitForApplications(port);
    writeRecord(stateFolder, { state: 'ready', mode, address, port, applications, environment });
    return outcome;
  });
  if (port !== wished)
    progress.line(`  ! port ${wished} is taken; using ${port} · cổng ${wished} đang bận, dùng ${port}`);
  summarize({ address, mode, logIns, database, queue });
  const lost = Promise.race(running.applications.map((one) => one.ended.then(() => one)));
  const lostServer = Promise.race(
    running.servers.map((one) => new Promise((resolve) => one.child.once('exit', () => resolve(one)))),
  );
  const culprit = await Promise.race([endAsked, lost, ...(running.servers.length > 0 ? [lostServer] : [])]);
  if (endAskedAt !== null) throw new EndAsked();
  if (culprit.ended) throw new Obstacle(await crash(culprit));
  throw new Obstacle(`${culprit.name} has ended and should not have; see .dondoc/log`);
}

/** API and worker first, then the queue, PostgreSQL last. Answers whether all of it ended as asked. */
async function stopEverything() {
  let clean = true;
  const stop = async (one) => {
    try {
      const signal = await one.stop();
      if (signal === 'SIGKILL') progress.line(`  ! ${one.name} did not end in time and was killed`);
    } catch (error) {
      clean = false;
      progress.line(`  ! ${one.name}: ${error.message}`);
    }
  };
  await Promise.all(running.applications.map(stop));
  for (const follower of running.followers) follower();
  for (const server of running.servers.reverse()) await stop(server);
  releasePort();
  leaveClone(stateFolder);
  return clean;
}

async function main() {
  checkNode();
  makeStateFolder();
  const holder = takeClone(stateFolder);
  if (holder) {
    const where = holder.state === 'ready' ? `at ${holder.address}` : 'and is still starting';
    const vi = holder.state === 'ready' ? `tại ${holder.address}` : 'và đang khởi động';
    throw new Obstacle(
      `Đôn Đốc is already running in this clone ${where} (process ${holder.launcher.pid}). ` +
        `Stop it with Ctrl-C in its terminal, or: kill ${holder.launcher.pid}\n` +
        `Đôn Đốc đã chạy trong thư mục này ${vi} (tiến trình ${holder.launcher.pid}).`,
    );
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, onSignal);
  whenNpmEnds(onSignal);
  let failure = null;
  try {
    progress.line('Đôn Đốc');
    await run();
  } catch (error) {
    failure = error;
  }
  const asked = failure instanceof EndAsked;
  if (!asked) report(failure);
  progress.line(`\n  … stopping · đang dừng`);
  const clean = await stopEverything();
  progress.line('  ✓ stopped · đã dừng');
  return asked && clean ? 0 : 1;
}

function report(error) {
  const text = error instanceof Obstacle ? error.message : (error.stack ?? String(error));
  process.stderr.write(`\n✗ ${text}\n`);
}

try {
  process.exitCode = await main();
} catch (error) {
  report(error);
  process.exitCode = 1;
}
process.exit();
