import { type Refusal } from '@dondoc/workflow';
import { type PostgresWork } from '@dondoc/workflow/durable/index';
import { notFound, notPermitted, notVisible } from '../accounts/access-refusals.service';
import { personsOf, type Caller } from '../accounts/caller';
import { directiveAtHand } from '../directives/directive-facts';
import { maySee, seesAll } from '../authorization/abilities';
import { type Named } from '../directives/directive-view';
import { type EscalationState } from '../lifecycles/directive-state';
import { type Meeting } from '../lifecycles/escalation.types';
import { pageOf, type Page, type PageMark } from '../persistence/keyset-page';

export interface EscalationView {
  readonly id: string;
  readonly revision: number;
  readonly state: EscalationState;
  readonly directive: { readonly id: string; readonly text: string; readonly lead: string };
  /** The lead agency: what is open of one agency is one matter. */
  readonly agency: Named;
  readonly rung: string;
  readonly article: string | null;
  readonly level: number;
  readonly audience: string;
  readonly recipients: readonly { readonly id: string; readonly name: string }[];
  /** Instants are ISO 8601, UTC. */
  readonly raisedAt: string;
  readonly acknowledgeBy: string | null;
  readonly acknowledgedAt: string | null;
  readonly acknowledgedBy: string | null;
  /** When it comes back unless decided. */
  readonly decideBy: string | null;
  /** How often it was acknowledged and forgotten at this level. */
  readonly forgotten: number;
  readonly decidedAt: string | null;
  readonly decidedBy: string | null;
  /** The leader in whose place it was decided; null: in their own. */
  readonly decidedFor: string | null;
  readonly decision: string | null;
  readonly note: string | null;
  readonly meeting: Meeting | null;
  /** Until when the decision can be taken back; null: it cannot, or was carried out. */
  readonly undoUntil: string | null;
}

type Instants = 'undoUntil' | 'raisedAt' | 'acknowledgeBy' | 'acknowledgedAt' | 'decideBy' | 'decidedAt';
type EscalationRow = Omit<EscalationView, Instants | 'recipients'> &
  Readonly<Record<Instants, Date | null>> & { readonly recipients: EscalationView['recipients'] | null };

const SELECT_ESCALATIONS = `
  select e.id, e.revision, e.state, e.rung, e.article, e.level, e.audience, e.decision, e.note, e.meeting,
    e.forgotten, json_build_object('id', l.id, 'name', l.name) as agency,
    json_build_object('id', d.id, 'text', d.text, 'lead', l.name) as directive,
    (select json_agg(json_build_object('id', p.id, 'name', p.name) order by p.name) from dondoc.person p
     where p.organization_id = e.organization_id and p.id = any(e.recipient_ids)) as recipients,
    e.raised_at as "raisedAt", e.acknowledge_by as "acknowledgeBy", e.acknowledged_at as "acknowledgedAt",
    e.acknowledged_by_id as "acknowledgedBy", e.decided_at as "decidedAt", e.decided_by_id as "decidedBy",
    e.decided_for_id as "decidedFor", e.decide_by as "decideBy", e.undo_until as "undoUntil"
  from dondoc.escalation e
  join dondoc.directive d on d.organization_id = e.organization_id and d.id = e.directive_id
  join dondoc.agency l on l.organization_id = d.organization_id and l.id = d.lead_id`;

function viewOf(row: EscalationRow): EscalationView {
  const iso = (date: Date | null) => date?.toISOString() ?? null;
  return {
    ...row,
    recipients: row.recipients ?? [],
    raisedAt: iso(row.raisedAt) ?? '',
    acknowledgeBy: iso(row.acknowledgeBy),
    acknowledgedAt: iso(row.acknowledgedAt),
    decideBy: iso(row.decideBy),
    decidedAt: iso(row.decidedAt),
    undoUntil: iso(row.undoUntil),
  };
}

export interface EscalationQuery {
  /** `mine`: waiting for the caller; `all`: everything, for those who see everything. */
  readonly whose: 'mine' | 'all';
  readonly state?: EscalationState | undefined;
  readonly limit: number;
  readonly after?: PageMark | undefined;
}

export async function listEscalations(
  tx: PostgresWork,
  caller: Caller,
  { whose, state, limit, after }: EscalationQuery,
): Promise<Page<EscalationView> | Refusal> {
  if (whose === 'all' && !seesAll(caller)) return notPermitted('escalation.list-all', null);
  const rows = await tx.query<EscalationRow>(
    `${SELECT_ESCALATIONS}
     where e.organization_id = $1 and ($2::boolean or e.recipient_ids && $3::uuid[])
       and ($4::text is null or e.state = $4)
       and ($5::bigint is null or (e.raised_at, e.id) < (to_timestamp($5::bigint / 1000.0), $6::uuid))
     order by e.raised_at desc, e.id desc limit $7 + 1`,
    [
      ...[tx.organization, whose === 'all', personsOf(caller), state ?? null],
      ...[after?.at ?? null, after?.id ?? null, limit],
    ],
  );
  return pageOf(rows.map(viewOf), limit, ({ raisedAt, id }) => ({ at: Date.parse(raisedAt), id }));
}

export async function seeEscalation(
  tx: PostgresWork,
  caller: Caller,
  id: string,
): Promise<EscalationView | Refusal> {
  const view = await findEscalation(tx, id);
  if (!view) return notFound();
  const addressed = view.recipients.map((recipient) => recipient.id);
  if (maySee(caller, 'escalation', { addressed })) return view;
  const directive = await directiveAtHand(tx, view.directive.id, 'look');
  return directive && maySee(caller, 'directive', directive.relations)
    ? view
    : notVisible('escalation.see', id);
}

/** One escalation, whoever asks; null when there is none. */
async function findEscalation(tx: PostgresWork, id: string): Promise<EscalationView | null> {
  const [row] = await tx.query<EscalationRow>(
    `${SELECT_ESCALATIONS} where e.organization_id = $1 and e.id = $2`,
    [tx.organization, id],
  );
  return row ? viewOf(row) : null;
}

/** Everything of one agency that waits for a leader, as one matter. */
export interface EscalatedMatter {
  readonly agency: Named;
  /** Since when the oldest of them has been waiting; ISO 8601, UTC. */
  readonly since: string;
  readonly escalations: readonly EscalationView[];
}

/** Most open escalations that one leader is shown at once. */
const MOST_OPEN = 500;

/** What waits for the caller, or for anybody, by lead agency: the agency with the most first. */
export async function listMatters(
  tx: PostgresWork,
  caller: Caller,
  whose: EscalationQuery['whose'],
): Promise<{ readonly items: readonly EscalatedMatter[] } | Refusal> {
  if (whose === 'all' && !seesAll(caller)) return notPermitted('escalation.list-all', null);
  const rows = await tx.query<EscalationRow>(
    `${SELECT_ESCALATIONS}
     where e.organization_id = $1 and ($2::boolean or e.recipient_ids && $3::uuid[])
       and e.state in ('raised', 'acknowledged')
     order by e.raised_at, e.id limit $4`,
    [tx.organization, whose === 'all', personsOf(caller), MOST_OPEN],
  );
  const byAgency = new Map<string, EscalationView[]>();
  for (const view of rows.map(viewOf))
    byAgency.set(view.agency.id, [...(byAgency.get(view.agency.id) ?? []), view]);
  const items = [...byAgency.values()].flatMap((escalations) => {
    const [first] = escalations;
    return first ? [{ agency: first.agency, since: first.raisedAt, escalations }] : [];
  });
  return { items: items.sort((a, b) => b.escalations.length - a.escalations.length) };
}
