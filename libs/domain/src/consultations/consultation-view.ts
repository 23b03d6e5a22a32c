import { type PostgresTransaction } from '@dondoc/workflow/durable/index';
import { agenciesOf, type Caller } from '../accounts/caller';
import { seesAll } from '../authorization/abilities';
import { visibilityOf, VISIBLE_CONSULTATIONS } from '../authorization/visible-rows';
import { type Named } from '../directives/directive-view';
import { type ConsultationState, type Position } from '../lifecycles/consultation/consultation.types';
import { pageOf, type Page, type PageMark } from '../persistence/keyset-page';

/** A consultation as lists show it. Instants are ISO 8601, UTC; lateness is derived at the moment of reading. */
export interface ConsultationView {
  readonly id: string;
  readonly revision: number;
  /** Those asked together. */
  readonly round: string;
  readonly directive: { readonly id: string; readonly text: string };
  readonly lead: Named;
  readonly agency: Named;
  readonly askedBy: Named;
  readonly question: string;
  readonly state: ConsultationState;
  readonly silence: 'deemed-consent' | 'no-answer';
  readonly article: string;
  readonly askedAt: string;
  readonly replyBy: string;
  /** The agency's own lateness; it never counts against the lead. */
  readonly late: boolean;
  readonly position: Position | null;
  readonly opinion: string | null;
  readonly file: string | null;
  readonly answeredAt: string | null;
  readonly answeredBy: Named | null;
  readonly endedAt: string | null;
}

interface ConsultationRow extends Omit<
  ConsultationView,
  'askedAt' | 'replyBy' | 'answeredAt' | 'endedAt' | 'late'
> {
  readonly askedAt: Date;
  readonly replyBy: Date;
  readonly answeredAt: Date | null;
  readonly endedAt: Date | null;
}

/** Late: not answered before the end of its time, unless it was no longer needed by then. `now` in milliseconds. */
const late = (now: string): string =>
  `coalesce(k.ended_at, to_timestamp(${now}::bigint / 1000.0)) >= k.reply_by`;

const named = (table: string): string => `json_build_object('id', ${table}.id, 'name', ${table}.name)`;

const SELECT_CONSULTATIONS = `
  select k.id, k.revision, k.round_id as round, json_build_object('id', d.id, 'text', d.text) as directive,
    ${named('l')} as lead, ${named('a')} as agency, ${named('p')} as "askedBy", k.question, k.state, k.silence,
    k.article, k.asked_at as "askedAt", k.reply_by as "replyBy", k.position, k.opinion, k.file_id as file,
    k.answered_at as "answeredAt", k.ended_at as "endedAt",
    (select ${named('s')} from dondoc.person s
     where s.organization_id = k.organization_id and s.id = k.answered_by_id) as "answeredBy"
  from dondoc.consultation k
  join dondoc.directive d on d.organization_id = k.organization_id and d.id = k.directive_id
  join dondoc.agency l on l.organization_id = k.organization_id and l.id = k.lead_id
  join dondoc.agency a on a.organization_id = k.organization_id and a.id = k.agency_id
  join dondoc.person p on p.organization_id = k.organization_id and p.id = k.asked_by_id`;

function viewOf(row: ConsultationRow, now: number): ConsultationView {
  const { askedAt, replyBy, answeredAt, endedAt } = row;
  return {
    ...row,
    late: (endedAt?.getTime() ?? now) >= replyBy.getTime(),
    askedAt: askedAt.toISOString(),
    replyBy: replyBy.toISOString(),
    answeredAt: answeredAt?.toISOString() ?? null,
    endedAt: endedAt?.toISOString() ?? null,
  };
}

export interface ConsultationQuery {
  readonly directive?: string | undefined;
  readonly state?: ConsultationState | undefined;
  /** The agency that was asked. */
  readonly agency?: string | undefined;
  readonly limit: number;
  readonly after?: PageMark | undefined;
}

