import { type EffectPayload, type InstanceToStart } from '@dondoc/workflow';
import { type Audience, type AudienceFacts } from '../directory/audience';
import { type DirectiveContext, type DirectiveEvent } from './directive.types';
import { cameInTime } from './directive.updates';
import { asEffect, type MessagePayload, type MessageSubject } from './message-payload';

interface Arguments {
  readonly context: DirectiveContext;
  readonly event: DirectiveEvent;
}

export function audienceFacts(context: DirectiveContext): AudienceFacts {
  const { lead, coordinating, assigningLeader, trackingOfficer, field } = context;
  return { lead, coordinating, assigningLeader, trackingOfficer, field };
}

function message(context: DirectiveContext, more: Partial<MessagePayload>): EffectPayload {
  return asEffect({
    subject: 'rung',
    directive: null,
    to: [],
    recipients: null,
    facts: audienceFacts(context),
    rung: null,
    collapsed: [],
    article: null,
    rules: context.rules,
    kind: context.kind,
    urgency: context.urgency,
    deadline: context.deadline?.at ?? null,
    by: null,
    note: null,
    ...more,
  });
}

/** The first rung of the ladder, as a message. */
export function rungMessage({ context }: Arguments): EffectPayload {
  const [rung] = context.ladder.rungs;
  return message(context, {
    to: rung?.to ?? [],
    rung: rung?.id ?? null,
    collapsed: rung?.collapsed ?? [],
    article: rung?.article ?? null,
  });
}

/** The first rung of the ladder, as an escalation to start; the lookup before its start completes the chain. */
export function escalationOfRung({ context }: Arguments): InstanceToStart {
  const [rung] = context.ladder.rungs;
  return {
    lifecycle: 'escalation',
    key: `escalation/${rung?.id ?? ''}/${context.deadline?.at ?? 0}/${rung?.at ?? 0}`,
    input: {
      rung: rung?.id ?? '',
      article: rung?.article ?? '',
      audience: rung?.to[0] ?? 'chair',
      rules: context.rules,
      urgency: context.urgency,
      facts: { ...audienceFacts(context) },
      deadline: context.deadline?.at ?? null,
    },
  };
}

const notes = (event: DirectiveEvent): Pick<MessagePayload, 'by' | 'note'> => ({
  by: 'by' in event ? event.by : null,
  note: 'reason' in event ? event.reason : 'note' in event ? event.note : null,
});

/** On time, late, or neither, judged by the instant the accepted report was submitted. */
function closing({ submittedAt, deadline }: DirectiveContext): MessageSubject {
  const inTime = cameInTime(submittedAt, deadline?.at ?? null);
  return inTime === null ? 'closed' : inTime ? 'closed-on-time' : 'closed-late';
}

/** News of an event, to the audiences that the machine names. */
export function newsMessage(
  { context, event }: Arguments,
  { subject, to }: { readonly subject: MessageSubject; readonly to: readonly Audience[] },
): EffectPayload {
  return message(context, {
    subject: subject === 'closed' ? closing(context) : subject,
    to,
    article: event.type === 'urge' ? event.article : null,
    ...notes(event),
  });
}
