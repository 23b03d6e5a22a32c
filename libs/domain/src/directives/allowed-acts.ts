import { allowedEvents } from '@dondoc/workflow/engine/event-admission';
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
