import { describeOnEachQueue } from '../services/test-queue';
import { playTroubledMonth } from './troubled-month';

const ROUNDS = 5;
const seeds = Array.from({ length: ROUNDS }, () => Math.floor(Math.random() * 2 ** 31));

describeOnEachQueue('rounds of killed workers and emptied queues', (kind) => {
  it.each(seeds)(
    'seed %i changes nothing but when things were processed',
    async (seed) => {
      const month = await playTroubledMonth(kind, seed, 0.6);
      process.stderr.write(`  ${kind}, seed ${seed}: ${month.kills} kills, ${month.losses} lost queues\n`);
      expect(month.happened).toEqual(month.expected);
      expect(month.auditCode).toBe(0);
    },
    600_000,
  );
});
