import { type AnyStateMachine, type AnyStateNode } from 'xstate';
import { durableKind } from './durable-actions';
import { isStateIn, operandsOf } from './guard-operators';
import { labelProblem } from './labels';
import { canComplete, historyDefaults, pathOf, statesWithin, unreachableStates } from './reachable-states';
import { actorProblems, invocationProblems } from './invocation-validation';

const durableBuiltIns = new Set(['xstate.assign', 'xstate.raise', 'xstate.cancel', 'xstate.enqueueActions']);

/** What to use in place of XState's own, where the runtime has something for the same purpose. */
const replacements: Readonly<Record<string, string>> = {
  'xstate.sendTo': '; use sendToChild, sendToParent or sendToInstance',
  'xstate.spawnChild': '; use startInstance',
};

interface Implementations {
  readonly actions: Readonly<Record<string, unknown>>;
  readonly guards: Readonly<Record<string, unknown>>;
  readonly delays: Readonly<Record<string, unknown>>;
  readonly actors: Readonly<Record<string, unknown>>;
}

type Bound = Readonly<Record<string, unknown>>;

function asArray(value: unknown): unknown[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}

function nameOf(reference: unknown): string | undefined {
  if (typeof reference === 'string') return reference;
  if (typeof reference === 'object' && reference !== null) {
    const { type } = reference as { type?: unknown };
    if (typeof type === 'string') return type;
  }
  return undefined;
}

/** Checks one reference (an action or a guard) in the configuration: a bound name without inline functions. */
function referenceProblem(path: string, reference: unknown, bound: Bound): string | undefined {
  if (typeof reference === 'function') return `${path}: an inline function stands in place of a name`;
  const name = nameOf(reference);
  if (name === undefined) return `${path}: neither a name nor { type, params }`;
  if (typeof (reference as { params?: unknown }).params === 'function')
    return `${path}: params of "${name}" are an inline function; compute them in the named implementation`;
  return Object.hasOwn(bound, name) ? undefined : `${path}: nothing is bound to the name "${name}"`;
}

/** A guard is a bound name, or `and`, `or`, `not` and `stateIn` built of nothing but such. */
function guardProblems(path: string, guard: unknown, bound: Bound): string[] {
  const operands = operandsOf(guard);
  if (operands)
    return operands.guards.flatMap((operand, index) =>
      guardProblems(`${path}.${operands.operator}[${index}]`, operand, bound),
    );
  if (isStateIn(guard)) return [];
  const problem = referenceProblem(path, guard, bound);
  return problem === undefined ? [] : [problem];
}

/** Inside a named guard functions may stand, but the names that are built on have to be there as well. */
function boundGuardProblems(path: string, guard: unknown, bound: Bound): string[] {
  const operands = operandsOf(guard);
  if (operands)
    return operands.guards.flatMap((operand, index) =>
      boundGuardProblems(`${path}.${operands.operator}[${index}]`, operand, bound),
    );
  return typeof guard === 'function' ? [] : guardProblems(path, guard, bound);
}

function actionProblems(path: string, actions: unknown, bound: Implementations): string[] {
  const found = asArray(actions).map((action, index) =>
    referenceProblem(`${path}[${index}]`, action, bound.actions),
  );
  return found.filter((problem) => problem !== undefined);
}

function transitionProblems(path: string, transition: unknown, bound: Implementations): string[] {
  if (transition === undefined || typeof transition === 'string') return [];
  const { actions, guard, meta } = transition as { actions?: unknown; guard?: unknown; meta?: unknown };
  const label = labelProblem(path, meta);
  return [
    ...actionProblems(`${path}.actions`, actions, bound),
    ...(guard === undefined ? [] : guardProblems(`${path}.guard`, guard, bound.guards)),
    ...(label === undefined ? [] : [label]),
  ];
}

/** A key of `after`: a number of milliseconds, or the name of a delay. */
function delayProblem(path: string, key: string, bound: Implementations): string | undefined {
  const milliseconds = Number(key);
  if (Number.isNaN(milliseconds))
    return Object.hasOwn(bound.delays, key)
      ? undefined
      : `${path}.after.${key}: nothing is bound to the delay "${key}"`;
  return Number.isFinite(milliseconds) && milliseconds >= 0
    ? undefined
    : `${path}.after.${key}: ${key} is not a number of milliseconds from 0`;
}

/** `meta.waitsFor` of a state names who is waited for in it: one role or several, whatever the application calls them. */
function isWaitsFor(value: unknown): boolean {
  return (
    value === undefined || asArray(value).every((name) => typeof name === 'string' && name.trim() !== '')
  );
}

function stateProblems(path: string, node: AnyStateNode, bound: Implementations): string[] {
  const config = node.config as Record<string, unknown>;
  const problems: string[] = [];
  for (const hook of ['entry', 'exit'])
    problems.push(...actionProblems(`${path}.${hook}`, config[hook], bound));
  if (typeof config['initial'] === 'object')
    problems.push(...transitionProblems(`${path}.initial`, config['initial'], bound));
  if (!isWaitsFor((config['meta'] as { readonly waitsFor?: unknown } | undefined)?.waitsFor))
    problems.push(`${path}.meta.waitsFor: is neither a name nor a list of names`);
  problems.push(
    ...invocationProblems(path, node, bound.actors, (at, transition) =>
      transitionProblems(at, transition, bound),
    ),
  );
  if (config['route'] !== undefined)
    problems.push(`${path}.route: nobody can send "xstate.route"; use a transition of the root`);
  for (const group of ['on', 'after']) {
    for (const [key, transitions] of Object.entries((config[group] ?? {}) as Record<string, unknown>)) {
      const problem = group === 'after' ? delayProblem(path, key, bound) : undefined;
      if (problem !== undefined) problems.push(problem);
      asArray(transitions).forEach((transition, index) =>
        problems.push(...transitionProblems(`${path}.${group}.${key}[${index}]`, transition, bound)),
      );
    }
  }
  for (const group of ['always', 'onDone'])
    asArray(config[group]).forEach((transition, index) =>
      problems.push(...transitionProblems(`${path}.${group}[${index}]`, transition, bound)),
    );
  const label = labelProblem(path, node.meta);
  if (label !== undefined) problems.push(label);
  for (const [key, child] of Object.entries(node.states))
    problems.push(...stateProblems(`${path}.${key}`, child, bound));
  return problems;
}

