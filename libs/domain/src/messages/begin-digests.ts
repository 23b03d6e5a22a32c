import { type PostgresRuntime } from '@dondoc/workflow/durable/index';
import { createHash } from 'node:crypto';
import { type DataSource } from 'typeorm';
import { digestLifecycle } from '../lifecycles/digest.lifecycle';

/** An id that follows from what it is for (UUID, version 8): asked for again, it is the same. */
export function idFrom(words: string): string {
  const hash = createHash('sha256').update(words).digest('hex');
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}

/** The one digest of an organization. */
export const digestIdOf = (organization: string): string => idFrom(`digest/${organization}`);

/**
 * Sees to it that each organization that has rules and a calendar also has its digest: from then on its own timers drive
 * it. However often and by however many processes it is called, there is one.
 * @returns the organizations in which one was begun
 */
export async function beginDigests(dataSource: DataSource, runtime: PostgresRuntime): Promise<string[]> {
  const organizations = await dataSource.query<{ id: string }[]>(
    'select id from dondoc.organization order by id',
  );
  const begun: string[] = [];
  for (const { id: organization } of organizations) {
    const id = digestIdOf(organization);
    const answer = await runtime.transaction(organization, async (tx) => {
      await tx.query(`select pg_advisory_xact_lock(hashtextextended('dondoc.digest/' || $1, 0))`, [
        organization,
      ]);
      const [found] = await tx.query<{ ready: boolean }>(
        `select exists (select from dondoc.working_rules where organization_id = $1)
           and exists (select from dondoc.working_calendar where organization_id = $1)
           and not exists (select from workflow.instance where organization_id = $1 and id = $2) as ready`,
        [organization, id],
      );
      if (!found?.ready) return false;
      const started = await tx.of(digestLifecycle).start({ id, input: {}, actor: { kind: 'system' } });
      return 'id' in started;
    });
    if (answer === true) begun.push(organization);
  }
  return begun;
}
