import { DataSource } from 'typeorm';
import { createTestDatabase } from '../../../../test/services/test-database';
import { storeContract } from '../testing/index';
import { PostgresStore } from './postgres.store';
import { isTransientPostgresError } from './transient-errors';

storeContract('PostgreSQL', async (known) => {
  const database = await createTestDatabase();
  const connect = (url: string) => new DataSource({ type: 'postgres', url, poolSize: 6 }).initialize();
  const worker = await connect(database.workerUrl);
  const onlooker = await connect(database.superuserUrl);
  return {
    store: new PostgresStore(worker, known),
    concurrent: true,
    isTransient: isTransientPostgresError,
    outbox: (organization) =>
      onlooker.query(
        `select id, instance_id as instance, effect, payload from workflow.outbox where organization_id = $1`,
        [organization],
      ),
    close: async () => {
      await worker.destroy();
      await onlooker.destroy();
      await database.drop();
    },
  };
});
