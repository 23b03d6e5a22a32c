/**
 * SQL of the hot path, prepared once per connection and run by `execute`, so that several statements travel in one
 * round trip. Instants travel as milliseconds since the epoch; `$1` is always the organization.
 */

const INSTANCE_COLUMNS =
  'i.id, i.lifecycle, i.version, i.revision, i.status, i.at, i.started_at, i.snapshot, i.head';

const instant = (expression: string): string => `to_timestamp(${expression} / 1000.0)`;
/** Of a stored instant, which is a whole millisecond: far ones are off by less than half of one. */
const milliseconds = (expression: string): string =>
  `round(extract(epoch from ${expression}) * 1000)::bigint`;

/** A timer behind a parked one of the same instance waits with it. Expects the timer as `t`. */
export const NOT_HELD_BACK = `
  not exists (
    select from workflow.timer p
    where p.organization_id = t.organization_id and p.instance_id = t.instance_id
      and p.parked_at is not null and (p.due_at, p.sequence) < (t.due_at, t.sequence))`;

/** Timers of `l` due by an instant, in order, as arrays in the order of `TimerTuple`. */
const dueTimers = (by: string): string => `
  (select json_agg(json_build_array(t.timer_id, ${milliseconds('t.due_at')}, t.sequence, t.event,
            t.parked_at is not null) order by t.due_at, t.sequence)
   from workflow.timer t
   where t.organization_id = $1 and t.instance_id = l.id and t.due_at <= ${by})`;

/**
 * Opens the transaction's one organization and tells business time.
 */
const BEGIN = `
  select set_config('dondoc.organization', $1::text, true), floor(extract(epoch from workflow.now()) * 1000)::bigint::text as now`;

/** The revision of `l` in the statement's snapshot, where the timers are read as well. */
const SEEN = `
  (select s.revision from workflow.instance s where s.organization_id = $1 and s.id = l.id)`;

/** Business time costs a function call: once in a statement, not once in a row. */
const MOMENT = `moment as materialized (select greatest(${instant('$3')}, workflow.now()) as at)`;

/**
 * `$2` ids, `$3` due by. Rows are locked in id order. Where \`seen\` is not the locked row's revision, the timers were
 * read too early and must be read again.
 */
const LOCK = `
  with ${MOMENT}, locked as materialized (
    select ${INSTANCE_COLUMNS} from workflow.instance i
    where i.organization_id = $1 and i.id = any($2) order by i.id for update
  )
  select l.*, ${SEEN} as seen, ${dueTimers('(select at from moment)')} as due from locked l`;

/** `$2` ids, `$3` due by: the timers alone, with a snapshot taken after the instances were locked. */
const READ_TIMERS = `
  with ${MOMENT}
  select l.id, ${dueTimers('(select at from moment)')} as due from unnest($2) as l(id)`;

/**
 * `$2` now, `$3` limit, `$4` shard or null, `$5` ids or null, `$6` and `$7` the lifecycle versions at hand. What moved
 * between the snapshot and the lock is left out: its timers belong to the next claim.
 */
const CLAIM = `
  with candidate as materialized (
    select distinct instance_id from (
      select t.instance_id from workflow.timer t
      where t.organization_id = $1 and t.parked_at is null and t.due_at <= ${instant('$2')}
        and ($4 is null or t.shard = $4) and ($5 is null or t.instance_id = any($5))
        and ${NOT_HELD_BACK}
        and exists (
          select from workflow.instance i
          join unnest($6, $7) as known(lifecycle, version)
            on i.lifecycle = known.lifecycle and i.version = known.version
          where i.organization_id = $1 and i.id = t.instance_id)
      order by t.due_at limit $3
    ) as due
  ), locked as materialized (
    select ${INSTANCE_COLUMNS} from workflow.instance i
    where i.organization_id = $1 and i.id in (select instance_id from candidate)
    order by i.id for update skip locked
  )
  select l.*, ${SEEN} as seen, ${dueTimers(instant('$2'))} as due from locked l`;

/**
 * `$2` instances, `$3` history, `$4` cancelled timers, `$5` timers set, `$6` outbox rows, each a JSON array;
 * `$7` the instances' ids again, so that the planner finds rows by their key whatever it knows of the table.
 * History, timers and outbox rows are written only for instances whose revision guard held.
 */
