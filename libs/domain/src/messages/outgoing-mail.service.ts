import { isRefusal, type Actor, type Refusal } from '@dondoc/workflow';
import { type PostgresTransaction, type PostgresWork } from '@dondoc/workflow/durable/index';
import { notFound, notPermitted } from '../accounts/access-refusals.service';
import { type Caller } from '../accounts/caller';
import { permissionTo, whoMay } from '../authorization/abilities';
import { actorOf } from '../directives/directives.service';
import { requireText } from '../lifecycles/act-facts';
import { dispatchLifecycle } from '../lifecycles/dispatch.lifecycle';
import { type DispatchState } from '../lifecycles/dispatch-state';
import { pageOf, type Page, type PageMark } from '../persistence/keyset-page';

/** A message that leaves beside the inbox. Instants are ISO 8601, UTC. */
export interface OutgoingView {
  readonly id: string;
  readonly revision: number;
  readonly channel: string;
  readonly recipient: { readonly id: string; readonly name: string };
  readonly state: DispatchState;
  /** When it leaves, or was to leave. */
  readonly sendAt: string;
  readonly heldUntil: string | null;
  readonly composedAt: string | null;
  readonly endedAt: string | null;
  /** Null until it is composed. */
  readonly subject: string | null;
  readonly address: string | null;
  /** How many messages of the inbox it tells of. */
  readonly messages: number;
  /** How the last attempt failed. */
  readonly failure: string | null;
}

export interface OutgoingDetail extends OutgoingView {
  /** Of a mail its Message-ID. */
  readonly key: string | null;
  readonly language: string | null;
  readonly text: string | null;
  readonly html: string | null;
  /** What the channel said when it took the message. */
  readonly receipt: string | null;
}

const iso = (column: string): string =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const COLUMNS = `
  d.id, d.revision, d.channel, json_build_object('id', p.id, 'name', p.name) as recipient, d.state,
  ${iso('d.send_at')} as "sendAt", ${iso('d.held_until')} as "heldUntil", ${iso('d.composed_at')} as "composedAt",
  ${iso('d.ended_at')} as "endedAt", d.subject, d.address, d.failure,
  (select count(*)::integer from dondoc.dispatch_item i
   where i.organization_id = d.organization_id and i.dispatch_id = d.id) as messages`;

const FROM = `
  from dondoc.dispatch d
  join dondoc.person p on p.organization_id = d.organization_id and p.id = d.recipient_id
  where d.organization_id = $1`;

export interface OutgoingQuery {
  readonly state: DispatchState | undefined;
  readonly limit: number;
  readonly after?: PageMark | undefined;
}

/** What leaves and left, the latest first. */
export async function listOutgoing(
  tx: PostgresTransaction,
  { state, limit, after }: OutgoingQuery,
): Promise<Page<OutgoingView>> {
  const rows = await tx.query<OutgoingView>(
    `select ${COLUMNS} ${FROM}
       and ($2::text is null or d.state = $2)
       and ($3::bigint is null or (d.send_at, d.id) < (to_timestamp($3::bigint / 1000.0), $4::uuid))
     order by d.send_at desc, d.id desc limit $5 + 1`,
    [tx.organization, state ?? null, after?.at ?? null, after?.id ?? null, limit],
  );
  return pageOf(rows, limit, ({ sendAt, id }) => ({ at: Date.parse(sendAt), id }));
}

/** One of them with what was composed. */
export async function seeOutgoing(tx: PostgresTransaction, id: string): Promise<OutgoingDetail | Refusal> {
  const [found] = await tx.query<OutgoingDetail>(
    `select ${COLUMNS}, d.message_key as key, d.language, d.text_body as text, d.html_body as html, d.receipt
     ${FROM} and d.id = $2`,
    [tx.organization, id],
  );
  return found ?? notFound();
}

export interface OutgoingDecision {
  readonly act: 'send-again' | 'drop';
  readonly reason: string;
}

/** Sends one again that could not be sent, or gives it up; either with a reason that stays in its history. */
export async function decideOutgoing(
  tx: PostgresWork,
  caller: Caller,
  id: string,
  decision: OutgoingDecision,
  expectedRevision: number | undefined,
): Promise<OutgoingDetail | Refusal> {
  const permission = permissionTo(caller, 'dispatch', decision.act, {});
  if (!permission) return notPermitted(`dispatch.${decision.act}`, id, whoMay('dispatch', decision.act));
  const actor = actorOf(caller, permission.onBehalfOf);
  return decided(tx, { id, ...decision, by: caller.person, actor, expectedRevision });
}

/** The same by whoever operates the installation, on the machine itself. */
export function decideOutgoingAsOperator(
  tx: PostgresWork,
  id: string,
  decision: OutgoingDecision,
): Promise<OutgoingDetail | Refusal> {
  return decided(tx, { id, ...decision, by: 'operator', actor: { kind: 'system', id: 'operator' } });
}

interface Decided extends OutgoingDecision {
  readonly id: string;
  readonly by: string;
  readonly actor: Actor;
  readonly expectedRevision?: number | undefined;
}

async function decided(
  tx: PostgresWork,
  { id, act, by, actor, expectedRevision, ...decision }: Decided,
): Promise<OutgoingDetail | Refusal> {
  const reason = requireText(decision.reason, 'reason');
  if (isRefusal(reason)) return reason;
  const sent = await tx.send({
    lifecycle: dispatchLifecycle.id,
    instance: id,
    event: { type: act, by, reason },
    actor,
    expectedRevision,
  });
  return isRefusal(sent) ? sent : seeOutgoing(tx, id);
}
