import * as fc from 'fast-check';
import { canonicalJson } from '../engine/canonical-json';
import { activeNodes } from '../engine/configuration';
import {
  checkedStart,
  checkedStep,
  eventStep,
  isLeftToXState,
  isTaken,
  startStep,
} from '../engine/machine-step';
import { type StoredEvent } from '../engine/records';
import { LifecycleFault, type Step } from '../engine/step-requests';
import { storedText, toStored } from '../engine/stored-snapshot';
import { stepAt, type Instant } from '../lifecycle/macrostep-instant';
import { eventOf, lifecycleOf } from './random-lifecycle';
import { machinePlans, TICK_MS, type MachinePlan } from './random-machine';

const BEGIN = Date.UTC(2026, 0, 5);

export interface PlannedWalk {
  readonly plan: MachinePlan;
  /** Each chooses an event that is sent, or a timer that fires. */
  readonly choices: readonly number[];
}

export const plannedWalks: fc.Arbitrary<PlannedWalk> = fc.record({
  plan: machinePlans,
  choices: fc.array(fc.nat({ max: 10_000 }), { minLength: 5, maxLength: 25 }),
});

export interface Walked {
  readonly steps: number;
  /** Of the steps, those that were taken by plans. */
  readonly planned: number;
  /** Whether the plans of the machine were given up. */
  readonly isLeftToXState: boolean;
}

/** A step, or the message of its fault: XState can lose its way among history states. */
function attempt(step: () => Step): Step | string {
  try {
    return step();
  } catch (error) {
    if (!(error instanceof LifecycleFault)) throw error;
    return error.message;
  }
}

function told(step: Step | string): unknown {
  if (typeof step === 'string') return step;
  const { snapshot, requests } = step;
  return {
    stored: storedText(toStored(snapshot)),
    regions: JSON.stringify(snapshot.value),
    nodes: activeNodes(snapshot).map(({ id }) => id),
    tags: [...snapshot.tags].sort(),
    requests: canonicalJson(requests),
  };
}

/** Walks through a random machine by plans, holding each step against XState's own from the same snapshot. */
export function walkByPlans(
  { plan, choices }: PlannedWalk,
  expectSame: (planned: unknown, oracle: unknown) => void,
): Walked {
  const lifecycle = lifecycleOf(plan);
  let steps = 0;
  let planned = 0;
  const compared = (byPlans: () => Step, byXState: () => Step): Step | string => {
    const oracle = told(attempt(byXState));
    // The first proves the plans, the second follows them.
    expectSame(told(attempt(byPlans)), oracle);
    const step = attempt(byPlans);
    expectSame(told(step), oracle);
    steps += 1;
    if (typeof step !== 'string' && 'unproven' in step) planned += 1;
    return step;
  };
  const timers = new Map<string, StoredEvent>();
  const input = { begin: BEGIN, wakeAt: BEGIN + 50 * TICK_MS };
  let at: Instant = BEGIN;
  let present = compared(
    () => startStep(lifecycle, input, BEGIN),
    () => checkedStart(lifecycle, input, BEGIN),
  );
  for (const choice of choices) {
    if (typeof present === 'string' || present.snapshot.status !== 'active') break;
    for (const request of present.requests) {
      if (request.kind === 'set-timer') timers.set(request.id, request.event);
      if (request.kind === 'cancel-timer') timers.delete(request.id);
    }
    const now = (at += (choice % 3) * TICK_MS);
    const due = [...timers.values()];
    const timer = choice % 2 === 0 ? due[choice % due.length] : undefined;
    const event: StoredEvent = timer ?? eventOf(choice % 40);
    const { snapshot } = present;
    const can = stepAt(now, () => snapshot.can({ ...event, at: now }));
    expectSame(isTaken(snapshot, event, now), can);
    present = compared(
      () => eventStep(lifecycle, snapshot, event, now),
      () => checkedStep(lifecycle, snapshot, event, now),
    );
  }
  return { steps, planned, isLeftToXState: isLeftToXState(lifecycle) };
}
