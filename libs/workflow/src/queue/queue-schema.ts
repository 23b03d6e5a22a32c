import { runMigrations } from 'bullmq';
import { type Client } from 'pg';
import { type WorkflowRoles } from '../postgres/grants';
import { QUEUE_SCHEMA } from './queues';

/**
 * Brings the tables of BullMQ's PostgreSQL backend up to date and lets the two roles use them. They hold wake-ups
 * only, across organizations: emptying them at any moment loses nothing.
 * @param owner a session of the owning role
 */
export async function migrateQueueSchema(
  owner: Client,
  roles: Pick<WorkflowRoles, 'application' | 'worker'>,
): Promise<void> {
  await runMigrations(owner, QUEUE_SCHEMA);
  const both = `${roles.application}, ${roles.worker}`;
  await owner.query(`
    grant usage on schema ${QUEUE_SCHEMA} to ${both};
    grant select, insert, update, delete, truncate on all tables in schema ${QUEUE_SCHEMA} to ${both};
    grant usage, select, update on all sequences in schema ${QUEUE_SCHEMA} to ${both};
    grant execute on all functions in schema ${QUEUE_SCHEMA} to ${both};
  `);
}
