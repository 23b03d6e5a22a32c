import { isRefusal, readEntry, type HistoryEntry, type Refusal } from '@dondoc/workflow';
import { type PostgresTransaction } from '@dondoc/workflow/durable/index';
import { notFound } from '../accounts/access-refusals.service';
import { type Caller } from '../accounts/caller';
import { partsElsewhere, type RemotePartView } from '../cascade/remote-part-view';
import { explainDirective, type Explanation } from '../explanation/explain-directive';
import { type PartElsewhere } from '../explanation/spoken-course';
import { openEscalation, type OpenEscalation } from '../explanation/escalations-go-on';
import { type EscalationContext } from '../lifecycles/escalation.types';
import { type DeliveredMessage } from '../lifecycles/message-payload';
import { directiveAtHand, type DirectiveAtHand } from './directive-facts';
import { visibleDirective } from './directives.service';

interface KeptEntry {
  readonly entry: HistoryEntry;
  readonly hash: string;
}

/** By instance, oldest first. */
export async function historiesOf(
  tx: PostgresTransaction,
  instances: readonly string[],
): Promise<ReadonlyMap<string, readonly KeptEntry[]>> {
  const rows = await tx.query<{ instance: string; revision: number; entry: string; hash: string }>(
    `select instance_id as instance, revision, entry, encode(hash, 'hex') as hash from workflow.history
     where organization_id = $1 and instance_id = any($2::uuid[]) order by instance_id, revision`,
    [tx.organization, instances],
  );
  const histories = new Map<string, KeptEntry[]>();
  for (const row of rows) {
    const history = histories.get(row.instance) ?? [];
    history.push({ entry: readEntry(row), hash: row.hash });
    histories.set(row.instance, history);
  }
  return histories;
}

/** The directive's own history, oldest first. */
export async function historyOf(tx: PostgresTransaction, id: string): Promise<readonly KeptEntry[]> {
  const [history = []] = (await historiesOf(tx, [id])).values();
  return history;
}

/** `$2` instances. */
const DELIVERED = `
  select e.instance_id as instance, e.revision, e.at, e.payload,
    (select json_agg(m.recipient_id order by m.recipient_id) from dondoc.inbox_message m
     where m.organization_id = e.organization_id and m.outbox_id = e.id) as recipients,
    (select json_object_agg(m.recipient_id, m.reason) from dondoc.inbox_message m
     where m.organization_id = e.organization_id and m.outbox_id = e.id and m.reason is not null) as reasons
  from workflow.outbox_delivered e
  where e.organization_id = $1 and e.effect = 'notify' and e.instance_id = any($2::uuid[])
  order by e.at, e.revision, e.id`;

/** What was sent by these instances, and to whom. */
export async function deliveredMessages(
  tx: PostgresTransaction,
  instances: readonly string[],
): Promise<readonly DeliveredMessage[]> {
  const rows = await tx.query<
    Omit<DeliveredMessage, 'at' | 'recipients'> & { at: Date; recipients: string[] | null }
  >(DELIVERED, [tx.organization, instances]);
  return rows.map(({ instance, revision, at, payload, recipients, reasons }) => ({
    instance,
    revision,
    at: at.getTime(),
    payload: payload,
    recipients: recipients ?? [],
    reasons: reasons ?? {},
  }));
}

/** What was sent about it, its escalations and whatever was asked about it. */
async function messagesOf(tx: PostgresTransaction, id: string): Promise<readonly DeliveredMessage[]> {
  const beside = await tx.query<{ id: string }>(
    `select s.id from dondoc.escalation s where s.organization_id = $1 and s.directive_id = $2
     union all select x.id from dondoc.explanation x where x.organization_id = $1 and x.directive_id = $2
     union all select r.id from dondoc.extension_request r where r.organization_id = $1 and r.directive_id = $2
     union all select k.id from dondoc.consultation k where k.organization_id = $1 and k.directive_id = $2
     union all select p.id from dondoc.remote_part p where p.organization_id = $1 and p.directive_id = $2`,
    [tx.organization, id],
  );
  return deliveredMessages(tx, [id, ...beside.map((one) => one.id)]);
}

/** What waits for a leader's decision on it. */
async function openEscalationsOf(tx: PostgresTransaction, id: string): Promise<readonly OpenEscalation[]> {
  const rows = await tx.query<{ value: unknown; context: EscalationContext }>(
    `select i.snapshot -> 'value' as value, i.snapshot -> 'context' as context
     from dondoc.escalation s
     join workflow.instance i on i.organization_id = s.organization_id and i.id = s.id
     where s.organization_id = $1 and s.directive_id = $2 and i.status = 'active' order by s.id`,
    [tx.organization, id],
  );
  return rows.flatMap(openEscalation);
}

const heardOf = ({ agency, state, said, overdue }: RemotePartView): PartElsewhere => ({
  ...{ agency: agency.name, state, overdue },
  said: said && { work: said.state, receivedAt: Date.parse(said.receivedAt) },
});

async function explained(
  tx: PostgresTransaction,
  { record, context, facts }: DirectiveAtHand,
): Promise<Explanation> {
  const history = (await historyOf(tx, record.id)).map(({ entry }) => entry);
  const escalations = await openEscalationsOf(tx, record.id);
  return explainDirective({
    context,
    history,
    escalations,
    messages: await messagesOf(tx, record.id),
    elsewhere: (await partsElsewhere(tx, record.id)).map(heardOf),
    facts,
  });
}

/** For the operator's command line, which sees every directive of the organization. */
export async function explainStoredDirective(
  tx: PostgresTransaction,
  id: string,
): Promise<Explanation | Refusal> {
  const found = await directiveAtHand(tx, id, 'look');
  return found ? explained(tx, found) : notFound();
}

/** For a person, who sees what their role and relation let them see. */
export async function explainVisibleDirective(
  tx: PostgresTransaction,
  caller: Caller,
  id: string,
): Promise<Explanation | Refusal> {
  const found = await visibleDirective(tx, caller, id, 'directive.explain', 'look');
  return isRefusal(found) ? found : explained(tx, found);
}
