import * as fc from 'fast-check';
import { canonicalJson } from '../engine/canonical-json';
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
import { type Lifecycle } from '../lifecycle/lifecycle-definition';
import { stepAt, type Instant } from '../lifecycle/macrostep-instant';
import { eventOf, lifecycleOf } from '../testing/random-lifecycle';
import { machinePlans, TICK_MS } from '../testing/random-machine';

const BEGIN = Date.UTC(2026, 0, 5);

/** Each number chooses an event that is sent, or a timer that fires. */
const walks = fc.record({
  plan: machinePlans,
  choices: fc.array(fc.nat({ max: 10_000 }), { minLength: 5, maxLength: 25 }),
});

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
  const { _nodes: nodes } = snapshot as unknown as { _nodes: { id: string }[] };
  return {
    stored: storedText(toStored(snapshot)),
    regions: JSON.stringify(snapshot.value),
    nodes: nodes.map(({ id }) => id),
    tags: [...snapshot.tags].sort(),
    requests: canonicalJson(requests),
  };
}

interface Walked {
  steps: number;
  planned: number;
  starts: number;
  plannedStarts: number;
}

/** Walks by plans, holding each step against XState's own from the same snapshot. */
function walk(lifecycle: Lifecycle, choices: readonly number[], walked: Walked): void {
  const timers = new Map<string, StoredEvent>();
  let at: Instant = BEGIN;
  const input = { begin: BEGIN, wakeAt: BEGIN + 50 * TICK_MS };
  const oracleStart = told(attempt(() => checkedStart(lifecycle, input, at)));
  expect(told(attempt(() => startStep(lifecycle, input, at)))).toEqual(oracleStart);
  const first = attempt(() => startStep(lifecycle, input, at));
  expect(told(first)).toEqual(oracleStart);
  if (typeof first === 'string') return;
  walked.starts += 1;
  if ('unproven' in first) walked.plannedStarts += 1;
  let before = first.snapshot;
  for (const choice of choices) {
    if (before.status !== 'active') return;
    at += (choice % 3) * TICK_MS;
    const due = [...timers.values()];
    const timer = choice % 2 === 0 ? due[choice % due.length] : undefined;
    const event: StoredEvent = timer ?? eventOf(choice % 40);
    expect(isTaken(before, event, at)).toBe(stepAt(at, () => before.can({ ...event, at })));
    const oracle = told(attempt(() => checkedStep(lifecycle, before, event, at)));
    // Proven by the first, followed by the second.
    expect(told(attempt(() => eventStep(lifecycle, before, event, at)))).toEqual(oracle);
    const step = attempt(() => eventStep(lifecycle, before, event, at));
    expect(told(step)).toEqual(oracle);
    if (typeof step === 'string') return;
    walked.steps += 1;
    if ('unproven' in step) walked.planned += 1;
    for (const request of step.requests) {
      if (request.kind === 'set-timer') timers.set(request.id, request.event);
      if (request.kind === 'cancel-timer') timers.delete(request.id);
    }
    before = step.snapshot;
  }
}

describe('steps by plans', () => {
  it('are those of XState, for random machines, and none of them is given up', () => {
    const walked: Walked = { steps: 0, planned: 0, starts: 0, plannedStarts: 0 };
    fc.assert(
      fc.property(walks, ({ plan, choices }) => {
        const lifecycle = lifecycleOf(plan);
        walk(lifecycle, choices, walked);
        expect(isLeftToXState(lifecycle)).toBe(false);
      }),
      { seed: 20_261_122, numRuns: 300 },
    );
    expect(walked.steps).toBeGreaterThan(2_000);
    expect(walked.planned / walked.steps).toBeGreaterThan(0.98);
    expect(walked.plannedStarts / walked.starts).toBeGreaterThan(0.9);
  });
});
