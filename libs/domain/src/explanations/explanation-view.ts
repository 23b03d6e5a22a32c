import { type PostgresTransaction } from '@dondoc/workflow/durable/index';
import { type Caller } from '../accounts/caller';
import { visibilityOf, VISIBLE } from '../authorization/visible-rows';
import { type Named } from '../directives/directive-view';
import { type ExplanationState } from '../lifecycles/explanation/explanation.types';
import { pageOf, type Page, type PageMark } from '../persistence/keyset-page';

/** An explanation as lists show it. Instants are ISO 8601, UTC; lateness is derived at the moment of reading. */
export interface ExplanationView {
  readonly id: string;
  readonly revision: number;
  readonly directive: { readonly id: string; readonly text: string };
  readonly escalation: string | null;
  readonly agency: Named;
  readonly demandedBy: Named;
  /** What was asked last. */
  readonly question: string;
  readonly state: ExplanationState;
  /** Rounds of asking, from 1. */
  readonly round: number;
  /** Article that states the time; null when the leader named the day. */
  readonly article: string | null;
  readonly demandedAt: string;
  readonly dueAt: string;
  /** Not submitted in time, or not yet and the time is over. */
  readonly late: boolean;
  readonly text: string | null;
  readonly file: string | null;
  readonly submittedAt: string | null;
  readonly submittedBy: Named | null;
  readonly judgedAt: string | null;
  readonly note: string | null;
}

type Instants = 'demandedAt' | 'dueAt' | 'submittedAt' | 'judgedAt';
type ExplanationRow = Omit<ExplanationView, Instants | 'late'> &
  Readonly<Record<'demandedAt' | 'dueAt', Date>> &
  Readonly<Record<'submittedAt' | 'judgedAt', Date | null>>;

const SELECT_EXPLANATIONS = `
  select e.id, e.revision, json_build_object('id', d.id, 'text', d.text) as directive,
    e.escalation_id as escalation, json_build_object('id', a.id, 'name', a.name) as agency,
    json_build_object('id', p.id, 'name', p.name) as "demandedBy", e.question, e.state, e.round, e.article,
    e.demanded_at as "demandedAt", e.due_at as "dueAt", e.text, e.file_id as file, e.submitted_at as "submittedAt",
    (select json_build_object('id', s.id, 'name', s.name) from dondoc.person s
     where s.organization_id = e.organization_id and s.id = e.submitted_by_id) as "submittedBy",
    e.judged_at as "judgedAt", e.note
  from dondoc.explanation e
  join dondoc.directive d on d.organization_id = e.organization_id and d.id = e.directive_id
  join dondoc.agency a on a.organization_id = e.organization_id and a.id = e.agency_id
  join dondoc.person p on p.organization_id = e.organization_id and p.id = e.demanded_by_id`;

function viewOf(row: ExplanationRow, now: number): ExplanationView {
  const open = row.state === 'demanded' || row.state === 'submitted' || row.state === 'accepted';
  return {
    ...row,
    late: open && (row.submittedAt?.getTime() ?? now) >= row.dueAt.getTime(),
    demandedAt: row.demandedAt.toISOString(),
    dueAt: row.dueAt.toISOString(),
    submittedAt: row.submittedAt?.toISOString() ?? null,
    judgedAt: row.judgedAt?.toISOString() ?? null,
  };
}

export interface ExplanationQuery {
  readonly directive?: string | undefined;
  readonly state?: ExplanationState | undefined;
  readonly limit: number;
  readonly after?: PageMark | undefined;
}

/** Those of directives that the caller may see, and those of the caller's own agency, newest first. */
export async function listExplanations(
  tx: PostgresTransaction,
  caller: Caller,
  { directive, state, limit, after }: ExplanationQuery,
): Promise<Page<ExplanationView>> {
  const rows = await tx.query<ExplanationRow>(
    `${SELECT_EXPLANATIONS}
     where e.organization_id = $1 and (${VISIBLE} or e.agency_id = any($3::uuid[]))
       and ($5::uuid is null or e.directive_id = $5) and ($6::text is null or e.state = $6)
       and ($7::bigint is null or (e.demanded_at, e.id) < (to_timestamp($7::bigint / 1000.0), $8::uuid))
     order by e.demanded_at desc, e.id desc limit $9 + 1`,
    [
      ...visibilityOf(caller),
      ...[directive ?? null, state ?? null, after?.at ?? null, after?.id ?? null, limit],
    ],
  );
  const views = rows.map((row) => viewOf(row, tx.now));
  return pageOf(views, limit, ({ demandedAt, id }) => ({ at: Date.parse(demandedAt), id }));
}

/** One explanation, whoever asks; null when there is none. */
export async function findExplanation(tx: PostgresTransaction, id: string): Promise<ExplanationView | null> {
  const [row] = await tx.query<ExplanationRow>(
    `${SELECT_EXPLANATIONS} where e.organization_id = $1 and e.id = $2`,
    [tx.organization, id],
  );
  return row ? viewOf(row, tx.now) : null;
}
