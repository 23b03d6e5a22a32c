import { type AnyStateNode, type AnyTransitionDefinition } from 'xstate';
import { historyDefaults } from '../../lifecycle/reachable-states';
import { NotPlanned } from './compiled-code';

export type Transition = AnyTransitionDefinition;

/** By the id of a history state, the states that it leads back to. */
export type Remembered = Readonly<Record<string, readonly AnyStateNode[]>>;

/** The active states in the order in which they were entered, and what history states lead back to. */
export interface Standing {
  readonly active: readonly AnyStateNode[];
  readonly remembered: Remembered;
}

/** States that a microstep leaves and enters, in the order in which their actions run. */
export interface Microstep {
  readonly leaves: readonly AnyStateNode[];
  /** The transitions that are carried out: those that others take precedence of are left aside. */
  readonly transitions: readonly Transition[];
  readonly enters: readonly Entered[];
  /** What history states lead back to from now on; the very object of before where nothing was left that has one. */
  readonly remembered: Remembered;
}

export interface Entered {
  readonly node: AnyStateNode;
  /** Whether its initial transition is taken, with the actions of that. */
  readonly byDefault: boolean;
}

const targetsOf = ({ target }: Transition): readonly AnyStateNode[] => target ?? [];
export const isAtomic = ({ type }: AnyStateNode): boolean => type === 'atomic' || type === 'final';
const isHistory = ({ type }: AnyStateNode): boolean => type === 'history';
const childrenOf = (node: AnyStateNode): AnyStateNode[] =>
  Object.values(node.states).filter((child) => !isHistory(child));

/** Whether `node` lies below `above`; all do where that is `null`, as below a parent of the root. */
function isWithin(node: AnyStateNode, above: AnyStateNode | null): boolean {
  if (above === null) return true;
  let { parent } = node;
  while (parent && parent !== above) ({ parent } = parent);
  return parent === above;
}

/** Ancestors of `node`, nearest first, up to `above` and without it. */
function ancestors(node: AnyStateNode, above: AnyStateNode | null): AnyStateNode[] {
  const found: AnyStateNode[] = [];
  if (node === above) return found;
  for (let { parent } = node; parent && parent !== above; { parent } = parent) found.push(parent);
  return found;
}

/** Where a history state leads while nothing is remembered: its stated states, or what its parent begins with. */
function defaultsOf(history: AnyStateNode): readonly AnyStateNode[] {
  const stated = historyDefaults(history);
  if (stated.length > 0)
    return stated.map((node) => {
      if (typeof node === 'string') throw new NotPlanned(`the history state ${history.id} leads outside`);
      return node;
    });
  const { parent } = history;
  if (!parent) throw new NotPlanned('a history state has no parent');
  return parent.type === 'parallel' ? [parent] : (parent.initial.target as readonly AnyStateNode[]);
}

/** Targets with history states followed to where they lead, each once. */
function effective(targets: readonly AnyStateNode[], remembered: Remembered): readonly AnyStateNode[] {
  const follow = (node: AnyStateNode): readonly AnyStateNode[] =>
    isHistory(node) ? (remembered[node.id] ?? defaultsOf(node).flatMap(follow)) : [node];
  return [...new Set(targets.flatMap(follow))];
}

/** The state inside of which a transition with targets happens (SCXML, "transition domain"); `null` where it takes in the root. */
function domainOf(transition: Transition, remembered: Remembered): AnyStateNode | null {
  const source = transition.source as AnyStateNode;
  const targets = effective(targetsOf(transition), remembered);
  if (!transition.reenter && targets.every((target) => target === source || isWithin(target, source)))
    return source;
  const [first, ...others] = [...targets, source];
  const common = ancestors(first, null).find((above) => others.every((node) => isWithin(node, above)));
  if (common) return common;
  return transition.reenter ? null : source.machine.root;
}

function left(transitions: readonly Transition[], { active, remembered }: Standing): Set<AnyStateNode> {
  const leaves = new Set<AnyStateNode>();
  for (const transition of transitions) {
    if (targetsOf(transition).length === 0) continue;
    const domain = domainOf(transition, remembered);
    if (transition.reenter && domain !== null && transition.source === domain) leaves.add(domain);
    for (const node of active) if (isWithin(node, domain)) leaves.add(node);
  }
  return leaves;
}

/** Of transitions that would leave the same states, the one from further inside goes, or else the first. */
function withoutConflicts(transitions: readonly Transition[], standing: Standing): readonly Transition[] {
  const kept = new Set<Transition>();
  for (const one of transitions) {
    const leaves = left([one], standing);
    const rivals = [...kept].filter((other) => [...left([other], standing)].some((node) => leaves.has(node)));
    const first = rivals.findIndex(
      (other) => !isWithin(one.source as AnyStateNode, other.source as AnyStateNode),
    );
    if (first >= 0) continue;
    rivals.forEach((other) => kept.delete(other));
    kept.add(one);
  }
  return [...kept];
}

