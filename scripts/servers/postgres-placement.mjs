// PostgreSQL refuses to run as root. Where we are root, this decides as whom it runs instead, and from where:
//  - as the system's `postgres` (or else as nobody, 65534), when that user can reach the programs and the data;
//  - in place but in a user namespace, when a folder above is closed to others (a clone below /root);
//  - as that user, on a copy of the programs in a place open to all, when namespaces are forbidden as well.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, cpSync, existsSync, lstatSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { lchownSync, readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Obstacle } from '../obstacle.mjs';
import { repairBinaries } from './postgres-binaries.mjs';

const namespace = ['unshare', '--user', '--map-user=65534', '--map-group=65534', '--'];

function serverUser() {
  const line = (file) => readFileSync(file, 'utf8').match(/^postgres:[^:]*:(\d+):(\d+)?/m);
  try {
    const user = line('/etc/passwd');
    if (user) return { uid: Number(user[1]), gid: Number(user[2]) };
  } catch {
    // A machine without /etc/passwd has no such user.
  }
  return { uid: 65534, gid: 65534 };
}

/** The environment of the server programs: nothing of ours, above all no locale. */
function serverEnvironment() {
  return { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };
}

function commandLine(placement, program, args) {
  return [...placement.prefix, join(placement.native, 'bin', program), ...args];
}

/** Starts a server program as the placement says; the folder it starts in is `/`, which every user may read. */
export function spawnProgram(placement, program, args, options) {
  const [file, ...rest] = commandLine(placement, program, args);
  return spawn(file, rest, { cwd: '/', env: serverEnvironment(), ...placement.user, ...options });
}

/** In a session of its own: a Ctrl-C in the terminal would end it, and look like a machine on which it does not work. */
const alone = { cwd: '/', detached: true };

export function runProgram(placement, program, args, input) {
  const [file, ...rest] = commandLine(placement, program, args);
  const options = { ...alone, env: serverEnvironment(), encoding: 'utf8', input, ...placement.user };
  const { status, error, stdout, stderr } = spawnSync(file, rest, options);
  return { ok: status === 0, output: `${stdout ?? ''}${stderr ?? ''}${error ? error.message : ''}`.trim() };
}

function canEnter(folder, user) {
  return (
    spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { ...alone, stdio: 'ignore', ...user }).status === 0
  );
}

function works(placement) {
  return (
    runProgram(placement, 'postgres', ['--version']).ok &&
    (!placement.user || canEnter(dirname(placement.home), placement.user))
  );
}

function asOpenTo(user, folder) {
  mkdirSync(folder, { recursive: true });
  // Enough to pass through, not to look around.
  chmodSync(folder, statSync(folder).mode | 0o111);
  return user;
}

/** A copy of the programs, and a home for the data, where every user may pass. */
function placeOutside(native, home, user) {
  const key = (path) => createHash('sha256').update(path).digest('hex').slice(0, 16);
  for (const base of ['/var/tmp', '/tmp']) {
    const outside = join(base, `dondoc-${key(native)}`);
    try {
      mkdirSync(outside, { recursive: true, mode: 0o711 });
      const found = lstatSync(outside);
      // In a folder open to all somebody else may have made it first.
      if (!found.isDirectory() || found.uid !== 0) continue;
      chmodSync(outside, 0o711);
      const copy = join(outside, 'native');
      const version = readFileSync(join(native, '..', 'package.json'), 'utf8');
      const stamp = join(outside, 'package.json');
      if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== version) {
        rmSync(copy, { recursive: true, force: true });
        cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
        openToAll(copy);
        cpSync(join(native, '..', 'package.json'), stamp);
      }
      const placement = { kind: 'copy', native: copy, home: join(outside, key(home)), prefix: [], user };
      asOpenTo(user, placement.home);
      if (works(placement)) return placement;
    } catch (error) {
      if (!['EACCES', 'EROFS', 'ENOENT', 'ENOSPC', 'EPERM'].includes(error.code)) throw error;
    }
  }
  return null;
}

function openToAll(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isSymbolicLink()) continue;
    const path = join(entry.parentPath ?? entry.path, entry.name);
    const { mode } = statSync(path);
    chmodSync(path, mode | (entry.isDirectory() || mode & 0o100 ? 0o555 : 0o444));
  }
  chmodSync(folder, 0o755);
}

/**
 * How PostgreSQL can be run on this machine, tried out and not guessed.
 * `only` (for tests and for troubleshooting) leaves out all ways but one: `direct`, `user`, `namespace`, `copy`.
 */
export function choosePlacement(native, home, only = process.env.DONDOC_POSTGRES_PLACEMENT) {
  repairBinaries(native);
  mkdirSync(home, { recursive: true });
  const may = (kind) => !only || only === kind;
  if (process.getuid?.() !== 0) {
    const direct = { kind: 'direct', native, home, prefix: [] };
    const trial = runProgram(direct, 'postgres', ['--version']);
    if (trial.ok) return direct;
    throw new Obstacle(
      `The embedded PostgreSQL does not run on this machine (${trial.output}). Set DATABASE_URL.`,
    );
  }
  const user = serverUser();
  if (may('user')) {
    const placement = { kind: 'user', native, home, prefix: [], user };
    asOpenTo(user, dirname(home));
    asOpenTo(user, home);
    if (works(placement) && canEnter(home, user)) return placement;
  }
  if (may('namespace')) {
    const placement = { kind: 'namespace', native, home, prefix: namespace };
    if (works(placement)) return placement;
  }
  const placement = may('copy') ? placeOutside(native, home, user) : null;
  if (placement) return placement;
  const { output } = runProgram({ native, prefix: [] }, 'postgres', ['--version']);
  throw new Obstacle(
    'PostgreSQL does not run as root, and no other user can be used for it here ' +
      `(${output || 'no output'}). Start as an ordinary user, or set DATABASE_URL.`,
  );
}

/** Moves data that an earlier start kept in another place, and gives it to whoever runs the server now. */
export function settleData(placement, previous) {
  const data = join(placement.home, 'data');
  if (previous && previous !== data && existsSync(previous) && !existsSync(data)) {
    try {
      renameSync(previous, data);
    } catch {
      cpSync(previous, data, { recursive: true, preserveTimestamps: true });
      rmSync(previous, { recursive: true, force: true });
    }
  }
  if (existsSync(data)) giveToServer(placement, data);
  return data;
}

/** Makes a file or a folder with all in it belong to the user that runs the server (only root can and need do so). */
export function giveToServer(placement, path) {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = placement.user ?? { uid: 0, gid: 0 };
  if (lstatSync(path).uid === uid) return;
  if (statSync(path).isDirectory()) {
    for (const entry of readdirSync(path, { withFileTypes: true, recursive: true })) {
      lchownSync(join(entry.parentPath ?? entry.path, entry.name), uid, gid);
    }
  }
  lchownSync(path, uid, gid);
}
