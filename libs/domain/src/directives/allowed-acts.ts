import { refusal, type Refusal } from '@dondoc/workflow';
import { admit, allowedEvents } from '@dondoc/workflow/engine/event-admission';
import { fromStored } from '@dondoc/workflow/engine/stored-snapshot';
import { type Caller } from '../accounts/caller';
import { permissionTo } from '../authorization/abilities';
import { directiveActs, eventOf, type DirectiveAct } from '../authorization/acts';
import { type DirectiveContext } from '../lifecycles/directive.types';
import { directiveLifecycle } from '../lifecycles/directive.lifecycle';
import { type DirectiveAtHand } from './directive-facts';

const forThoseAbove: readonly DirectiveAct[] = ['cancel', 'replace', 'suspend', 'resume'];

/** Whether it is for the organization that handed a directive on to end it or to stop its clock. */
function isForThoseAbove(act: DirectiveAct, { parent }: Pick<DirectiveContext, 'parent'>): boolean {
  return (parent?.organization ?? null) !== null && forThoseAbove.includes(act);
}

const givenFromAbove = refusal('given-from-above', {
  vi: 'Nhiệm vụ do cấp trên giao: chỉ đơn vị giao được hủy, thay thế, tạm dừng hoặc cho tiếp tục; nếu không đúng chức năng thì trả lại.',
  en: 'It was handed on from above: only the organization that did may cancel, replace, suspend or resume it; return it if it is not yours to do.',
});

/** What the present state takes and the caller is permitted to do; guards may still say no, with their reason. */
export function allowedActs(
  caller: Caller,
  { record, context, relations, rulesInForce }: DirectiveAtHand,
): readonly DirectiveAct[] {
  const possible = allowedEvents(fromStored(directiveLifecycle.machine, record.snapshot));
  return directiveActs.filter(
    (act) =>
      possible.includes(eventOf(act)) &&
      permissionTo(caller, 'directive', act, relations) !== null &&
      !isForThoseAbove(act, context) &&
      // Only what an abolished lead had passes to a successor, and only older rules are left behind.
      (act !== 'transfer' || relations.leads.length > 1) &&
      (act !== 'move-rules' || context.rules !== rulesInForce),
  );
}

/**
 * The machine's refusal of an act that its state has no place for, before the act is planned: what is no longer possible
 * is not answered with what is wrong in the request. Null when the state takes it.
 */
export function outOfPlace(act: DirectiveAct, { record, context, facts }: DirectiveAtHand): Refusal | null {
  if (isForThoseAbove(act, context)) return givenFromAbove;
  const snapshot = fromStored(directiveLifecycle.machine, record.snapshot);
  const type = eventOf(act);
  if (allowedEvents(snapshot).includes(type)) return null;
  return admit(directiveLifecycle, snapshot, { type }, facts.now);
}
