import { organizationsIn } from './organization-hop';
import { type Statement } from './statement-batch';

/**
 * SQL of the hot path. Every statement is small and prepared once per connection; those that belong together travel in
 * one round trip. Lists travel as one text per column, split by a character that JSON and ids never contain: splitting
 * costs PostgreSQL next to nothing. Instants travel as milliseconds since the epoch; `$1` is the organization.
 */

/** Stands between the members of a list: RS, which JSON text and UUIDs never contain. */
export const SEPARATOR = '\u001e';

const statement = (name: string, text: string): Statement => ({ name: `dondoc_${name}`, text });

/** Column `$place` of a list; an empty member is null. */
const column = (place: number, type: string): string =>
  `unnest(string_to_array($${place}::text, e'\\x1e', '')::${type}[])`;

const instant = (expression: string): string => `to_timestamp(${expression} / 1000.0::float8)`;
/** Of a stored instant, which is a whole millisecond: far ones are off by less than half of one. */
const milliseconds = (expression: string): string =>
  `round(date_part('epoch', ${expression}) * 1000)::bigint`;
const moment = (place: number): string => instant(`$${place}::float8`);

/** Business time, as `workflow.now()` tells it, without the cost of calling a function. */
const NOW = `clock_timestamp() + "offset"`;

/** A timer behind a parked one of the same instance waits with it. Expects the timer as `t`. */
export const NOT_HELD_BACK = `
  not exists (
    select from workflow.timer p
    where p.organization_id = t.organization_id and p.instance_id = t.instance_id
      and p.parked_at is not null and (p.due_at, p.sequence) < (t.due_at, t.sequence))`;

export const BEGIN = statement('begin', 'begin isolation level read committed');
/** One look at everything, in which PostgreSQL lets nothing be locked or written. */
export const LOOK = statement('look', 'begin isolation level repeatable read, read only');
/** `$1` milliseconds after which PostgreSQL gives up a statement of this transaction, also one that waits for a lock. */
export const LIMIT = statement('limit', `select set_config('statement_timeout', $1::text, true)`);
export const COMMIT = statement('commit', 'commit');

const ORGANIZATION = `set_config('dondoc.organization', $1::text, true)`;
const MOMENT = `floor(date_part('epoch', ${NOW}) * 1000)::bigint`;
/** What a plan made while the tables were small would do with them when they are large. */
const NOT_BY_KEY = ['enable_seqscan', 'enable_hashjoin', 'enable_mergejoin', 'enable_material'];
const setEach = (value: string): string =>
  NOT_BY_KEY.map((setting) => `set_config('${setting}', '${value}', true)`).join(', ');
const BY_KEY = `set_config('plan_cache_mode', 'force_generic_plan', true), ${setEach('off')}`;

/** Opens the transaction to its one organization and tells business time. */
export const ENTER = statement('enter', `select ${ORGANIZATION}, ${MOMENT} from workflow.clock`);

/**
 * Plans that hold for every size of the tables: rows are found by their keys, and no execution is planned anew. Only
 * for the statements up to `PLAN_AS_USUAL`: what the application runs in the same transaction is planned as usual.
 */
export const PLAN_BY_KEY = statement('plan_by_key', `select ${BY_KEY}`);
export const PLAN_AS_USUAL = statement(
  'plan_as_usual',
  `select set_config('plan_cache_mode', 'auto', true), ${setEach('on')}`,
);

/** `ENTER` and `PLAN_BY_KEY` in one, for a transaction that runs nothing of the application's. */
export const ENTER_BY_KEY = statement(
  'enter_by_key',
  `select ${ORGANIZATION}, ${MOMENT}, ${BY_KEY} from workflow.clock`,
);
/** As `ENTER_BY_KEY`, where business time is known already. */
export const RETURN_BY_KEY = statement('return_by_key', `select ${ORGANIZATION}, ${BY_KEY}`);

/** In the order of `instanceOf`. */
const INSTANCE = `
  i.id, i.lifecycle, i.version, i.revision, i.status, ${milliseconds('i.at')}, ${milliseconds('i.started_at')},
  i.snapshot, encode(i.head, 'hex'), ${milliseconds('i.due_from')}, i.parent_id`;

/** `$2` an id. Without a lock: what is written on top of it is guarded by the revision. */
export const READ_ONE = statement(
  'read_one',
  `select ${INSTANCE} from workflow.instance i where i.organization_id = $1::uuid and i.id = $2::uuid`,
);

/**
 * The instance of each `wanted.id`, as `i`. A subquery that is not pulled up is looked up by its whole key, also in a plan
 * that was made while the table was empty.
 */
