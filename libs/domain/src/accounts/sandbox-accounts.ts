import { type DataSource } from 'typeorm';
import { sampleOrganization } from '../organizations/sample-office';
import { inOrganization } from '../persistence/organization-context';

/**
 * Stops a start in real time on a database in which the sample office lives: its passwords are known to everyone. Every
 * log-in, session and token of such an account is refused besides.
 * @throws Error
 */
export async function refuseSandboxAccounts(source: DataSource): Promise<void> {
  const found = await inOrganization(source, sampleOrganization, (manager) =>
    manager.query<unknown[]>('select from dondoc.organization where id = $1', [sampleOrganization]),
  );
  if (found.length > 0)
    throw new Error(
      'this database holds the sample office, whose passwords everybody knows: production mode needs a database of its own',
    );
}