class EntrySet {
  readonly nodes = new Set<AnyStateNode>();
  readonly byDefault = new Set<AnyStateNode>();

  constructor(private readonly remembered: Remembered) {}

  take(transition: Transition): void {
    const targets = targetsOf(transition);
    if (targets.length === 0) return;
    const source = transition.source as AnyStateNode;
    const domain = domainOf(transition, this.remembered);
    for (const target of targets) {
      if (isHistory(target)) this.recall(target);
      else if (source !== target || source !== domain || transition.reenter) this.enterByDefault(target);
      if (!isHistory(target)) this.below(target);
    }
    const bound = !source.parent && transition.reenter ? null : domain;
    for (const target of effective(targets, this.remembered)) {
      const above = ancestors(target, domain);
      if (domain?.type === 'parallel') above.push(domain);
      this.above(above, bound);
    }
  }

  private enterByDefault(node: AnyStateNode): void {
    this.nodes.add(node);
    this.byDefault.add(node);
  }

  private below(node: AnyStateNode): void {
    if (node.type === 'compound') {
      const [initial] = node.initial.target as readonly AnyStateNode[];
      if (!initial) return;
      if (isHistory(initial)) this.recall(initial);
      else {
        this.enterByDefault(initial);
        this.below(initial);
      }
      this.above(ancestors(initial, node), null);
    }
    if (node.type === 'parallel')
      for (const region of this.untouched(node)) {
        this.enterByDefault(region);
        this.below(region);
      }
  }

  private recall(history: AnyStateNode): void {
    const remembered = this.remembered[history.id];
    const nodes = remembered ?? defaultsOf(history);
    const { parent } = history;
    const isInitial = !remembered && parent?.type === 'compound' && nodes === parent.initial.target;
    for (const node of nodes) {
      this.nodes.add(node);
      if (isInitial) this.byDefault.add(parent);
      if (isHistory(node)) this.recall(node);
      else this.below(node);
    }
    for (const node of nodes) this.above(ancestors(node, parent ?? null), null);
  }

  private above(nodes: readonly AnyStateNode[], domain: AnyStateNode | null): void {
    for (const node of nodes) {
      if (isWithin(node, domain)) this.nodes.add(node);
      if (node.type !== 'parallel') continue;
      for (const region of this.untouched(node)) {
        this.nodes.add(region);
        this.below(region);
      }
    }
  }

  /** Regions of which nothing is entered yet; each is asked for in its turn. */
  private *untouched(parallel: AnyStateNode): Iterable<AnyStateNode> {
    for (const region of childrenOf(parallel))
      if (![...this.nodes].some((node) => isWithin(node, region))) yield region;
  }
}

/** What is remembered once these states are left. */
function rememberedAfter(leaves: readonly AnyStateNode[], { active, remembered }: Standing): Remembered {
  const histories = leaves.flatMap((node) => Object.values(node.states).filter(isHistory));
  if (histories.length === 0) return remembered;
  const kept = (history: AnyStateNode): readonly AnyStateNode[] => {
    const parent = history.parent ?? null;
    if (history.history !== 'deep') return active.filter((node) => node.parent === parent);
    return active.filter((node) => isAtomic(node) && isWithin(node, parent));
  };
  return { ...remembered, ...Object.fromEntries(histories.map((history) => [history.id, kept(history)])) };
}

/** What selected transitions do (SCXML, "microstep", as XState 5 carries it out). @throws NotPlanned */
export function microstep(selected: readonly Transition[], standing: Standing): Microstep {
  const transitions = withoutConflicts(selected, standing);
  const leaves = [...left(transitions, standing)].sort((a, b) => b.order - a.order);
  const remembered = rememberedAfter(leaves, standing);
  // A state that is left in this very step is remembered already.
  const entry = new EntrySet(remembered);
  for (const transition of transitions) entry.take(transition);
  return {
    leaves,
    transitions,
    enters: [...entry.nodes]
      .sort((a, b) => a.order - b.order)
      .map((node) => ({ node, byDefault: entry.byDefault.has(node) })),
    remembered,
  };
}

/** Whether `node` has come to its end. */
export function isFinished(node: AnyStateNode, active: ReadonlySet<AnyStateNode>): boolean {
  if (node.type === 'compound')
    return childrenOf(node).some((child) => child.type === 'final' && active.has(child));
  if (node.type === 'parallel') return childrenOf(node).every((region) => isFinished(region, active));
  return node.type === 'final';
}
