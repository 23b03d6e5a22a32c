import { effect, instantNow, sendToInstance, startInstance, until } from '@dondoc/workflow';
import { assign, setup } from 'xstate';
import { escalationOfRung, newsMessage, rungMessage } from './directive.messages';
import { type DirectiveContext, type DirectiveEvent, type DirectiveInput } from './directive.types';
import * as keep from './directive.updates';
import { nextRungAt } from './ladder-region';

interface Has {
  readonly context: DirectiveContext;
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
    deadlineHasPassed: ({ context }) => context.deadline !== null && context.deadline.at <= instantNow(),
    nearDueHasCome: ({ context }) => context.deadline !== null && context.deadline.nearDueAt <= instantNow(),
    hasRung: ({ context }) => context.ladder.rungs.length > 0,
    rungEscalates: ({ context }) => context.ladder.rungs[0]?.kind === 'escalate',
    ladderReplanned: ({ context }) => context.ladder.replanned,
    verifierIsNotReporter: ({ context, event }) => event.type === 'verify' && event.by !== context.reportedBy,
  },
  delays: {
    returnWindowEnds: until(({ context }: Has) => context.returnBy),
    nearDue: until(({ context }: Has) => context.deadline?.nearDueAt),
    deadline: until(({ context }: Has) => context.deadline?.at),
    nextRung: until(({ context }: Has) => nextRungAt(context.ladder)),
  },
  actions: {
    keepLead: assign(keep.lead),
    keepDeadline: assign(keep.deadline),
    keepReport: assign(keep.report),
    dropReport: assign(keep.reportSentBack),
    beginLadder: assign(keep.ladderBegun),
    passRung: assign(keep.rungPassed),
    keepEscalation: assign(keep.escalationRaised),
    dropEscalation: assign(keep.escalationDecided),
    forgetEscalations: assign(keep.escalationsWithdrawn),
    remind: effect(rungMessage),
    notify: effect(newsMessage),
    escalate: startInstance(escalationOfRung),
    withdrawEscalation: sendToInstance((_: Has, { id }: { id: string }) => ({
      instance: id,
      event: { type: 'withdraw' },
    })),
  },
});

export const directiveSetup = base.extend({
  actions: {
    withdrawEscalations: base.enqueueActions(({ context, enqueue }) => {
      for (const { id } of context.escalations) enqueue({ type: 'withdrawEscalation', params: { id } });
      enqueue('forgetEscalations');
    }),
  },
});
