import { isRefusal, type Refusal } from '@dondoc/workflow';
import { type DataSource, type EntityManager } from 'typeorm';

/** Stands for the installation: what is kept before it is known whose it is, or of those who belong to no organization. */
export const INSTALLATION = '00000000-0000-0000-0000-000000000000';

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

class Refused extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.en);
  }
}

/** As `inOrganization`; a refusal takes back what was written on the way to it. */
export async function unlessRefused<T>(
  source: DataSource,
  organization: string,
  work: (manager: EntityManager) => Promise<T | Refusal>,
): Promise<T | Refusal> {
  try {
    return await inOrganization(source, organization, async (manager) => {
      const answer = await work(manager);
      if (isRefusal(answer)) throw new Refused(answer);
      return answer;
    });
  } catch (error) {
    if (error instanceof Refused) return error.refusal;
    throw error;
  }
}
