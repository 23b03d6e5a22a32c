import { type AnyMachineSnapshot, type EventObject } from 'xstate';
import { isDeepStrictEqual } from 'node:util';
import { activeNodes } from '../configuration';
import { type Step, type StepRequest } from '../step-requests';
import { type Instant } from '../../lifecycle/macrostep-instant';
import { firstContext, NotPlanned, type Course } from './compiled-code';
import { NOBODY, type Configuration, type MicrostepPlan, type Selection } from './configuration';
import { type MachinePlans } from './machine-plans';
import { type Remembered } from './microstep';

/** Longer steps are left to XState, which knows its own bound. */
const MOST_MICROSTEPS = 100;

/** Events of XState's own that mean more than their transitions, as errors do. */
const isOrdinary = (type: string): boolean =>
  !type.startsWith('xstate.') || type.startsWith('xstate.after.') || type.startsWith('xstate.done.state.');

/** A macrostep on the way through the plans of its machine. */
class PlannedCourse implements Course {
  readonly machine: Course['machine'];
  readonly scope: Course['scope'];
  readonly requests: StepRequest[] = [];
  /** Plans that XState has not come to yet. */
  readonly unproven: MicrostepPlan[] = [];
  event: EventObject;
  context: object;
  private configuration: Configuration;
  private readonly raisedEvents: EventObject[] = [];
  private assignments = 0;

  constructor(
    private readonly plans: MachinePlans,
    begin: { readonly configuration: Configuration; readonly context: object; readonly event: EventObject },
    readonly at: Instant,
  ) {
    this.machine = plans.machine;
    this.scope = plans.scope;
    this.configuration = begin.configuration;
    this.context = begin.context;
    this.event = begin.event;
  }

  assign(context: object): void {
    this.context = context;
    this.assignments += 1;
  }

  raise(event: EventObject): void {
    if (!isOrdinary(event.type)) throw new NotPlanned(`${event.type} is raised`);
    this.raisedEvents.push(event);
  }

  snapshot(): AnyMachineSnapshot {
    return this.configuration.snapshotWith(this.context);
  }

  /** What the event takes, as XState has come to it as well. */
  selected(): Selection {
    const { type } = this.event;
    const selection = this.configuration.select(type, this);
    if (selection === NOBODY || this.configuration.isProven(type, selection)) return selection;
    const oracle = this.machine.getTransitionData(this.snapshot() as never, this.event) as readonly unknown[];
    const { transitions } = selection;
    if (!isSameOrder(transitions, oracle)) {
      this.plans.distrust();
      throw new NotPlanned(`XState selects other transitions for ${type}`);
    }
    this.configuration.prove(type, selection);
    return selection;
  }

  /** Takes what the event brings, then comes to rest. */
  handle(): AnyMachineSnapshot {
    this.take(this.selected());
    return this.rest();
  }

  /** Does this before anything else, then comes to rest. */
  begin(plan: MicrostepPlan): AnyMachineSnapshot {
    this.carryOut(plan);
    return this.rest();
  }

  /** As XState: transitions without an event come before events that were raised. */
  private rest(): AnyMachineSnapshot {
    let mayAlways = true;
    for (let steps = 0; ; steps++) {
      if (steps > MOST_MICROSTEPS) throw new NotPlanned('the step is long');
      const always = mayAlways ? this.configuration.selectAlways(this) : null;
      if (always && always.transitions.length > 0) {
        const { assignments, configuration } = this;
        this.take(always);
        mayAlways = this.assignments > assignments || this.configuration !== configuration;
        continue;
      }
      const raised = this.raisedEvents.shift();
      if (!raised) return this.snapshot();
      this.event = raised;
      this.take(this.selected());
      mayAlways = true;
    }
  }

  private take(selection: Selection): void {
    if (selection.transitions.length > 0) this.carryOut(this.plans.plan(this.configuration, selection));
  }

  private carryOut(plan: MicrostepPlan): void {
    if (!plan.isProven) this.unproven.push(plan);
    for (const act of plan.acts) act(this);
    this.configuration = plan.next;
  }
}

/** A step that was taken by plans, and those among them that XState has not come to yet. */
export interface PlannedStep extends Step {
  readonly unproven: readonly MicrostepPlan[];
}

