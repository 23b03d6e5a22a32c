import { type HistoryEntry, type InstanceChange } from '@dondoc/workflow';
import { type PostgresTransaction } from '@dondoc/workflow/durable/index';
import { type ResultDocument } from '../lifecycles/directive.types';
import {
  obligationState,
  type ObligationContext,
  type StandingContext,
} from '../lifecycles/standing/standing.types';

const at = (column: string): string => `to_timestamp(c.${column} / 1000.0)`;

/** `$1` organization, `$2` rows as a JSON array. */
const KEEP_STANDING = `
  insert into dondoc.standing_directive as s
    (organization_id, id, text, lead_id, coordinating_ids, assigning_leader_id, tracking_officer_id, field, urgency,
     reports, given_by_id, given_at, ended_at, end_reason, revision)
  select $1, c.id, c.text, c.lead_id, c.coordinating_ids, c.assigning_leader_id, c.tracking_officer_id, c.field,
    c.urgency, c.reports, c.given_by_id, ${at('given_at')}, ${at('ended_at')}, c.end_reason, c.revision
  from json_to_recordset($2::json) as c(
    id uuid, text text, lead_id uuid, coordinating_ids uuid[], assigning_leader_id uuid, tracking_officer_id uuid,
    field text, urgency text, reports text[], given_by_id uuid, given_at bigint, ended_at bigint, end_reason text,
    revision integer)
  on conflict (organization_id, id) do update
  set ended_at = excluded.ended_at, end_reason = coalesce(excluded.end_reason, s.end_reason),
      revision = excluded.revision
  where s.revision < excluded.revision`;

/** What was reported and said is in the history only: it is kept from the entries. */
const KEEP_OBLIGATIONS = `
  insert into dondoc.reporting_obligation as b
    (organization_id, id, standing_directive_id, report, period_first, period_last, period_name, state, article,
     opened_at, due_at, number, date, summary, file_id, reported_at, reporter_id, judged_at, judged_by_id, note, revision)
  select $1, c.id, c.standing_directive_id, c.report, c.period_first, c.period_last, c.period_name, c.state, c.article,
    ${at('opened_at')}, ${at('due_at')}, c.number, c.date, c.summary, c.file_id, ${at('reported_at')}, c.reporter_id,
    ${at('judged_at')}, c.judged_by_id, c.note, c.revision
  from json_to_recordset($2::json) as c(
    id uuid, standing_directive_id uuid, report text, period_first date, period_last date, period_name jsonb,
    state text, article text, opened_at bigint, due_at bigint, number text, date date, summary text, file_id uuid,
    reported_at bigint, reporter_id uuid, judged_at bigint, judged_by_id uuid, note text, revision integer)
  on conflict (organization_id, id) do update
  set state = excluded.state, number = coalesce(excluded.number, b.number), date = coalesce(excluded.date, b.date),
      summary = coalesce(excluded.summary, b.summary),
      file_id = case when excluded.number is null then b.file_id else excluded.file_id end,
      reported_at = excluded.reported_at, reporter_id = excluded.reporter_id,
      judged_at = coalesce(excluded.judged_at, b.judged_at),
      judged_by_id = coalesce(excluded.judged_by_id, b.judged_by_id), note = coalesce(excluded.note, b.note),
      revision = excluded.revision
  where b.revision < excluded.revision`;

const keep =
  (sql: string, rowOf: (change: InstanceChange) => object) =>
  async (changes: readonly InstanceChange[], tx: PostgresTransaction): Promise<void> => {
    await tx.query(sql, [tx.organization, JSON.stringify(changes.map(rowOf))]);
  };

/** Keeps the rows of standing directives in step with their instances. */
export const projectStandingDirectives = keep(KEEP_STANDING, ({ after, entries }) => {
  const { text, givenBy, reports, urgency, facts } = after.snapshot.context as unknown as StandingContext;
  const ended = entries.find(({ kind, event }) => kind === 'event' && event.type === 'end');
  return {
    id: after.id,
    text,
    lead_id: facts.lead,
    coordinating_ids: facts.coordinating,
    assigning_leader_id: facts.assigningLeader,
    tracking_officer_id: facts.trackingOfficer,
    field: facts.field,
    urgency,
    reports,
    given_by_id: givenBy,
    given_at: after.startedAt,
    ended_at: after.status === 'done' ? after.at : null,
    end_reason: ended?.event['reason'] ?? null,
    revision: after.revision,
  };
});

/** Keeps the rows of reporting obligations in step with their instances. */
export const projectObligations = keep(KEEP_OBLIGATIONS, ({ after, entries }) => {
  const context = after.snapshot.context as unknown as ObligationContext;
  const last = (...types: readonly string[]): HistoryEntry | undefined =>
    entries.filter(({ kind, event }) => kind === 'event' && types.includes(event.type)).at(-1);
  const result = last('report')?.event['result'] as unknown as ResultDocument | undefined;
  const judged = last('accept', 'send-back');
  return {
    id: after.id,
    standing_directive_id: context.standing,
    report: context.report,
    period_first: context.period.first,
    period_last: context.period.last,
    period_name: context.period.name,
    state: obligationState(after.snapshot.value),
    article: context.due.article,
    opened_at: after.startedAt,
    due_at: context.due.at,
    number: result?.number ?? null,
    date: result?.date ?? null,
    summary: result?.summary ?? null,
    file_id: result?.file ?? null,
    reported_at: context.reportedAt,
    reporter_id: context.reportedBy,
    judged_at: judged?.at ?? null,
    judged_by_id: judged?.event['by'] ?? null,
    note: judged?.event['reason'] ?? null,
    revision: after.revision,
  };
});
