import { type Refusal } from '@dondoc/workflow';
import { admit, allowedEvents } from '@dondoc/workflow/engine/event-admission';
import { fromStored } from '@dondoc/workflow/engine/stored-snapshot';
import { type Caller } from '../accounts/caller';
import { directiveLifecycle } from '../lifecycles/directive.lifecycle';
import { type DirectiveAtHand } from './directive-facts';
import { directiveActs, eventOf, permissionTo, type DirectiveAct } from './directive-permissions';

/** What the present state takes and the caller is permitted to do; guards may still say no, with their reason. */
export function allowedActs(
  caller: Caller,
  { record, context, relations, rulesInForce }: DirectiveAtHand,
): readonly DirectiveAct[] {
  const possible = allowedEvents(fromStored(directiveLifecycle.machine, record.snapshot));
  return directiveActs.filter(
    (act) =>
      possible.includes(eventOf(act)) &&
      permissionTo(act, caller, relations) !== null &&
      // Only what an abolished lead had passes to a successor, and only older rules are left behind.
      (act !== 'transfer' || relations.leads.length > 1) &&
      (act !== 'move-rules' || context.rules !== rulesInForce),
  );
}

/**
 * The machine's refusal of an act that its state has no place for, before the act is planned: what is no longer possible
 * is not answered with what is wrong in the request. Null when the state takes it.
 */
export function outOfPlace(act: DirectiveAct, { record, facts }: DirectiveAtHand): Refusal | null {
  const snapshot = fromStored(directiveLifecycle.machine, record.snapshot);
  const type = eventOf(act);
  if (allowedEvents(snapshot).includes(type)) return null;
  return admit(directiveLifecycle, snapshot, { type }, facts.now);
}