function isSame(one: Step, other: Step): boolean {
  return (
    one.snapshot.status === other.snapshot.status &&
    isSameOrder(activeNodes(one.snapshot), activeNodes(other.snapshot)) &&
    // The order of regions counts.
    JSON.stringify(one.snapshot.value) === JSON.stringify(other.snapshot.value) &&
    isSameMemory(one.snapshot, other.snapshot) &&
    isDeepStrictEqual(one.snapshot.context, other.snapshot.context) &&
    isDeepStrictEqual(one.requests, other.requests)
  );
}

function isSameMemory(one: AnyMachineSnapshot, other: AnyMachineSnapshot): boolean {
  const [mine, theirs] = [one.historyValue, other.historyValue] as [Remembered, Remembered];
  const ids = Object.keys(mine);
  if (ids.length !== Object.keys(theirs).length) return false;
  return ids.every((id) => isSameOrder(mine[id] ?? [], theirs[id] ?? []));
}

const isSameOrder = (some: readonly unknown[], others: readonly unknown[]): boolean =>
  some.length === others.length && some.every((one, place) => one === others[place]);

function isEmpty(members: object): boolean {
  for (const _ in members) return false;
  return true;
}

/** Whatever fails is left to XState, so that the failure is XState's own. */
function unlessFailing<T>(take: () => T): T | null {
  try {
    return take();
  } catch {
    return null;
  }
}

/** Follows the plans on `event`, where they may be followed at all. */
function follow<T>(
  plans: MachinePlans,
  {
    snapshot,
    event,
    at,
  }: { readonly snapshot: AnyMachineSnapshot; readonly event: EventObject; readonly at: Instant },
  take: (course: PlannedCourse) => T,
): T | null {
  const isAlone = isEmpty(snapshot.children as object);
  if (plans.isLeftToXState || snapshot.status !== 'active' || !isAlone) return null;
  if (!isOrdinary(event.type)) return null;
  return unlessFailing(() => {
    const begin = {
      configuration: plans.configurationOf(snapshot),
      context: snapshot.context as object,
      event,
    };
    return take(new PlannedCourse(plans, begin, at));
  });
}

/**
 * One macrostep by the plans of its machine; `null` where it is left to XState: a machine that invokes effects, the end
 * of a machine, and whatever fails, so that the failure is XState's own. Has to run as a step at `at`.
 */
export function plannedStep(
  plans: MachinePlans,
  snapshot: AnyMachineSnapshot,
  event: EventObject,
  at: Instant,
): PlannedStep | null {
  return follow(plans, { snapshot, event, at }, (course) => stepBy(course, course.handle()));
}

const stepBy = ({ requests, unproven }: PlannedCourse, snapshot: AnyMachineSnapshot): PlannedStep => ({
  snapshot,
  requests,
  unproven,
});

/** The first macrostep of a machine, as `plannedStep`. */
export function plannedStart(plans: MachinePlans, input: unknown, at: Instant): PlannedStep | null {
  if (plans.isLeftToXState) return null;
  return unlessFailing(() => {
    const { from: configuration, plan } = plans.start();
    const event = { type: 'xstate.init', input };
    const course = new PlannedCourse(plans, { configuration, context: {}, event }, at);
    firstContext(course, plans.machine.config.context, input);
    return stepBy(course, course.begin(plan));
  });
}

/** Holds a step against XState's from the same snapshot: unless they are the same, no plan of the machine is followed again. */
export function prove(plans: MachinePlans, planned: PlannedStep, oracle: Step): void {
  if (!isSame(planned, oracle)) plans.distrust();
  else for (const plan of planned.unproven) plan.isProven = true;
}

/** Whether some transition takes this event now, as `can` of a snapshot says; `null` where only XState knows. */
export function plannedAdmission(
  plans: MachinePlans,
  snapshot: AnyMachineSnapshot,
  event: EventObject,
  at: Instant,
): boolean | null {
  return follow(plans, { snapshot, event, at }, (course) =>
    course.selected().transitions.some(({ target, actions }) => target !== undefined || actions.length > 0),
  );
}
