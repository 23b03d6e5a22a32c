// A PostgreSQL server of our own: one data directory, one port on 127.0.0.1, no socket, passwords by SCRAM.
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { renameSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { Obstacle } from '../obstacle.mjs';
import { choosePort } from './free-port.mjs';
import { findBinaries } from './postgres-binaries.mjs';
import {
  choosePlacement,
  giveToServer,
  runProgram,
  settleData,
  spawnProgram,
} from './postgres-placement.mjs';
import { identify, isRunning, stopProcess, waitUntil } from './running-process.mjs';
import { readState, writeState } from './state-file.mjs';

const superuser = 'postgres';
const owner = 'dondoc_owner';
const database = 'dondoc';
/** Fast shutdown first (open sessions are ended), then immediate (replays its log at the next start), then none. */
const stopping = [
  ['SIGINT', 20_000],
  ['SIGQUIT', 5_000],
  ['SIGKILL', 5_000],
];

const settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '192MB',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
};

/** For a server that is thrown away: a crash of the machine may cost it its data. */
const disposableSettings = {
  max_connections: '200',
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
};

const newPassword = () => randomBytes(24).toString('hex');

function initialise(placement, data, password, disposable) {
  const draft = `${data}.new`;
  const passwordFile = `${data}.password`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  giveToServer(placement, draft);
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  giveToServer(placement, passwordFile);
  try {
    // Without an explicit encoding and locale the server would take the machine's, often ASCII. Character classes
    // come from --locale: with plain C, trigram search would not take "Đ" or "ư" for letters.
    for (const locale of ['C.UTF-8', 'C']) {
      const { ok, output } = runProgram(placement, 'initdb', [
        `--pgdata=${draft}`,
        `--username=${superuser}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        `--locale=${locale}`,
        '--set=huge_pages=off',
        '--no-instructions',
        ...(disposable ? ['--no-sync'] : []),
      ]);
      if (ok) return renameSync(draft, data);
      if (locale === 'C' || !/invalid locale/.test(output)) throw new Obstacle(`initdb failed: ${output}`);
    }
  } finally {
    rmSync(passwordFile, { force: true });
    rmSync(draft, { recursive: true, force: true });
  }
}

/**
 * Log-in roles belong to the whole server, and each migration of one database sets their passwords: with many
 * databases at once, as in the tests, only the superuser is asked for a password.
 */
function trustRoles(data) {
  const lines = [`host all ${superuser} 127.0.0.1/32 scram-sha-256`, 'host all all 127.0.0.1/32 trust'];
  writeFileSync(join(data, 'pg_hba.conf'), `${lines.join('\n')}\n`);
}

function checkVersion(placement, data) {
  const ofData = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim();
  const ofPrograms = runProgram(placement, 'postgres', ['--version']).output.match(/(\d+)[.\w]*\s*$/)?.[1];
  if (ofData !== ofPrograms) {
    throw new Obstacle(`${data} belongs to PostgreSQL ${ofData}; the programs here are ${ofPrograms}.`);
  }
}

/** The server that works on a data directory now, whoever started it: `{pid, born, port, ready}` or null. */
export function runningServer(data) {
  const lines = lockLines(data);
  const identity = lines && identify(Number(lines[0]));
  if (!identity || !worksOn(identity.pid, data, lines[1])) return null;
  return { ...identity, port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' };
}

/**
 * PostgreSQL itself sees through a lock whose process has ended, and needs it to look for sessions that are still
 * there; only a living stranger's number would make it refuse to start.
 */
function discardForeignLock(data) {
  const pid = Number(lockLines(data)?.[0]);
  if (identify(pid) && !runningServer(data)) rmSync(join(data, 'postmaster.pid'), { force: true });
}

function lockLines(data) {
  try {
    return readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    throw error;
  }
}

/**
 * The lock file may be a copy (of the whole clone), or its number may have gone to a stranger after a crash of the
 * machine. A server stays in its data directory, and that can be seen; elsewhere its own word has to do.
 */
function worksOn(pid, data, said) {
  try {
    return realpathSync(`/proc/${pid}/cwd`) === realpathSync(data);
  } catch (error) {
    return error.code === 'ENOENT' && process.platform === 'linux' ? false : said === data;
  }
}

async function launch(placement, data, port, options) {
  const given = { ...settings, ...(options.disposable ? disposableSettings : {}), ...options.settings };
  const args = Object.entries({ ...given, port: String(port) }).flatMap(([key, value]) => [
    '-c',
    `${key}=${value}`,
  ]);
  const log = openSync(options.log, 'a', 0o600);
  const before = existsSync(options.log) ? readFileSync(options.log).length : 0;
  // A session of its own: Ctrl-C in the terminal must reach us only, who stop things in their order.
  const child = spawnProgram(placement, 'postgres', ['-D', data, ...args], {
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  let failure = null;
  child.once('error', (error) => (failure = error.message));
  child.once('exit', (code, signal) => (failure ??= `ended with ${signal ?? code}`));
  await waitUntil(() => failure !== null || runningServer(data)?.ready === true, 60_000);
  if (failure === null && runningServer(data)?.ready) return { child };
  child.kill('SIGQUIT');
  const said = readFileSync(options.log).subarray(before).toString('utf8').trim();
  return { failure: `${failure ?? 'not ready after 60 seconds'}\n${said}` };
}

function takeBackPassword(placement, data, state) {
  const sql = `alter role ${superuser} password '${state.superuserPassword}';\n`;
  const { ok, output } = runProgram(placement, 'postgres', ['--single', '-D', data, 'postgres'], sql);
  if (!ok) throw new Obstacle(`cannot reset the password of the data in ${data}: ${output}`);
}

/** A connected client of the `pg` package, which is there as soon as the server programs are. */
async function connect(root, connectionString) {
  const { Client } = createRequire(join(root, 'package.json'))('pg');
  const client = new Client({ connectionString, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

/** The owner's role and database; each start looks again, so that an interrupted first start is completed. */
async function provide(root, superuserUrl, ownerPassword) {
  const client = await connect(root, superuserUrl);
  try {
    const { rows } = await client.query(
      'select exists (select from pg_roles where rolname = $1) as role, ' +
        'exists (select from pg_database where datname = $2) as database',
      [owner, database],
    );
    const verb = rows[0].role ? 'alter' : 'create';
    await client.query(`${verb} role ${owner} login createrole password '${ownerPassword}'`);
    if (!rows[0].database) {
      await client.query(`create database ${database} owner ${owner} template template0`);
    }
  } finally {
    await client.end();
  }
}

/**
 * Starts the server on `<home>/data` (made on the first start), takes over what a killed start left running, and
 * answers `{superuserUrl, ownerUrl, port, placement, process, child, stop()}`.
 * `disposable`: for tests, without guarding the data against a crash of the machine.
 */
export async function startPostgres({
  root,
  home,
  log,
  disposable = false,
  settings: extra = {},
  bare = false,
}) {
  const placement = choosePlacement(findBinaries(root), home);
  const stateFile = join(home, 'state.json');
  const known = readState(stateFile);
  const earlier = known?.home === home ? known.data : undefined;
  await stopLeftPostgres(home);
  const data = settleData(placement, earlier);
  discardForeignLock(data);
  const state = {
    superuserPassword: known?.superuserPassword ?? newPassword(),
    ownerPassword: known?.ownerPassword ?? newPassword(),
    port: await choosePort(known?.port),
    home,
    data,
  };
  // Kept before it is used: an interrupted start must not leave data whose password nobody knows.
  writeState(stateFile, state);
  if (!existsSync(data)) initialise(placement, data, state.superuserPassword, disposable);
  else if (!known) takeBackPassword(placement, data, state);
  if (disposable) trustRoles(data);
  checkVersion(placement, data);

  let started = { failure: 'not tried' };
  for (let attempt = 0; attempt < 3 && started.failure; attempt += 1) {
    started = await launch(placement, data, state.port, { log, disposable, settings: extra });
    if (!started.failure) break;
    if (/could not bind|could not create any TCP/.test(started.failure)) {
      state.port = await choosePort();
      writeState(stateFile, state);
    } else if (/shared memory block|lock file/.test(started.failure)) {
      // The last sessions of a killed server need a moment to notice.
      await waitUntil(() => false, 2_000);
    } else break;
  }
  if (started.failure) throw new Obstacle(`PostgreSQL does not start (${basename(log)}): ${started.failure}`);

  const identity = identify(started.child.pid) ?? { pid: started.child.pid, born: 'ended' };
  const at = (user, password, name) => `postgresql://${user}:${password}@127.0.0.1:${state.port}/${name}`;
  const superuserUrl = at(superuser, state.superuserPassword, 'postgres');
  const stop = () => stopProcess(identity, stopping);
  try {
    if (!bare) await provide(root, superuserUrl, state.ownerPassword);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    superuserUrl,
    ownerUrl: at(owner, state.ownerPassword, database),
    port: state.port,
    placement: placement.kind,
    process: identity,
    child: started.child,
    isRunning: () => isRunning(identity),
    stop,
    home: placement.home,
  };
}

/** Stops a server that a killed start left on a home folder; answers whether there was one. */
export async function stopLeftPostgres(home) {
  const known = readState(join(home, 'state.json'));
  const left = runningServer(known?.home === home ? known.data : join(home, 'data'));
  if (!left) return false;
  await stopProcess(left, stopping);
  return true;
}
