import { type InstanceChange } from '@dondoc/workflow';
import { type PostgresTransaction } from '@dondoc/workflow/durable/index';
import { escalationState } from '../lifecycles/directive-state';
import { addressees } from '../lifecycles/escalation.updates';
import { type EscalationContext } from '../lifecycles/escalation.types';

const at = (column: string): string => `to_timestamp(c.${column} / 1000.0)`;

/** A decision stays when it is carried out, and goes when it is taken back or falls through. */
const lasting = (column: string): string =>
  `case when excluded.state = 'decided' then coalesce(excluded.${column}, e.${column}) end`;

/** `$1` organization, `$2` rows as a JSON array. A decision is in the history only: it is kept from the entry. */
const KEEP_ESCALATIONS = `
  insert into dondoc.escalation as e
    (organization_id, id, directive_id, rung, article, state, level, audience, recipient_ids, raised_at, acknowledge_by,
     acknowledged_at, acknowledged_by_id, decide_by, forgotten, decided_at, decided_by_id, decided_for_id, decision, note,
     meeting, undo_until, revision)
  select $1, c.id, c.directive_id, c.rung, c.article, c.state, c.level, c.audience, c.recipient_ids, ${at('raised_at')},
    ${at('acknowledge_by')}, ${at('acknowledged_at')}, c.acknowledged_by_id, ${at('decide_by')}, c.forgotten,
    ${at('decided_at')}, c.decided_by_id, c.decided_for_id, c.decision, c.note, c.meeting,
    ${at('undo_until')}, c.revision
  from json_to_recordset($2::json) as c(
    id uuid, directive_id uuid, rung text, article text, state text, level integer, audience text,
    recipient_ids uuid[], raised_at bigint, acknowledge_by bigint, acknowledged_at bigint, acknowledged_by_id uuid,
    decide_by bigint, forgotten integer, decided_at bigint, decided_by_id uuid, decided_for_id uuid, decision text,
    note text, meeting jsonb, undo_until bigint, revision integer)
  on conflict (organization_id, id) do update
  set state = excluded.state, level = excluded.level, audience = excluded.audience,
      recipient_ids = excluded.recipient_ids, acknowledge_by = excluded.acknowledge_by,
      acknowledged_at = excluded.acknowledged_at, acknowledged_by_id = excluded.acknowledged_by_id,
      decide_by = excluded.decide_by, forgotten = excluded.forgotten,
      decided_for_id = ${lasting('decided_for_id')}, meeting = ${lasting('meeting')},
      decided_at = ${lasting('decided_at')}, decided_by_id = ${lasting('decided_by_id')},
      decision = ${lasting('decision')}, note = ${lasting('note')},
      undo_until = excluded.undo_until, revision = excluded.revision
  where e.revision < excluded.revision`;

/** Keeps the rows of escalations in step with their instances, with the people who must act on each now. */
export async function projectEscalations(
  changes: readonly InstanceChange[],
  tx: PostgresTransaction,
): Promise<void> {
  await tx.query(KEEP_ESCALATIONS, [tx.organization, JSON.stringify(changes.map(rowOf))]);
}

function rowOf({ after, entries }: InstanceChange): object {
  const context = after.snapshot.context as unknown as EscalationContext;
  const level = context.chain[context.level];
  const decided = entries.findLast(({ kind, event }) => kind === 'event' && event.type === 'decide');
  return {
    id: after.id,
    directive_id: context.directive,
    rung: context.rung,
    article: context.article,
    state: escalationState(after.snapshot.value),
    level: context.level,
    audience: level?.audience ?? '',
    recipient_ids: level ? [...new Set(addressees({ chain: [level] }))] : [],
    raised_at: after.startedAt,
    acknowledge_by: level?.acknowledgeBy ?? null,
    acknowledged_at: context.acknowledgedAt,
    acknowledged_by_id: context.acknowledgedBy,
    decide_by: context.decideBy,
    forgotten: context.forgotten,
    decided_at: decided?.at ?? null,
    decided_by_id: decided?.event['by'] ?? null,
    decided_for_id: decided?.event['onBehalfOf'] ?? null,
    meeting: decided?.event['meeting'] ?? null,
    decision: decided?.event['decision'] ?? null,
    note: decided?.event['note'] ?? null,
    undo_until: context.held?.until ?? null,
    revision: after.revision,
  };
}
