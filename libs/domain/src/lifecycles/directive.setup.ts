import { effect, instantNow, sendToInstance, startInstance, until } from '@dondoc/workflow';
import { and, assign, setup } from 'xstate';
import { type Audience } from '../directory/audience';
import { escalationOfRung, newsMessage, type DirectiveNews } from './directive.messages';
import { type DirectiveContext, type DirectiveEvent, type DirectiveInput } from './directive.types';
import * as keep from './directive.updates';
import { nextRungAt } from './ladder-region';

interface Has {
  readonly context: DirectiveContext;
}

/** A message to the audiences named. */
export function tell(subject: DirectiveNews, ...to: readonly Audience[]) {
  return { type: 'notify' as const, params: { subject, to } };
}

/** What the names in the directive machine mean. */
const base = setup({
  types: {
    input: {} as DirectiveInput,
    context: {} as DirectiveContext,
    events: {} as DirectiveEvent,
  },
  guards: {
    withinReturnWindow: ({ context }) => instantNow() < context.returnBy,
    hasDeadline: ({ context }) => context.deadline !== null,
    hasNoDeadline: ({ context }) => context.deadline === null,
    /** An event can still be postponed. */
    mayBeSet: ({ context }) => context.deadline === null || context.deadline.eventOn !== undefined,
    silenceIsAcceptance: ({ context }) => context.returnSilence === 'accepted',
    silenceBringsDeadline: ({ context }) =>
      context.returnSilence === 'accepted' && context.deadline === null && context.bySilence !== null,
    deadlineHasPassed: ({ context }) => context.deadline !== null && context.deadline.at <= instantNow(),
    nearDueHasCome: ({ context }) => context.deadline !== null && context.deadline.nearDueAt <= instantNow(),
    hasRung: ({ context }) => context.ladder.rungs.length > 0,
    rungEscalates: ({ context }) => context.ladder.rungs[0]?.kind === 'escalate',
    ladderReplanned: ({ context }) => context.ladder.replanned,
    bringsDeadline: ({ event }) => event.type === 'accept' && event.counted !== null,
    deadlineMoves: ({ context, event }) =>
      event.type === 'parent-moved' && event.deadline?.at !== context.deadline?.at,
    needsHeadApproval: ({ event }) => event.type === 'report' && event.needsApproval,
    hasVerificationRung: ({ context }) => context.verification.length > 0,
    verifierIsNotReporter: ({ context, event }) =>
      event.type === 'verify' &&
      ![event.by, event.onBehalfOf].some((one) => one !== null && context.reporters.includes(one)),
    hasNoOpenChild: ({ context }) => context.children.length === 0,
    mayBeVerified: and(['verifierIsNotReporter', 'hasNoOpenChild']),
  },
  delays: {
    returnWindowEnds: until(({ context }: Has) => context.returnBy),
    nearDue: until(({ context }: Has) => context.deadline?.nearDueAt),
    deadline: until(({ context }: Has) => context.deadline?.at),
    nextRung: until(({ context }: Has) => nextRungAt(context.ladder)),
    nextVerificationRung: until(({ context }: Has) => context.verification[0]?.at),
  },
  actions: {
    keepLead: assign(keep.lead),
    keepPerson: assign(keep.person),
    keepDeadline: assign(keep.deadline),
    keepSilence: assign(keep.silence),
    keepParentDeadline: assign(keep.parentDeadline),
    keepRules: assign(keep.rules),
    keepDraft: assign(keep.draft),
    dropDraft: assign({ draft: null }),
    keepReport: assign(keep.report),
    dropReport: assign(keep.reportSentBack),
    passVerificationRung: assign(({ context }) => ({ verification: context.verification.slice(1) })),
    keepSuspension: assign(keep.suspended),
    keepProposal: assign(keep.resumptionProposed),
    endSuspension: assign(keep.resumed),
    keepChildren: assign(keep.handedOn),
    dropChild: assign(keep.childEnded),
    /** What is said stands in the event; nothing else is kept of it. */
    leaveToHistory: assign({}),
    beginLadder: assign(keep.ladderBegun),
    passRung: assign(keep.rungPassed),
    keepEscalation: assign(keep.escalationRaised),
    dropEscalation: assign(keep.escalationDecided),
    keepExtensionRequest: assign(keep.extensionRequested),
    dropExtensionRequest: assign({ extensionRequest: null }),
    keepConsultation: assign(keep.consultationAsked),
    dropConsultation: assign(keep.consultationEnded),
    endConsultation: sendToInstance((_: Has, { id }: { id: string }) => ({
      instance: id,
      event: { type: 'end' },
    })),
    forgetPending: assign(keep.pendingWithdrawn),
    notify: effect(newsMessage),
    escalate: startInstance(escalationOfRung),
    withdraw: sendToInstance((_: Has, { id }: { id: string }) => ({
      instance: id,
      event: { type: 'withdraw' },
    })),
    reportToSource: effect(({ context: { parent, deadline } }: Has) => ({
      organization: parent?.organization ?? null,
      part: parent?.directive ?? null,
      deadline: deadline?.at ?? null,
    })),
    sayEnded: sendToInstance((_: Has, { parent, child }: { parent: string; child: string }) => ({
      instance: parent,
      event: { type: 'child-ended', child },
    })),
  },
});

export const directiveSetup = base.extend({
  actions: {
    /** Whatever waits for a decision about it and no longer needs one: escalations, an extension request. */
    withdrawPending: base.enqueueActions(({ context, enqueue }) => {
      for (const { id } of context.escalations) enqueue({ type: 'withdraw', params: { id } });
      if (context.extensionRequest !== null)
        enqueue({ type: 'withdraw', params: { id: context.extensionRequest } });
      enqueue('forgetPending');
    }),
    /** Opinions that nobody needs any more; each of them says so in turn. */
    endConsultations: base.enqueueActions(({ context, enqueue }) => {
      for (const id of context.consultations) enqueue({ type: 'endConsultation', params: { id } });
    }),
    tellParent: base.enqueueActions(({ context: { parent }, enqueue }) => {
      if (!parent) return;
      const { organization, directive, self } = parent;
      if (organization === null) enqueue({ type: 'sayEnded', params: { parent: directive, child: self } });
      else enqueue('reportToSource');
    }),
    /** Each new state, where another organization handed it on. */
    tellSource: base.enqueueActions(({ context: { parent }, enqueue }) => {
      if (parent && parent.organization !== null) enqueue('reportToSource');
    }),
  },
});
