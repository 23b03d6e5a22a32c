import { isRefusal, type Actor, type OutboxRecord, type Refusal, type StoredEvent } from '@dondoc/workflow';
import { type PostgresWork } from '@dondoc/workflow/durable/index';
import { directiveAtHand } from '../directives/directive-facts';
import { directivePort } from '../directives/directives.service';
import { sendDown } from '../lifecycles/cascade/cascade-acts';
import { planCarryingOut } from '../lifecycles/escalation-acts';
import { type EscalationContext } from '../lifecycles/escalation.types';
import { planCarryingOutGrant } from '../lifecycles/extension-request-acts';
import { type ExtensionRequestContext } from '../lifecycles/extension-request.types';
import { notCarriedOut, type CarriedOut } from '../lifecycles/undo-window';

type AboutDirective = Pick<OutboxRecord, 'instance' | 'lifecycle' | 'payload'>;

/**
 * The time to undo a decision is over: it takes effect, on what is true now, in the transaction that records that it was
 * done. One that cannot take effect any more goes back to whoever decided it; one that was overtaken is left as it is.
 */
export async function carryOutDecision(effect: AboutDirective, tx: PostgresWork): Promise<void> {
  const { instance, lifecycle } = effect;
  const about = (effect.payload as { readonly directive: string }).directive;
  const late = await tx.catchUp([{ instance }, { instance: about }]);
  if (late) throw new Error(`${instance} cannot be brought up to date: ${late.en}`);
  const [record] = await tx.lock([instance]);
  const context = record?.snapshot.context as unknown as EscalationContext | ExtensionRequestContext;
  const { held } = context;
  if (record?.status !== 'active' || held === null || held.until > tx.now) return;
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
      return planCarryingOut(escalation, escalation.held, { ...directive, id: about }, facts);
    }
    const request = context as ExtensionRequestContext;
    if (!request.held) throw new Error(`${instance} holds no decision`);
    return planCarryingOutGrant(request, request.held, directive.context, facts);
  });
  if (!refused) return;
  await tx.query('rollback to savepoint carrying_out');
  const event = notCarriedOut(refused) as unknown as StoredEvent;
  const told = await tx.send({ instance, event, actor: { kind: 'system' } });
  if (isRefusal(told)) throw new Error(`${instance} does not take its decision back: ${told.en}`);
}

/** The escalation or request first, then the directive and what it was handed on as. */
async function carry(
  tx: PostgresWork,
  { instance, about, actor }: { readonly instance: string; readonly about: string; readonly actor: Actor },
  plan: () => Promise<CarriedOut<{ readonly type: string }>>,
): Promise<Refusal | null> {
  const { decision, directive } = await plan();
  const by: Actor = decision.type === 'carry-out' ? actor : { kind: 'system' };
  const decided = await tx.send({ instance, event: decision as unknown as StoredEvent, actor: by });
  if (isRefusal(decided)) return decided;
  if (!directive) return null;
  // The decision may have changed the directive: it is read again.
  const now = await directiveAtHand(tx, about, 'lock');
  if (!now) return null;
  const followed = await sendDown(directivePort(tx, actor), about, now.context, directive);
  return isRefusal(followed) ? followed : null;
}
