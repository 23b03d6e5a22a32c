// A process number alone is not an identity: numbers are given again. What is remembered here is the number
// together with the moment the process was born, so that a stale record never stops a stranger.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

function bornOnLinux(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // A zombie has ended; where nothing reaps it (many containers) it would otherwise be waited for in vain.
  if (fields[0] === 'Z' || fields[0] === 'X') return null;
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  return `${boot}:${fields[19]}`;
}

function born(pid) {
  try {
    if (process.platform === 'linux') return bornOnLinux(pid);
    return (
      execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      }).trim() || null
    );
  } catch {
    return null;
  }
}

/** `{pid, born}` of a living process, or null when there is none with this number. */
export function identify(pid) {
  if (!Number.isInteger(pid) || pid <= 0) return null;
  const moment = born(pid);
  return moment ? { pid, born: moment } : null;
}

export function isRunning(identity) {
  return Boolean(identity) && born(identity.pid) === identity.born;
}

/** Polls `condition` until it gives something truthy; answers that, or undefined after `milliseconds`. */
export async function waitUntil(condition, milliseconds, interval = 25) {
  const end = Date.now() + milliseconds;
  for (;;) {
    const answer = await condition();
    if (answer) return answer;
    if (Date.now() >= end) return undefined;
    await sleep(interval);
  }
}

function signal(identity, name) {
  try {
    process.kill(identity.pid, name);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

/**
 * Sends one signal after the other, each with its patience in milliseconds, until the process has ended.
 * Answers the signal that ended it, or null when it was not running.
 */
export async function stopProcess(identity, steps) {
  if (!isRunning(identity)) return null;
  for (const [name, patience] of steps) {
    signal(identity, name);
    if (await waitUntil(() => !isRunning(identity), patience)) return name;
  }
  throw new Error(`process ${identity.pid} does not end`);
}
