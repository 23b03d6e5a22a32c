import { type PostgresTransaction } from '@dondoc/workflow/durable/index';
import { type WorkState } from '../lifecycles/directive-state';
import { DIRECTIVE_NAME } from './directive-name';
import { type Named } from './directive-view';

/** What belongs to one directive and stands on its page: its results, and the directives it is related to. */
export interface ResultView {
  readonly id: string;
  readonly number: string;
  readonly date: string;
  readonly summary: string;
  readonly file: string | null;
  readonly reporter: Named;
  /** The head of the lead agency who let it go, where the rules want that. */
  readonly approver: Named | null;
  readonly reportedAt: string;
  /** Its date lies further from the submission than the rules tolerate. */
  readonly dateFlagged: boolean;
}

/** A directive that another one was handed on as, or that it took the place of. */
export interface RelatedDirective extends Named {
  readonly relation: 'child' | 'replaced';
  readonly lead: Named;
  readonly state: WorkState;
  readonly deadlineAt: string | null;
}

/** What it was handed on as, and what it took the place of. */
export async function relatedTo(tx: PostgresTransaction, id: string): Promise<readonly RelatedDirective[]> {
  const rows = await tx.query<Omit<RelatedDirective, 'deadlineAt'> & { deadlineAt: Date | null }>(
    `select d.id, ${DIRECTIVE_NAME} as name, d.work_state as state, d.deadline_at as "deadlineAt",
       case when d.parent_id = $2 then 'child' else 'replaced' end as relation,
       json_build_object('id', l.id, 'name', l.name) as lead
     from dondoc.directive d
     join dondoc.agency l on l.organization_id = d.organization_id and l.id = d.lead_id
     join dondoc.source s on s.organization_id = d.organization_id and s.id = d.source_id
     left join dondoc.document o on o.organization_id = s.organization_id and o.id = s.document_id
     where d.organization_id = $1 and (d.parent_id = $2 or d.replaced_by_id = $2)
     order by d.assigned_at, d.ordinal, d.id`,
    [tx.organization, id],
  );
  return rows.map((row) => ({ ...row, deadlineAt: row.deadlineAt?.toISOString() ?? null }));
}

/** The results it was reported with, newest first. */
export async function resultsOf(tx: PostgresTransaction, id: string): Promise<readonly ResultView[]> {
  const rows = await tx.query<Omit<ResultView, 'reportedAt'> & { reportedAt: Date }>(
    `select r.id, r.number, r.date::text as date, r.summary, r.file_id as file, r.reported_at as "reportedAt",
       r.date_flagged as "dateFlagged", json_build_object('id', p.id, 'name', p.name) as reporter,
       (select json_build_object('id', a.id, 'name', a.name) from dondoc.person a
        where a.organization_id = r.organization_id and a.id = r.approver_id) as approver
     from dondoc.result_document r
     join dondoc.person p on p.organization_id = r.organization_id and p.id = r.reporter_id
     where r.organization_id = $1 and r.directive_id = $2 order by r.reported_at desc, r.id desc`,
    [tx.organization, id],
  );
  return rows.map((row) => ({ ...row, reportedAt: row.reportedAt.toISOString() }));
}
