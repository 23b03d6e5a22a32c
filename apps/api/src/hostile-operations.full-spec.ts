import { runHostileOperations } from './testing/hostile-operations';

describe('every operation, asked in ways that are meant to harm, at length', () => {
  it.each([1, 2, 3])(
    'answers by a refusal that changes nothing, never by a failure: seed %i000000',
    async (round) => {
      const { operations, requests, refused, faults } = await runHostileOperations(round * 1_000_000, 60);
      process.stdout.write(
        `hostile requests: ${requests} to ${operations} operations, ${refused} refused, ${faults.length} faults (seed ${round}000000)\n`,
      );
      expect(faults).toEqual([]);
      expect(requests).toBe(operations * 60);
    },
    900_000,
  );
});
