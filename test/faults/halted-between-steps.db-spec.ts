import { FAULT_POINTS } from '@dondoc/workflow/durable/index';
import { describeOnEachQueue } from '../services/test-queue';
import { haltBetweenSteps } from './halted-between-steps';

describeOnEachQueue('a worker that stands still, or fails, between any two steps', (kind) => {
  it('loses nothing and does nothing twice', async () => {
    // Half of the points on each queue; all of them on both in the long rounds.
    const points = FAULT_POINTS.filter((_, index) => index % 2 === (kind === 'redis' ? 0 : 1));
    const { halted, failed, account, miscounted, unverified } = await haltBetweenSteps(
      kind,
      20_261_122,
      points,
      false,
    );
    expect(account.wrong).toEqual([]);
    expect(miscounted).toEqual([]);
    expect(unverified).toEqual([]);
    expect([...halted, ...failed].sort()).toEqual([...points].sort());
    expect(account.told).toBe(account.asked);
  }, 300_000);
});
