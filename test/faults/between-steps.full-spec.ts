import { FAULT_POINTS, type FaultPoint } from '@dondoc/workflow/durable/index';
import { describeOnEachQueue } from '../services/test-queue';
import { chanceOf } from './chance';
import { haltBetweenSteps } from './halted-between-steps';
import { killBetweenSteps } from './killed-between-steps';

const ROUNDS = 5;
const seeds = Array.from({ length: ROUNDS }, () => Math.floor(Math.random() * 2 ** 31));

function shuffled(points: readonly FaultPoint[], seed: number): FaultPoint[] {
  const chance = chanceOf(seed);
  return points
    .map((point) => ({ point, rank: chance() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ point }) => point);
}

describeOnEachQueue('rounds of workers that are killed, halted or failed between steps', (kind) => {
  it.each(seeds)(
    'seed %i: killed at every point, in any order',
    async (seed) => {
      const points = shuffled(FAULT_POINTS, seed);
      const { killedAt, account, miscounted, unverified } = await killBetweenSteps(kind, seed, points);
      process.stderr.write(
        `  ${kind}, seed ${seed}: ${killedAt.length} kills, ${account.instances} instances, ` +
          `${account.fired} timers, ${account.told} effects (${account.repeated} outside done again)\n`,
      );
      expect(account.wrong).toEqual([]);
      expect(miscounted).toEqual([]);
      expect(unverified).toEqual([]);
      expect(killedAt).toEqual(points);
    },
    600_000,
  );

  it.each(seeds)(
    'seed %i: halted and failed at every point, in any order',
    async (seed) => {
      const points = shuffled(FAULT_POINTS, seed);
      const { halted, failed, account, miscounted, unverified } = await haltBetweenSteps(kind, seed, points);
      process.stderr.write(
        `  ${kind}, seed ${seed}: ${halted.length} halts, ${failed.length} failures, ` +
          `${account.fired} timers, ${account.parkedTimers} parked, ${account.told} effects\n`,
      );
      expect(account.wrong).toEqual([]);
      expect(miscounted).toEqual([]);
      expect(unverified).toEqual([]);
      expect(halted).toEqual(points);
    },
    600_000,
  );
});
