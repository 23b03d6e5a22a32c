import { isRefusal, refusal, type Refusal } from '@dondoc/workflow';
import { requireText, type ActFacts } from './act-facts';
import { type DeadlineIntent } from './deadline-plan';
import { planExtension, planReassignment, planUrging } from './directive-acts';
import { type DirectiveContext, type DirectiveEventToSend } from './directive.types';
import { decisions, type Decision, type EscalationEventToSend } from './escalation.types';

export interface DecisionIntent {
  readonly by: string;
  readonly decision: Decision;
  /** What the leader says; needed to urge and to extend. */
  readonly note?: string | null;
  /** For `extend`, and if wanted for `reassign`. */
  readonly deadline?: DeadlineIntent | null;
  /** For `reassign`. */
  readonly lead?: readonly string[];
}

/** One decision: what the escalation hears, and then, in the same transaction, what the directive hears. */
export interface PlannedDecision {
  readonly escalation: EscalationEventToSend<'decide'>;
  readonly directive: DirectiveEventToSend<'urge' | 'extend' | 'reassign'> | null;
}

export function planAcknowledgement(intent: { readonly by: string }): EscalationEventToSend<'acknowledge'> {
  return { type: 'acknowledge', by: intent.by };
}

function forDirective(
  article: string,
  directive: { readonly context: DirectiveContext; readonly work: string },
  intent: DecisionIntent,
  facts: ActFacts,
): PlannedDecision['directive'] | Refusal {
  const { by, note } = intent;
  switch (intent.decision) {
    case 'urge':
      return planUrging({ by, note: note ?? '', article });
    case 'extend': {
      if (!intent.deadline)
        return refusal(
          'no-deadline-given',
          { vi: 'Gia hạn cần có hạn mới.', en: 'An extension needs a new deadline.' },
          { field: 'deadline' },
        );
      const reason = requireText(note, 'note');
      if (isRefusal(reason)) return reason;
      return planExtension(directive.context, { by, deadline: intent.deadline, reason }, facts);
    }
    case 'reassign':
      return planReassignment(
        directive.context,
        directive,
        { by, lead: intent.lead ?? [], reason: note ?? null, deadline: intent.deadline ?? null },
        facts,
      );
    case 'close':
      return null;
  }
}

/**
 * What a leader decides on an escalation. Refuses as the act it implies (`planUrging`, `planExtension`,
 * `planReassignment`), `no-deadline-given`, and `unknown-decision`.
 */
export function planDecision(
  article: string,
  directive: { readonly context: DirectiveContext; readonly work: string },
  intent: DecisionIntent,
  facts: ActFacts,
): PlannedDecision | Refusal {
  if (!decisions.includes(intent.decision))
    return refusal(
      'unknown-decision',
      { vi: 'Không có cách xử lý này.', en: 'There is no such decision.' },
      { field: 'decision' },
    );
  const implied = forDirective(article, directive, intent, facts);
  if (isRefusal(implied)) return implied;
  const { by, decision } = intent;
  return {
    escalation: { type: 'decide', by, decision, note: intent.note?.trim() ?? null },
    directive: implied,
  };
}
