// One start per clone. `start.lock` says who holds it; `run.json` says what it runs and how to reach it, for the
// command line and for the next start, should this one be killed.
import { linkSync, readFileSync, realpathSync, renameSync, rmSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { identify, isRunning, stopProcess } from './running-process.mjs';
import { readState, writeState } from './state-file.mjs';

const lockOf = (folder) => join(folder, 'start.lock');
const recordOf = (folder) => join(folder, 'run.json');

/** What the start that runs in this clone has recorded, or null when none runs. */
export function runningStart(folder) {
  const record = readState(recordOf(folder));
  return isOurs(folder, record) && isRunning(record.launcher) ? record : null;
}

export function writeRecord(folder, record) {
  writeState(recordOf(folder), { ...record, folder: realpathSync(folder), launcher: identify(process.pid) });
}

/** A clone may have been copied with its records: what they tell of runs in the other place. */
const isOurs = (folder, record) => record?.folder === realpathSync(folder);

/**
 * Takes the clone for this start. Answers null, or who holds it: `{launcher, address?}`.
 * The lock is made whole beside its place and linked in, so that nobody ever reads half of it.
 */
export function takeClone(folder) {
  const lock = lockOf(folder);
  const draft = `${lock}.${process.pid}`;
  writeState(draft, { ...identify(process.pid), folder: realpathSync(folder) });
  try {
    for (;;) {
      try {
        linkSync(draft, lock);
        return null;
      } catch (error) {
        if (error.code !== 'EEXIST') throw error;
      }
      const holder = readState(lock);
      if (isOurs(folder, holder) && isRunning(holder)) {
        return { launcher: holder, ...(runningStart(folder) ?? {}) };
      }
      discardStale(lock, holder);
    }
  } finally {
    unlinkSync(draft);
  }
}

/** Moves a dead holder's lock away; should another start have been quicker, what was moved is put back. */
function discardStale(lock, holder) {
  const aside = `${lock}.stale.${process.pid}`;
  try {
    renameSync(lock, aside);
  } catch (error) {
    if (error.code === 'ENOENT') return;
    throw error;
  }
  if (isRunning(readState(aside)) && readState(aside)?.born !== holder?.born) {
    try {
      linkSync(aside, lock);
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
  }
  rmSync(aside, { force: true });
}

export function leaveClone(folder) {
  rmSync(recordOf(folder), { force: true });
  const mine = identify(process.pid);
  try {
    if (JSON.parse(readFileSync(lockOf(folder), 'utf8')).born === mine.born)
      rmSync(lockOf(folder), { force: true });
  } catch {
    // Gone already.
  }
}

/** Ends the applications that a killed start left running; answers their names. */
export async function stopLeftApplications(folder) {
  const record = readState(recordOf(folder));
  const { applications = {} } = isOurs(folder, record) ? record : {};
  const stopped = await Promise.all(
    Object.entries(applications).map(async ([name, identity]) => {
      const ended = await stopProcess(identity, [
        ['SIGTERM', 10_000],
        ['SIGKILL', 5_000],
      ]);
      return ended ? name : null;
    }),
  );
  rmSync(recordOf(folder), { force: true });
  return stopped.filter(Boolean);
}
