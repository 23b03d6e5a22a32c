import { type AnyStateMachine, type AnyStateNode } from 'xstate';
import { isInvokedEffect } from './invoked-effect';

const asArray = (value: unknown): unknown[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];

/** Checks what one state invokes. `input` may be a function: XState has no names for it. */
export function invocationProblems(
  path: string,
  node: AnyStateNode,
  actors: Readonly<Record<string, unknown>>,
  transitionProblems: (path: string, transition: unknown) => readonly string[],
): string[] {
  return asArray((node.config as { invoke?: unknown }).invoke).flatMap((config, index) => {
    const here = `${path}.invoke[${index}]`;
    const { src, systemId, onSnapshot, onDone, onError } = config as Record<string, unknown>;
    const problems: string[] = [];
    if (typeof src !== 'string') problems.push(`${here}.src: an inline actor stands in place of a name`);
    else if (!(src in actors)) problems.push(`${here}.src: nothing is bound to the name "${src}"`);
    if (systemId !== undefined) problems.push(`${here}.systemId: no actor lives to be found by it`);
    if (onSnapshot !== undefined) problems.push(`${here}.onSnapshot: an effect answers once, at its end`);
    for (const [name, transitions] of Object.entries({ onDone, onError }))
      asArray(transitions).forEach((transition, place) =>
        problems.push(...transitionProblems(`${here}.${name}[${place}]`, transition)),
      );
    return problems;
  });
}

function ancestry(node: AnyStateNode): AnyStateNode[] {
  return node.parent ? [...ancestry(node.parent), node] : [node];
}

/** Whether both states can be active at the same time. */
function together(a: AnyStateNode, b: AnyStateNode): boolean {
  const [ofA, ofB] = [ancestry(a), ancestry(b)];
  const shared = ofA.filter((node, depth) => ofB[depth] === node);
  const last = shared.at(-1);
  return last === a || last === b || last?.type === 'parallel';
}

/** Two calls under one id at the same time could not be told apart. */
function ambiguousIds(machine: AnyStateMachine): string[] {
  const all = (node: AnyStateNode): { node: AnyStateNode; id: string }[] => [
    ...node.invoke.map(({ id }) => ({ node, id })),
    ...Object.values(node.states).flatMap(all),
  ];
  const calls = all(machine.root);
  return calls.flatMap(({ node, id }, index) => {
    const other = calls.slice(0, index).find((each) => each.id === id && together(each.node, node));
    return other
      ? [`${node.id}.invoke: the id "${id}" is also used by ${other.node.id} at the same time`]
      : [];
  });
}

/** Functions of `assign`, of one or of each of its members. */
function assigners(action: unknown): unknown[] {
  const { assignment } = action as { assignment?: unknown };
  return typeof assignment === 'object' && assignment !== null ? Object.values(assignment) : [assignment];
}

/** Checks the bound actors, and that no `assign` spawns one. */
export function actorProblems(machine: AnyStateMachine): string[] {
  const { actors, actions } = machine.implementations as unknown as {
    readonly actors: Readonly<Record<string, unknown>>;
    readonly actions: Readonly<Record<string, unknown>>;
  };
  const problems: string[] = [];
  for (const [name, logic] of Object.entries(actors)) {
    if (!isInvokedEffect(logic))
      problems.push(`actors.${name}: is not declared with invokedEffect(); no other actor is durable`);
    if (name in actions)
      problems.push(`actors.${name}: an action has the same name; one handler serves a name`);
  }
  // What a function hands to another one cannot be seen here; the step that spawns then fails.
  const spawns = (written: unknown): boolean =>
    typeof written === 'function' && /\bspawn\b/.test(Function.prototype.toString.call(written));
  for (const [name, action] of Object.entries(actions))
    if (
      (action as { type?: unknown } | undefined)?.type === 'xstate.assign' &&
      assigners(action).some(spawns)
    )
      problems.push(`actions.${name}: spawned actors are not durable`);
  if (spawns(machine.config.context)) problems.push(`${machine.id}.context: spawned actors are not durable`);
  return [...problems, ...ambiguousIds(machine)];
}
