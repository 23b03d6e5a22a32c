import { and, assign, cancel, enqueueActions, not, or, raise, setup, type AnyStateMachine } from 'xstate';
import { defineLifecycle, type Lifecycle } from '../lifecycle/lifecycle-definition';
import { instantNow, until } from '../lifecycle/macrostep-instant';
import {
  type ActionPlan,
  type GuardPlan,
  type MachinePlan,
  type StatePlan,
  TICK_MS,
  type TransitionPlan,
} from './random-machine';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Longest log that a random machine keeps: every comparison reads all of it. */
const LOG_LENGTH = 40;

/** What one external event may bring about by itself (`always`, raised events, timers) before it comes to rest. */
const FUEL = 7;

export interface RandomContext {
  readonly n: number;
  readonly m: number;
  readonly fuel: number;
  readonly wakeAt: number;
  readonly begin: number;
  readonly log: readonly string[];
}

export interface RandomEvent {
  readonly type: string;
  readonly fuel?: number;
  readonly at?: number;
  readonly output?: unknown;
}

/** The external event number `choice`; from 5 on they lead from anywhere to some state. */
export const eventOf = (choice: number): { readonly type: string; readonly fuel: number } => ({
  type: choice < 5 ? `go.${choice}` : `visit.${choice - 5}`,
  fuel: FUEL,
});

const numericDelays = [0, TICK_MS, 2 * HOUR_MS, 30 * DAY_MS, 60 * DAY_MS];
const namedDelays = ['tick', 'hours', 'month', 'waking'] as const;
const guardNames = ['isEven', 'isLow', 'isHigh', 'hasBoth', 'wasCounted'] as const;
/** Of lengths that `jsonb` would put into another order, and one that JavaScript puts first. */
const keys = ['long-region', 'b', 'aa', '7'];

const pick = <T>(from: readonly T[], choice: number): T => from[choice % from.length] as T;

/** An action with what it is told; `assign` and the others are bound to the names below. */
type Reference = string | { readonly type: string; readonly params: object };

const note = (text: string): Reference => ({ type: 'note', params: { text } });

interface Placed {
  readonly plan: StatePlan;
  readonly key: string;
  readonly number: number;
  readonly parent: Placed | null;
  readonly children: readonly Placed[];
}

function guardOf(plan: GuardPlan): unknown {
  switch (plan.kind) {
    case 'name':
      return plan.choice % 7 === 0
        ? { type: 'isAtMost', params: { most: plan.choice % 5 } }
        : pick(guardNames, plan.choice);
    case 'not':
      return not(guardOf(plan.of) as never);
    default:
      return (plan.kind === 'and' ? and : or)(plan.of.map(guardOf) as never);
  }
}

/** @param burning whether the transition has paid with fuel, so that plain actions cannot go round for ever */
function actionOf({ kind, choice }: ActionPlan, burning: boolean): Reference[] {
  const number = choice % 3;
  switch (kind) {
    case 'add':
      return [{ type: 'add', params: { by: (choice % 3) + 1 } }];
    case 'cancel':
      return [`cancel${number}`];
    case 'choose':
      return ['choose'];
    case 'raise':
      return [burning ? `raise${number}` : `raiseIfFueled${number}`];
    case 'later':
      return [burning ? `later${number}` : `laterIfFueled${number}`];
  }
}

class Builder {
  readonly placed: Placed[] = [];
  private transitions = 0;

  constructor(private readonly plan: MachinePlan) {}

  config(): object {
    const root = this.place(this.plan.root, 'm', null);
    const visits = this.placed
      .filter((node) => node !== root)
      .map((node) => [
        `visit.${node.number - 1}`,
        { target: this.reference(node), actions: ['refuel', note(`visit${node.number}`)] },
      ]);
    const wildcard = { none: null, all: '*', partial: 'go.*' }[this.plan.wildcard];
    const config = this.state(root) as { on: object };
    return {
      ...config,
      id: 'm',
      context: ({ input }: { input: { begin: number; wakeAt: number } }) => ({
        ...input,
        n: 0,
        m: 0,
        fuel: FUEL,
        log: [],
      }),
      output: ({ context, event }: { context: RandomContext; event: RandomEvent }) => ({
        n: context.n,
        of: event.output ?? null,
      }),
      on: {
        ...config.on,
        ...(Object.fromEntries(visits) as object),
        ...(wildcard && { [wildcard]: { actions: note('wild') } }),
      },
    };
  }

