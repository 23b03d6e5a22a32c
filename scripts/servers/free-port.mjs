import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { identify, isRunning } from './running-process.mjs';

function listenOnce(port, host) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(null));
    server.listen({ port, host, exclusive: true }, () => {
      const { port: given } = server.address();
      server.close(() => resolve(given));
    });
  });
}

/** Free on the loopback address and on every address: some systems let two listeners share a port that way. */
async function isFree(port) {
  return (await listenOnce(port, '127.0.0.1')) !== null && (await listenOnce(port, '0.0.0.0')) !== null;
}

/** The wished port when it is free, else one that the system gives. */
export async function choosePort(wished) {
  if (wished && (await isFree(wished))) return wished;
  for (;;) {
    const given = await listenOnce(0, '127.0.0.1');
    if (given && (await isFree(given))) return given;
  }
}

let reserved = null;

const reservationOf = (port) => join(tmpdir(), `dondoc-port-${port}.json`);

/**
 * Answers whether nobody else on this machine has reserved it; a reservation lasts as long as its process. The file is
 * made whole beside its place and linked in, so that nobody ever reads half of it.
 */
function reserve(port) {
  const file = reservationOf(port);
  const draft = `${file}.${process.pid}`;
  try {
    writeFileSync(draft, JSON.stringify(identify(process.pid)));
    if (!isHeld(file)) rmSync(file, { force: true });
    linkSync(draft, file);
    reserved = file;
    return true;
  } catch {
    // Somebody has it, or somebody had it whose files are not ours to take away.
    return false;
  } finally {
    rmSync(draft, { force: true });
  }
}

function isHeld(file) {
  try {
    return isRunning(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return false;
  }
}

/**
 * `choosePort` for what listens only a while later: until then another clone that starts at the same time would find
 * the port free as well, and take the other's answer for its own.
 */
export async function reservePort(wished) {
  for (let port = wished; ; port = undefined) {
    const chosen = await choosePort(port);
    if (reserve(chosen)) return chosen;
  }
}

export function releasePort() {
  if (reserved) rmSync(reserved, { force: true });
  reserved = null;
}
