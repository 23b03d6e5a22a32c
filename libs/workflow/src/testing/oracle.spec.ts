import * as fc from 'fast-check';
import { isRefusal, verifyInstance, Lifecycles, type InstanceRecord } from '../index';
import { MemoryRuntime } from '../memory/memory.runtime';
import { seenLive, seenStored } from './comparison';
import { LiveActor } from './live-actor';
import { eventOf, lifecycleOf } from './random-lifecycle';
import { machinePlans, oracleSteps, type MachinePlan, type OracleStep } from './random-machine';

const ORGANIZATION = '00000000-0000-4000-8000-000000000001';
const ID = '00000000-0000-7000-8000-00000000000d';
const BEGIN = Date.UTC(2026, 0, 5);
const actor = { kind: 'system' } as const;

async function compare(plan: MachinePlan, wakesIn: number, steps: readonly OracleStep[]): Promise<number> {
  const lifecycle = lifecycleOf(plan);
  const input = { begin: BEGIN, wakeAt: BEGIN + wakesIn * 600_000 };
  const live = new LiveActor(lifecycle, input, BEGIN);
  if (live.isLost) return 0;
  const memory = new MemoryRuntime({ lifecycles: [lifecycle], now: BEGIN });
  await memory.transaction(ORGANIZATION, (tx) => tx.start({ lifecycle: 'random', id: ID, input, actor }));
  const stored = () => memory.store.instance(ORGANIZATION, ID) as InstanceRecord;
  const timers = () => memory.store.timers(ORGANIZATION, ID);
  expect(live.error).toBeNull();
  expect(seenStored(stored(), timers())).toEqual(seenLive(live));
  for (const step of steps) {
    if (live.snapshot.status !== 'active') break;
    const now = memory.now + step.pauseMs;
    live.advanceTo(now);
    if (live.isLost) return 0;
    // A runtime that slept fires what is due, each at its own instant, before it takes the event.
    if (step.awake || step.event === null) await memory.advanceTo(now);
    else Object.assign(memory, { time: now });
    if (step.event !== null) {
      if (live.snapshot.status === 'active') live.send(eventOf(step.event));
      if (live.isLost) return 0;
      const command = { instance: ID, event: eventOf(step.event), actor };
      const answer = await memory.transaction(ORGANIZATION, (tx) => tx.send(command));
      // A refusal undoes what was fired on the way to it.
      if (isRefusal(answer)) await memory.advanceTo(now);
    }
    expect(live.error).toBeNull();
    expect(seenStored(stored(), timers())).toEqual(seenLive(live));
  }
  const history = memory.store.history(ORGANIZATION, ID);
  expect(verifyInstance(new Lifecycles([lifecycle]), stored(), history, timers())).toEqual([]);
  return history.length;
}

describe('random machines in the runtime', () => {
  it('do what they do in an actor of XState: states, contexts, outputs, remembered states and timers', async () => {
    await fc.assert(
      fc.asyncProperty(
        machinePlans,
        fc.integer({ min: -2, max: 6_000 }),
        fc.array(oracleSteps, { minLength: 1, maxLength: 12 }),
        async (plan, wakesIn, steps) => {
          await compare(plan, wakesIn, steps);
        },
      ),
      { seed: 20_261_122, numRuns: 150 },
    );
  });
});