/** What only the whole tree of states shows, each with its path. */
function structureProblems(machine: AnyStateMachine): string[] {
  const problems: string[] = [];
  const byId = new Map<string, string>();
  const timers = new Map<string, string>();
  for (const node of statesWithin(machine.root)) {
    const path = pathOf(node);
    const config = node.config as { onDone?: unknown; after?: Record<string, unknown>; history?: unknown };
    const other = byId.get(node.id);
    if (other !== undefined) problems.push(`${path}: has the same id "${node.id}" as ${other}`);
    byId.set(node.id, path);
    if (config.onDone !== undefined && !node.parent)
      problems.push(`${path}.onDone: the machine ends when its root is done, and nothing follows`);
    else if (config.onDone !== undefined && !canComplete(node, () => true))
      problems.push(`${path}.onDone: no final state completes this state`);
    for (const key of Object.keys(config.after ?? {})) {
      const timer = `${Number.isNaN(Number(key)) ? key : Number(key)}.${node.id}`;
      const same = timers.get(timer);
      if (same !== undefined) problems.push(`${path}.after.${key}: is the same timer as ${same}`);
      timers.set(timer, `${path}.after.${key}`);
    }
    if (node.type !== 'history') continue;
    if (![undefined, true, 'shallow', 'deep'].includes(config.history as never))
      problems.push(`${path}.history: ${JSON.stringify(config.history)} is neither "shallow" nor "deep"`);
    for (const target of historyDefaults(node))
      if (typeof target === 'string')
        problems.push(`${path}.target: "${target}" is no state inside ${pathOf(node.parent ?? node)}`);
  }
  return problems;
}

function raiseProblem(raise: unknown, delays: Bound): string | undefined {
  const { id, delay } = raise as { readonly id?: unknown; readonly delay?: unknown };
  if (delay === undefined)
    return id === undefined ? undefined : 'an id without a delay means nothing; leave it away';
  if (id === undefined) return 'a delayed raise needs an id, by which its timer is kept';
  if (typeof delay === 'string' && !Object.hasOwn(delays, delay))
    return `nothing is bound to the delay "${delay}"`;
  if (typeof delay === 'number' && !(Number.isFinite(delay) && delay >= 0))
    return `its delay ${delay} is not a number of milliseconds from 0`;
  return undefined;
}

function boundActionProblem(action: unknown, bound: Implementations): string | undefined {
  if (durableKind(action)) return undefined;
  const builtIn = typeof action === 'function' ? (action as { type?: unknown }).type : undefined;
  if (typeof builtIn !== 'string')
    return 'is neither a durable action nor assign, raise, cancel or enqueueActions';
  if (!durableBuiltIns.has(builtIn)) return `"${builtIn}" is not durable${replacements[builtIn] ?? ''}`;
  return builtIn === 'xstate.raise' ? raiseProblem(action, bound.delays) : undefined;
}

/** Names by which timers of a machine can be known: named delays, and ids of delayed `raise` actions. */
export function timerNames(machine: AnyStateMachine): ReadonlySet<string> {
  const { actions, delays } = machine.implementations as unknown as Implementations;
  const raised = Object.values(actions)
    .map((action) => (action as { readonly id?: unknown } | undefined)?.id)
    .filter((id) => typeof id === 'string');
  return new Set([...Object.keys(delays), ...raised]);
}

/**
 * Everything that keeps a machine from being run durably, each with its path; empty when it can be.
 * Checked once, when the lifecycle is declared: a bad definition stops the start of the process. What an
 * `enqueueActions` enqueues is known only when it runs: something else than a durable action fails that step.
 */
export function lifecycleProblems(
  machine: AnyStateMachine,
  refusals: Readonly<Record<string, unknown>>,
): string[] {
  const bound = machine.implementations as unknown as Implementations;
  const problems = stateProblems(machine.id, machine.root, bound);
  for (const [name, action] of Object.entries(bound.actions)) {
    const problem = boundActionProblem(action, bound);
    if (problem !== undefined) problems.push(`actions.${name}: ${problem}`);
  }
  for (const [name, guard] of Object.entries(bound.guards))
    problems.push(...boundGuardProblems(`guards.${name}`, guard, bound.guards));
  for (const [name, delay] of Object.entries(bound.delays))
    if (typeof delay !== 'function' && !(Number.isFinite(delay) && (delay as number) >= 0))
      problems.push(
        `delays.${name}: ${String(delay)} is neither a function nor a number of milliseconds from 0`,
      );
  problems.push(...actorProblems(machine));
  for (const name of Object.keys(refusals))
    if (!Object.hasOwn(bound.guards, name)) problems.push(`refusals.${name}: there is no guard of this name`);
  const unreachable = unreachableStates(machine).map(
    (node) => `${pathOf(node)}: no transition leads to this state`,
  );
  return [...problems, ...structureProblems(machine), ...unreachable];
}
