import * as fc from 'fast-check';
import { DataSource } from 'typeorm';
import { createTestDatabase } from '../../../../test/services/test-database';
import { BusinessClock } from '../clock/business-clock';
import { playOracleRounds, type OracleOutcome } from '../testing/oracle-rounds';
import { playOracleRun } from '../testing/oracle-run';
import { plannedWalks, walkByPlans } from '../testing/planned-walk';
import { oracleRuns } from '../testing/random-machine';

const IN_MEMORY = 3_000;
const BY_PLANS = 10_000;
const ON_POSTGRES = { batches: 6, machines: 100, rounds: 14 };

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const randomSeed = (): number => Math.floor(Math.random() * 2 ** 31);

describe('random machines of random seeds do what they do in an actor of XState', () => {
  it('in memory', async () => {
    const seed = randomSeed();
    say(`oracle in memory: seed ${seed}, ${IN_MEMORY} machines`);
    let entries = 0;
    let lost = 0;
    const runs = fc.asyncProperty(oracleRuns, async (run) => {
      const made = await playOracleRun(run, (stored, live) => {
        expect(stored).toEqual(live);
      });
      entries += made;
      lost += made === 0 ? 1 : 0;
    });
    await fc.assert(runs, { seed, numRuns: IN_MEMORY });
    say(`oracle in memory: ${entries} transitions alike, ${lost} machines left aside`);
  }, 1_800_000);

  it('by plans, step by step', () => {
    const seed = randomSeed();
    say(`steps by plans: seed ${seed}, ${BY_PLANS} machines`);
    let steps = 0;
    let planned = 0;
    const walks = fc.property(plannedWalks, (walk) => {
      const walked = walkByPlans(walk, (byPlans, oracle) => {
        expect(byPlans).toEqual(oracle);
      });
      expect(walked.isLeftToXState).toBe(false);
      steps += walked.steps;
      planned += walked.planned;
    });
    fc.assert(walks, { seed, numRuns: BY_PLANS });
    say(`steps by plans: ${steps} steps alike, ${steps - planned} of them left to XState`);
  }, 1_800_000);

  it('on PostgreSQL', async () => {
    const database = await createTestDatabase();
    const superuser = await new DataSource({ type: 'postgres', url: database.superuserUrl }).initialize();
    const worker = await new DataSource({
      type: 'postgres',
      url: database.workerUrl,
      poolSize: 4,
    }).initialize();
    for (let batch = 0; batch < ON_POSTGRES.batches; batch++) {
      const seed = randomSeed();
      say(`oracle on PostgreSQL: seed ${seed}, ${ON_POSTGRES.machines} machines`);
      const outcome: OracleOutcome = await playOracleRounds({
        organization: `00000000-0000-4000-8000-0000000001${String(batch).padStart(2, '0')}`,
        superuser,
        worker,
        clock: new BusinessClock(superuser),
        seed,
        machines: ON_POSTGRES.machines,
        rounds: ON_POSTGRES.rounds,
        expectSame: (stored, live, about) => {
          expect({ about, ...stored }).toEqual({ about, ...live });
        },
      });
      say(`oracle on PostgreSQL: ${JSON.stringify(outcome)}`);
    }
    await worker.destroy();
    await superuser.destroy();
    await database.drop();
  }, 1_800_000);
});