  private place(plan: StatePlan, key: string, parent: Placed | null): Placed {
    const children: Placed[] = [];
    const node: Placed = { plan, key, number: this.placed.length, parent, children };
    this.placed.push(node);
    plan.states.forEach((child, index) => children.push(this.place(child, pick(keys, index), node)));
    // A compound state needs a state to begin with.
    if (plan.states.length > 0 && children.every((child) => child.plan.kind === 'history'))
      children.push(this.place({ ...plan, kind: 'atomic', states: [], on: [] }, 'rest', node));
    return node;
  }

  private id(node: Placed): string | undefined {
    return node.parent && node.plan.ownId ? `own-${node.number}` : undefined;
  }

  private path(node: Placed): string {
    return node.parent ? `${this.path(node.parent)}.${node.key}` : node.key;
  }

  private reference(node: Placed): string {
    return `#${this.id(node) ?? this.path(node)}`;
  }

  private state(node: Placed): object {
    const { plan } = node;
    const id = this.id(node);
    const siblings = node.parent?.children.filter((other) => other.plan.kind !== 'history') ?? [];
    if (plan.kind === 'history') {
      // Without a default XState loses its way when it is entered from inside a parallel parent.
      const isOpen = node.parent?.plan.kind !== 'parallel';
      const sibling = pick(isOpen ? [undefined, ...siblings] : siblings, plan.choice);
      return {
        ...(id !== undefined && { id }),
        type: 'history',
        history: plan.deep ? 'deep' : 'shallow',
        ...(sibling && { target: sibling.key }),
      };
    }
    const real = node.children.filter((child) => child.plan.kind !== 'history');
    const canBeDone = node.parent !== null && this.canBeDone(node);
    const on: Record<string, object[]> = {};
    for (const { event, transition } of plan.on)
      (on[`go.${event}`] ??= []).push(this.transition(node, transition, 'event'));
    const after: Record<string, object> = {};
    for (const { delay, transition } of plan.after)
      after[String(pick([...namedDelays, ...numericDelays], delay))] = this.transition(
        node,
        transition,
        'own',
      );
    return {
      ...(id !== undefined && { id }),
      ...(node.children.length > 0 && {
        ...(plan.kind === 'parallel' ? { type: 'parallel' } : { initial: this.initial(node, real) }),
        states: Object.fromEntries(node.children.map((child) => [child.key, this.state(child)])),
      }),
      ...(plan.kind === 'final' && { type: 'final', output: { from: node.number } }),
      entry: [note(`in${node.number}`), ...plan.entry.flatMap((action) => actionOf(action, false))],
      exit: [note(`out${node.number}`), ...plan.exit.flatMap((action) => actionOf(action, false))],
      on,
      after,
      always: plan.always.map((transition) => this.transition(node, transition, 'own')),
      ...(canBeDone && plan.onDone && { onDone: this.transition(node, plan.onDone, 'own') }),
    };
  }

  private initial(node: Placed, real: readonly Placed[]): unknown {
    const { key } = pick(real, node.plan.choice);
    return node.plan.choice % 4 === 0 ? { target: key, actions: [note(`first${node.number}`)] } : key;
  }

  private canBeDone({ plan, children }: Placed): boolean {
    if (plan.kind === 'final') return true;
    const real = children.filter((child) => child.plan.kind !== 'history');
    if (plan.kind === 'compound') return real.some((child) => child.plan.kind === 'final');
    return plan.kind === 'parallel' && real.every((child) => this.canBeDone(child));
  }

  /** @param kind 'own': taken without anybody asking, so it burns fuel and ends when there is none */
  private transition(node: Placed, plan: TransitionPlan, kind: 'event' | 'own'): object {
    const isOwn = kind === 'own';
    const guard = plan.guard === null ? null : guardOf(plan.guard);
    const target = this.target(node, plan);
    return {
      ...(target && { target, reenter: plan.reenter }),
      ...(isOwn
        ? { guard: guard !== null ? and(['isFueled', guard as never]) : 'isFueled' }
        : guard !== null && { guard }),
      actions: [
        isOwn ? 'burn' : 'refuel',
        note(`t${this.transitions++}`),
        ...plan.actions.flatMap((action) => actionOf(action, isOwn)),
      ],
    };
  }

