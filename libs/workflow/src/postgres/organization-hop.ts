/**
 * `organization`, a recursive query over those that have rows in a table that are not parked. Hops from one to the next
 * through the index, so that its cost does not grow with the rows. Its last row is null.
 */
export const organizationsIn = (table: 'workflow.timer' | 'workflow.outbox'): string => `
  recursive organization as (
    (select organization_id from ${table} where parked_at is null order by organization_id limit 1)
    union all
    select (select t.organization_id from ${table} t
            where t.parked_at is null and t.organization_id > o.organization_id
            order by t.organization_id limit 1)
    from organization o where o.organization_id is not null
  )`;
