import { type InstanceChange } from '@dondoc/workflow';
import { type PostgresTransaction } from '@dondoc/workflow/durable/index';
import { type DelegationContext } from '../lifecycles/delegation/delegation.types';

/** `$1` organization, `$2` rows as a JSON array. */
const KEEP_DELEGATIONS = `
  insert into dondoc.delegation as d
    (organization_id, id, from_person_id, to_person_id, starts_on, ends_on, reason, ended_at, revision)
  select $1, c.id, c.from_person_id, c.to_person_id, c.starts_on, c.ends_on, c.reason,
    to_timestamp(c.ended_at / 1000.0), c.revision
  from json_to_recordset($2::json) as c(
    id uuid, from_person_id uuid, to_person_id uuid, starts_on date, ends_on date, reason text, ended_at bigint,
    revision integer)
  on conflict (organization_id, id) do update
  set ended_at = excluded.ended_at, revision = excluded.revision where d.revision < excluded.revision`;

/** Keeps the directory's rows in step with the delegations that people have given. */
export async function projectDelegations(
  changes: readonly InstanceChange[],
  tx: PostgresTransaction,
): Promise<void> {
  await tx.query(KEEP_DELEGATIONS, [tx.organization, JSON.stringify(changes.map(rowOf))]);
}

function rowOf({ after }: InstanceChange): object {
  const { from, to, start, end, reason, endedEarly } = after.snapshot.context as unknown as DelegationContext;
  return {
    id: after.id,
    from_person_id: from,
    to_person_id: to,
    starts_on: start,
    ends_on: end,
    reason,
    ended_at: endedEarly?.at ?? null,
    revision: after.revision,
  };
}
