import { type DataSource } from 'typeorm';
import { type KeptCheckpoint, type SealedHead } from './checkpoint';
import { enter } from './sealer';
import { type OutsideCheckpoint } from './verify-checkpoints';

/** Checkpoints of an organization with what each seals, in order: what is kept outside the database. */
export async function readCheckpoints(
  dataSource: DataSource,
  organization: string,
): Promise<readonly OutsideCheckpoint[]> {
  return dataSource.transaction('REPEATABLE READ', async (manager) => {
    await enter(manager, organization);
    const rows = await manager.query<(KeptCheckpoint & { number: number })[]>(
      `select number, body as text, key, signature from workflow.checkpoint
       where organization_id = $1 order by number`,
      [organization],
    );
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
