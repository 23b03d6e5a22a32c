import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type AnyMachineSnapshot } from 'xstate';
import { callsOf, withoutCall } from '../engine/calls-in-snapshot';
import { canonicalJson, type JsonValue } from '../engine/canonical-json';
import { messageOf } from '../engine/error-message';
import { textHash } from '../engine/history-chain';
import { type LifecycleCatalogue } from '../engine/lifecycle-catalogue';
import { withCalls } from '../engine/invocations';
import { eventStep, startStep } from '../engine/machine-step';
import { type Step, type StepRequest } from '../engine/step-requests';
import { MIGRATION_EVENT, migrationStep, type KeptTimer } from '../engine/migration-step';
import { timerSequence, type HistoryEntry, type StoredEvent } from '../engine/records';
import { fromStored, toStored } from '../engine/stored-snapshot';
import { type Lifecycle } from '../lifecycle/lifecycle-definition';
import { type Instant } from '../lifecycle/macrostep-instant';

/** A history to be kept, under a name that says what it shows. */
export interface NamedHistory {
  readonly name: string;
  readonly entries: readonly Pick<
    HistoryEntry,
    'lifecycle' | 'version' | 'revision' | 'kind' | 'at' | 'actor' | 'event'
  >[];
}

/** What happened to the machine: enough to make it happen again. */
interface Cause {
  readonly history: string;
  readonly lifecycle: string;
  /** The version after it. */
  readonly version: number;
  readonly revision: number;
  readonly kind: HistoryEntry['kind'];
  readonly at: Instant;
  readonly by: HistoryEntry['actor']['kind'];
  /** The timer that fired. */
  readonly timer?: string;
  readonly event: StoredEvent;
}

/** One line: a cause, and everything that followed from it. */
interface GoldenLine extends Cause {
  readonly value: JsonValue;
  readonly done: boolean;
  /** Hash of the context, the remembered history states and the output. */
  readonly context: string;
  readonly timersSet: Readonly<Record<string, Instant>>;
  readonly timersCancelled: readonly string[];
  /** Effects, instances to start and events for others, in order, with what goes with them. */
  readonly asked: readonly JsonValue[];
}

type Pending = ReadonlyMap<string, KeptTimer>;

interface Place {
  readonly snapshot: AnyMachineSnapshot;
  readonly pending: Pending;
}

/** In words of its own, so that these files outlive changes of the engine. */
function asked(request: StepRequest): readonly JsonValue[] {
  switch (request.kind) {
    case 'set-timer':
    case 'cancel-timer':
      return [];
    case 'effect':
      return [{ effect: request.name, payload: request.payload }];
    case 'invoke':
      return [{ invoke: request.src, id: request.id, input: request.input }];
    case 'start':
      return [{ start: { ...request.start } }];
    case 'send':
      return [{ send: { ...request.send } }];
    case 'send-parent':
      return [{ sendParent: request.event }];
    case 'send-child':
      return [{ sendChild: { ...request.send } }];
  }
}

function described(snapshot: AnyMachineSnapshot): Pick<GoldenLine, 'value' | 'done' | 'context'> {
  const { value, status, ...rest } = toStored(snapshot);
  return { value: value, done: status === 'done', context: textHash(canonicalJson(rest)) };
}

function migrate(
  catalogue: LifecycleCatalogue,
  place: Place,
  cause: Cause,
): { place: Place; line: GoldenLine } {
  const from = Number(cause.event['from']);
  const migration = catalogue.migration(cause.lifecycle, from);
  if (!migration) throw new Error(`there is no migration from version ${from}`);
  const { snapshot, timers } = migrationStep(
    migration,
    toStored(place.snapshot),
    [...place.pending.values()],
    cause.at,
    cause.revision,
  );
  const next = fromStored(migration.to.machine, snapshot);
  const pending = new Map(timers.map((timer) => [timer.id, timer]));
  return {
    place: { snapshot: next, pending },
    line: {
      ...cause,
      ...described(next),
      timersSet: Object.fromEntries(timers.map(({ id, dueAt }) => [id, dueAt])),
      timersCancelled: [...place.pending.keys()].filter((id) => !pending.has(id)).sort(),
      asked: [],
    },
  };
}

function stepOf(lifecycle: Lifecycle, place: Place | null, { kind, event, at }: Cause): Step {
  if (!place) return startStep(lifecycle, event['input'], at);
  if (kind === 'drop') return { snapshot: place.snapshot, requests: [] };
  if (kind !== 'answer') return eventStep(lifecycle, place.snapshot, event, at);
  const invocation = event['actorId'] as string;
  if (callsOf(place.snapshot)?.[invocation] === undefined)
    throw new Error(`nobody waits for the answer of ${invocation}`);
  return eventStep(lifecycle, withoutCall(place.snapshot, invocation), event, at);
}

