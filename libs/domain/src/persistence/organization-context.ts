import { type DataSource, type EntityManager } from 'typeorm';

/**
 * Runs `work` in a transaction that sees one organization. For what needs no lifecycle; whatever starts or moves one
 * goes through the runtime's own transactions.
 */
export async function inOrganization<T>(
  source: DataSource,
  organization: string,
  work: (manager: EntityManager) => Promise<T>,
): Promise<T> {
  return source.transaction(async (manager) => {
    await manager.query(`select set_config('dondoc.organization', $1, true)`, [organization]);
    return work(manager);
  });
}
