// A process of ours (API, worker): its output goes to a file of its own, what matters of it to the console.
import { spawn } from 'node:child_process';
import { closeSync, existsSync, fstatSync, openSync, readFileSync, readSync, renameSync } from 'node:fs';
import { identify, isRunning, stopProcess, waitUntil } from './running-process.mjs';

const error = 50;

/** Calls `say` with each error line (structured logs, level 50 and above) as it appears; answers how to end it. */
export function followErrors(path, say) {
  const file = openSync(path, 'r');
  let at = 0;
  let rest = '';
  let said = 0;
  const read = () => {
    const { size } = fstatSync(file);
    while (at < size) {
      const buffer = Buffer.alloc(Math.min(size - at, 65_536));
      at += readSync(file, buffer, 0, buffer.length, at);
      const lines = (rest + buffer.toString('utf8')).split('\n');
      rest = lines.pop();
      for (const line of lines) {
        const text = errorText(line);
        if (text && (said += 1) <= 20) say(said < 20 ? text : 'more errors follow in the log');
      }
    }
  };
  const timer = setInterval(read, 500);
  return () => {
    clearInterval(timer);
    read();
    closeSync(file);
  };
}

function errorText(line) {
  if (!line.startsWith('{')) return null;
  try {
    const { level, msg, err } = JSON.parse(line);
    return level >= error ? [msg, err?.message].filter(Boolean).join(': ').slice(0, 300) : null;
  } catch {
    return null;
  }
}

export function lastLines(path, count = 15) {
  try {
    return readFileSync(path, 'utf8').trimEnd().split('\n').slice(-count).join('\n');
  } catch {
    return '';
  }
}

/** `{name, process, ended: Promise<string>, isRunning(), stop(patience)}`; `ended` says how, whoever ended it. */
export function startApplication({ name, entry, environment, cwd, log }) {
  if (existsSync(log)) renameSync(log, log.replace(/\.log$/, '.previous.log'));
  const output = openSync(log, 'a', 0o600);
  // A session of its own: Ctrl-C reaches only us, who let the database live until the last of these has ended.
  const child = spawn(process.execPath, ['--enable-source-maps', '--max-semi-space-size=64', entry], {
    cwd,
    env: { ...process.env, ...environment },
    detached: true,
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  const ended = new Promise((resolve) => {
    child.once('error', ({ message }) => resolve(message));
    child.once('exit', (code, signal) =>
      resolve(signal ? `ended by ${signal}` : `ended with exit code ${code}`),
    );
  });
  const identity = identify(child.pid);
  return {
    name,
    log,
    process: identity,
    ended,
    isRunning: () => isRunning(identity),
    stop: (patience = 10_000) =>
      stopProcess(identity, [
        ['SIGTERM', patience],
        ['SIGKILL', 5_000],
      ]),
  };
}

/** Waits until `GET url` answers 200; undefined when it did not, or when `given()` says that it no longer matters. */
export async function waitForReady(url, { patience, givenUp }) {
  return waitUntil(
    async () => {
      if (givenUp()) return 'given up';
      try {
        return (await fetch(url, { redirect: 'error' })).status === 200 && 'ready';
      } catch {
        return false;
      }
    },
    patience,
    50,
  ).then((answer) => (answer === 'given up' ? undefined : answer));
}
