/**
 * `organization`, a recursive query over those in whose outbox something waits. Hops from one to the next
 * through the index, so that its cost does not grow with the rows. Its last row is null.
 */
export const ORGANIZATIONS_WITH_EFFECTS = `
  recursive organization as (
    (select organization_id from workflow.outbox where parked_at is null order by organization_id limit 1)
    union all
    select (select t.organization_id from workflow.outbox t
            where t.parked_at is null and t.organization_id > o.organization_id
            order by t.organization_id limit 1)
    from organization o where o.organization_id is not null
  )`;
