import { type AnyMachineSnapshot, type AnyStateNode } from 'xstate';
import { getStateNodes } from 'xstate/graph';
import { activeNodes } from '../engine/configuration';
import { type Lifecycle } from '../lifecycle/lifecycle-definition';
import { type PathMove } from './lifecycle-paths';

const isLeaf = (node: AnyStateNode): boolean => Object.keys(node.states).length === 0;

/** Left at once whatever happens: nobody ever finds an instance there. */
const isPassedThrough = (node: AnyStateNode): boolean =>
  node.type === 'history' || (node.always ?? []).some(({ guard }) => guard === undefined);

/** States in which an instance can rest and that none of the moves begins or ends in, by id, in order. */
export function statesNeverReached(lifecycle: Lifecycle, moves: readonly PathMove[]): readonly string[] {
  const reached = new Set(
    moves.flatMap(({ before, after }) => [before, after].flatMap((snapshot) => leavesOf(snapshot))),
  );
  return getStateNodes(lifecycle.machine)
    .filter((node) => isLeaf(node) && !isPassedThrough(node))
    .map((node) => node.id)
    .filter((id) => !reached.has(id))
    .sort();
}

function leavesOf(snapshot: AnyMachineSnapshot): string[] {
  return activeNodes(snapshot)
    .filter(isLeaf)
    .map((node) => node.id);
}

/** Event types that no state answers by a change of state or context, in order. */
export function eventsNeverMoving(moves: readonly PathMove[]): readonly string[] {
  const written = ({ value, context }: AnyMachineSnapshot): string => JSON.stringify([value, context]);
  const moving = new Set(
    moves.filter(({ before, after }) => written(before) !== written(after)).map(({ event }) => event.type),
  );
  return [...new Set(moves.map(({ event }) => event.type))].filter((type) => !moving.has(type)).sort();
}
