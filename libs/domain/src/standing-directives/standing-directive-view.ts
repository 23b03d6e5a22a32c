import { type Bilingual } from '@dondoc/workflow';
import { type PostgresTransaction } from '@dondoc/workflow/durable/index';
import { type Caller } from '../accounts/caller';
import { visibilityOf, VISIBLE_STANDING } from '../authorization/visible-rows';
import { type Named } from '../directives/directive-view';
import { type ObligationState } from '../lifecycles/standing/standing.types';
import { pageOf, type Page, type PageMark } from '../persistence/keyset-page';

/** A standing directive as lists show it. Instants are ISO 8601, UTC. */
export interface StandingDirectiveView {
  readonly id: string;
  readonly revision: number;
  readonly text: string;
  /** Where its words come from: null for one that was entered by itself. */
  readonly source: {
    readonly id: string;
    readonly sectionRef: string | null;
    /** The document, with its number where it has one. */
    readonly document: Named | null;
  } | null;
  readonly lead: Named;
  readonly assigningLeader: string | null;
  readonly trackingOfficer: string | null;
  readonly field: string | null;
  readonly urgency: string;
  /** Ids of periodic reports of the working rules. */
  readonly reports: readonly string[];
  readonly givenAt: string;
  readonly endedAt: string | null;
  readonly endReason: string | null;
}

/** The report of a period. Lateness is derived at the moment of reading. */
export interface ObligationView {
  readonly id: string;
  readonly revision: number;
  readonly standing: { readonly id: string; readonly text: string };
  readonly lead: Named;
  readonly report: string;
  readonly period: { readonly first: string; readonly last: string; readonly name: Bilingual };
  readonly state: ObligationState;
  readonly article: string | null;
  readonly openedAt: string;
  readonly dueAt: string;
  readonly late: boolean;
  readonly result: {
    readonly number: string;
    readonly date: string;
    readonly summary: string;
    readonly file: string | null;
  } | null;
  readonly reportedAt: string | null;
  readonly judgedAt: string | null;
  readonly note: string | null;
}

type StandingRow = Omit<StandingDirectiveView, 'givenAt' | 'endedAt'> & {
  readonly givenAt: Date;
  readonly endedAt: Date | null;
};
type ObligationRow = Omit<ObligationView, 'openedAt' | 'dueAt' | 'reportedAt' | 'judgedAt' | 'late'> &
  Readonly<Record<'openedAt' | 'dueAt', Date>> &
  Readonly<Record<'reportedAt' | 'judgedAt', Date | null>>;

const SELECT_STANDING = `
  select s.id, s.revision, s.text, json_build_object('id', l.id, 'name', l.name) as lead,
    s.assigning_leader_id as "assigningLeader", s.tracking_officer_id as "trackingOfficer", s.field, s.urgency,
    s.reports, s.given_at as "givenAt", s.ended_at as "endedAt", s.end_reason as "endReason",
    case when s.source_id is not null then json_build_object('id', s.source_id, 'sectionRef', s.section_ref, 'document',
      (select json_build_object('id', o.id, 'name', coalesce(o.number, o.name)) from dondoc.source e
       join dondoc.document o on o.organization_id = e.organization_id and o.id = e.document_id
       where e.organization_id = s.organization_id and e.id = s.source_id)) end as source
  from dondoc.standing_directive s
  join dondoc.agency l on l.organization_id = s.organization_id and l.id = s.lead_id
  where s.organization_id = $1 and ${VISIBLE_STANDING}`;

const SELECT_OBLIGATIONS = `
  select b.id, b.revision, json_build_object('id', s.id, 'text', s.text) as standing,
    json_build_object('id', l.id, 'name', l.name) as lead, b.report,
    json_build_object('first', b.period_first, 'last', b.period_last, 'name', b.period_name) as period,
    b.state, b.article, b.opened_at as "openedAt", b.due_at as "dueAt",
    case when b.reported_at is not null then json_build_object(
      'number', b.number, 'date', b.date, 'summary', b.summary, 'file', b.file_id) end as result,
    b.reported_at as "reportedAt", b.judged_at as "judgedAt", b.note
  from dondoc.reporting_obligation b
  join dondoc.standing_directive s on s.organization_id = b.organization_id and s.id = b.standing_directive_id
  join dondoc.agency l on l.organization_id = s.organization_id and l.id = s.lead_id
  where b.organization_id = $1 and ${VISIBLE_STANDING}`;

