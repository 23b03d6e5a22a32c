import { runHostileOperations } from './testing/hostile-operations';

describe('every operation, asked in ways that are meant to harm, at length', () => {
  it.each([1, 2, 3])(
    'answers by a refusal that changes nothing, never by a failure: seed %i000000',
    async (round) => {
      const { operations, requests, faults } = await runHostileOperations(round * 1_000_000, 60);
      expect(faults).toEqual([]);
      expect(requests).toBe(operations * 60);
    },
    900_000,
  );
});
