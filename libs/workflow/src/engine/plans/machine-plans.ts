import {
  type AnyActorScope,
  type AnyMachineSnapshot,
  type AnyStateMachine,
  type AnyStateNode,
  type StateValue,
} from 'xstate';
import { activeNodes, isWhole } from '../configuration';
import { statesWithin } from '../../lifecycle/reachable-states';
import { compileAction, NotPlanned, type CompiledAction } from './compiled-code';
import { Configuration, type MicrostepPlan, type Selection } from './configuration';
import { isFinished, microstep, type Remembered, type Standing, type Transition } from './microstep';

/** What a machine may be told apart by, before its steps are left to XState: bounds what is kept of it. */
const MOST_CONFIGURATIONS = 1_000;
const MOST_PLANS = 10_000;

/** Enters the root, and so all that a machine begins with. */
const startOf = (root: AnyStateNode): Transition => ({
  source: root,
  target: [root],
  reenter: true,
  actions: [],
  eventType: '',
  toJSON: () => ({ source: '', target: undefined, actions: [], reenter: true, eventType: '' }),
});

/** The end of a final state: parents that are done with it tell so. */
function endings(
  final: AnyStateNode,
  active: ReadonlySet<AnyStateNode>,
  told: Set<AnyStateNode>,
): CompiledAction[] {
  const { parent } = final;
  const acts: CompiledAction[] = [];
  if (parent?.type === 'compound') acts.push(doneEvent(parent, final.output));
  let above = parent?.type === 'parallel' ? parent : parent?.parent;
  while (above?.type === 'parallel' && !told.has(above) && isFinished(above, active)) {
    told.add(above);
    acts.push(doneEvent(above, undefined));
    above = above.parent;
  }
  if (!above) throw new NotPlanned('the machine comes to its end');
  return acts;
}

function doneEvent({ id }: AnyStateNode, output: unknown): CompiledAction {
  const type = `xstate.done.state.${id}`;
  if (typeof output !== 'function')
    return (course) => {
      course.raise({ type, output } as never);
    };
  return (course) => {
    const { context, event, scope } = course;
    const made: unknown = (output as (args: object) => unknown)({ context, event, self: scope.self });
    course.raise({ type, output: made } as never);
  };
}

interface Beginning {
  readonly from: Configuration;
  readonly plan: MicrostepPlan;
}

interface Known {
  readonly value: StateValue;
  readonly remembered: Remembered;
  readonly configuration: Configuration;
}

/**
 * What is known of the steps of one machine. A plan says which actions a microstep runs and where it leads: that depends
 * on the active states and the selected transitions alone, so it is found out once and not on every step.
 */
export class MachinePlans {
  private readonly byNodes = new WeakMap<readonly AnyStateNode[], Known>();
  private readonly byKey = new Map<string, Configuration>();
  private readonly actions = new Map<unknown, CompiledAction>();
  private beginning: Beginning | null = null;
  private made = 0;
  private isTrusted: boolean;

  constructor(
    readonly machine: AnyStateMachine,
    readonly scope: AnyActorScope,
  ) {
    const nodes = statesWithin(machine.root);
    this.isTrusted = nodes.every(({ invoke }) => invoke.length === 0);
  }

  /** Whether XState has to go all the steps of this machine itself. */
  get isLeftToXState(): boolean {
    return !this.isTrusted;
  }

  /** A plan came to something else than XState: none is followed any more. */
  distrust(): void {
    this.isTrusted = false;
  }

  /** @throws NotPlanned */
  configurationOf(snapshot: AnyMachineSnapshot): Configuration {
    const { value, historyValue } = snapshot as { value: StateValue; historyValue: Remembered };
    const active = activeNodes(snapshot);
    const known = this.byNodes.get(active);
    if (known?.value === value && known.remembered === historyValue) return known.configuration;
    const configuration = this.configuration({ active, remembered: historyValue }, value, snapshot);
    this.byNodes.set(active, { value, remembered: historyValue, configuration });
    return configuration;
  }

  /** What a machine does at its beginning, before any event. @throws NotPlanned */
  start(): Beginning {
    return (this.beginning ??= this.begin());
  }

  /** @throws NotPlanned */
  plan(from: Configuration, selection: Selection): MicrostepPlan {
    const known = from.plans.get(selection.key);
    if (known) return known;
    if (++this.made > MOST_PLANS) throw new NotPlanned('the machine has too many steps');
    const made = this.make(from, selection);
    from.plans.set(selection.key, made);
    return made;
  }

  private begin(): Beginning {
    const from = this.beforeAll();
    return { from, plan: this.plan(from, { key: 'start', transitions: [startOf(this.machine.root)] }) };
  }

  /** Nothing is entered yet; XState tells those who ask that the machine is where it will begin. */
  private beforeAll(): Configuration {
    const { machine } = this;
    const { root } = machine;
    const standing = { active: [], remembered: {} };
    const first = microstep([startOf(root)], standing).enters.map(({ node }) => node);
    const value = Configuration.valueOf(machine, first);
    const own = { status: 'active', _nodes: [root], value, tags: new Set(root.tags), context: {} };
    const like: object = machine.resolveState({ value, context: {} });
    return new Configuration(machine, standing, value, { ...like, ...own });
  }

  private configuration(standing: Standing, value: StateValue, like: AnyMachineSnapshot): Configuration {
    const key = Configuration.keyOf(standing, value);
    const known = this.byKey.get(key);
    if (known) return known;
    if (this.byKey.size >= MOST_CONFIGURATIONS) throw new NotPlanned('the machine has too many states');
    const { active, remembered } = standing;
    const tags = new Set(active.flatMap((node) => node.tags));
    const own = { _nodes: active, value, tags, children: {}, historyValue: remembered, context: {} };
    const template = { ...like, ...own } as AnyMachineSnapshot;
    if (!isWhole(template)) throw new NotPlanned('XState loses its way among history states');
    const configuration = new Configuration(this.machine, standing, value, template);
    this.byKey.set(key, configuration);
    this.byNodes.set(active, { value, remembered, configuration });
    return configuration;
  }

  private make(from: Configuration, { transitions }: Selection): MicrostepPlan {
    const { leaves, transitions: carriedOut, enters, remembered } = microstep(transitions, from.standing);
    const active = new Set(from.standing.active);
    const told = new Set<AnyStateNode>();
    const acts = [...leaves.flatMap(({ exit }) => exit), ...carriedOut.flatMap(({ actions }) => actions)].map(
      (action) => this.compiled(action),
    );
    for (const node of leaves) active.delete(node);
    for (const { node, byDefault } of enters) {
      active.add(node);
      const initial = byDefault && node.type === 'compound' ? node.initial.actions : [];
      acts.push(...[...node.entry, ...initial].map((action) => this.compiled(action)));
      if (node.type === 'final') acts.push(...endings(node, active, told));
    }
    return { acts, next: this.arrivedAt(from, { active: [...active], remembered }), isProven: false };
  }

  /** The same states in another order are the ones that the machine was in. */
  private arrivedAt(from: Configuration, standing: Standing): Configuration {
    const { active, remembered } = from.standing;
    const isSame =
      standing.active.length === active.length && standing.active.every((node) => active.includes(node));
    if (isSame && standing.remembered === remembered) return from;
    return this.configuration(
      standing,
      Configuration.valueOf(this.machine, standing.active),
      from.snapshotWith({}),
    );
  }

  private compiled(action: unknown): CompiledAction {
    const known = this.actions.get(action);
    if (known) return known;
    const made = compileAction(this.machine, action);
    this.actions.set(action, made);
    return made;
  }
}
