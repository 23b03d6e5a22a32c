import { type OfficeTransaction } from './office-facts';

/**
 * Versions of the organization above, which the wall lets through for reading. Empty when there is none.
 * @param table of versions, with its JSON column `body`
 */
export async function versionsAbove<T>(
  { manager, organization }: OfficeTransaction,
  table: 'working_rules' | 'working_calendar',
): Promise<T[]> {
  const rows = await manager.query<{ body: T }[]>(
    `select v.body from dondoc.${table} v
     join dondoc.organization o on o.parent_id = v.organization_id
     where o.id = $1 order by v.version`,
    [organization],
  );
  return rows.map(({ body }) => body);
}
