import { FAULT_POINTS, type FaultPoint } from '@dondoc/workflow/durable/index';
import { type QueueKind } from '../services/test-queue';
import { chanceOf } from './chance';
import { FaultGround, HOUR, type Account } from './fault-ground';
import { ProcessUnderTest } from './process-under-test';
import { Touches } from './touches';
import { needsLocks } from './trouble';

export interface KilledRounds {
  /** Where a worker was killed, in order. */
  readonly killedAt: readonly FaultPoint[];
  readonly account: Account;
  /** Senders whose events do not add up. */
  readonly miscounted: readonly string[];
  /** What is wrong with chains and states. */
  readonly unverified: readonly string[];
}

/** A round that has not reached its point by then gets more to do. */
const roundMs = 3_000;
/** The job of a worker that was killed holds its place for 15 s and is missed up to 15 s later: this is some 80 s. */
const mostHelpings = 20;

/**
 * Kills one worker after the other (SIGKILL, by its own hand), each at the next of the named points while timers are
 * due, effects wait and events are sent; whoever comes next finds what the one before has left.
 */
export async function killBetweenSteps(
  kind: QueueKind,
  seed: number,
  points: readonly FaultPoint[] = FAULT_POINTS,
): Promise<KilledRounds> {
  const chance = chanceOf(seed);
  const ground = await FaultGround.open(kind);
  const killedAt: FaultPoint[] = [];
  const touches = new Touches();
  const workers: ProcessUnderTest[] = [];
  const prepare = (forPoint: FaultPoint | undefined): ProcessUnderTest => {
    const worker = ProcessUnderTest.prepare({ ...ground.assignment, projects: needsLocks(forPoint) });
    workers.push(worker);
    return worker;
  };
  let spare = prepare(points[0]);
  try {
    const driver = await ground.employ();
    for (const [place, point] of points.entries()) {
      const worker = spare;
      // What was lost to the killed worker is mostly found by the sweep; its job would hold its place for 15 s.
      if (chance() < 0.8) await ground.loseQueue();
      const touchable = await ground.hangBells(driver, 12, (now) => [
        now + HOUR,
        now + HOUR + 1,
        now + 2 * HOUR,
      ]);
      await worker.heard('prepared');
      spare = prepare(points[place + 1]);
      worker.order({ do: 'trouble', point, nth: 1 + Math.floor(chance() * 3), act: 'kill' });
      worker.order({ do: 'run' });
      for (let helping = 0; !worker.hasEnded; helping++) {
        if (helping === mostHelpings) throw new Error(`${point} is never reached (${kind}, seed ${seed})`);
        await ground.placeOrders(driver, 8, (now) => [now + HOUR, now + HOUR + 9_000, now + HOUR + 18_000]);
        touches.ask(touchable, 2);
        worker.order({ do: 'touch', instances: touchable, shared: true });
        worker.order({ do: 'touch', instances: touchable, shared: false });
        // In two steps, so that timers that are set by timers come near before they are due.
        await ground.clock.moveTo((await ground.clock.now()) + HOUR + 5_000);
        if (!(await worker.endsWithin(roundMs / 3)))
          await ground.clock.moveTo((await ground.clock.now()) + 2 * HOUR);
        await worker.endsWithin(roundMs);
      }
      const { signal } = await worker.ended;
      if (signal === 'SIGKILL') killedAt.push(point);
      for (const report of worker.reports) if (report.said === 'touched') touches.answered(report.instance);
    }
    await spare.run();
    await ground.untilQuiet();
    await spare.stop();
    const account = await ground.account();
    return {
      killedAt,
      account,
      miscounted: await touches.miscounted(ground),
      unverified: await ground.verify(),
    };
  } finally {
    await Promise.all(workers.map((worker) => worker.kill()));
    await ground.close();
  }
}