/** Makes a cause happen and tells what followed. @throws LifecycleFault, MigrationFault */
function follow(
  catalogue: LifecycleCatalogue,
  place: Place | null,
  cause: Cause,
): { readonly place: Place; readonly line: GoldenLine } {
  if (place !== null && cause.kind === 'migrate') return migrate(catalogue, place, cause);
  const lifecycle = catalogue.exact(cause.lifecycle, cause.version);
  const pending = new Map(place?.pending);
  if (cause.timer !== undefined) {
    const fired = pending.get(cause.timer);
    if (!fired) throw new Error(`the timer ${cause.timer} is not pending`);
    if (fired.dueAt > cause.at) throw new Error(`the timer ${cause.timer} is due later, at ${fired.dueAt}`);
    pending.delete(cause.timer);
  }
  if (cause.kind === 'drop') pending.delete(cause.event['timer'] as string);
  const step = withCalls(stepOf(lifecycle, place, cause), cause.history, cause.revision);
  const timersSet = new Map<string, Instant>();
  const timersCancelled: string[] = [];
  for (const [index, request] of step.requests.entries()) {
    if (request.kind === 'set-timer') {
      pending.set(request.id, { ...request, sequence: timerSequence(cause.revision, index) });
      timersSet.set(request.id, request.dueAt);
    } else if (request.kind === 'cancel-timer' && pending.delete(request.id)) {
      timersCancelled.push(request.id);
      timersSet.delete(request.id);
    }
  }
  const line = {
    ...cause,
    ...described(step.snapshot),
    timersSet: Object.fromEntries(timersSet),
    timersCancelled,
    asked: step.requests.flatMap(asked),
  };
  return { place: { snapshot: step.snapshot, pending }, line };
}

function causeOf(name: string, entry: NamedHistory['entries'][number]): Cause {
  const { lifecycle, version, revision, kind, at, actor, event } = entry;
  const migration = { type: MIGRATION_EVENT, from: event['from'] ?? null, to: event['to'] ?? null };
  return {
    history: name,
    lifecycle,
    version,
    revision,
    kind,
    at,
    by: actor.kind,
    ...(kind === 'timer' && actor.id !== undefined && { timer: actor.id }),
    event: kind === 'migrate' ? migration : event,
  };
}

/**
 * Golden histories: each entry as one line of canonical JSON, with everything that the machine made of it. They hold
 * what named guards, actions and delays do, which the structure's hash does not.
 */
export function recordGoldenHistories(
  catalogue: LifecycleCatalogue,
  histories: readonly NamedHistory[],
): readonly string[] {
  return histories.flatMap(({ name, entries }) => {
    let place: Place | null = null;
    return entries.map((entry) => {
      const followed = follow(catalogue, place, causeOf(name, entry));
      place = followed.place;
      return canonicalJson(followed.line);
    });
  });
}

function causeIn(line: GoldenLine): Cause {
  const { history, lifecycle, version, revision, kind, at, by, timer, event } = line;
  const cause = { history, lifecycle, version, revision, kind, at, by, event };
  return timer === undefined ? cause : { ...cause, timer };
}

/** What follows from a cause, the most telling first. */
const TELLING = ['value', 'done', 'asked', 'timersSet', 'timersCancelled', 'context'] as const;

/** The first path at which two values differ. */
function difference(kept: unknown, found: unknown, path: string): string | null {
  if (kept === found) return null;
  const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
  if (!isObject(kept) || !isObject(found) || Array.isArray(kept) !== Array.isArray(found)) {
    const tell = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value));
    return `${path}: ${tell(found)} instead of ${tell(kept)}`;
  }
  for (const key of new Set([...Object.keys(kept), ...Object.keys(found)])) {
    const within = difference(
      (kept as Record<string, unknown>)[key],
      (found as Record<string, unknown>)[key],
      `${path}.${key}`,
    );
    if (within !== null) return within;
  }
  return null;
}

/**
 * Makes everything in golden histories happen again.
 * @returns the first difference of each history, with lifecycle and version, history, revision and path; none when
 *   the lifecycles still do what they did
 */
export function replayGoldenHistories(
  catalogue: LifecycleCatalogue,
  lines: readonly string[],
): readonly string[] {
  const differences: string[] = [];
  const places = new Map<string, Place | null>();
  for (const text of lines) {
    const kept = JSON.parse(text) as GoldenLine;
    const cause = causeIn(kept);
    const place = places.get(cause.history);
    if (place === null) continue;
    const where = `${cause.lifecycle}@${cause.version} ${cause.history} revision ${cause.revision}`;
    let found: string | null;
    let next: Place | null = null;
    try {
      const followed = follow(catalogue, place ?? null, cause);
      const line = JSON.parse(canonicalJson(followed.line)) as GoldenLine;
      found = null;
      for (const member of TELLING) found ??= difference(kept[member], line[member], member);
      next = followed.place;
    } catch (error) {
      found = messageOf(error);
    }
    if (found !== null) differences.push(`${where}: ${found}`);
    // What follows a difference says nothing of its own.
    places.set(cause.history, found === null ? next : null);
  }
  return differences;
}

/**
 * The lines of a golden file.
 * @throws when there is none yet: it is recorded then, to be looked at and committed. A file of a released version is
 *   never recorded again.
 */
export async function goldenLines(
  path: string,
  record: () => Promise<readonly string[]>,
): Promise<readonly string[]> {
  if (!existsSync(path)) {
    const lines = await record();
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `${lines.join('\n')}\n`);
    throw new Error(`${path} was not there; it has been recorded: look at it and commit it`);
  }
  return readFileSync(path, 'utf8').trimEnd().split('\n');
}