/** Those that the caller may see, newest first. */
export async function listConsultations(
  tx: PostgresTransaction,
  caller: Caller,
  { directive, state, agency, limit, after }: ConsultationQuery,
): Promise<Page<ConsultationView>> {
  const rows = await tx.query<ConsultationRow>(
    `${SELECT_CONSULTATIONS}
     where k.organization_id = $1 and ${VISIBLE_CONSULTATIONS}
       and ($5::uuid is null or k.directive_id = $5) and ($6::text is null or k.state = $6)
       and ($7::uuid is null or k.agency_id = $7)
       and ($8::bigint is null or (k.asked_at, k.id) < (to_timestamp($8::bigint / 1000.0), $9::uuid))
     order by k.asked_at desc, k.id desc limit $10 + 1`,
    [
      ...visibilityOf(caller),
      ...[directive ?? null, state ?? null, agency ?? null],
      ...[after?.at ?? null, after?.id ?? null, limit],
    ],
  );
  const views = rows.map((row) => viewOf(row, tx.now));
  return pageOf(views, limit, ({ askedAt, id }) => ({ at: Date.parse(askedAt), id }));
}

/** One consultation that the caller may see; null when there is none, or they may not. */
export async function findConsultation(
  tx: PostgresTransaction,
  caller: Caller,
  id: string,
): Promise<ConsultationView | null> {
  const [row] = await tx.query<ConsultationRow>(
    `${SELECT_CONSULTATIONS} where k.organization_id = $1 and ${VISIBLE_CONSULTATIONS} and k.id = $5`,
    [...visibilityOf(caller), id],
  );
  return row ? viewOf(row, tx.now) : null;
}

/** How one agency answered what it was asked as a coordinating agency. */
export interface CoordinationTotals {
  readonly agency: Named;
  /** Without those that were no longer needed before their time was over. */
  readonly asked: number;
  readonly answeredInTime: number;
  readonly answeredLate: number;
  readonly deemedConsent: number;
  /** Open, and the time is not over. */
  readonly awaited: number;
  /** Open or withdrawn, and the time was over without an answer. */
  readonly missing: number;
}

/**
 * Coordinators' own punctuality by agency, for those asked from one day to another (both included, in the zone of the
 * organization), counted apart from the leads'. An agency sees its own line.
 */
export async function coordinationTotals(
  tx: PostgresTransaction,
  caller: Caller,
  { from, to }: { readonly from: string | null; readonly to: string | null },
): Promise<readonly CoordinationTotals[]> {
  const count = (condition: string): string => `(count(*) filter (where ${condition}))::integer`;
  const open = `k.state in ('asked', 'late')`;
  return tx.query<CoordinationTotals>(
    `select ${named('a')} as agency, count(*)::integer as asked,
       ${count(`k.state = 'answered' and not ${late('$4')}`)} as "answeredInTime",
       ${count(`k.state = 'answered' and ${late('$4')}`)} as "answeredLate",
       ${count(`k.state = 'deemed-consent' or k.silence = 'deemed-consent' and k.state = 'asked' and ${late('$4')}`)}
         as "deemedConsent",
       ${count(`${open} and not ${late('$4')}`)} as awaited,
       ${count(`(${open} and k.silence = 'no-answer' or k.state = 'withdrawn') and ${late('$4')}`)} as missing
     from dondoc.consultation k
     join dondoc.agency a on a.organization_id = k.organization_id and a.id = k.agency_id
     join dondoc.organization o on o.id = k.organization_id
     where k.organization_id = $1 and ($2::boolean or k.agency_id = any($3::uuid[]))
       and not (k.state = 'withdrawn' and not ${late('$4')})
       and ($5::date is null or (k.asked_at at time zone o.zone)::date >= $5)
       and ($6::date is null or (k.asked_at at time zone o.zone)::date <= $6)
     group by a.id, a.name order by a.name, a.id`,
    [caller.organization, seesAll(caller), agenciesOf(caller), tx.now, from, to],
  );
}
