import { type Instant } from '@dondoc/workflow';
import { type DirectiveContext, type DirectiveEvent, type DirectiveInput } from './directive.types';
import { freshLadder, passRung, replanned } from './ladder-region';

/** How each event changes what a directive keeps. Pure; an event of another type changes nothing. */
interface Arguments {
  readonly context: DirectiveContext;
  readonly event: DirectiveEvent;
}

type Change = Partial<DirectiveContext>;

export function begun({ rungs, ...input }: DirectiveInput): DirectiveContext {
  return {
    ...input,
    originalDeadline: input.deadline?.at ?? null,
    ladder: freshLadder(rungs),
    escalations: [],
    reportedBy: null,
    submittedAt: null,
  };
}

/** A new lead; with the deadline it had the ladder remembers what was sent for it, with another it begins anew. */
export function lead({ context, event }: Arguments): Change {
  if (event.type !== 'reassign') return {};
  const same = event.deadline?.at === context.deadline?.at;
  return {
    lead: event.lead,
    coordinating: event.coordinating,
    assignedAt: event.assignedAt,
    returnBy: event.returnBy,
    deadline: event.deadline,
    originalDeadline: context.originalDeadline ?? event.deadline?.at ?? null,
    ladder: same ? replanned(context.ladder, event.rungs) : freshLadder(event.rungs),
    summarized: event.summarized,
  };
}

export function deadline({ context, event }: Arguments): Change {
  if (event.type !== 'set-deadline' && event.type !== 'extend') return {};
  return {
    deadline: event.deadline,
    originalDeadline: context.originalDeadline ?? event.deadline.at,
    ladder: freshLadder(event.rungs),
    summarized: event.summarized,
  };
}

export function report({ event }: Arguments): Change {
  return event.type === 'report' ? { reportedBy: event.by, submittedAt: event.at } : {};
}

export function reportSentBack({ context, event }: Arguments): Change {
  if (event.type !== 'send-back') return {};
  return {
    reportedBy: null,
    submittedAt: null,
    ladder: replanned(context.ladder, event.rungs),
    summarized: event.summarized,
  };
}

export function ladderBegun({ context }: Arguments): Change {
  return { ladder: { ...context.ladder, replanned: false } };
}

export function rungPassed({ context }: Arguments): Change {
  return { ladder: passRung(context.ladder) };
}

export function escalationRaised({ context, event }: Arguments): Change {
  if (event.type !== 'escalation-raised') return {};
  return { escalations: [...context.escalations, { id: event.escalation, rung: event.rung }] };
}

export function escalationDecided({ context, event }: Arguments): Change {
  if (event.type !== 'escalation-decided') return {};
  return { escalations: context.escalations.filter(({ id }) => id !== event.escalation) };
}

/** What was withdrawn undecided may be raised again: its rung no longer counts as sent. */
export function escalationsWithdrawn({ context }: Arguments): Change {
  const undecided = context.escalations.map(({ rung }) => rung);
  const { ladder } = context;
  return {
    escalations: [],
    ladder: { ...ladder, sent: ladder.sent.filter((rung) => !undecided.includes(rung)) },
  };
}

/** Whether the report in hand came in time; null without a deadline or without a report. */
export function cameInTime(submittedAt: Instant | null, due: Instant | null): boolean | null {
  return submittedAt === null || due === null ? null : submittedAt < due;
}
