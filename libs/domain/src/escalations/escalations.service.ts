import { isRefusal, refusal, type InstanceRecord, type Refusal, type StoredEvent } from '@dondoc/workflow';
import { type PostgresWork } from '@dondoc/workflow/durable/index';
import { notFound, notPermitted, notVisible } from '../accounts/access-refusals.service';
import { personsOf, type Caller } from '../accounts/caller';
import { directiveAtHand } from '../directives/directive-facts';
import { maySee, seesAll } from '../directives/directive-permissions';
import { actorOf } from '../directives/directives.service';
import { planAcknowledgement, planDecision, type DecisionIntent } from '../lifecycles/escalation-acts';
import { type EscalationState } from '../lifecycles/directive-state';
import { type EscalationContext } from '../lifecycles/escalation.types';
import { pageOf, type Page, type PageMark } from '../persistence/keyset-page';

export interface EscalationView {
  readonly id: string;
  readonly revision: number;
  readonly state: EscalationState;
  readonly directive: { readonly id: string; readonly text: string; readonly lead: string };
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
  readonly decidedAt: string | null;
  readonly decidedBy: string | null;
  readonly decision: string | null;
  readonly note: string | null;
}

type Instants = 'raisedAt' | 'acknowledgeBy' | 'acknowledgedAt' | 'decidedAt';
type EscalationRow = Omit<EscalationView, Instants | 'recipients'> &
  Readonly<Record<Instants, Date | null>> & { readonly recipients: EscalationView['recipients'] | null };

const SELECT_ESCALATIONS = `
  select e.id, e.revision, e.state, e.rung, e.article, e.level, e.audience, e.decision, e.note,
    json_build_object('id', d.id, 'text', d.text, 'lead', l.name) as directive,
    (select json_agg(json_build_object('id', p.id, 'name', p.name) order by p.name) from dondoc.person p
     where p.organization_id = e.organization_id and p.id = any(e.recipient_ids)) as recipients,
    e.raised_at as "raisedAt", e.acknowledge_by as "acknowledgeBy", e.acknowledged_at as "acknowledgedAt",
    e.acknowledged_by_id as "acknowledgedBy", e.decided_at as "decidedAt", e.decided_by_id as "decidedBy"
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
    decidedAt: iso(row.decidedAt),
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
  const [row] = await tx.query<EscalationRow>(
    `${SELECT_ESCALATIONS} where e.organization_id = $1 and e.id = $2`,
    [tx.organization, id],
  );
  if (!row) return notFound();
  const view = viewOf(row);
  const mine = view.recipients.some((recipient) => personsOf(caller).includes(recipient.id));
  if (mine) return view;
  const directive = await directiveAtHand(tx, view.directive.id, 'look');
  return directive && maySee(caller, directive.relations) ? view : notVisible('escalation.see', id);
}

export async function acknowledgeEscalation(
  tx: PostgresWork,
  caller: Caller,
  id: string,
  expectedRevision: number | undefined,
): Promise<EscalationView | Refusal> {
  const seen = await seeEscalation(tx, caller, id);
  if (isRefusal(seen)) return seen;
  const stale = await tx.catchUp([{ instance: id, expectedRevision }]);
  if (stale) return stale;
  const { context, status } = await escalationAtHand(tx, id);
  const by = addressee(caller, context);
  if (by === null) return notPermitted('escalation.acknowledge', id);
  if (status === 'done') return over;
  const sent = await tx.send({
    instance: id,
    event: planAcknowledgement({ by }),
    actor: actorOf(caller, by === caller.person ? null : by),
  });
  return isRefusal(sent) ? onlyPossible(sent, 'acknowledge') : seeEscalation(tx, caller, id);
}

/** Decides an escalation; the directive hears of it in the same transaction, or nothing happens at all. */
export async function decideEscalation(
  tx: PostgresWork,
  caller: Caller,
  id: string,
  intent: Omit<DecisionIntent, 'by'>,
  expectedRevision: number | undefined,
): Promise<EscalationView | Refusal> {
  const seen = await seeEscalation(tx, caller, id);
  if (isRefusal(seen)) return seen;
  // Both at once, in the one order in which everybody locks them, and with what a late worker has not fired yet.
  const stale = await tx.catchUp([{ instance: id, expectedRevision }, { instance: seen.directive.id }]);
  if (stale) return stale;
  const { context, status } = await escalationAtHand(tx, id);
  const by = addressee(caller, context);
  if (by === null) return notPermitted('escalation.decide', id);
  if (status === 'done') return over;
  const directive = await directiveAtHand(tx, context.directive, 'lock');
  if (!directive) return notFound();
  const plan = planDecision(context.article, directive, { ...intent, by }, directive.facts);
  if (isRefusal(plan)) return plan;
  const actor = actorOf(caller, by === caller.person ? null : by);
  const decided = await tx.send({
    instance: id,
    event: plan.escalation,
    actor,
  });
  if (isRefusal(decided)) return onlyPossible(decided, 'decide');
  if (plan.directive) {
    const followed = await tx.send({
      instance: context.directive,
      event: plan.directive as unknown as StoredEvent,
      actor,
    });
    if (isRefusal(followed)) return onlyPossible(followed, 'decide');
  }
  return seeEscalation(tx, caller, id);
}

const over = refusal(
  'escalation-over',
  {
    vi: 'Việc trình này đã được quyết định hoặc không còn cần nữa.',
    en: 'This escalation has been decided, or is no longer needed.',
  },
  { allowed: [] },
);

/** What people do with an escalation; everything else that its state takes comes from the directive. */
const escalationActs = ['acknowledge', 'decide'];

function onlyPossible(refused: Refusal, asked: 'acknowledge' | 'decide'): Refusal {
  if (refused.allowed === undefined) return refused;
  const possible = escalationActs.filter((act) => act !== asked);
  return { ...refused, allowed: refused.allowed.filter((act) => possible.includes(act)) };
}

async function escalationAtHand(
  tx: PostgresWork,
  id: string,
): Promise<Pick<InstanceRecord, 'status'> & { readonly context: EscalationContext }> {
  const [loaded] = await tx.lock([id], tx.now);
  if (loaded?.record.lifecycle !== 'escalation')
    throw new Error(`escalation ${id} has a row but no instance`);
  const { snapshot, status } = loaded.record;
  return { status, context: snapshot.context as unknown as EscalationContext };
}

/** As whom the caller is addressed: in person, or for whom the caller stands in. Null: the caller is not. */
function addressee(caller: Caller, { chain }: EscalationContext): string | null {
  const addressed = chain.flatMap(({ recipients }) =>
    recipients.flatMap(({ person, via }) => (via === 'administrator' ? [] : [person])),
  );
  return personsOf(caller).find((person) => addressed.includes(person)) ?? null;
}
