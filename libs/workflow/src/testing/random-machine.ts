import * as fc from 'fast-check';

/** A machine as plain data, from which `lifecycleOf` makes a lifecycle; numbers choose among what there is. */
export interface StatePlan {
  readonly kind: 'atomic' | 'final' | 'history' | 'compound' | 'parallel';
  readonly states: readonly StatePlan[];
  readonly choice: number;
  /** For a history state: deep or shallow, and which sibling is its default (0: none stated). */
  readonly deep: boolean;
  readonly on: readonly EventPlan[];
  readonly always: readonly TransitionPlan[];
  readonly after: readonly AfterPlan[];
  readonly onDone: TransitionPlan | null;
  readonly entry: readonly ActionPlan[];
  readonly exit: readonly ActionPlan[];
  readonly ownId: boolean;
}

export interface TransitionPlan {
  /** 0: stays where it is; odd: a sibling; even: any state. */
  readonly target: number;
  readonly several: boolean;
  readonly reenter: boolean;
  readonly guard: GuardPlan | null;
  readonly actions: readonly ActionPlan[];
}

export interface EventPlan {
  readonly event: number;
  readonly transition: TransitionPlan;
}

export interface AfterPlan {
  readonly delay: number;
  readonly transition: TransitionPlan;
}

export type GuardPlan =
  | { readonly kind: 'name'; readonly choice: number }
  | { readonly kind: 'not'; readonly of: GuardPlan }
  | { readonly kind: 'and' | 'or'; readonly of: readonly GuardPlan[] };

export interface ActionPlan {
  readonly kind: 'add' | 'raise' | 'later' | 'cancel' | 'choose';
  readonly choice: number;
}

export interface MachinePlan {
  readonly root: StatePlan;
  readonly wildcard: 'none' | 'all' | 'partial';
}

const choice = fc.nat({ max: 999 });
const some = <T>(of: fc.Arbitrary<T>, most: number): fc.Arbitrary<T[]> => fc.array(of, { maxLength: most });
const maybe = <T>(of: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(of, { freq: 2, nil: null });

const action: fc.Arbitrary<ActionPlan> = fc.record({
  kind: fc.constantFrom('add', 'add', 'raise', 'later', 'later', 'cancel', 'choose'),
  choice,
});

const named = fc.record({ kind: fc.constant('name' as const), choice });
const guard: fc.Arbitrary<GuardPlan> = fc.oneof(
  { weight: 4, arbitrary: named },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('not' as const), of: named }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constantFrom('and' as const, 'or' as const),
      of: fc.array(named, { minLength: 1, maxLength: 3 }),
    }),
  },
);

const transition: fc.Arbitrary<TransitionPlan> = fc.record({
  target: choice,
  several: fc.boolean(),
  reenter: fc.boolean(),
  guard: maybe(guard),
  actions: some(action, 2),
});

const details = {
  choice,
  deep: fc.boolean(),
  on: some(fc.record({ event: fc.nat({ max: 4 }), transition }), 3),
  always: some(transition, 1),
  after: some(fc.record({ delay: choice, transition }), 2),
  onDone: maybe(transition),
  entry: some(action, 1),
  exit: some(action, 1),
  ownId: fc.boolean(),
};

const leaf: fc.Arbitrary<StatePlan> = fc.record({
  ...details,
  kind: fc.constantFrom('atomic', 'atomic', 'atomic', 'final', 'history'),
  states: fc.constant([]),
});

const branch = (states: fc.Arbitrary<StatePlan>): fc.Arbitrary<StatePlan> =>
  fc.record({
    ...details,
    kind: fc.constantFrom('compound', 'compound', 'parallel'),
    states: fc.array(states, { minLength: 1, maxLength: 4 }),
  });

const lowest = branch(leaf);
const middle = branch(fc.oneof({ weight: 3, arbitrary: leaf }, { weight: 2, arbitrary: lowest }));
const highest = branch(
  fc.oneof(
    { weight: 1, arbitrary: leaf },
    { weight: 2, arbitrary: middle },
    { weight: 2, arbitrary: lowest },
  ),
);

/** Random machines: up to four levels, of every kind of state, with timers, guards, raised events and history. */
export const machinePlans: fc.Arbitrary<MachinePlan> = fc.record({
  root: highest,
  wildcard: fc.constantFrom('none', 'none', 'none', 'all', 'partial'),
});

/** What happens to an instance: time passes, while the runtime is awake or sleeps, and then perhaps an event comes. */
export interface OracleStep {
  readonly pauseMs: number;
  readonly awake: boolean;
  readonly event: number | null;
}

export const TICK_MS = 600_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export const pauses = fc.constantFrom(
  ...[0, TICK_MS, HOUR_MS, 5 * HOUR_MS, DAY_MS, 20 * DAY_MS, 35 * DAY_MS, 90 * DAY_MS],
);

export const eventChoices = fc.oneof(
  { weight: 4, arbitrary: fc.nat({ max: 4 }) },
  { weight: 1, arbitrary: fc.integer({ min: 5, max: 60 }) },
  { weight: 1, arbitrary: fc.constant(null) },
);

export const oracleSteps: fc.Arbitrary<OracleStep> = fc.record({
  pauseMs: pauses,
  awake: fc.boolean(),
  event: eventChoices,
});

/** A machine, the ticks until the instant that it waits for by `until`, and what happens to it. */
export const oracleRuns = fc.record({
  plan: machinePlans,
  wakesIn: fc.integer({ min: -2, max: 6_000 }),
  steps: fc.array(oracleSteps, { minLength: 1, maxLength: 12 }),
});
