import { type StateValue } from 'xstate';
import { type ChartLine, type ChartState } from './chart';

/** One macrostep of an instance: a history entry will do. */
export interface TravelledStep {
  readonly event: { readonly type: string };
  /** The state value after it. */
  readonly to: unknown;
}

/** Which steps (from 1) entered a state or took a transition. */
export interface Travelled {
  readonly active: ReadonlySet<string>;
  readonly entered: ReadonlyMap<string, readonly number[]>;
  readonly taken: ReadonlyMap<ChartLine, readonly number[]>;
}

/** Transitions at once that one macrostep is followed through at most. */
const MOST_IN_A_STEP = 50;

function activeIn(state: ChartState, value: StateValue | undefined, found = new Set<string>()): Set<string> {
  found.add(state.id);
  if (value === undefined) return found;
  const within = typeof value === 'string' ? { [value]: undefined } : value;
  for (const child of state.children) {
    const key = child.id.slice(child.id.lastIndexOf('.') + 1);
    if (key in within) activeIn(child, within[key], found);
  }
  return found;
}

/**
 * Follows a path through a chart. The values say which states were entered; which of several transitions of one event led
 * there is what fits: guards are not asked again.
 */
class Follower {
  private readonly states = new Map<string, ChartState>();
  private readonly parents = new Map<string, ChartState>();
  readonly entered = new Map<string, number[]>();
  readonly taken = new Map<ChartLine, number[]>();
  active = new Set<string>();

  constructor(private readonly root: ChartState) {
    const visit = (state: ChartState): void => {
      this.states.set(state.id, state);
      for (const child of state.children) {
        this.parents.set(child.id, state);
        visit(child);
      }
    };
    visit(root);
  }

  follow(step: TravelledStep, number: number): void {
    const before = this.active;
    const after = activeIn(this.root, step.to as StateValue);
    const first = number === 1 ? this.descend(this.root) : this.begin(before, step.event.type, after, number);
    const passed = this.pass(first, after, number);
    for (const id of new Set([...passed, ...after]))
      if (!before.has(id) || first.has(id)) this.mark(this.entered, id, number);
    this.active = after;
  }

  private mark<TKey>(into: Map<TKey, number[]>, key: TKey, number: number): void {
    const known = into.get(key) ?? [];
    if (!known.includes(number)) into.set(key, [...known, number]);
  }

  /** A state with everything that entering it enters by itself. */
  private descend(state: ChartState, found = new Set<string>()): Set<string> {
    found.add(state.id);
    const next =
      state.type === 'parallel' ? state.children : state.children.filter((child) => child.isInitial);
    for (const child of next) this.descend(child, found);
    return found;
  }

  /** What the transitions of the event entered: in each region the innermost state that answers it. */
  private begin(
    before: ReadonlySet<string>,
    type: string,
    after: ReadonlySet<string>,
    number: number,
  ): Set<string> {
    const entered = new Set<string>();
    const asked = new Set<string>();
    for (const id of before) {
      const state = this.states.get(id);
      if (!state || state.children.some((child) => before.has(child.id))) continue;
      for (let at: ChartState | undefined = state; at; at = this.parents.get(at.id)) {
        if (asked.has(at.id)) break;
        asked.add(at.id);
        const line = this.choose(
          at.lines.filter(({ event }) => event === type),
          after,
        );
        if (!line) continue;
        this.take(line, entered, number);
        break;
      }
    }
    return entered;
  }

  /** Follows `always` and `done` from what was entered to where the step came to rest. */
  private pass(from: ReadonlySet<string>, after: ReadonlySet<string>, number: number): Set<string> {
    const passed = new Set(from);
    const waiting = [...from];
    for (let count = 0; count < MOST_IN_A_STEP; count++) {
      const state = this.states.get(waiting.shift() ?? '');
      if (!state) break;
      const done = state.type === 'final' ? this.parents.get(state.id)?.lines : undefined;
      const lines = state.lines.filter(({ kind }) => kind === 'always');
      const line =
        (after.has(state.id) && this.isAtRest(state) ? undefined : this.choose(lines, after)) ??
        this.choose(done?.filter(({ event }) => event.startsWith('xstate.done.state.')) ?? [], after);
      if (!line) continue;
      const entered = new Set<string>();
      this.take(line, entered, number);
      for (const id of entered) if (!passed.has(id)) waiting.push(id);
      for (const id of entered) passed.add(id);
    }
    return passed;
  }

  /** In a state where the step ended nothing more was taken at once. */
  private isAtRest(state: ChartState): boolean {
    return state.lines.every(({ kind, guarded }) => kind !== 'always' || guarded);
  }

  private choose(lines: readonly ChartLine[], after: ReadonlySet<string>): ChartLine | undefined {
    const leads = (line: ChartLine): boolean =>
      line.targets.length > 0 && line.targets.every((target) => this.leadsTo(target, after));
    return lines.find(leads) ?? lines.find(({ targets }) => targets.length === 0);
  }

  private leadsTo(target: string, after: ReadonlySet<string>): boolean {
    const state = this.states.get(target);
    if (!state) return false;
    if (after.has(target) || state.type === 'history') return true;
    return [...this.descend(state)].some((id) =>
      this.states.get(id)?.lines.some(({ kind }) => kind === 'always'),
    );
  }

  private take(line: ChartLine, entered: Set<string>, number: number): void {
    this.mark(this.taken, line, number);
    for (const target of line.targets) {
      const state = this.states.get(target);
      if (state) this.descend(state, entered);
    }
  }
}

export function travel(root: ChartState, path: readonly TravelledStep[], value: unknown): Travelled {
  const follower = new Follower(root);
  path.forEach((step, index) => {
    follower.follow(step, index + 1);
  });
  return {
    active: value === undefined ? new Set() : activeIn(root, value as StateValue),
    entered: follower.entered,
    taken: follower.taken,
  };
}
