import { isRefusal, refusal, type Actor, type Refusal, type StartCommand } from '@dondoc/workflow';
import { newUuid, type PostgresWork } from '@dondoc/workflow/durable/index';
import { actFacts } from '../directives/directive-facts';
import { directivePort } from '../directives/directives.service';
import { planReceivedPart, applyOrder } from '../lifecycles/cascade/received-part-acts';
import { type PartOrder } from '../lifecycles/cascade/remote-part.types';
import { type DirectiveInput } from '../lifecycles/directive.types';
import { ReceivedDirectiveEntity } from '../persistence/entities/cascade.entities';
import { DirectiveEntity } from '../persistence/entities/directive.entities';
import { SourceEntity } from '../persistence/entities/intake.entities';
import { type Urgency } from '../working-rules/working-rules';
import { isFirstReceipt } from './first-receipt';

/** An order from another organization, with the words that no lifecycle needs. */
export interface ReceivedOrder {
  readonly from: string;
  readonly fromName: string;
  /** What the directive that it is a part of is called there. */
  readonly sourceName: string;
  /** Inbox key. */
  readonly key: string;
  readonly part: string;
  readonly text: string;
  readonly sourceDate: string;
  readonly field: string | null;
  readonly urgency: string;
  readonly order: PartOrder;
}

/**
 * Applies an order exactly once: the first one makes a directive of this organization, led by its Office until somebody
 * gives it to another agency; later ones change that. Refuses `not-our-superior` from an organization that is not above
 * this one, `no-office`, and as `planAssignment`; then nothing is kept, not even that it came.
 */
export async function receiveOrder(tx: PostgresWork, received: ReceivedOrder): Promise<null | Refusal> {
  if (!(await isFirstReceipt(tx, received))) return null;
  const [own] = await tx.query<{ above: string | null }>(
    'select parent_id as above from dondoc.organization where id = $1',
    [tx.organization],
  );
  if (own?.above !== received.from) return notOurSuperior;
  const { from, part } = received;
  const where = { organizationId: tx.organization, fromOrganizationId: from, partId: part };
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [part]);
  const known = await tx.manager.findOneBy(ReceivedDirectiveEntity, where);
  const actor: Actor = { kind: 'system', id: from };
  if (known === null) {
    const began = await begin(tx, received, actor);
    if (isRefusal(began) || (received.order.suspended === null && received.order.ended === null))
      return isRefusal(began) ? began : null;
    return follow(tx, began, received, actor);
  }
  return known.orderNumber >= received.order.number ? null : follow(tx, known, received, actor);
}

const notOurSuperior = refusal('not-our-superior', {
  vi: 'Đơn vị giao không phải là cấp trên trực tiếp của đơn vị nhận.',
  en: 'The organization that hands on is not the one directly above the one that receives.',
});

async function begin(
  tx: PostgresWork,
  received: ReceivedOrder,
  actor: Actor,
): Promise<ReceivedDirectiveEntity | Refusal> {
  const { from, fromName, sourceName, part, sourceDate, field, order } = received;
  const facts = await actFacts(tx);
  const id = newUuid();
  const urgency = received.urgency as Urgency;
  const input = planReceivedPart({ id, from, part, sourceDate, field, urgency, order }, facts);
  if (isRefusal(input)) return input;
  await keepRows(tx, id, received, input);
  const kept = tx.manager.create(ReceivedDirectiveEntity, {
    ...{ organizationId: tx.organization, id, fromOrganizationId: from, fromName, partId: part, sourceName },
    ...{ orderNumber: order.number, deadlineAt: order.deadline, suspendedAt: null, receivedAt: tx.now },
  });
  await tx.manager.insert(ReceivedDirectiveEntity, kept);
  const started = await tx.start({
    lifecycle: 'directive',
    id,
    input: input as unknown as StartCommand['input'],
    actor,
  });
  return isRefusal(started) ? started : kept;
}

/** A source of its own: nobody here entered it, and it is called as it is called above. */
async function keepRows(
  tx: PostgresWork,
  id: string,
  { fromName, sourceName, sourceDate, text }: ReceivedOrder,
  input: DirectiveInput,
): Promise<void> {
  const organizationId = tx.organization;
  const sourceId = newUuid();
  await tx.manager.insert(SourceEntity, {
    ...{ organizationId, id: sourceId, kind: 'letter', documentId: null, givenById: null },
    ...{ givenOn: sourceDate, note: fromName, reference: sourceName, enteredById: null, enteredAt: tx.now },
  });
  await tx.manager.insert(DirectiveEntity, {
    ...{ organizationId, id, sourceId, ordinal: 1, text, sectionRef: null, textStart: null, textEnd: null },
    leadId: input.lead,
    coordinatingIds: [],
    assigningLeaderId: input.assigningLeader,
    trackingOfficerId: null,
    field: input.field,
    kind: input.kind,
    urgency: input.urgency,
    assignedAt: input.assignedAt,
    deadlinePhrase: null,
    workState: 'assigned',
    revision: 0,
  });
}

async function follow(
  tx: PostgresWork,
  { id, deadlineAt, suspendedAt }: ReceivedDirectiveEntity,
  received: ReceivedOrder,
  actor: Actor,
): Promise<null | Refusal> {
  await tx.catchUp([{ instance: id }]);
  const before = { deadline: deadlineAt, suspendedAt };
  const stoppedAt = await applyOrder(directivePort(tx, actor), id, received, before);
  if (isRefusal(stoppedAt)) return stoppedAt;
  const { number, deadline } = received.order;
  await tx.manager.update(
    ReceivedDirectiveEntity,
    { organizationId: tx.organization, id },
    { orderNumber: number, deadlineAt: deadline, suspendedAt: stoppedAt },
  );
  return null;
}
