import { type HistoryEntry, type InstanceChange } from '@dondoc/workflow';
import { type PostgresTransaction } from '@dondoc/workflow/durable/index';
import { explanationState, type ExplanationContext } from '../lifecycles/explanation/explanation.types';

const at = (column: string): string => `to_timestamp(c.${column} / 1000.0)`;

/** `$1` organization, `$2` rows as a JSON array. What was submitted and said is in the history: kept from the entries. */
const KEEP_EXPLANATIONS = `
  insert into dondoc.explanation as e
    (organization_id, id, directive_id, escalation_id, agency_id, demanded_by_id, question, state, round, article,
     demanded_at, due_at, text, file_id, submitted_at, submitted_by_id, judged_at, judged_by_id, note, revision)
  select $1, c.id, c.directive_id, c.escalation_id, c.agency_id, c.demanded_by_id, c.question, c.state, c.round,
    c.article, ${at('demanded_at')}, ${at('due_at')}, c.text, c.file_id, ${at('submitted_at')}, c.submitted_by_id,
    ${at('judged_at')}, c.judged_by_id, c.note, c.revision
  from json_to_recordset($2::json) as c(
    id uuid, directive_id uuid, escalation_id uuid, agency_id uuid, demanded_by_id uuid, question text, state text,
    round integer, article text, demanded_at bigint, due_at bigint, text text, file_id uuid, submitted_at bigint,
    submitted_by_id uuid, judged_at bigint, judged_by_id uuid, note text, revision integer)
  on conflict (organization_id, id) do update
  set question = excluded.question, state = excluded.state, round = excluded.round, article = excluded.article,
      due_at = excluded.due_at, text = coalesce(excluded.text, e.text),
      file_id = case when excluded.text is null then e.file_id else excluded.file_id end,
      submitted_at = excluded.submitted_at, submitted_by_id = excluded.submitted_by_id,
      judged_at = coalesce(excluded.judged_at, e.judged_at),
      judged_by_id = coalesce(excluded.judged_by_id, e.judged_by_id), note = coalesce(excluded.note, e.note),
      revision = excluded.revision
  where e.revision < excluded.revision`;

/** Keeps the rows of explanations in step with their instances. */
export async function projectExplanations(
  changes: readonly InstanceChange[],
  tx: PostgresTransaction,
): Promise<void> {
  await tx.query(KEEP_EXPLANATIONS, [tx.organization, JSON.stringify(changes.map(rowOf))]);
}

const judging = new Set(['accept', 'ask-again', 'withdraw']);

function rowOf({ after, entries }: InstanceChange): object {
  const context = after.snapshot.context as unknown as ExplanationContext;
  const last = (is: (entry: HistoryEntry) => boolean) => entries.filter(is).at(-1);
  const submitted = last(({ kind, event }) => kind === 'event' && event.type === 'submit');
  const judged = last(({ kind, event }) => kind === 'event' && judging.has(event.type));
  return {
    id: after.id,
    directive_id: context.directive,
    escalation_id: context.escalation,
    agency_id: context.agency,
    demanded_by_id: context.demandedBy,
    question: context.question,
    state: explanationState(after.snapshot.value),
    round: context.round,
    article: context.due.article,
    demanded_at: after.startedAt,
    due_at: context.due.at,
    text: submitted?.event['text'] ?? null,
    file_id: submitted?.event['file'] ?? null,
    submitted_at: context.submittedAt,
    submitted_by_id: context.submittedBy,
    judged_at: judged?.at ?? null,
    judged_by_id: judged?.event['by'] ?? null,
    note: judged?.event['note'] ?? judged?.event['reason'] ?? null,
    revision: after.revision,
  };
}
