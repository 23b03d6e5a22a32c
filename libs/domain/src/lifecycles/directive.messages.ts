import { type EffectPayload, type InstanceToStart } from '@dondoc/workflow';
import { type Audience, type AudienceFacts } from '../directory/audience';
import { type PlannedRung } from '../working-rules/climb';
import { type DirectiveContext, type DirectiveEvent } from './directive.types';
import { cameInTime } from './directive.updates';
import { asEffect, type MessagePayload, type MessageSubject } from './message-payload';

interface Arguments {
  readonly context: DirectiveContext;
  readonly event: DirectiveEvent;
}

/** What the directive machine tells: news of an event, or the next rung of one of its two ladders. */
export type DirectiveNews = MessageSubject | 'verification-rung';

export function audienceFacts(context: DirectiveContext): AudienceFacts {
  const { lead, assignedPerson, coordinating, assigningLeader, trackingOfficer, field } = context;
  return { lead, assignedPerson, coordinating, assigningLeader, trackingOfficer, field };
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

/** What the working rules send by themselves. */
function rungMessage(context: DirectiveContext, rung: PlannedRung | undefined): EffectPayload {
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

/** On time, late, or neither, judged by the report that was accepted. */
function closing({ judgedAt, deadline }: DirectiveContext): MessageSubject {
  const inTime = cameInTime(judgedAt, deadline?.at ?? null);
  return inTime === null ? 'closed' : inTime ? 'closed-on-time' : 'closed-late';
}

/** A message to the audiences that the machine names; a rung names its own. */
export function newsMessage(
  { context, event }: Arguments,
  { subject, to }: { readonly subject: DirectiveNews; readonly to: readonly Audience[] },
): EffectPayload {
  if (subject === 'rung') return rungMessage(context, context.ladder.rungs[0]);
  if (subject === 'verification-rung') return rungMessage(context, context.verification[0]);
  return message(context, {
    subject: subject === 'closed' ? closing(context) : subject,
    to,
    article: event.type === 'urge' ? event.article : null,
    ...notes(event),
  });
}
