import { type AnyStateMachine, type AnyStateNode } from 'xstate';
import { durableKind } from './durable-actions';

const durableBuiltIns = new Set(['xstate.assign', 'xstate.raise', 'xstate.cancel', 'xstate.enqueueActions']);

interface Implementations {
  readonly actions: Readonly<Record<string, unknown>>;
  readonly guards: Readonly<Record<string, unknown>>;
  readonly delays: Readonly<Record<string, unknown>>;
}

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
function referenceProblem(
  path: string,
  reference: unknown,
  bound: Readonly<Record<string, unknown>>,
): string | undefined {
  if (typeof reference === 'function') return `${path}: an inline function stands in place of a name`;
  const name = nameOf(reference);
  if (name === undefined) return `${path}: neither a name nor { type, params }`;
  if (typeof (reference as { params?: unknown }).params === 'function')
    return `${path}: params of "${name}" are an inline function; compute them in the named implementation`;
  return name in bound ? undefined : `${path}: nothing is bound to the name "${name}"`;
}

function transitionProblems(path: string, transition: unknown, bound: Implementations): string[] {
  if (transition === undefined || typeof transition === 'string') return [];
  const { actions, guard } = transition as { actions?: unknown; guard?: unknown };
  const found = asArray(actions).map((action, index) =>
    referenceProblem(`${path}.actions[${index}]`, action, bound.actions),
  );
  if (guard !== undefined) found.push(referenceProblem(`${path}.guard`, guard, bound.guards));
  return found.filter((problem) => problem !== undefined);
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
    asArray(config[hook]).forEach((action, index) => {
      const problem = referenceProblem(`${path}.${hook}[${index}]`, action, bound.actions);
      if (problem) problems.push(problem);
    });
  if (!isWaitsFor((config['meta'] as { readonly waitsFor?: unknown } | undefined)?.waitsFor))
    problems.push(`${path}.meta.waitsFor: is neither a name nor a list of names`);
  if (config['invoke'] !== undefined) problems.push(`${path}.invoke: invoked actors are not durable`);
  for (const group of ['on', 'after']) {
    for (const [key, transitions] of Object.entries((config[group] ?? {}) as Record<string, unknown>)) {
      if (group === 'after' && Number.isNaN(Number(key)) && !(key in bound.delays))
        problems.push(`${path}.after.${key}: nothing is bound to the delay "${key}"`);
      asArray(transitions).forEach((transition, index) =>
        problems.push(...transitionProblems(`${path}.${group}.${key}[${index}]`, transition, bound)),
      );
    }
  }
  for (const group of ['always', 'onDone'])
    asArray(config[group]).forEach((transition, index) =>
      problems.push(...transitionProblems(`${path}.${group}[${index}]`, transition, bound)),
    );
  for (const [key, child] of Object.entries(node.states))
    problems.push(...stateProblems(`${path}.${key}`, child, bound));
  return problems;
}

/** Marks everything that entering `node` enters: its ancestors with their parallel regions, and initial states. */
function enter(node: AnyStateNode, reached: Set<AnyStateNode>): void {
  if (reached.has(node)) return;
  reached.add(node);
  if (node.parent) {
    enter(node.parent, reached);
    if (node.parent.type === 'parallel')
      Object.values(node.parent.states).forEach((region) => enter(region, reached));
  }
  if (node.type === 'parallel') Object.values(node.states).forEach((region) => enter(region, reached));
  if (node.type === 'compound') node.initial.target.forEach((target) => enter(target, reached));
  if (node.type === 'history') {
    const fallback = (node.config as { target?: string }).target;
    const sibling = fallback?.replace(/^\./, '').split('.')[0];
    const target = sibling === undefined ? undefined : node.parent?.states[sibling];
    if (target) enter(target, reached);
  }
}

function unreachableStates(machine: AnyStateMachine): string[] {
  const reached = new Set<AnyStateNode>();
  const expand = (node: AnyStateNode): void => {
    enter(node, reached);
  };
  expand(machine.root);
  for (let before = -1; before !== reached.size;) {
    before = reached.size;
    for (const node of [...reached])
      for (const transitions of [...node.transitions.values(), node.always ?? []])
        for (const transition of transitions)
          transition.target?.forEach((target: AnyStateNode) => expand(target));
  }
  const all = (node: AnyStateNode): AnyStateNode[] => [node, ...Object.values(node.states).flatMap(all)];
  return all(machine.root)
    .filter((node) => !reached.has(node))
    .map((node) => `${node.id}: no transition leads to this state`);
}

function isDelayedWithoutId(raise: unknown): boolean {
  const { id, delay } = raise as { readonly id?: unknown; readonly delay?: unknown };
  return delay !== undefined && id === undefined;
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
 * Checked once, when the lifecycle is declared: a bad definition stops the start of the process.
 */
export function lifecycleProblems(
  machine: AnyStateMachine,
  refusals: Readonly<Record<string, unknown>>,
): string[] {
  const bound = machine.implementations as unknown as Implementations & { actors: Record<string, unknown> };
  const problems = stateProblems(machine.id, machine.root, bound);
  for (const [name, action] of Object.entries(bound.actions)) {
    if (durableKind(action)) continue;
    const builtIn = typeof action === 'function' ? (action as { type?: unknown }).type : undefined;
    if (builtIn === 'xstate.raise' && isDelayedWithoutId(action))
      problems.push(`actions.${name}: a delayed raise needs an id, by which its timer is kept`);
    if (typeof builtIn === 'string' && durableBuiltIns.has(builtIn)) continue;
    problems.push(
      `actions.${name}: ${typeof builtIn === 'string' ? `"${builtIn}" is not durable` : 'is neither a durable action nor assign, raise, cancel or enqueueActions'}`,
    );
  }
  for (const name of Object.keys(bound.actors))
    problems.push(`actors.${name}: spawned actors are not durable`);
  for (const name of Object.keys(refusals))
    if (!(name in bound.guards)) problems.push(`refusals.${name}: there is no guard of this name`);
  return [...problems, ...unreachableStates(machine)];
}
