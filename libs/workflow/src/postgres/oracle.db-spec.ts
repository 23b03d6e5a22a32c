import { DataSource } from 'typeorm';
import { createTestDatabase } from '../../../../test/services/test-database';
import { BusinessClock } from '../clock/business-clock';
import { playOracleRounds } from '../testing/oracle-rounds';

const ORGANIZATION = '00000000-0000-4000-8000-000000000006';

describe('random machines on PostgreSQL', () => {
  it('do what they do in an actor of XState, whether a worker is awake or not', async () => {
    const database = await createTestDatabase();
    const superuser = await new DataSource({ type: 'postgres', url: database.superuserUrl }).initialize();
    const worker = await new DataSource({
      type: 'postgres',
      url: database.workerUrl,
      poolSize: 4,
    }).initialize();
    const outcome = await playOracleRounds({
      organization: ORGANIZATION,
      superuser,
      worker,
      clock: new BusinessClock(superuser),
      seed: 20_261_123,
      machines: 60,
      rounds: 10,
      expectSame: (stored, live, about) => {
        expect({ about, ...stored }).toEqual({ about, ...live });
      },
    });
    expect(outcome.lost).toBeLessThan(outcome.machines / 10);
    expect(outcome.entries).toBeGreaterThan(outcome.machines * 5);
    await worker.destroy();
    await superuser.destroy();
    await database.drop();
  });
});
