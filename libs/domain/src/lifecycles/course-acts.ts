import { isRefusal, refusal, type Refusal } from '@dondoc/workflow';
import { agencyInForce } from '../directory/agencies';
import { refuseElsewhere, requireText, today, versionOf, withinCalendar, type ActFacts } from './act-facts';
import { hasEnded, type DirectiveState, type WorkState } from './directive-state';
import { type DirectiveContext, type DirectiveEventToSend } from './directive.types';
import { planRulesMove } from './plan-rules-move';

/**
 * What turns the course of a directive without being part of its work: a lead that no longer exists, a later directive
 * in its place, another version of the rules. Pure; resolved as in `directive-acts`.
 */

/**
 * An abolished lead's directive goes to its successor, which goes on with what there is. Refuses `lead-in-force`, and
 * `no-successor` where the directory names none: then it has to be reassigned or cancelled.
 */
export function planTransfer(
  context: DirectiveContext,
  intent: { readonly by: string },
  facts: ActFacts,
): DirectiveEventToSend<'transfer'> | Refusal {
  const successor = agencyInForce(facts.directory, context.lead, today(facts));
  if (!successor)
    return refusal(
      'no-successor',
      {
        vi: 'Cơ quan chủ trì không còn hoạt động và chưa có cơ quan kế thừa; hãy giao lại hoặc hủy nhiệm vụ.',
        en: 'The lead no longer exists and has no successor; reassign or cancel the directive.',
      },
      { field: 'lead' },
    );
  if (successor.id === context.lead)
    return refusal(
      'lead-in-force',
      {
        vi: 'Cơ quan chủ trì đang hoạt động; muốn đổi thì giao lại.',
        en: 'The lead exists; to change it, reassign.',
      },
      { field: 'lead' },
    );
  const elsewhere = refuseElsewhere(successor);
  if (elsewhere) return elsewhere;
  const coordinating = context.coordinating.filter((agency) => agency !== successor.id);
  return { type: 'transfer', by: intent.by, lead: successor.id, coordinating };
}

/** The later directive that takes the place of another one. */
export interface LaterDirective {
  readonly id: string;
  readonly work: WorkState;
  readonly context: DirectiveContext;
}

export interface PlannedReplacement {
  readonly replaced: DirectiveEventToSend<'replace'>;
  /** What the later directive hears in the same transaction. */
  readonly successor: DirectiveEventToSend<'replaces'>;
}

/** Refuses `missing-text`, and with field `successor`: `same-directive`, `successor-ended`, `successor-earlier`. */
export function planReplacement(
  directive: { readonly id: string; readonly context: DirectiveContext },
  later: LaterDirective,
  intent: { readonly by: string; readonly reason: string },
): PlannedReplacement | Refusal {
  const reason = requireText(intent.reason, 'reason');
  if (isRefusal(reason)) return reason;
  const no = (code: string, vi: string, en: string) => refusal(code, { vi, en }, { field: 'successor' });
  if (later.id === directive.id)
    return no(
      'same-directive',
      'Nhiệm vụ không thể thay thế chính nó.',
      'A directive cannot replace itself.',
    );
  if (hasEnded(later.work))
    return no('successor-ended', 'Nhiệm vụ thay thế đã kết thúc.', 'The later directive has ended already.');
  if (later.context.assignedAt < directive.context.assignedAt)
    return no(
      'successor-earlier',
      'Nhiệm vụ thay thế được giao trước nhiệm vụ này.',
      'The directive named was assigned before this one.',
    );
  return {
    replaced: { type: 'replace', by: intent.by, reason, successor: later.id },
    successor: { type: 'replaces', by: intent.by, directive: directive.id },
  };
}

/**
 * On purpose, to another version of the working rules; `facts` hold that version. The deadline stays; when it becomes
 * near, what is sent for it and the time to return it follow the new version, as the preview has shown. Refuses
 * `same-rules`, `missing-text`.
 */
export function planMoveToRules(
  context: DirectiveContext,
  state: DirectiveState,
  intent: { readonly by: string; readonly reason: string },
  facts: ActFacts,
): DirectiveEventToSend<'move-rules'> | Refusal {
  const rules = versionOf(facts.rules);
  if (rules === context.rules)
    return refusal(
      'same-rules',
      { vi: 'Nhiệm vụ đang theo phiên bản quy chế này.', en: 'It lives under this version already.' },
      { field: 'rules' },
    );
  const reason = requireText(intent.reason, 'reason');
  if (isRefusal(reason)) return reason;
  return withinCalendar('rules', () => ({
    type: 'move-rules',
    by: intent.by,
    reason,
    ...planRulesMove(context, state, facts),
  }));
}
