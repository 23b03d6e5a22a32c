import { isRefusal } from '@dondoc/workflow';
import { FAULT_POINTS, type FaultPoint } from '@dondoc/workflow/durable/index';
import { type QueueKind } from '../services/test-queue';
import { chanceOf } from './chance';
import { type Employed } from './employed-worker';
import { FaultGround, HOUR, ORGANIZATION, type Account } from './fault-ground';
import { Touches } from './touches';
import { fail, needsLocks, Trouble } from './trouble';

export interface HaltedRounds {
  readonly halted: readonly FaultPoint[];
  readonly failed: readonly FaultPoint[];
  readonly account: Account;
  /** Senders whose events do not add up. */
  readonly miscounted: readonly string[];
  /** What is wrong with chains and states. */
  readonly unverified: readonly string[];
}

const patience = 30_000;

async function touchAll(
  { runtime }: Employed,
  instances: readonly string[],
  touches: Touches,
): Promise<void> {
  touches.ask(instances, 2);
  await Promise.allSettled(
    instances.flatMap((instance) => {
      const command = { instance, event: { type: 'touch' }, actor: { kind: 'system' } } as const;
      return [
        runtime.send(ORGANIZATION, command),
        runtime.transaction(ORGANIZATION, (tx) => tx.send(command)),
      ].map(async (answer) => {
        if (!isRefusal(await answer)) touches.answered(instance);
      });
    }),
  );
}

async function within(promise: Promise<void>, complaint: string): Promise<void> {
  let timeout: NodeJS.Timeout | undefined;
  const late = new Promise<void>((_, reject) => {
    timeout = setTimeout(() => reject(new Error(complaint)), patience);
  });
  await Promise.race([promise, late]).finally(() => clearTimeout(timeout));
}

/**
 * At each point a worker stands still while another one does what it can, and then goes on as if nothing had been; or
 * something fails there once. `both`: each in turn; otherwise chance decides.
 */
export async function haltBetweenSteps(
  kind: QueueKind,
  seed: number,
  points: readonly FaultPoint[] = FAULT_POINTS,
  both = true,
): Promise<HaltedRounds> {
  const chance = chanceOf(seed);
  const ground = await FaultGround.open(kind);
  const touches = new Touches();
  const halted: FaultPoint[] = [];
  const failed: FaultPoint[] = [];

  async function round(point: FaultPoint, isHalt: boolean): Promise<void> {
    const faults = new Trouble();
    const first = await ground.employ({
      faults,
      ...(needsLocks(point) && { project: () => Promise.resolve() }),
    });
    const touchable = await ground.hangBells(first, 12, (now) => [
      now + HOUR,
      now + HOUR + 1,
      now + 2 * HOUR,
    ]);
    await ground.hangBells(first, 6, (now) => [now + HOUR, now + HOUR + 1, now + HOUR + 2]);
    await ground.placeOrders(first, 4, (now) => [now + HOUR, now + HOUR + 9_000, now + HOUR + 18_000]);
    // The first sweep is part of the start, which would fail with it.
    const nth = point === 'sweep.begun' ? 2 : 1;
    const sending = { goesOn: true };
    const isReached = within(
      faults.reachedTimes(point, nth),
      `${point} is never reached (${kind}, seed ${seed})`,
    ).finally(() => (sending.goesOn = false));
    const halt = isHalt ? faults.hold(point, nth) : null;
    if (!halt) faults.once(point, nth, fail);
    const starting = first.worker.start();
    // Again and again: which of them meets the point is a matter of chance.
    const touching = (async () => {
      do await touchAll(first, touchable, touches);
      while (sending.goesOn);
    })();
    await ground.clock.moveTo((await ground.clock.now()) + HOUR + 5_000);
    await isReached;
    await ground.clock.moveTo((await ground.clock.now()) + 2 * HOUR);
    if (halt) {
      const second = await ground.employ();
      await second.worker.start();
      // Also when it fails: nobody can be dismissed who is held.
      await ground.untilOnlyHeldIsLeft().finally(halt.release);
    }
    await starting;
    await touching;
    await ground.untilQuiet();
    await ground.dismiss();
    (isHalt ? halted : failed).push(point);
  }

  try {
    for (const point of points) {
      // Nothing of ours can fail there: PostgreSQL has the commit already.
      const canFail = point !== 'commit.sent';
      const isHalt = !canFail || chance() < 0.5;
      await round(point, isHalt);
      if (both && canFail) await round(point, !isHalt);
    }
    return {
      halted,
      failed,
      account: await ground.account(),
      miscounted: await touches.miscounted(ground),
      unverified: await ground.verify(),
    };
  } finally {
    await ground.close();
  }
}