const WANTED_INSTANCE = `
  cross join lateral (
    select * from workflow.instance where organization_id = $1::uuid and id = wanted.id offset 0
  ) as i`;

/** `$2` ids. Without a lock: what is written on top of it is guarded by the revision. */
export const READ = statement(
  'read',
  `select ${INSTANCE} from unnest($2::uuid[]) as wanted(id)
   ${WANTED_INSTANCE}`,
);

/** `$2` ids, sorted: rows are locked in this order, waiting for others. */
export const LOCK = statement(
  'lock',
  `select from unnest($2::uuid[]) as wanted(id)
   cross join lateral (
     select from workflow.instance where organization_id = $1::uuid and id = wanted.id for update
   ) as i`,
);

/** Timers of `i` due by an instant, as arrays in the order of `TimerTuple`, and when the next of the others is due. */
const timersBy = (by: string): string => `
  cross join lateral (
    select
      json_agg(json_build_array(t.timer_id, ${milliseconds('t.due_at')}, t.sequence, t.event, t.parked_at is not null)
        order by t.due_at, t.sequence) filter (where t.due_at <= ${by}),
      ${milliseconds(`min(t.due_at) filter (where t.due_at > ${by})`)}
    from workflow.timer t
    where t.organization_id = $1::uuid and t.instance_id = i.id
  ) as timers(due, later)`;

/** `$2` ids, `$3` due by, at least now. Follows `LOCK`, with a snapshot of its own: nothing can have moved since. */
export const LOAD = statement(
  'load',
  `with moment as materialized (select greatest(${moment(3)}, ${NOW}) as at from workflow.clock)
   select ${INSTANCE}, timers.due, timers.later
   from unnest($2::uuid[]) as wanted(id)
   ${WANTED_INSTANCE}
   ${timersBy('(select at from moment)')}`,
);

/** Whether the instance of timer `t` is of one of the lifecycle versions in two parameters. */
const isKnown = (lifecycles: number, versions: number): string => `
  exists (
    select from workflow.instance i
    join unnest($${lifecycles}::text[], $${versions}::integer[]) as known(lifecycle, version)
      on i.lifecycle = known.lifecycle and i.version = known.version
    where i.organization_id = $1::uuid and i.id = t.instance_id)`;

const claim = (name: string, condition: string): Statement =>
  statement(
    name,
    `with candidate as materialized (
       select t.instance_id from workflow.timer t
       where t.organization_id = $1::uuid and t.parked_at is null and t.due_at <= ${moment(2)}
         and ${condition} and ${NOT_HELD_BACK}
         and ${isKnown(4, 5)}
       order by t.due_at limit $3::integer
     ), locked as materialized (
       select i.id from (select distinct instance_id as id from candidate order by 1) as wanted
       cross join lateral (
         select id from workflow.instance
         where organization_id = $1::uuid and id = wanted.id for update skip locked
       ) as i
     )
     select set_config('dondoc.claimed', coalesce(string_agg(id::text, ','), ''), true) from locked`,
  );

/**
 * `$2` now, `$3` limit, `$4` and `$5` the lifecycle versions at hand. Locks instances that have something due, passing
 * by those that others hold, and leaves their ids to `LOAD_CLAIMED`.
 */
export const CLAIM = claim('claim', 'true');
/** As `CLAIM`; `$6` shard. */
export const CLAIM_SHARD = claim('claim_shard', 't.shard = $6::smallint');
/** As `CLAIM`; `$6` ids. */
export const CLAIM_ONLY = claim('claim_only', 't.instance_id = any($6::uuid[])');

/** `$2` now. What `CLAIM` has locked, with a snapshot of its own: nothing can have moved since. */
export const LOAD_CLAIMED = statement(
  'load_claimed',
  `select ${INSTANCE}, timers.due, timers.later
   from unnest(string_to_array(current_setting('dondoc.claimed'), ',')::uuid[]) as wanted(id)
   ${WANTED_INSTANCE}
   ${timersBy(moment(2))}`,
);

/** Lists: `$2` ids, `$3` revisions before, then the new state; `$11` how many. All or none. */
export const MOVE = statement(
  'move',
  `with moved as (
     update workflow.instance i
     set version = c.version, revision = c.revision, status = c.status, at = ${instant('c.at')},
         snapshot = c.snapshot, head = decode(c.head, 'hex'), due_from = ${instant('c.due_from')}
     from (select ${column(2, 'uuid')} as id, ${column(3, 'integer')} as before, ${column(4, 'integer')} as version,
             ${column(5, 'integer')} as revision, ${column(6, 'text')} as status, ${column(7, 'float8')} as at,
             ${column(8, 'json')} as snapshot, ${column(9, 'text')} as head, ${column(10, 'float8')} as due_from) c
     where i.organization_id = $1::uuid and i.id = c.id and i.revision = c.before
     returning 1
   )
   select workflow.require_unchanged(count(*) = $11::bigint) from moved`,
);

