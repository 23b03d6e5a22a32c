import { isRefusal, type Refusal, type StartCommand } from '@dondoc/workflow';
import { newUuid, type PostgresWork } from '@dondoc/workflow/durable/index';
import { type ActingCaller } from '../authorization/abilities';
import { planHandOn, type PartIntent, type PlannedHandOn } from '../lifecycles/cascade/hand-on-acts';
import { type DirectiveEventToSend } from '../lifecycles/directive.types';
import { RemotePartEntity } from '../persistence/entities/cascade.entities';
import { DirectiveEntity } from '../persistence/entities/directive.entities';
import { type DirectiveAtHand } from './directive-facts';

/** One part for one subordinate agency; without words of its own it bears those of the directive. */
export interface Part extends Omit<PartIntent, 'id'> {
  readonly text?: string | null | undefined;
}

/** Makes the directives that one is handed on as; what that one itself hears is the answer. */
export async function handOn(
  tx: PostgresWork,
  { caller, actor }: ActingCaller,
  parts: readonly Part[],
  { record, context, facts }: DirectiveAtHand,
): Promise<DirectiveEventToSend<'hand-on'> | Refusal> {
  const named = parts.map((part) => ({ ...part, id: newUuid() }));
  const plan = planHandOn({ id: record.id, context }, { by: caller.person, parts: named }, facts);
  if (isRefusal(plan)) return plan;
  await keepRows(tx, record.id, plan, named);
  await keepPartsElsewhere(tx, record.id, plan, named);
  const start = (lifecycle: string) => (one: { readonly id: string; readonly input: object }) => {
    const input = one.input as StartCommand['input'];
    return { lifecycle, id: one.id, input, actor };
  };
  const started = await tx.startMany([
    ...plan.children.map(start('directive')),
    ...plan.elsewhere.map((input) => start('remote-part')({ id: input.id, input })),
  ]);
  return isRefusal(started) ? started : plan.parent;
}

async function keepPartsElsewhere(
  tx: PostgresWork,
  directiveId: string,
  { elsewhere }: PlannedHandOn,
  parts: readonly (Part & { readonly id: string })[],
): Promise<void> {
  if (elsewhere.length === 0) return;
  const organizationId = tx.organization;
  const { text } = await tx.manager.findOneByOrFail(DirectiveEntity, { organizationId, id: directiveId });
  await tx.manager.insert(
    RemotePartEntity,
    elsewhere.map(({ id, agency, organization, by, order }) => ({
      ...{ organizationId, id, directiveId, agencyId: agency, toOrganizationId: organization },
      text: parts.find((part) => part.id === id)?.text ?? text,
      ...{ givenById: by, givenAt: tx.now, deadlineAt: order.deadline, state: 'sent' },
      ...{ overdue: false, revision: 0 },
    })),
  );
}

/** They stand under the same source, after what it has already. */
async function keepRows(
  tx: PostgresWork,
  parentId: string,
  { children }: PlannedHandOn,
  parts: readonly (Part & { readonly id: string })[],
): Promise<void> {
  if (children.length === 0) return;
  const organizationId = tx.organization;
  const parent = await tx.manager.findOneByOrFail(DirectiveEntity, { organizationId, id: parentId });
  // Two heads may hand on directives of one source at the same time.
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [parent.sourceId]);
  const last = await tx.manager.maximum(DirectiveEntity, 'ordinal', {
    organizationId,
    sourceId: parent.sourceId,
  });
  await tx.manager.insert(
    DirectiveEntity,
    children.map(({ id, input }, index) => ({
      organizationId,
      id,
      parentId,
      sourceId: parent.sourceId,
      ordinal: (last ?? parent.ordinal) + 1 + index,
      text: parts.find((part) => part.id === id)?.text ?? parent.text,
      sectionRef: parent.sectionRef,
      textStart: parent.textStart,
      textEnd: parent.textEnd,
      leadId: input.lead,
      coordinatingIds: [...input.coordinating],
      assigningLeaderId: input.assigningLeader,
      trackingOfficerId: input.trackingOfficer,
      field: input.field,
      kind: parent.kind,
      urgency: input.urgency,
      assignedAt: input.assignedAt,
      deadlinePhrase: input.deadline?.phrase ?? null,
      workState: 'assigned',
      revision: 0,
    })),
  );
}
