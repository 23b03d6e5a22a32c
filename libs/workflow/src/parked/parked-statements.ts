/** What stands parked, oldest first. `$1` organization, `$2` to `$4` the last one seen or null, `$5` limit. */
export const LIST = `
  with parked as (
    select 'timer' as kind, t.timer_id as id, t.instance_id as instance, i.lifecycle, t.timer_id as name,
      t.parked_error as error, t.parked_at, t.due_at as at, null::integer as attempts
    from workflow.timer t
    join workflow.instance i on i.organization_id = t.organization_id and i.id = t.instance_id
    where i.organization_id = $1 and i.has_parked and t.parked_at is not null
    union all
    select case when o.answer is null then 'effect' else 'answer' end, o.id::text, o.instance_id, o.lifecycle, o.effect,
      o.last_error, o.parked_at, o.at, o.attempts
    from workflow.outbox o
    where o.organization_id = $1 and o.parked_at is not null
  )
  select *, parked_at::text as cursor from parked
  where $2::timestamptz is null or (parked_at, instance, id) > ($2::timestamptz, $3::uuid, $4::text)
  order by parked_at, instance, id limit $5`;

/** `$2` id. All attempts are there again. */
export const RESUME_EFFECT = `
  update workflow.outbox
  set parked_at = null, last_error = null, answer = null, lease = null, attempts = 0, next_attempt_at = now()
  where organization_id = $1 and id = $2`;

export const DECIDED = `
  insert into workflow.parked_decision
    (organization_id, id, kind, instance_id, subject, decision, actor, reason, error, at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, to_timestamp($10::float8 / 1000.0))`;

/** `$2` instance. */
export const DECISIONS = `
  select id, kind, instance_id as instance, subject, decision, actor, reason, error, at
  from workflow.parked_decision where organization_id = $1 and instance_id = $2 order by decided_at, id`;