/** Lists: ids, lifecycles, versions, revisions, statuses, at, started at, snapshots, heads, due from, parents. */
export const START = statement(
  'start',
  `insert into workflow.instance
     (organization_id, id, lifecycle, version, revision, status, at, started_at, snapshot, head, due_from,
      parent_id)
   select $1::uuid, ${column(2, 'uuid')}, ${column(3, 'text')}, ${column(4, 'integer')}, ${column(5, 'integer')},
     ${column(6, 'text')}, ${instant(column(7, 'float8'))}, ${instant(column(8, 'float8'))}, ${column(9, 'json')},
     decode(${column(10, 'text')}, 'hex'), ${instant(column(11, 'float8'))}, ${column(12, 'uuid')}`,
);

/** Lists: instances, revisions, at, entries, hashes. */
export const HISTORY = statement(
  'history',
  `insert into workflow.history (organization_id, instance_id, revision, at, entry, hash)
   select $1::uuid, ${column(2, 'uuid')}, ${column(3, 'integer')}, ${instant(column(4, 'float8'))},
     ${column(5, 'text')}, decode(${column(6, 'text')}, 'hex')`,
);

/** Lists: instances, timer ids. */
export const CANCEL = statement(
  'cancel',
  `delete from workflow.timer t
   using (select ${column(2, 'uuid')} as instance, ${column(3, 'text')} as timer) c
   where t.organization_id = $1::uuid and t.instance_id = c.instance and t.timer_id = c.timer`,
);

/** `$2` ids of instances that have ended: they wait for nothing. */
export const END = statement(
  'end',
  `delete from workflow.timer t using unnest($2::uuid[]) as ended(id)
   where t.organization_id = $1::uuid and t.instance_id = ended.id`,
);

/** Lists: instances, timer ids, shards, due instants, sequences, events. Follows `CANCEL` of the same ids. */
export const SET = statement(
  'set',
  `insert into workflow.timer (organization_id, instance_id, timer_id, shard, due_at, sequence, event)
   select $1::uuid, ${column(2, 'uuid')}, ${column(3, 'text')}, ${column(4, 'smallint')},
     ${instant(column(5, 'float8'))}, ${column(6, 'bigint')}, ${column(7, 'jsonb')}`,
);

/** Lists: ids, instances, lifecycles, revisions, effects, invocations, at, payloads, traces. */
export const ASK = statement(
  'ask',
  `insert into workflow.outbox
     (organization_id, id, instance_id, lifecycle, revision, effect, invocation, at, payload, trace)
   select $1::uuid, ${column(2, 'uuid')}, ${column(3, 'uuid')}, ${column(4, 'text')}, ${column(5, 'integer')},
     ${column(6, 'text')}, ${column(7, 'text')}, ${instant(column(8, 'float8'))}, ${column(9, 'jsonb')},
     ${column(10, 'text')}`,
);

/**
 * Earliest due timer of a shard in each organization within a horizon, earliest first. `$1` shard, `$2` horizon in
 * milliseconds. Hops from organization to organization through the index, so that its cost does not grow with timers.
 */
export const NEXT_DUE = `
  with ${organizationsIn('workflow.timer')}, next as (
    select o.organization_id,
      (select t.due_at from workflow.timer t
       where t.organization_id = o.organization_id and t.shard = $1 and t.parked_at is null and ${NOT_HELD_BACK}
       order by t.due_at limit 1) as due_at
    from organization o where o.organization_id is not null
  )
  select organization_id, ceil(extract(epoch from due_at - workflow.now()) * 1000)::float8 as wait
  from next where due_at <= workflow.now() + make_interval(secs => $2 / 1000.0)
  order by due_at`;

/**
 * As `NEXT_DUE` for one organization, counting only timers of the lifecycle versions at hand. `$1` organization, `$2`
 * shard, `$3` and `$4` the versions. Asked only where a due timer turned out not to be for this process.
 */
export const NEXT_KNOWN_DUE = `
  select ceil(extract(epoch from t.due_at - workflow.now()) * 1000)::float8 as wait
  from workflow.timer t
  where t.organization_id = $1 and t.shard = $2 and t.parked_at is null and ${NOT_HELD_BACK}
    and ${isKnown(3, 4)}
  order by t.due_at limit 1`;
