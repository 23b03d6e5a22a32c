import { FAULT_POINTS } from '@dondoc/workflow/durable/index';
import { describeOnEachQueue } from '../services/test-queue';
import { killBetweenSteps } from './killed-between-steps';

/** The others have nothing to do with the queue: once is enough outside the long rounds. */
const touchesQueue = /^(slice|sweep|timers|effects|outside)/;

describeOnEachQueue('a worker that is killed between any two steps', (kind) => {
  it('loses nothing and does nothing twice', async () => {
    const points = FAULT_POINTS.filter((point) => kind === 'redis' || touchesQueue.test(point));
    const { killedAt, account, miscounted, unverified } = await killBetweenSteps(kind, 20_261_121, points);
    expect(account.wrong).toEqual([]);
    expect(miscounted).toEqual([]);
    expect(unverified).toEqual([]);
    expect(killedAt).toEqual(points);
    expect(account).toMatchObject({ parkedTimers: 0, parkedEffects: 0, told: account.asked });
  }, 300_000);
});
