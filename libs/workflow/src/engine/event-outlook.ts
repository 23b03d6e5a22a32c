import { type AnyMachineSnapshot, type AnyStateMachine } from 'xstate';
import { stepAt, type Instant } from '../lifecycle/macrostep-instant';
import { fromStored, toStored } from './stored-snapshot';

/**
 * Whether an event would be taken: whatever is entered with it (`possible`), never (`refused`), or `depends` on what
 * is entered.
 */
export type Outlook = 'possible' | 'depends' | 'refused';

type Guard = (args: { readonly event: unknown }, params: unknown) => boolean;

/** Combinations of answers of open guards that are tried; with more the answer is `depends`. */
const MOST_RUNS = 64;

/** One evaluation of the guards of an event, in which guards that look at what is entered are answered as decided. */
class Inquiry {
  /** Answers given to open guards, in the order in which they were asked. */
  readonly answers: boolean[];
  private insideGuard = false;
  private reads = 0;
  /** Something other than a named guard looked at what is entered. */
  isLoose = false;

  constructor(decided: readonly boolean[]) {
    this.answers = [...decided];
  }

  private asked = 0;

  /** The event with a payload of which nobody knows anything yet. */
  event(type: string, at: Instant): object {
    const known: Record<PropertyKey, unknown> = { type, at };
    const note = (): void => {
      if (this.insideGuard) this.reads++;
      else this.isLoose = true;
    };
    return new Proxy(known, {
      get: (target, key) => {
        if (Object.hasOwn(target, key)) return target[key];
        note();
        return undefined;
      },
      has: (target, key) => {
        if (!Object.hasOwn(target, key)) note();
        return Object.hasOwn(target, key);
      },
      ownKeys: (target) => {
        note();
        return Reflect.ownKeys(target);
      },
    });
  }

  ask(guard: () => boolean): boolean {
    const before = this.reads;
    this.insideGuard = true;
    let answer = false;
    try {
      answer = guard();
    } catch (error) {
      if (this.reads === before) throw error;
    } finally {
      this.insideGuard = false;
    }
    if (this.reads === before) return answer;
    const decided = (this.answers[this.asked] ??= true);
    this.asked++;
    return decided;
  }
}

let inquiry: Inquiry | null = null;

const machines = new WeakMap<AnyStateMachine, AnyStateMachine>();

/** The same machine, whose named guards ask the running inquiry. */
function inquired(machine: AnyStateMachine): AnyStateMachine {
  const known = machines.get(machine);
  if (known) return known;
  const guards = Object.entries(machine.implementations.guards as Record<string, unknown>).map(
    ([name, guard]) => {
      // `and`, `or`, `not` and `stateIn` ask the named ones by themselves.
      if (typeof guard !== 'function' || 'check' in guard) return [name, guard] as const;
      const asking: Guard = (args, params) => {
        const answer = () => (guard as Guard)(args, params);
        return inquiry === null ? answer() : inquiry.ask(answer);
      };
      return [name, asking] as const;
    },
  );
  const made = machine.provide({ guards: Object.fromEntries(guards) as never }) as AnyStateMachine;
  machines.set(machine, made);
  return made;
}

function run(snapshot: AnyMachineSnapshot, type: string, at: Instant, asking: Inquiry): boolean {
  const outer = inquiry;
  inquiry = asking;
  try {
    return stepAt(at, () => snapshot.can(asking.event(type, at) as never));
  } catch (error) {
    if (!asking.isLoose) throw error;
    return false;
  } finally {
    inquiry = outer;
  }
}

/**
 * Lets XState choose the transition itself, once for every combination of answers that guards which look at the payload
 * could give. Guards that contradict each other count as independent, so that `depends` is said rather too often than
 * too seldom. Pure. @throws what a guard throws that has not looked at the payload; `send` would as well
 */
export function outlook(
  machine: AnyStateMachine,
  snapshot: AnyMachineSnapshot,
  type: string,
  at: Instant,
): Outlook {
  const asked = fromStored(inquired(machine), toStored(snapshot));
  const outcomes = new Set<boolean>();
  let decided: boolean[] | null = [];
  for (let runs = 0; decided !== null; runs++) {
    const asking: Inquiry = new Inquiry(decided);
    outcomes.add(run(asked, type, at, asking));
    if (asking.isLoose || outcomes.size > 1 || runs === MOST_RUNS) return 'depends';
    // The next combination: the last guard that was let pass is stopped.
    const last: number = asking.answers.lastIndexOf(true);
    decided = last < 0 ? null : [...asking.answers.slice(0, last), false];
  }
  return outcomes.has(true) ? 'possible' : 'refused';
}
