import { type AnyStateMachine, type AnyStateNode } from 'xstate';

const childrenOf = (node: AnyStateNode): AnyStateNode[] => Object.values(node.states);
const regionsOf = (node: AnyStateNode): AnyStateNode[] =>
  childrenOf(node).filter(({ type }) => type !== 'history');

/** Every state node below `node`, itself first, in document order. */
export const statesWithin = (node: AnyStateNode): AnyStateNode[] => [
  node,
  ...childrenOf(node).flatMap(statesWithin),
];

/** The path of a state node as problems name it, from the machine's id by keys. */
export const pathOf = (node: AnyStateNode): string => [node.machine.id, ...node.path].join('.');

/** Whether `node` is done once those of its final states that `may` tells of are active. */
export function canComplete(node: AnyStateNode, may: (final: AnyStateNode) => boolean): boolean {
  if (node.type === 'final') return may(node);
  if (node.type === 'compound') return childrenOf(node).some((child) => child.type === 'final' && may(child));
  if (node.type !== 'parallel') return false;
  const regions = regionsOf(node);
  return regions.length > 0 && regions.every((region) => canComplete(region, may));
}

/**
 * Where a history state leads while nothing is remembered, as XState resolves it; a string names a target that is no
 * state inside the history's parent.
 */
export function historyDefaults(history: AnyStateNode): readonly (AnyStateNode | string)[] {
  const { parent } = history;
  const { target } = history.config as { target?: string | readonly string[] };
  if (!parent || target === undefined) return [];
  return [target].flat().map((name) => {
    const found = name.startsWith('#') ? byId(history.machine, name) : byPath(parent, name);
    const isInside = found && found !== parent && found.type !== 'history' && isWithin(found, parent);
    return isInside ? found : name;
  });
}

function byId(machine: AnyStateMachine, id: string): AnyStateNode | undefined {
  try {
    return machine.getStateNodeById(id);
  } catch {
    return undefined;
  }
}

const byPath = (from: AnyStateNode, path: string): AnyStateNode | undefined =>
  path.split('.').reduce<AnyStateNode | undefined>((node, key) => node?.states[key], from);

function isWithin(node: AnyStateNode, ancestor: AnyStateNode): boolean {
  for (let at: AnyStateNode | undefined = node; at; at = at.parent) if (at === ancestor) return true;
  return false;
}

/** States of which some sequence of events, guards left aside, leads to. */
class Reach {
  readonly active = new Set<AnyStateNode>();
  private readonly entered = new Set<AnyStateNode>();

  /** What entering `node` by default enters: regions and initial states, all the way down. */
  enter(node: AnyStateNode): void {
    if (this.entered.has(node)) return;
    this.entered.add(node);
    this.add(node);
    if (node.type === 'compound') node.initial.target.forEach((target) => this.target(target));
    if (node.type === 'parallel') regionsOf(node).forEach((region) => this.enter(region));
  }

  /** What a transition to `node` enters: also its ancestors, with the other regions of those that are parallel. */
  target(node: AnyStateNode): void {
    if (node.type === 'history') this.recall(node);
    else this.enter(node);
    for (let below = node; below.parent; below = below.parent) {
      this.add(below.parent);
      if (below.parent.type !== 'parallel') continue;
      for (const region of regionsOf(below.parent)) if (region !== below) this.enter(region);
    }
  }

  /** Deep history brings back what was active anyway; a shallow one enters what lies below by default. */
  private recall(history: AnyStateNode): void {
    this.add(history);
    const { parent } = history;
    if (!parent) return;
    const defaults = historyDefaults(history).filter((target) => typeof target !== 'string');
    if (defaults.length > 0) defaults.forEach((target) => this.target(target));
    else this.enter(parent);
    if (history.history === 'deep') return;
    for (const child of childrenOf(parent)) if (this.active.has(child)) this.enter(child);
  }

  private add(node: AnyStateNode): void {
    this.active.add(node);
  }
}

/** State nodes that no transition, however guarded, leads to. */
export function unreachableStates(machine: AnyStateMachine): AnyStateNode[] {
  const reach = new Reach();
  reach.enter(machine.root);
  for (let before = 0; before !== reach.active.size;) {
    before = reach.active.size;
    for (const node of [...reach.active]) {
      const isDone = canComplete(node, (final) => reach.active.has(final));
      for (const [event, transitions] of [...node.transitions, ['', node.always ?? []] as const]) {
        if (event === `xstate.done.state.${node.id}` && !isDone) continue;
        for (const { target } of transitions)
          target?.forEach((targeted: AnyStateNode) => {
            reach.target(targeted);
          });
      }
    }
  }
  return statesWithin(machine.root).filter((node) => !reach.active.has(node));
}
