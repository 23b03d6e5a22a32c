import { isRefusal, refusal, type Refusal, type StartCommand } from '@dondoc/workflow';
import { newUuid, type PostgresTransaction, type PostgresWork } from '@dondoc/workflow/durable/index';
import { notFound, notPermitted } from '../accounts/access-refusals.service';
import { type Caller } from '../accounts/caller';
import { permissionTo, whoMay } from '../authorization/abilities';
import { actFacts } from '../directives/directive-facts';
import { type Named } from '../directives/directive-view';
import { actorOf } from '../directives/directives.service';
import { type ActFacts } from '../lifecycles/act-facts';
import {
  planDelegation,
  planDelegationEnd,
  type DelegationIntent,
} from '../lifecycles/delegation/delegation-acts';
import { type DelegationInput, type DelegationState } from '../lifecycles/delegation/delegation.types';
import { addDays, dayNumberOfDate, type CivilDate } from '../working-time/civil-date';
import { zoneNamed } from '../working-time/zone';

/** A delegation as everybody in the organization sees it: one has to know who stands in for whom. */
export interface DelegationView {
  readonly id: string;
  readonly revision: number;
  readonly from: Named;
  readonly to: Named;
  /** Civil dates, both included. */
  readonly start: CivilDate;
  readonly end: CivilDate;
  readonly reason: string | null;
  readonly state: DelegationState;
  /** ISO 8601, UTC; null unless it was ended before its time. */
  readonly endedAt: string | null;
}

interface DelegationRow extends Omit<DelegationView, 'endedAt'> {
  readonly endedAt: Date | null;
}

const SELECT_DELEGATIONS = `
  select d.id, d.revision, json_build_object('id', f.id, 'name', f.name) as "from",
    json_build_object('id', t.id, 'name', t.name) as "to", d.starts_on::text as start, d.ends_on::text as "end",
    d.reason, d.ended_at as "endedAt",
    case when d.ended_at is not null or today.date > d.ends_on then 'over'
         when today.date < d.starts_on then 'given' else 'in-force' end as state
  from dondoc.delegation d
  join dondoc.person f on f.organization_id = d.organization_id and f.id = d.from_person_id
  join dondoc.person t on t.organization_id = d.organization_id and t.id = d.to_person_id
  join dondoc.organization o on o.id = d.organization_id
  cross join lateral (select (to_timestamp($2::bigint / 1000.0) at time zone o.zone)::date as date) today
  where d.organization_id = $1`;

const viewOf = (row: DelegationRow): DelegationView => ({
  ...row,
  endedAt: row.endedAt?.toISOString() ?? null,
});

/** Those that are in force or still to come, the next to begin first. */
export async function listDelegations(
  tx: PostgresTransaction,
): Promise<{ readonly items: readonly DelegationView[] }> {
  const rows = await tx.query<DelegationRow>(
    `${SELECT_DELEGATIONS} and d.ended_at is null and d.ends_on >= today.date
     order by d.starts_on, d.id limit 500`,
    [tx.organization, tx.now],
  );
  return { items: rows.map(viewOf) };
}

async function findDelegation(tx: PostgresTransaction, id: string): Promise<DelegationView | null> {
  const [row] = await tx.query<DelegationRow>(`${SELECT_DELEGATIONS} and d.id = $3`, [
    tx.organization,
    tx.now,
    id,
  ]);
  return row ? viewOf(row) : null;
}

/** One after the other: two given at the same time could make a chain that neither makes alone. */
async function oneAtATime(tx: PostgresTransaction): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended($1 || '/delegations', 0))`, [
    tx.organization,
  ]);
}

/** Gives a delegation for dates, one's own or, as administrator, another's. */
export async function giveDelegation(
  tx: PostgresWork,
  caller: Caller,
  intent: Omit<DelegationIntent, 'by'>,
): Promise<DelegationView | Refusal> {
  if (!permissionTo(caller, 'delegation', 'give', { from: intent.from }))
    return notPermitted('delegation.give', intent.from, whoMay('delegation', 'give'));
  await oneAtATime(tx);
  const input = planDelegation({ ...intent, by: caller.person }, await actFacts(tx));
  if (isRefusal(input)) return input;
  return started(tx, caller, newUuid(), input);
}

async function started(
  tx: PostgresWork,
  caller: Caller,
  id: string,
  input: DelegationInput,
): Promise<DelegationView | Refusal> {
  const given = await tx.start({
    lifecycle: 'delegation',
    id,
    input: input as unknown as StartCommand['input'],
    actor: actorOf(caller, null),
  });
  if (isRefusal(given)) return given;
  const view = await findDelegation(tx, id);
  return view ?? notFound();
}

export async function seeDelegation(tx: PostgresTransaction, id: string): Promise<DelegationView | Refusal> {
  return (await findDelegation(tx, id)) ?? notFound();
}

/** What was entered with the directory has no life of its own until somebody acts on it. */
function asEntered({ from, to, start, end, reason }: DelegationView, facts: ActFacts): DelegationInput {
  const zone = zoneNamed(facts.calendar.zone);
  const midnight = (date: CivilDate) => zone.instantOf(dayNumberOfDate(date), 0);
  const dates = { start, end, startsAt: midnight(start), endsAt: midnight(addDays(end, 1)) };
  return { from: from.id, to: to.id, ...dates, reason, givenBy: from.id };
}

/** Ends a delegation before its time: the absent person, an administrator, or the delegate, who gives it back. */
export async function endDelegation(
  tx: PostgresWork,
  caller: Caller,
  id: string,
  reason: string | null,
  expectedRevision: number | undefined,
): Promise<DelegationView | Refusal> {
  const view = await findDelegation(tx, id);
  if (!view) return notFound();
  const subject = { from: view.from.id, to: view.to.id };
  const permission = permissionTo(caller, 'delegation', 'end', subject);
  if (!permission) return notPermitted('delegation.end', id, whoMay('delegation', 'end'));
  if (view.state === 'over')
    return refusal(
      'delegation-over',
      { vi: 'Ủy quyền này đã kết thúc.', en: 'This delegation is over.' },
      { allowed: [] },
    );
  const [known] = await tx.read([id]);
  if (!known) {
    const entered = await started(tx, caller, id, asEntered(view, await actFacts(tx)));
    if (isRefusal(entered)) return entered;
  }
  const sent = await tx.send({
    instance: id,
    event: planDelegationEnd({ by: caller.person, reason }),
    actor: actorOf(caller, permission.onBehalfOf),
    ...(known && expectedRevision !== undefined && { expectedRevision }),
  });
  if (isRefusal(sent)) return sent;
  return (await findDelegation(tx, id)) ?? notFound();
}
