import { type InstanceChange } from '@dondoc/workflow';
import { type PostgresTransaction } from '@dondoc/workflow/durable/index';
import { remotePartState, type RemotePartContext } from '../lifecycles/cascade/remote-part.types';

const at = (column: string): string => `to_timestamp(c.${column} / 1000.0)`;

/** `$1` organization, `$2` rows as a JSON array. The words were written when the part was handed on. */
const UPDATE_PARTS = `
  update dondoc.remote_part p
  set deadline_at = ${at('deadline_at')}, state = c.state, work_state = c.work_state, overdue = c.overdue,
      said_deadline_at = ${at('said_deadline_at')}, said_at = ${at('said_at')}, received_at = ${at('received_at')},
      note = c.note, result = c.result, revision = c.revision
  from json_to_recordset($2::json) as c(
    id uuid, deadline_at bigint, state text, work_state text, overdue boolean, said_deadline_at bigint,
    said_at bigint, received_at bigint, note text, result jsonb, revision integer)
  where p.organization_id = $1 and p.id = c.id and p.revision < c.revision`;

/** Keeps the rows of parts that other organizations do in step with their instances. */
export async function projectRemoteParts(
  changes: readonly InstanceChange[],
  tx: PostgresTransaction,
): Promise<void> {
  await tx.query(UPDATE_PARTS, [tx.organization, JSON.stringify(changes.map(rowOf))]);
}

function rowOf({ after }: InstanceChange): object {
  const { order, said, receivedAt, refused } = after.snapshot.context as unknown as RemotePartContext;
  return {
    id: after.id,
    deadline_at: order.deadline,
    state: remotePartState(after.snapshot.value),
    work_state: said?.work ?? null,
    overdue: said?.overdue ?? false,
    said_deadline_at: said?.deadline ?? null,
    said_at: said?.at ?? null,
    received_at: receivedAt,
    note: order.ended?.reason ?? refused?.vi ?? said?.reason ?? null,
    result: said?.result ?? null,
    revision: after.revision,
  };
}
