import { runHostileOperations } from './testing/hostile-operations';

describe('every operation, asked in ways that are meant to harm', () => {
  it('answers by a refusal that changes nothing, never by a failure', async () => {
    const { operations, requests, refused, faults } = await runHostileOperations(20_261_121, 3);
    expect(faults).toEqual([]);
    expect(operations).toBeGreaterThan(50);
    expect(requests).toBe(operations * 3);
    expect(refused).toBeGreaterThan(requests / 3);
  }, 240_000);
});
