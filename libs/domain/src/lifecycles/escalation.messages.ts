import { type EffectPayload, type EventToSend, type InstanceToStart } from '@dondoc/workflow';
import { type Audience } from '../directory/audience';
import {
  type Decision,
  type EscalationContext,
  type EscalationEvent,
  type Meeting,
} from './escalation.types';
import { asEffect, type MessageSubject } from './message-payload';

interface Arguments {
  readonly context: EscalationContext;
  readonly event: EscalationEvent;
}

export interface EscalationNews {
  readonly subject: MessageSubject;
  /** `level`: those who were found at the present level. */
  readonly to: readonly Audience[] | 'level';
}

/** What the people called together read: what the leader says, then where and when. */
function invitation(note: string | null, { date, time, place }: Meeting): string {
  return [note, `${time} ${date}, ${place}`].filter(Boolean).join(' — ');
}

/** The decision that takes effect by this event; null: by none. */
export function decisionIn(event: EscalationEvent) {
  if (event.type === 'carry-out') return event;
  return event.type === 'decide' && event.held === null ? event : null;
}

function said(event: EscalationEvent): string | null {
  if (event.type === 'not-carried-out') return `${event.vi} (${event.en})`;
  if (event.type !== 'decide' && event.type !== 'carry-out') return null;
  return event.meeting ? invitation(event.note, event.meeting) : event.note;
}

export function escalationMessage(
  { context, event }: Arguments,
  { subject, to }: EscalationNews,
): EffectPayload {
  const level = context.chain[context.level];
  return asEffect({
    subject,
    directive: context.directive,
    to: to === 'level' ? (level ? [level.audience] : []) : to,
    recipients: to === 'level' ? (level?.recipients ?? []) : null,
    facts: context.facts,
    rung: context.rung,
    collapsed: [],
    article: context.article,
    rules: context.rules,
    kind: null,
    urgency: context.urgency,
    deadline: context.deadline,
    by: decisionIn(event)?.by ?? null,
    note: said(event),
  });
}

/** The explanation that the decision demands, as it was resolved before the decision was sent. */
export function demandedExplanation({ context, event }: Arguments): InstanceToStart {
  const input = decisionIn(event)?.explanation ?? null;
  return {
    lifecycle: 'explanation',
    key: 'explanation',
    input: { ...input, escalation: context.id } as unknown as InstanceToStart['input'],
  };
}

/** News of a decision, to those whom it concerns beside the tracking officer. */
export const newsOfDecision: Readonly<Partial<Record<Decision, EscalationNews>>> = {
  convene: { subject: 'convened', to: ['lead-head', 'coordinating-head'] },
  criticize: { subject: 'criticized', to: ['lead-head'] },
};

export function toDirective(
  { context }: Arguments,
  { type }: { readonly type: 'escalation-raised' | 'escalation-decided' },
): EventToSend {
  return {
    instance: context.directive,
    event: {
      type,
      escalation: context.id,
      ...(type === 'escalation-raised' && { rung: context.rung }),
    },
  };
}
