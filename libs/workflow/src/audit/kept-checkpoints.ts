import { type DataSource, type EntityManager } from 'typeorm';
import { type KeptCheckpoint, type OutsideCheckpoint, type SealedHead } from './checkpoint';
import { enter } from './sealer';

export interface CheckpointRow extends KeptCheckpoint {
  readonly number: number;
}

/** In order. @param manager a transaction of the organization */
export function checkpointRows(manager: EntityManager, organization: string): Promise<CheckpointRow[]> {
  return manager.query<CheckpointRow[]>(
    `select number, body as text, key, signature from workflow.checkpoint
     where organization_id = $1 order by number`,
    [organization],
  );
}

/** Checkpoints of an organization with what each seals, in order: what is kept outside the database. */
export async function readCheckpoints(
  dataSource: DataSource,
  organization: string,
): Promise<readonly OutsideCheckpoint[]> {
  return dataSource.transaction('REPEATABLE READ', async (manager) => {
    await enter(manager, organization);
    const rows = await checkpointRows(manager, organization);
    const kept: OutsideCheckpoint[] = [];
    for (const { number, ...checkpoint } of rows) {
      const heads = await manager.query<SealedHead[]>(
        `select ledger, subject_id as subject, revision, encode(head, 'hex') as head from workflow.sealed
         where organization_id = $1 and checkpoint = $2 order by ledger collate "C", subject_id, revision`,
        [organization, number],
      );
      kept.push({ ...checkpoint, heads });
    }
    return kept;
  });
}