const standingOf = (row: StandingRow): StandingDirectiveView => ({
  ...row,
  givenAt: row.givenAt.toISOString(),
  endedAt: row.endedAt?.toISOString() ?? null,
});

const obligationOf = (row: ObligationRow, now: number): ObligationView => ({
  ...row,
  late: row.state !== 'withdrawn' && (row.reportedAt?.getTime() ?? now) >= row.dueAt.getTime(),
  openedAt: row.openedAt.toISOString(),
  dueAt: row.dueAt.toISOString(),
  reportedAt: row.reportedAt?.toISOString() ?? null,
  judgedAt: row.judgedAt?.toISOString() ?? null,
});

interface PageQuery {
  readonly limit: number;
  readonly after?: PageMark | undefined;
}

/** What the caller may see, newest first. */
export async function listStandingDirectives(
  tx: PostgresTransaction,
  caller: Caller,
  { open, limit, after }: PageQuery & { readonly open: boolean },
): Promise<Page<StandingDirectiveView>> {
  const rows = await tx.query<StandingRow>(
    `${SELECT_STANDING} and (not $5::boolean or s.ended_at is null)
       and ($6::bigint is null or (s.given_at, s.id) < (to_timestamp($6::bigint / 1000.0), $7::uuid))
     order by s.given_at desc, s.id desc limit $8 + 1`,
    [...visibilityOf(caller), open, after?.at ?? null, after?.id ?? null, limit],
  );
  return pageOf(rows.map(standingOf), limit, ({ givenAt, id }) => ({ at: Date.parse(givenAt), id }));
}

/** One that the caller may see; null when there is none, or they may not. */
export async function findStandingDirective(
  tx: PostgresTransaction,
  caller: Caller,
  id: string,
): Promise<StandingDirectiveView | null> {
  const [row] = await tx.query<StandingRow>(`${SELECT_STANDING} and s.id = $5`, [
    ...visibilityOf(caller),
    id,
  ]);
  return row ? standingOf(row) : null;
}

export interface ObligationQuery extends PageQuery {
  readonly standing?: string | undefined;
  readonly state?: ObligationState | undefined;
}

/** What the caller may see, the last one due first. */
export async function listObligations(
  tx: PostgresTransaction,
  caller: Caller,
  { standing, state, limit, after }: ObligationQuery,
): Promise<Page<ObligationView>> {
  const rows = await tx.query<ObligationRow>(
    `${SELECT_OBLIGATIONS} and ($5::uuid is null or b.standing_directive_id = $5)
       and ($6::text is null or b.state = $6)
       and ($7::bigint is null or (b.due_at, b.id) < (to_timestamp($7::bigint / 1000.0), $8::uuid))
     order by b.due_at desc, b.id desc limit $9 + 1`,
    [...visibilityOf(caller), standing ?? null, state ?? null, after?.at ?? null, after?.id ?? null, limit],
  );
  const views = rows.map((row) => obligationOf(row, tx.now));
  return pageOf(views, limit, ({ dueAt, id }) => ({ at: Date.parse(dueAt), id }));
}

/** One that the caller may see; null when there is none, or they may not. */
export async function findObligation(
  tx: PostgresTransaction,
  caller: Caller,
  id: string,
): Promise<ObligationView | null> {
  const [row] = await tx.query<ObligationRow>(`${SELECT_OBLIGATIONS} and b.id = $5`, [
    ...visibilityOf(caller),
    id,
  ]);
  return row ? obligationOf(row, tx.now) : null;
}
