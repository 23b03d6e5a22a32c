import { type Instant } from '../lifecycle/macrostep-instant';
import { type BusinessClock } from './business-clock';

/** Nothing came to rest in time: most likely no worker runs. */
export class NotQuietError extends Error {}

const LOOK_EVERY_MS = 25;

export interface Walk {
  /** Business time before and after. */
  readonly from: Instant;
  readonly to: Instant;
  /** Due instants at which something happened on the way. */
  readonly stops: readonly Instant[];
}

async function untilQuiet(clock: BusinessClock, patienceMs: number): Promise<void> {
  for (let waited = 0; !(await clock.isQuiet()); waited += LOOK_EVERY_MS) {
    if (waited > patienceMs) throw new NotQuietError('what is due was not dealt with; does a worker run?');
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

/**
 * Sandbox only: walks business time from due instant to due instant up to `target`, at each waiting until timers and
 * effects have come to rest, so that everything happens as if time had passed.
 * @param patienceMs how long to wait at each stop, in milliseconds of technical time
 * @throws NotQuietError
 */
export async function walkTo(clock: BusinessClock, target: Instant, patienceMs = 30_000): Promise<Walk> {
  const from = await clock.now();
  const stops: Instant[] = [];
  await untilQuiet(clock, patienceMs);
  for (;;) {
    const due = await clock.nextDue();
    if (due === null || due > target) break;
    await clock.moveTo(due);
    stops.push(due);
    await untilQuiet(clock, patienceMs);
  }
  await clock.moveTo(target);
  await untilQuiet(clock, patienceMs);
  return { from, to: await clock.now(), stops };
}
