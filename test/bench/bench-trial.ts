import { createTestDatabase, type TestDatabase } from '../services/test-database';
import { createTestSystem, type TestSystem } from '../services/processes';
import { testQueue } from '../services/test-queue';

/** Benchmarks tried on a database and a queue of their own. */
export interface BenchTrial {
  readonly database: TestDatabase;
  readonly system: TestSystem;
  /** As few as give a figure: what is tried is that it runs to its end, not how fast. */
  bench(name: string): ReturnType<TestSystem['command']>;
}

/** Opened for the tests of a file; answered by a function, since it is there only while they run. */
export function benchTrial(): () => BenchTrial {
  let trial: BenchTrial;
  beforeAll(async () => {
    const database = await createTestDatabase();
    const system = await createTestSystem({ database, queue: testQueue() });
    const few = ['--instances', '60', '--runs', '1', '--seconds', '1', '--json'];
    trial = { database, system, bench: (name) => system.command(['bench', name, ...few]) };
  });
  afterAll(async () => {
    await trial.system.stop();
    await trial.database.drop();
  });
  return () => trial;
}

const processor = { node: expect.any(Number) as number };

/** Holds a benchmark to the form in which it tells its figure, for both lifecycles. */
export function printsOneObject(trial: () => BenchTrial, names: readonly string[]): void {
  describe.each(names)('bench %s', (name) => {
    it('prints one object with figure, limit and what each of them cost, and leaves the database empty', async () => {
      const { code, stdout, stderr } = await trial().bench(name);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      const measured = { figure: expect.any(Number) as number, limit: expect.any(Number) as number };
      const costs = [expect.objectContaining({ processor: expect.objectContaining(processor) as object })];
      const detail = expect.objectContaining({ figure: costs, limit: costs }) as object;
      const compared = { ...measured, ratio: expect.any(Number) as number, runs: [measured] };
      const told = { node: process.versions.node, fsync: expect.any(String) as string };
      expect(JSON.parse(stdout)).toEqual({
        name,
        unit: expect.any(String) as string,
        ...compared,
        settings: expect.objectContaining(told) as object,
        detail: expect.objectContaining({
          figure: costs,
          limit: costs,
          directive: { ...compared, detail },
        }) as object,
      });
    });
  });
}
