import { type DataSource } from 'typeorm';
import { type Lifecycles } from '../runtime/lifecycles';

/**
 * Holds every lifecycle against the structure first seen under its version, and keeps new ones.
 * @throws when a released version has changed: instances that began with it would no longer be understood.
 */
export async function checkDefinitions(dataSource: DataSource, lifecycles: Lifecycles): Promise<void> {
  const changed: string[] = [];
  for (const { id, version, hash } of lifecycles.all) {
    await dataSource.query(
      `insert into workflow.definition (lifecycle, version, hash) values ($1, $2, $3) on conflict do nothing`,
      [id, version, hash],
    );
    const [kept] = await dataSource.query<[{ hash: string }]>(
      `select hash from workflow.definition where lifecycle = $1 and version = $2`,
      [id, version],
    );
    if (kept.hash !== hash) changed.push(`${id}@${version}`);
  }
  if (changed.length > 0)
    throw new Error(
      `the structure of ${changed.join(', ')} differs from the one already in use; give it a new version`,
    );
}
