import { type Refusal } from '@dondoc/workflow';
import { admit, allowedEvents } from '@dondoc/workflow/engine/event-admission';
import { fromStored } from '@dondoc/workflow/engine/stored-snapshot';
import { type Caller } from '../accounts/caller';
import { directiveLifecycle } from '../lifecycles/directive.lifecycle';
import { type DirectiveAtHand } from './directive-facts';
import { directiveActs, permissionTo, type DirectiveAct } from './directive-permissions';

/** What the present state takes and the caller is permitted to do; guards may still say no, with their reason. */
export function allowedActs(caller: Caller, { record, relations }: DirectiveAtHand): readonly DirectiveAct[] {
  const possible = allowedEvents(fromStored(directiveLifecycle.machine, record.snapshot));
  return directiveActs.filter(
    (act) => possible.includes(act) && permissionTo(act, caller, relations) !== null,
  );
}

/**
 * The machine's refusal of an act that its state has no place for, before the act is planned: what is no longer possible
 * is not answered with what is wrong in the request. Null when the state takes it.
 */
export function outOfPlace(act: DirectiveAct, { record, facts }: DirectiveAtHand): Refusal | null {
  const snapshot = fromStored(directiveLifecycle.machine, record.snapshot);
  if (allowedEvents(snapshot).includes(act)) return null;
  return admit(directiveLifecycle, snapshot, { type: act }, facts.now);
}
