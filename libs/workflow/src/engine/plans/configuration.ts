import { type AnyMachineSnapshot, type AnyStateMachine, type AnyStateNode, type StateValue } from 'xstate';
import { takes } from '../event-descriptor';
import { compileGuard, type CompiledAction, type CompiledGuard, type Course } from './compiled-code';
import { isAtomic, type Standing, type Transition } from './microstep';

/** A transition that may be taken, once its guard lets it pass. */
interface Candidate {
  readonly transition: Transition;
  readonly number: number;
  readonly passes: CompiledGuard | null;
}

/** Whoever may take an event: the states within first, and the state itself when none of them does. */
interface Asked {
  readonly within: readonly Asked[];
  readonly candidates: readonly Candidate[];
}

/** What a microstep does, in order, and where it leads; `isProven` once XState has come to the same with it. */
export interface MicrostepPlan {
  readonly acts: readonly CompiledAction[];
  readonly next: Configuration;
  isProven: boolean;
}

/** What was selected: the transitions, and a key that is the same for the same ones. */
export interface Selection {
  readonly transitions: readonly Transition[];
  readonly key: string | number;
}

const NOTHING: Selection = { transitions: [], key: '' };
/** No state has any transition for such an event: nothing is kept of its type, which may be anything. */
export const NOBODY: Selection = { transitions: [], key: 'nobody' };

const numbers = new WeakMap<Transition, number>();
let latest = 0;

function numberOf(transition: Transition): number {
  const known = numbers.get(transition);
  if (known !== undefined) return known;
  numbers.set(transition, ++latest);
  return latest;
}

/** A state's own transitions for an event: exact ones, then wildcards, the longest first. */
function transitionsFor(node: AnyStateNode, type: string): readonly Transition[] {
  const byType = node.transitions as ReadonlyMap<string, readonly Transition[]>;
  const wildcards = [...byType.keys()].filter((descriptor) => descriptor !== type && takes(descriptor, type));
  wildcards.sort((a, b) => b.length - a.length);
  return [type, ...wildcards].flatMap((descriptor) => byType.get(descriptor) ?? []);
}

/** The state value of active nodes, with regions in the order in which their nodes stand. */
function valueOf(node: AnyStateNode, active: readonly AnyStateNode[]): StateValue {
  const children = active.filter(({ parent }) => parent === node);
  const [only] = children;
  if (node.type === 'compound' && only && isAtomic(only)) return only.key;
  return Object.fromEntries(children.map((child) => [child.key, valueOf(child, active)]));
}

/** Types of events that are told apart in one configuration: with wildcards there is no end of them. */
const MOST_TYPES = 500;

/**
 * The active states of a machine in the order in which they were entered and what its history states lead back to, with
 * what is known of the steps from there.
 * Nothing in here depends on an instance.
 */
export class Configuration {
  readonly plans = new Map<string | number, MicrostepPlan>();
  /** By type of event, the selections that XState has come to as well. */
  private readonly proven = new Map<string, Set<string | number>>();
  private readonly asked = new Map<string, Asked>();
  private always: readonly (readonly Candidate[])[] | null = null;

  /** @param template a snapshot of the machine in these states, without children */
  constructor(
    private readonly machine: AnyStateMachine,
    readonly standing: Standing,
    private readonly value: StateValue,
    private readonly template: object,
  ) {}

  /** What tells one configuration of a machine from another. */
  static keyOf({ active, remembered }: Standing, value: StateValue): string {
    const orders = (nodes: readonly AnyStateNode[]): string => nodes.map(({ order }) => order).join(' ');
    const histories = Object.entries(remembered).map(([id, nodes]) => [id, orders(nodes)]);
    return `${orders(active)} ${JSON.stringify([value, ...histories.sort(([a = ''], [b = '']) => (a < b ? -1 : 1))])}`;
  }

  /** As XState would tell these nodes. */
  static valueOf(machine: AnyStateMachine, nodes: readonly AnyStateNode[]): StateValue {
    return valueOf(machine.root, nodes);
  }

  snapshotWith(context: object): AnyMachineSnapshot {
    return { ...this.template, context } as AnyMachineSnapshot;
  }

  /** The transitions that an event takes. @throws NotPlanned, or what a guard throws */
  select(type: string, course: Course): Selection {
    const asked = this.askedOf(type);
    if (asked === null) return NOBODY;
    const taken: Candidate[] = [];
    ask(asked, course, taken);
    return selectionOf(taken);
  }

  /** The transitions that are taken without an event. */
  selectAlways(course: Course): Selection {
    const chains = (this.always ??= this.alwaysOf());
    if (chains.length === 0) return NOTHING;
    const taken = new Set<Candidate>();
    for (const chain of chains) {
      const first = chain.find(({ passes }) => passes === null || passes(course));
      if (first) taken.add(first);
    }
    return selectionOf([...taken]);
  }

  isProven(type: string, { key }: Selection): boolean {
    return this.proven.get(type)?.has(key) === true;
  }

  prove(type: string, { key }: Selection): void {
    const known = this.proven.get(type);
    if (known) known.add(key);
    else if (this.proven.size < MOST_TYPES) this.proven.set(type, new Set([key]));
  }

  private askedOf(type: string): Asked | null {
    const known = this.asked.get(type);
    if (known !== undefined) return known;
    const made = this.ask(this.machine.root, this.value, type);
    if (made && this.asked.size < MOST_TYPES) this.asked.set(type, made);
    return made;
  }

  /** `null` where nobody within takes it. XState asks regions in the order of the value's keys. */
  private ask(node: AnyStateNode, value: StateValue, type: string): Asked | null {
    const below: readonly (readonly [string, StateValue])[] =
      typeof value === 'string' ? [[value, {}]] : (Object.entries(value) as [string, StateValue][]);
    const within = below
      .map(([key, inside]) => node.states[key] && this.ask(node.states[key], inside, type))
      .filter((asked) => asked != null);
    const candidates = transitionsFor(node, type).map((transition) => this.candidate(transition));
    return within.length === 0 && candidates.length === 0 ? null : { within, candidates };
  }

  private alwaysOf(): readonly (readonly Candidate[])[] {
    const chains = this.standing.active.filter(isAtomic).map((node) => {
      const chain: Candidate[] = [];
      for (let at: AnyStateNode | undefined = node; at; at = at.parent)
        chain.push(...((at.always ?? []) as Transition[]).map((transition) => this.candidate(transition)));
      return chain;
    });
    return chains.filter((chain) => chain.length > 0);
  }

  private readonly candidates = new Map<Transition, Candidate>();

  private candidate(transition: Transition): Candidate {
    const known = this.candidates.get(transition);
    if (known) return known;
    const { guard } = transition as { readonly guard?: unknown };
    const passes = guard === undefined ? null : compileGuard(this.machine, guard);
    const made = { transition, number: numberOf(transition), passes };
    this.candidates.set(transition, made);
    return made;
  }
}

/** Whether anybody takes it. */
function ask({ within, candidates }: Asked, course: Course, taken: Candidate[]): boolean {
  let isTaken = false;
  for (const each of within) isTaken = ask(each, course, taken) || isTaken;
  if (isTaken) return true;
  const first = candidates.find(({ passes }) => passes === null || passes(course));
  if (!first) return false;
  taken.push(first);
  return true;
}

function selectionOf(taken: readonly Candidate[]): Selection {
  const [first] = taken;
  if (!first) return NOTHING;
  if (taken.length === 1) return { transitions: [first.transition], key: first.number };
  return {
    transitions: taken.map(({ transition }) => transition),
    key: taken.map(({ number }) => number).join(' '),
  };
}
