import { canonicalJson } from '../engine/canonical-json';
import { storedText } from '../engine/stored-snapshot';
import { verifyInstance } from '../engine/replay';
import { isRefusal } from '../lifecycle/refusal';
import { MemoryRuntime } from '../memory/memory.runtime';
import { Lifecycles } from '../runtime/lifecycles';
import { seenLive, seenStored, type Seen } from './comparison';
import { LiveActor } from './live-actor';
import { eventOf, lifecycleOf } from './random-lifecycle';
import { TICK_MS, type MachinePlan, type OracleStep } from './random-machine';

const ORGANIZATION = '00000000-0000-4000-8000-000000000001';
const ID = '00000000-0000-7000-8000-00000000000d';
const BEGIN = Date.UTC(2026, 0, 5);
const actor = { kind: 'system' } as const;

export interface OracleRun {
  readonly plan: MachinePlan;
  /** Ticks from the start to the instant that the machine waits for by `until`; may lie in the past. */
  readonly wakesIn: number;
  readonly steps: readonly OracleStep[];
}

/**
 * Plays one random machine in the runtime in memory and in an actor of XState, and compares after every step.
 *
 * Where the two differ on purpose, the machines do not go, or the actor is corrected:
 * - A timer's id has one timer in the runtime; XState keeps an earlier one going when an id is raised again, out of
 *   reach of `cancel` (`LiveActor`). The same when its own history state brings it to enter a state without leaving it.
 * - A machine that XState leads into something that is none of its states fails in the runtime; such runs end here.
 * - A machine that throws stays as it was; an actor of XState ends.
 * - An event that nothing takes is refused; in XState it still lets `always` look at it. Guards of `always` that ask
 *   for the event or the instant can therefore differ, and there are none here.
 * @returns number of entries in the history; 0 when XState lost its way
 */
export async function playOracleRun(
  { plan, wakesIn, steps }: OracleRun,
  expectSame: (stored: Seen, live: Seen) => void,
): Promise<number> {
  const lifecycle = lifecycleOf(plan);
  const input = { begin: BEGIN, wakeAt: BEGIN + wakesIn * TICK_MS };
  const live = new LiveActor(lifecycle, input, BEGIN);
  if (live.isLost()) return 0;
  const memory = new MemoryRuntime({ lifecycles: [lifecycle], now: BEGIN });
  const stored = () => {
    const record = memory.store.instance(ORGANIZATION, ID);
    if (!record) throw new Error('the instance was not started');
    return record;
  };
  const timers = () => memory.store.timers(ORGANIZATION, ID);
  const compare = (): void => {
    if (live.error !== null) throw new Error('the actor failed', { cause: live.error });
    const { snapshot } = stored();
    if (storedText(snapshot) !== canonicalJson(snapshot))
      throw new Error('the stored text leaves something out');
    expectSame(seenStored(stored(), timers()), seenLive(live));
  };
  await memory.transaction(ORGANIZATION, (tx) => tx.start({ lifecycle: 'random', id: ID, input, actor }));
  compare();
  for (const { pauseMs, awake, event } of steps) {
    if (!live.isActive()) break;
    const now = memory.now + pauseMs;
    live.advanceTo(now);
    if (event !== null) live.send(eventOf(event));
    if (live.isLost()) return 0;
    // A runtime that slept fires what is due, each at its own instant, before it takes the event.
    if (awake || event === null) await memory.advanceTo(now);
    else memory.sleepTo(now);
    if (event !== null) {
      const command = { instance: ID, event: eventOf(event), actor };
      const answer = await memory.transaction(ORGANIZATION, (tx) => tx.send(command));
      // A refusal undoes what was fired on the way to it.
      if (isRefusal(answer)) await memory.advanceTo(now);
    }
    compare();
  }
  const history = memory.store.history(ORGANIZATION, ID);
  const findings = verifyInstance(new Lifecycles([lifecycle]), stored(), history);
  if (findings.length > 0) throw new Error(JSON.stringify(findings));
  return history.length;
}
