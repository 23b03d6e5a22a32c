import { type InstanceChange } from '@dondoc/workflow';
import { type PostgresTransaction } from '@dondoc/workflow/durable/index';
import { consultationState, type ConsultationContext } from '../lifecycles/consultation/consultation.types';

const at = (column: string): string => `to_timestamp(c.${column} / 1000.0)`;

/** `$1` organization, `$2` rows as a JSON array. The opinion is in the history only: it is kept from the entry. */
const KEEP_CONSULTATIONS = `
  insert into dondoc.consultation as k
    (organization_id, id, directive_id, round_id, lead_id, agency_id, asked_by_id, question, state, silence, article,
     asked_at, reply_by, position, opinion, file_id, answered_at, answered_by_id, ended_at, revision)
  select $1, c.id, c.directive_id, c.round_id, c.lead_id, c.agency_id, c.asked_by_id, c.question, c.state, c.silence,
    c.article, ${at('asked_at')}, ${at('reply_by')}, c.position, c.opinion, c.file_id, ${at('answered_at')},
    c.answered_by_id, ${at('ended_at')}, c.revision
  from json_to_recordset($2::json) as c(
    id uuid, directive_id uuid, round_id uuid, lead_id uuid, agency_id uuid, asked_by_id uuid, question text,
    state text, silence text, article text, asked_at bigint, reply_by bigint, position text, opinion text,
    file_id uuid, answered_at bigint, answered_by_id uuid, ended_at bigint, revision integer)
  on conflict (organization_id, id) do update
  set state = excluded.state, position = excluded.position, opinion = excluded.opinion, file_id = excluded.file_id,
      answered_at = excluded.answered_at, answered_by_id = excluded.answered_by_id, ended_at = excluded.ended_at,
      revision = excluded.revision
  where k.revision < excluded.revision`;

/** Keeps the rows of consultations in step with their instances. */
export async function projectConsultations(
  changes: readonly InstanceChange[],
  tx: PostgresTransaction,
): Promise<void> {
  await tx.query(KEEP_CONSULTATIONS, [tx.organization, JSON.stringify(changes.map(rowOf))]);
}

function rowOf({ after, entries }: InstanceChange): object {
  const context = after.snapshot.context as unknown as ConsultationContext;
  const reply = entries.find(({ kind, event }) => kind === 'event' && event.type === 'reply');
  return {
    id: after.id,
    directive_id: context.directive,
    round_id: context.round,
    lead_id: context.lead,
    agency_id: context.agency,
    asked_by_id: context.askedBy,
    question: context.question,
    state: consultationState(after.snapshot.value),
    silence: context.silence,
    article: context.article,
    asked_at: after.startedAt,
    reply_by: context.replyBy,
    position: reply?.event['position'] ?? null,
    opinion: reply?.event['opinion'] ?? null,
    file_id: reply?.event['file'] ?? null,
    answered_at: context.answeredAt,
    answered_by_id: context.answeredBy,
    ended_at: after.status === 'done' ? after.at : null,
    revision: after.revision,
  };
}
