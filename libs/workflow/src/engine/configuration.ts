import { type AnyMachineSnapshot, type AnyStateMachine, type AnyStateNode } from 'xstate';
import { statesWithin } from '../lifecycle/reachable-states';

const remembers = new WeakMap<AnyStateMachine, boolean>();

function hasHistory(machine: AnyStateMachine): boolean {
  const known = remembers.get(machine);
  if (known !== undefined) return known;
  const has = statesWithin(machine.root).some(({ type }) => type === 'history');
  remembers.set(machine, has);
  return has;
}

/** The active states of a snapshot in the order in which they were entered, which XState keeps to itself. */
export const activeNodes = (snapshot: AnyMachineSnapshot): readonly AnyStateNode[] =>
  (snapshot as unknown as { readonly _nodes: readonly AnyStateNode[] })._nodes;

/**
 * Whether the active states are a state of the machine: one child of each compound state, all regions of each parallel
 * one, every parent of an active state. XState misses it when a history state without a default is entered from
 * inside its parallel parent before anything is remembered; only machines with history states are looked at.
 */
export function isWhole(snapshot: AnyMachineSnapshot): boolean {
  if (!hasHistory(snapshot.machine as AnyStateMachine)) return true;
  const active = new Set(activeNodes(snapshot));
  return [...active].every((node) => {
    if (node.parent && !active.has(node.parent)) return false;
    const children = Object.values(node.states).filter(({ type }) => type !== 'history');
    const count = children.filter((child) => active.has(child)).length;
    if (node.type === 'parallel') return count === children.length;
    return node.type !== 'compound' || count === 1;
  });
}
