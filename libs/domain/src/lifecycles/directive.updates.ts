import { type Instant } from '@dondoc/workflow';
import { type DirectiveContext, type DirectiveEvent, type DirectiveInput } from './directive.types';
import { freshLadder, passRung, replanned } from './ladder-region';

/** How each event changes what a directive keeps. Pure; an event of another type changes nothing. */
interface Arguments {
  readonly context: DirectiveContext;
  readonly event: DirectiveEvent;
}

type Change = Partial<DirectiveContext>;

const noReport = { reportedBy: null, submittedAt: null, judgedAt: null, reporters: [], verification: [] };

export function begun({ rungs, ...input }: DirectiveInput): DirectiveContext {
  return {
    ...input,
    ...noReport,
    originalDeadline: input.deadline?.at ?? null,
    deadlineSince: input.deadline && input.assignedAt,
    returnSince: input.assignedAt,
    ladder: freshLadder(rungs),
    escalations: [],
    assignedPerson: null,
    draft: null,
    extensions: 0,
    extensionRequest: null,
    consultations: [],
    suspension: null,
    children: [],
  };
}

type Planned = Pick<DirectiveInput, 'deadline' | 'rungs' | 'summarized'>;

/** An event that plans: `at` is when. */
type Planning = Planned & Pick<DirectiveEvent, 'at'>;

/** With the deadline it had the ladder remembers what was sent for it; with another it begins anew. */
function planned(context: DirectiveContext, { at, deadline, rungs, summarized }: Planning): Change {
  const same = deadline?.at === context.deadline?.at;
  return {
    deadline,
    originalDeadline: context.originalDeadline ?? deadline?.at ?? null,
    deadlineSince: same ? context.deadlineSince : deadline && at,
    ladder: same ? replanned(context.ladder, rungs) : freshLadder(rungs),
    summarized,
  };
}

/** A new lead has named nobody and drafted nothing; the successor of an abolished one goes on with what there is. */
export function lead({ context, event }: Arguments): Change {
  if (event.type === 'transfer') return { lead: event.lead, coordinating: event.coordinating };
  if (event.type !== 'reassign') return {};
  const { assignedAt, returnBy, bySilence, coordinating } = event;
  return {
    ...planned(context, event),
    ...{ lead: event.lead, coordinating, assignedAt, assignedPerson: null, draft: null },
    ...{ returnSince: assignedAt, returnBy, bySilence },
  };
}

export function person({ event }: Arguments): Change {
  return event.type === 'assign-person' ? { assignedPerson: event.person } : {};
}

export function deadline({ context, event }: Arguments): Change {
  switch (event.type) {
    case 'accept':
      return event.counted === null ? {} : planned(context, { ...event.counted, at: event.at });
    case 'set-deadline':
      return planned(context, event);
    case 'extend':
      return { ...planned(context, event), extensions: context.extensions + (event.onRequest ? 1 : 0) };
    case 'parent-moved':
      return { ...planned(context, event), ...parentDeadline({ context, event }) };
    default:
      return {};
  }
}

/** Accepted by silence: the words that count from receipt have become a day. */
export function silence({ context }: Arguments): Change {
  const { bySilence, returnBy } = context;
  return bySilence === null ? {} : planned(context, { ...bySilence, at: returnBy });
}

export function parentDeadline({ context, event }: Arguments): Change {
  if (event.type !== 'parent-moved' || !context.parent) return {};
  return { parent: { ...context.parent, deadline: event.parentDeadline } };
}

/** Another version of the working rules, on purpose: what was sent for the deadline stays sent. */
export function rules({ context, event }: Arguments): Change {
  if (event.type !== 'move-rules') return {};
  const { returnBy, returnSilence, bySilence } = event;
  return { ...planned(context, event), rules: event.rules, returnBy, returnSilence, bySilence };
}

export function draft({ event }: Arguments): Change {
  if (event.type !== 'report') return {};
  return { draft: { by: event.by, onBehalfOf: event.onBehalfOf, result: event.result } };
}

export function report({ context, event }: Arguments): Change {
  if (event.type !== 'report' && event.type !== 'approve-report') return {};
  const hands = [event.by, event.onBehalfOf, context.draft?.by, context.draft?.onBehalfOf];
  return {
    draft: null,
    reportedBy: context.draft?.by ?? event.by,
    submittedAt: event.at,
    judgedAt: event.judgedAt ?? event.at,
    reporters: [...new Set(hands.filter((one) => one !== null && one !== undefined))],
    verification: event.verification,
  };
}

export function reportSentBack({ context, event }: Arguments): Change {
  return event.type === 'send-back' ? { ...noReport, ...planned(context, event) } : {};
}

export function suspended({ event }: Arguments): Change {
  return event.type === 'suspend' ? { suspension: { since: event.at, proposed: null } } : {};
}

export function resumptionProposed({ context, event }: Arguments): Change {
  if (event.type !== 'propose-resumption' || !context.suspension) return {};
  return { suspension: { ...context.suspension, proposed: event.deadline } };
}

export function resumed({ context, event }: Arguments): Change {
  if (event.type !== 'resume') return {};
  return {
    ...planned(context, event),
    suspension: null,
    returnSince: event.at,
    returnBy: event.returnBy,
    bySilence: event.bySilence,
  };
}

export function handedOn({ context, event }: Arguments): Change {
  return event.type === 'hand-on' ? { children: [...context.children, ...event.children] } : {};
}

export function childEnded({ context, event }: Arguments): Change {
  return event.type === 'child-ended'
    ? { children: context.children.filter((child) => child !== event.child) }
    : {};
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

export function extensionRequested({ event }: Arguments): Change {
  return event.type === 'extension-requested' ? { extensionRequest: event.request } : {};
}

export function consultationAsked({ context, event }: Arguments): Change {
  if (event.type !== 'consultation-asked') return {};
  return { consultations: [...context.consultations, event.consultation] };
}

export function consultationEnded({ context, event }: Arguments): Change {
  if (event.type !== 'consultation-ended') return {};
  return { consultations: context.consultations.filter((id) => id !== event.consultation) };
}

/** What was withdrawn undecided may be raised again: its rung no longer counts as sent. */
export function pendingWithdrawn({ context }: Arguments): Change {
  const undecided = context.escalations.map(({ rung }) => rung);
  const { ladder } = context;
  return {
    escalations: [],
    extensionRequest: null,
    ladder: { ...ladder, sent: ladder.sent.filter((rung) => !undecided.includes(rung)) },
  };
}

/** Whether the report in hand came in time; null without a deadline or without a report. */
export function cameInTime(judgedAt: Instant | null, due: Instant | null): boolean | null {
  return judgedAt === null || due === null ? null : judgedAt < due;
}
