// A Redis (or Valkey) server of our own, when the machine has the program: its own port, folder and password,
// append-only, and never giving up a key to save memory, as the queue requires.
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { Obstacle } from '../obstacle.mjs';
import { choosePort } from './free-port.mjs';
import { identify, isRunning, stopProcess, waitUntil } from './running-process.mjs';
import { readState, writeState } from './state-file.mjs';

const stopping = [
  ['SIGTERM', 10_000],
  ['SIGKILL', 5_000],
];
const oldest = [6, 2];

function versionOf(program) {
  const { status, stdout } = spawnSync(program.file, ['--version'], {
    encoding: 'utf8',
    env: program.env,
    cwd: '/',
    // Ended by a Ctrl-C in the terminal, it would count as missing.
    detached: true,
  });
  const found = status === 0 && stdout.match(/v=(\d+)\.(\d+)/);
  return found ? [Number(found[1]), Number(found[2])] : null;
}

export function isUsable(program) {
  const version = versionOf(program);
  return Boolean(
    version && (version[0] > oldest[0] || (version[0] === oldest[0] && version[1] >= oldest[1])),
  );
}

/** redis-server or valkey-server on PATH, recent enough for the queue: `{name, file, env}` or null. */
export function findRedis() {
  for (const name of ['redis-server', 'valkey-server']) {
    const program = { name, file: name, env: process.env };
    if (isUsable(program)) return program;
  }
  return null;
}

/** Answers whether a server with our password speaks on the port. */
function answers(port, password) {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' }, () => socket.write(`AUTH ${password}\r\nPING\r\n`));
    let said = '';
    const end = (answer) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(2_000, () => end(false));
    socket.on('error', () => end(false));
    socket.on('data', (chunk) => {
      said += chunk;
      if (said.includes('+PONG')) end(true);
      else if (said.includes('-LOADING')) end(false);
      else if (said.startsWith('-')) end(false);
    });
  });
}

/** Stops a server that a killed start left in a home folder; answers whether there was one. */
export async function stopLeftRedis(home) {
  const left = readState(join(home, 'state.json'));
  // A clone may have been copied with its records: then the server is the other one's.
  if (!left || left.home !== realpathSync(home) || !isRunning(left.process)) return false;
  await stopProcess(left.process, stopping);
  return true;
}

/** Starts the server in `home` and answers `{url, port, process, child, stop()}`. */
export async function startRedis({ program, home, log, disposable = false }) {
  mkdirSync(home, { recursive: true, mode: 0o700 });
  await stopLeftRedis(home);
  const stateFile = join(home, 'state.json');
  const known = readState(stateFile);
  const password = known?.password ?? randomBytes(24).toString('hex');
  let failure = '';
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const port = await choosePort(attempt === 0 ? known?.port : undefined);
    const configuration = join(home, 'redis.conf');
    const lines = [
      `port ${port}`,
      'bind 127.0.0.1',
      `requirepass ${password}`,
      'daemonize no',
      'maxmemory-policy noeviction',
      `appendonly ${disposable ? 'no' : 'yes'}`,
      'save ""',
      // Each test file has a database to itself, which it may flush.
      ...(disposable ? ['databases 4096'] : []),
      'dir .',
    ];
    writeFileSync(configuration, `${lines.join('\n')}\n`, { mode: 0o600 });
    const output = openSync(log, 'a', 0o600);
    const before = readFileSync(log).length;
    const child = spawn(program.file, [configuration], {
      cwd: home,
      env: program.env,
      detached: true,
      stdio: ['ignore', output, output],
    });
    closeSync(output);
    let ended = null;
    child.once('error', (error) => (ended = error.message));
    child.once('exit', (code, signal) => (ended ??= `ended with ${signal ?? code}`));
    const identity = identify(child.pid);
    writeState(stateFile, { password, port, process: identity, home: realpathSync(home) });
    await waitUntil(async () => ended !== null || (await answers(port, password)), 30_000);
    if (ended === null && (await answers(port, password))) {
      return {
        name: program.name,
        url: `redis://:${password}@127.0.0.1:${port}`,
        port,
        process: identity,
        child,
        stop: () => stopProcess(identity, stopping),
      };
    }
    child.kill('SIGKILL');
    failure = `${ended ?? 'no answer after 30 seconds'}\n${readFileSync(log).subarray(before).toString('utf8').trim()}`;
    if (!/in use|bind/i.test(failure)) break;
  }
  throw new Obstacle(`${program.name} does not start: ${failure}`);
}
