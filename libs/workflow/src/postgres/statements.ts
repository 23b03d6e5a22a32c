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
  i.snapshot, encode(i.head, 'hex'), i.timers, i.parent_id`;

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

/** Whether `i` is of one of the lifecycle versions in two parameters. */
const isKnown = (lifecycles: number, versions: number): string => `
  exists (
    select from unnest($${lifecycles}::text[], $${versions}::integer[]) as known(lifecycle, version)
    where known.lifecycle = i.lifecycle and known.version = i.version)`;

const claim = (name: string, condition: string): Statement =>
  statement(
    name,
    `select ${INSTANCE} from workflow.instance i
     where i.organization_id = $1::uuid and i.due_at <= ${moment(2)} and ${condition} and ${isKnown(4, 5)}
     order by i.due_at limit $3::integer for update of i skip locked`,
  );

/**
 * `$2` now, `$3` limit, `$4` and `$5` the lifecycle versions at hand. Locks instances that have something to fire,
 * passing by those that others hold; who waited for a lock elsewhere meanwhile is judged by what it is now.
 */
export const CLAIM = claim('claim', 'true');
/** As `CLAIM`; `$6` shard. */
export const CLAIM_SHARD = claim('claim_shard', 'i.shard = $6::smallint');
/** As `CLAIM`; `$6` ids. */
export const CLAIM_ONLY = claim('claim_only', 'i.id = any($6::uuid[])');

/** Lists: `$2` ids, `$3` revisions before, then the new state; `$13` how many. All or none. */
export const MOVE = statement(
  'move',
  `with moved as (
     update workflow.instance i
     set version = c.version, revision = c.revision, status = c.status, at = ${instant('c.at')},
         snapshot = c.snapshot, head = decode(c.head, 'hex'), timers = c.timers, due_at = ${instant('c.due_at')},
         has_parked = c.has_parked
     from (select ${column(2, 'uuid')} as id, ${column(3, 'integer')} as before, ${column(4, 'integer')} as version,
             ${column(5, 'integer')} as revision, ${column(6, 'text')} as status, ${column(7, 'float8')} as at,
             ${column(8, 'json')} as snapshot, ${column(9, 'text')} as head, ${column(10, 'json')} as timers,
             ${column(11, 'float8')} as due_at, ${column(12, 'boolean')} as has_parked) c
     where i.organization_id = $1::uuid and i.id = c.id and i.revision = c.before
     returning 1
   )
   select workflow.require_unchanged(count(*) = $13::bigint) from moved`,
);

/** Lists: ids, lifecycles, versions, revisions, statuses, at, started at, snapshots, heads, timers, due at, parents. */
export const START = statement(
  'start',
  `insert into workflow.instance
     (organization_id, id, lifecycle, version, revision, status, at, started_at, snapshot, head, timers, due_at,
      parent_id)
   select $1::uuid, ${column(2, 'uuid')}, ${column(3, 'text')}, ${column(4, 'integer')}, ${column(5, 'integer')},
     ${column(6, 'text')}, ${instant(column(7, 'float8'))}, ${instant(column(8, 'float8'))}, ${column(9, 'json')},
     decode(${column(10, 'text')}, 'hex'), ${column(11, 'json')}, ${instant(column(12, 'float8'))},
     ${column(13, 'uuid')}`,
);

/** Lists: instances, revisions, at, entries, hashes. */
export const HISTORY = statement(
  'history',
  `insert into workflow.history (organization_id, instance_id, revision, at, entry, hash)
   select $1::uuid, ${column(2, 'uuid')}, ${column(3, 'integer')}, ${instant(column(4, 'float8'))},
     ${column(5, 'text')}, decode(${column(6, 'text')}, 'hex')`,
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
 * Earliest timer of a shard that may fire in each organization within a horizon, earliest first. `$1` shard, `$2` horizon
 * in milliseconds.
 */
export const NEXT_DUE = `
  select organization_id, ceil(extract(epoch from due_at - workflow.now()) * 1000)::float8 as wait
  from workflow.next_due($1, workflow.now() + make_interval(secs => $2 / 1000.0))
  order by due_at`;

/**
 * As `NEXT_DUE` for one organization, counting only timers of the lifecycle versions at hand. `$1` organization, `$2`
 * shard, `$3` and `$4` the versions. Asked only where a due timer turned out not to be for this process.
 */
export const NEXT_KNOWN_DUE = `
  select ceil(extract(epoch from i.due_at - workflow.now()) * 1000)::float8 as wait
  from workflow.instance i
  where i.organization_id = $1 and i.shard = $2 and i.due_at is not null and ${isKnown(3, 4)}
  order by i.due_at limit 1`;
