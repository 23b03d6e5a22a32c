import { isRefusal, type Actor, type OutboxRecord, type Refusal, type StoredEvent } from '@dondoc/workflow';
import { type PostgresWork } from '@dondoc/workflow/durable/index';
import { directiveAtHand } from '../directives/directive-facts';
import { directivePort } from '../directives/directives.service';
import { sendDown } from '../lifecycles/cascade/cascade-acts';
import { notCarriedOut, planCarryingOut, type CarriedOut } from '../lifecycles/escalation-acts';
import { type EscalationContext } from '../lifecycles/escalation.types';
import { grantNotCarriedOut, planCarryingOutGrant } from '../lifecycles/extension-request-acts';
import { type ExtensionRequestContext } from '../lifecycles/extension-request.types';

type AboutDirective = Pick<OutboxRecord, 'instance' | 'lifecycle' | 'payload'>;

interface Carried {
  readonly decision: { readonly type: string };
  readonly directive: CarriedOut['directive'];
}

/**
 * The time to undo a decision is over: it takes effect, on what is true now, in the transaction that records that it was
 * done. One that cannot take effect any more goes back to whoever decided it; one that was overtaken is left as it is.
 */
export async function carryOutDecision(effect: AboutDirective, tx: PostgresWork): Promise<void> {
  const { instance, lifecycle } = effect;
  const about = (effect.payload as { readonly directive: string }).directive;
  const late = await tx.catchUp([{ instance }, { instance: about }]);
  if (late) throw new Error(`${instance} cannot be brought up to date: ${late.en}`);
  const [loaded] = await tx.lock([instance], tx.now);
  const context = loaded?.record.snapshot.context as unknown as EscalationContext | ExtensionRequestContext;
  const { held } = context;
  if (loaded?.record.status !== 'active' || held === null || held.until > tx.now) return;
  const actor: Actor = {
    kind: 'person',
    id: held.by,
    ...(held.onBehalfOf !== null && { onBehalfOf: held.onBehalfOf }),
  };
  const isEscalation = lifecycle === 'escalation';
  await tx.query('savepoint carrying_out');
  const refused = await carry(tx, { instance, about, actor }, async () => {
    const directive = await directiveAtHand(tx, about, 'lock');
    if (!directive) throw new Error(`${instance} is about a directive that is not there`);
    const { facts } = directive;
    if (isEscalation) {
      const escalation = context as EscalationContext;
      if (!escalation.held) throw new Error(`${instance} holds no decision`);
      const plan = planCarryingOut(escalation, escalation.held, { ...directive, id: about }, facts);
      return { decision: plan.escalation, directive: plan.directive };
    }
    const request = context as ExtensionRequestContext;
    if (!request.held) throw new Error(`${instance} holds no decision`);
    const plan = planCarryingOutGrant(request, request.held, directive.context, facts);
    return { decision: plan.request, directive: plan.directive };
  });
  if (!refused) return;
  await tx.query('rollback to savepoint carrying_out');
  const { escalation } = notCarriedOut(refused);
  const { request } = grantNotCarriedOut(refused);
  const event = (isEscalation ? escalation : request) as unknown as StoredEvent;
  const told = await tx.send({ instance, event, actor: { kind: 'system' } });
  if (isRefusal(told)) throw new Error(`${instance} does not take its decision back: ${told.en}`);
}

/** The escalation or request first, then the directive and what it was handed on as. */
async function carry(
  tx: PostgresWork,
  { instance, about, actor }: { readonly instance: string; readonly about: string; readonly actor: Actor },
  plan: () => Promise<Carried>,
): Promise<Refusal | null> {
  const { decision, directive } = await plan();
  const by: Actor = decision.type === 'carry-out' ? actor : { kind: 'system' };
  const decided = await tx.send({ instance, event: decision, actor: by });
  if (isRefusal(decided)) return decided;
  if (!directive) return null;
  // The decision may have changed the directive: it is read again.
  const now = await directiveAtHand(tx, about, 'lock');
  if (!now) return null;
  const followed = await sendDown(directivePort(tx, actor), about, now.context, directive);
  return isRefusal(followed) ? followed : null;
}
