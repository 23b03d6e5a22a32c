import { type InstanceChange } from '@dondoc/workflow';
import { type PostgresTransaction } from '@dondoc/workflow/durable/index';
import { type DispatchContext } from '../lifecycles/dispatch.lifecycle';

const at = (column: string): string => `to_timestamp(c.${column} / 1000.0)`;

const ROWS = `
  json_to_recordset($2::json) as c(
    id uuid, channel text, recipient_id uuid, send_at bigint, any_hour boolean, state text, held_until bigint,
    receipt text, failure text, ended_at bigint, revision integer)`;

/** `$1` organization, `$2` rows as a JSON array. */
const BEGIN_DISPATCHES = `
  insert into dondoc.dispatch (organization_id, id, channel, recipient_id, send_at, any_hour, state, revision)
  select $1, c.id, c.channel, c.recipient_id, ${at('send_at')}, c.any_hour, c.state, c.revision from ${ROWS}`;

const MOVE_DISPATCHES = `
  update dondoc.dispatch d
  set state = c.state, held_until = ${at('held_until')}, receipt = c.receipt, failure = c.failure,
      ended_at = ${at('ended_at')}, revision = c.revision
  from ${ROWS}
  where d.organization_id = $1 and d.id = c.id and d.revision < c.revision`;

/** Keeps the rows of dispatches in step with their instances. What was composed is no part of them. */
export async function projectDispatches(
  changes: readonly InstanceChange[],
  tx: PostgresTransaction,
): Promise<void> {
  const begun = changes.filter(({ before }) => before === null).map(rowOf);
  const moved = changes.filter(({ before }) => before !== null).map(rowOf);
  if (begun.length > 0) await tx.query(BEGIN_DISPATCHES, [tx.organization, JSON.stringify(begun)]);
  if (moved.length > 0) await tx.query(MOVE_DISPATCHES, [tx.organization, JSON.stringify(moved)]);
}

function rowOf({ after }: InstanceChange): object {
  const context = after.snapshot.context as unknown as DispatchContext;
  return {
    id: after.id,
    channel: context.channel,
    recipient_id: context.recipient,
    send_at: context.sendAt,
    any_hour: context.anyHour,
    state: after.snapshot.value,
    held_until: context.heldUntil,
    receipt: context.receipt,
    failure: context.failure,
    ended_at: after.status === 'done' ? after.at : null,
    revision: after.revision,
  };
}