  private target(node: Placed, plan: TransitionPlan): string | string[] | null {
    if (plan.target === 0) return null;
    const siblings = node.parent?.children ?? node.children;
    const anywhere = this.placed.filter(({ parent }) => parent !== null);
    const target = pick(plan.target % 2 === 1 ? siblings : anywhere, plan.target >> 1);
    const regions = target.children.filter(({ children }) => children.length > 0);
    if (target.plan.kind === 'parallel' && plan.several && regions.length > 1)
      return regions.slice(0, 2).map((region) => this.reference(pick(region.children, plan.target >> 2)));
    return this.reference(target);
  }
}

interface Arguments {
  readonly context: RandomContext;
  readonly event: RandomEvent;
}

const added = (context: RandomContext, by: number) => ({ n: (context.n + by) % 12, m: context.m + 1 });

const laterEvent = (number: number) => ({ type: `go.${number}` }) as const;
const laterDelays = [30 * DAY_MS, 'hours', 'tick'] as const;

const numbered = <T>(name: string, make: (number: number) => T): Record<string, T> =>
  Object.fromEntries([0, 1, 2].map((number) => [`${name}${number}`, make(number)]));

const implementations = {
  guards: {
    isEven: ({ context }: Arguments) => context.n % 2 === 0,
    isLow: ({ context }: Arguments) => context.n < 4,
    isHigh: ({ context }: Arguments) => context.n >= 4,
    wasCounted: ({ context }: Arguments) => context.m > 2,
    hasBoth: and(['isEven', not('isLow')]),
    isAtMost: ({ context }: Arguments, { most }: { most: number }) => context.n <= most,
    isFueled: ({ context }: Arguments) => context.fuel > 0,
  },
  delays: {
    tick: TICK_MS,
    hours: ({ context }: Arguments) => (context.n % 4) * HOUR_MS,
    month: 31 * DAY_MS,
    waking: until(({ context }: Arguments) => context.wakeAt),
  },
  actions: {
    note: assign({
      log: ({ context, event }: Arguments, { text }: { text: string }) =>
        [
          ...context.log,
          `${text} ${event.type} ${(instantNow() - context.begin) / TICK_MS}${'output' in event ? JSON.stringify(event.output ?? null) : ''}`,
        ].slice(-LOG_LENGTH),
    }),
    add: assign(({ context }: Arguments, { by }: { by: number }) => added(context, by)),
    burn: assign({ fuel: ({ context }: Arguments) => context.fuel - 1 }),
    refuel: assign({ fuel: ({ context, event }: Arguments) => event.fuel ?? context.fuel }),
    choose: enqueueActions(({ context, enqueue, check }) => {
      if (check('isEven')) enqueue({ type: 'add', params: { by: 3 } });
      enqueue.assign({ m: (context as RandomContext).m + 1 });
      if (check(and(['isLow' as never, 'isFueled' as never]))) enqueue('cancel0');
    }),
    ...numbered('cancel', (number) => cancel(`later${number}`)),
    ...numbered('raise', (number) => raise(laterEvent(number))),
    ...numbered('later', (number) =>
      raise(laterEvent(number), { id: `later${number}`, delay: laterDelays[number] as never }),
    ),
    ...numbered('raiseIfFueled', (number) =>
      enqueueActions(({ enqueue, check }) => {
        if (!check('isFueled')) return;
        enqueue('burn');
        enqueue.raise(laterEvent(number));
      }),
    ),
    ...numbered('laterIfFueled', (number) =>
      enqueueActions(({ enqueue, check }) => {
        if (!check('isFueled')) return;
        enqueue('burn');
        enqueue.raise(laterEvent(number), {
          id: `later${number}`,
          delay: laterDelays[number] as never,
        });
      }),
    ),
  },
};

/** The lifecycle that a plan stands for. @throws LifecycleDefinitionError: a plan should never lead there */
export function lifecycleOf(plan: MachinePlan, id = 'random'): Lifecycle {
  const config = new Builder(plan).config();
  const machine = setup(implementations as never).createMachine(
    config as never,
  ) as unknown as AnyStateMachine;
  return defineLifecycle({ id, version: 1, machine });
}