const WRITE = `
  with change as (
    select * from json_to_recordset($2) as c(
      id uuid, lifecycle text, version integer, before integer, revision integer, status text,
      at bigint, started_at bigint, snapshot jsonb, head text)
  ), updated as (
    update workflow.instance i
    set lifecycle = c.lifecycle, version = c.version, revision = c.revision, status = c.status,
        at = ${instant('c.at')}, snapshot = c.snapshot, head = decode(c.head, 'hex')
    from change c
    where i.organization_id = $1 and i.id = any($7) and i.id = c.id and i.revision = c.before
    returning i.id, i.status
  ), inserted as (
    insert into workflow.instance
      (organization_id, id, lifecycle, version, revision, status, at, started_at, snapshot, head)
    select $1, id, lifecycle, version, revision, status, ${instant('at')}, ${instant('started_at')}, snapshot,
           decode(head, 'hex')
    from change where before is null
    on conflict do nothing
    returning id, status
  ), written as (
    select id, status from updated union all select id, status from inserted
  ), history as (
    insert into workflow.history (organization_id, instance_id, revision, at, entry, hash)
    select $1, h.instance, h.revision, ${instant('h.at')}, h.entry, decode(h.hash, 'hex')
    from json_to_recordset($3) as h(instance uuid, revision integer, at bigint, entry text, hash text)
    join written w on w.id = h.instance
  ), cancelled as (
    delete from workflow.timer t
    using json_to_recordset($4) as c(instance uuid, timer text), written w
    where t.organization_id = $1 and t.instance_id = c.instance and t.timer_id = c.timer and w.id = c.instance
  ), ended as (
    delete from workflow.timer t
    using written w
    where t.organization_id = $1 and t.instance_id = w.id and w.status = 'done'
      and (t.instance_id, t.timer_id) not in
        (select c.instance, c.timer from json_to_recordset($4) as c(instance uuid, timer text))
  ), timers as (
    insert into workflow.timer (organization_id, instance_id, timer_id, shard, due_at, sequence, event)
    select $1, s.instance, s.timer, s.shard, ${instant('s.due_at')}, s.sequence, s.event
    from json_to_recordset($5) as s(
      instance uuid, timer text, shard smallint, due_at bigint, sequence bigint, event jsonb)
    join written w on w.id = s.instance
    on conflict (organization_id, instance_id, timer_id) do update
      set due_at = excluded.due_at, sequence = excluded.sequence, event = excluded.event,
          parked_at = null, parked_error = null
  ), effects as (
    insert into workflow.outbox (organization_id, id, instance_id, lifecycle, revision, effect, at, payload)
    select $1, o.id, o.instance, o.lifecycle, o.revision, o.effect, ${instant('o.at')}, o.payload
    from json_to_recordset($6) as o(
      id uuid, instance uuid, lifecycle text, revision integer, effect text, at bigint, payload jsonb)
    join written w on w.id = o.instance
  )
  select id from written`;

const prepared = {
  dondoc_begin: { types: 'uuid', sql: BEGIN },
  dondoc_lock: { types: 'uuid, uuid[], bigint', sql: LOCK },
  dondoc_read_timers: { types: 'uuid, uuid[], bigint', sql: READ_TIMERS },
  dondoc_claim: {
    types: 'uuid, bigint, integer, smallint, uuid[], text[], integer[]',
    sql: CLAIM,
  },
  dondoc_write: { types: 'uuid, json, json, json, json, json, uuid[]', sql: WRITE },
} as const;

export type PreparedName = keyof typeof prepared;

/** Sent once on each connection before its first transaction. */
export const PREPARE_ALL = Object.entries(prepared)
  .map(([name, { types, sql }]) => `prepare ${name} (${types}) as ${sql}`)
  .join(';\n');

/**
 * Earliest due timer of a shard in each organization within a horizon, earliest first. `$1` shard, `$2` horizon in
 * milliseconds. Hops from organization to organization through the index, so that its cost does not grow with timers.
 */
export const NEXT_DUE = `
  with recursive organization as (
    (select organization_id from workflow.timer where parked_at is null order by organization_id limit 1)
    union all
    select (select t.organization_id from workflow.timer t
            where t.parked_at is null and t.organization_id > o.organization_id
            order by t.organization_id limit 1)
    from organization o where o.organization_id is not null
  ), next as (
    select o.organization_id,
      (select t.due_at from workflow.timer t
       where t.organization_id = o.organization_id and t.shard = $1 and t.parked_at is null and ${NOT_HELD_BACK}
       order by t.due_at limit 1) as due_at
    from organization o where o.organization_id is not null
  )
  select organization_id, ceil(extract(epoch from due_at - workflow.now()) * 1000)::float8 as wait
  from next where due_at <= workflow.now() + make_interval(secs => $2 / 1000.0)
  order by due_at`;
