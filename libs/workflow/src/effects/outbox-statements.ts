import { ORGANIZATIONS_WITH_EFFECTS } from '../postgres/organization-hop';
import { type CallAnswer } from '../lifecycle/invoked-effect';
import { type OutboxRecord } from '../engine/records';

/** A claimed row. `$1` is the organization in every statement. */
export interface OutboxRow {
  readonly id: string;
  readonly instance_id: string;
  readonly lifecycle: string;
  readonly revision: number;
  readonly effect: string;
  readonly invocation: string | null;
  readonly at: Date;
  readonly payload: OutboxRecord['payload'];
  readonly attempts: number;
  readonly lease: string | null;
  readonly answer: CallAnswer | null;
  readonly last_error: string | null;
  readonly parked: boolean;
  /** W3C `traceparent` of the transition that asked for it. */
  readonly trace: string | null;
  /** Whether its instance still waits for the call; of a plain effect always. */
  readonly wanted: boolean;
}

export const toRecord = (row: OutboxRow): OutboxRecord => ({
  id: row.id,
  instance: row.instance_id,
  lifecycle: row.lifecycle,
  revision: row.revision,
  effect: row.effect,
  ...(row.invocation !== null && { invocation: row.invocation }),
  at: row.at.getTime(),
  payload: row.payload,
});

const COLUMNS = `
  o.id, o.instance_id, o.lifecycle, o.revision, o.effect, o.invocation, o.at, o.payload, o.attempts, o.lease, o.answer,
  o.last_error, o.parked_at is not null as parked, o.trace,
  o.invocation is null or exists (
    select from workflow.instance i
    where i.organization_id = o.organization_id and i.id = o.instance_id
      and i.snapshot -> 'invoked' ->> o.invocation = o.id::text) as wanted`;

/** An answer can only be applied by a process that has the lifecycle of the instance in its version. */
const KNOWN = `
  (o.invocation is null or exists (
    select from workflow.instance i
    join unnest($3::text[], $4::integer[]) as known(lifecycle, version)
      on i.lifecycle = known.lifecycle and i.version = known.version
    where i.organization_id = o.organization_id and i.id = o.instance_id))`;

/** `$2` names of effects, `$3` and `$4` lifecycle versions at hand, `$5` limit, `$6` ids or null. */
export const CLAIM = `
  select ${COLUMNS} from workflow.outbox o
  where o.organization_id = $1 and o.parked_at is null and o.next_attempt_at <= now() and o.effect = any($2)
    and ${KNOWN} and ($6::uuid[] is null or o.id = any($6))
  order by o.next_attempt_at, o.id limit $5 for update of o skip locked`;

/** `$2` id. Waits for whoever holds the row. */
export const LOCK_ONE = `
  select ${COLUMNS} from workflow.outbox o where o.organization_id = $1 and o.id = $2 for update of o`;

/** \`$2\` lease, `$3` ids and `$4` for how long each, in milliseconds. Nobody else takes the row before that. */
export const LEASE = `
  update workflow.outbox o
  set lease = $2, attempts = o.attempts + 1, next_attempt_at = now() + make_interval(secs => l.for_ms / 1000.0)
  from unnest($3::uuid[], $4::float8[]) as l(id, for_ms)
  where o.organization_id = $1 and o.id = l.id`;

/** `$2` id, `$3` lease: as if the attempt had not begun. */
export const GIVE_BACK = `
  update workflow.outbox set lease = null, attempts = attempts - 1, next_attempt_at = now()
  where organization_id = $1 and id = $2 and lease = $3`;

/** How a row leaves the outbox. */
export interface Ended {
  readonly id: string;
  readonly outcome: 'delivered' | 'answered' | 'dropped';
  readonly answer: CallAnswer | null;
  readonly attempts: number;
}

/** `$2` rows as `Ended`. */
export const END = `
  with gone as (
    delete from workflow.outbox o
    using json_to_recordset($2) as e(id uuid, outcome text, answer jsonb, attempts integer)
    where o.organization_id = $1 and o.id = e.id
    returning o.id, o.instance_id, o.lifecycle, o.revision, o.effect, o.invocation, o.at, o.payload, o.created_at,
      e.attempts, e.outcome, e.answer
  )
  insert into workflow.outbox_delivered
    (organization_id, id, instance_id, lifecycle, revision, effect, invocation, at, payload, created_at, attempts,
     outcome, answer)
  select $1, gone.* from gone`;

/** How a row stays in the outbox after an attempt. */
export interface Open {
  readonly id: string;
  readonly attempts: number;
  readonly error: string;
  readonly pauseMs: number;
  readonly parked: boolean;
  readonly answer: CallAnswer | null;
}

/** `$2` rows as `Open`. */
export const KEEP = `
  update workflow.outbox o
  set attempts = k.attempts, last_error = k.error, answer = k.answer, lease = null,
      next_attempt_at = clock_timestamp() + make_interval(secs => k."pauseMs" / 1000.0),
      parked_at = case when k.parked then clock_timestamp() end
  from json_to_recordset($2) as k(
    id uuid, attempts integer, error text, "pauseMs" float8, parked boolean, answer jsonb)
  where o.organization_id = $1 and o.id = k.id`;

/**
 * Organizations with something to do for these effects (`$1`). Hops from one to the next through the index: its cost does
 * not grow with what waits.
 */
export const ORGANIZATIONS_WAITING = `
  with ${ORGANIZATIONS_WITH_EFFECTS}
  select c.organization_id as organization from organization c
  where c.organization_id is not null and exists (
    select from workflow.outbox o
    where o.organization_id = c.organization_id and o.parked_at is null and o.next_attempt_at <= now()
      and o.effect = any($1))`;
