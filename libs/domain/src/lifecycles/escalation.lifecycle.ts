import { defineLifecycle, effect, sendToInstance, startInstance, until } from '@dondoc/workflow';
import { and, assign, setup } from 'xstate';
import {
  decisionIn,
  demandedExplanation,
  escalationMessage,
  newsOfDecision,
  toDirective,
  type EscalationNews,
} from './escalation.messages';
import { type EscalationContext, type EscalationEvent, type EscalationInput } from './escalation.types';
import * as keep from './escalation.updates';
import { isUndoneByDecider } from './undo-window';

interface Has {
  readonly context: EscalationContext;
  readonly event: EscalationEvent;
}

const base = setup({
  types: {
    input: {} as EscalationInput,
    context: {} as EscalationContext,
    events: {} as EscalationEvent,
  },
  guards: {
    hasNextLevel: ({ context }) => context.level + 1 < context.chain.length,
    hasTimeToDecide: ({ context }) => context.decideBy !== null,
    wasForgottenBefore: ({ context }) => keep.goesUpWhenForgotten(context),
    isAddressed: ({ context, event }) => 'by' in event && keep.isAddressed(context, event),
    canBeUndone: ({ event }) => event.type === 'decide' && event.held !== null,
    isDecider: ({ context, event }) => isUndoneByDecider(context.held, event),
  },
  delays: {
    acknowledgeBy: until(({ context }: Has) => context.chain[context.level]?.acknowledgeBy),
    decideBy: until(({ context }: Has) => context.decideBy),
    undoEnds: until(({ context }: Has) => context.held?.until),
  },
  actions: {
    keepDecision: assign(keep.decided),
    dropDecision: assign({ held: null }),
    keepAcknowledgement: assign(keep.acknowledged),
    goUp: assign(keep.goneUp),
    comeBack: assign(keep.comeBack),
    goUpForgotten: assign(keep.goneUpForgotten),
    notify: effect((has: Has, news: EscalationNews) => escalationMessage(has, news)),
    settle: effect(({ context }: Has) => ({ directive: context.directive })),
    tellDirective: sendToInstance(toDirective),
    demandExplanation: startInstance(demandedExplanation),
  },
});

/** What a decision does by itself; to urge, extend and reassign is done by the directive, in the same transaction. */
const escalationSetup = base.extend({
  actions: {
    carryOut: base.enqueueActions(({ event, enqueue }) => {
      const made = decisionIn(event);
      if (!made) return;
      if (made.decision === 'explain') enqueue('demandExplanation');
      const news = newsOfDecision[made.decision];
      if (news) enqueue({ type: 'notify', params: news });
    }),
  },
});

/**
 * Trình lãnh đạo: raised at a level, acknowledged there or passed to the next when time runs out, then decided. What was
 * acknowledged and forgotten comes back to the same level, and the next time goes up. A leader may decide at once. For some
 * seconds whoever decided can undo it: what follows from the decision waits until then (`held`), and is resolved then. The
 * directive withdraws what no longer needs a decision.
 */
export const escalationLifecycle = defineLifecycle({
  id: 'escalation',
  version: 1,
  refusals: {
    isAddressed: {
      code: 'not-addressed-to-you',
      vi: 'Việc này không trình lên ông/bà.',
      en: 'This escalation is not addressed to you.',
    },
    isDecider: {
      code: 'not-your-decision',
      vi: 'Chỉ người đã quyết định được hoàn tác.',
      en: 'Only whoever decided can undo it.',
    },
  },
  machine: escalationSetup.createMachine({
    id: 'escalation',
    context: ({ input }) => keep.begun(input),
    entry: { type: 'tellDirective', params: { type: 'escalation-raised' } },
    initial: 'open',
    states: {
      open: {
        initial: 'raised',
        on: {
          decide: [
            { guard: and(['isAddressed', 'canBeUndone']), target: 'held', actions: 'keepDecision' },
            { guard: 'isAddressed', target: 'decided' },
          ],
          withdraw: 'withdrawn',
        },
        states: {
          raised: {
            initial: 'arriving',
            on: {
              acknowledge: { guard: 'isAddressed', target: 'acknowledged', actions: 'keepAcknowledgement' },
            },
            states: {
              arriving: {
                entry: { type: 'notify', params: { subject: 'escalation-raised', to: 'level' } },
                always: 'choosing',
              },
              comingBack: {
                entry: { type: 'notify', params: { subject: 'escalation-forgotten', to: 'level' } },
                always: 'choosing',
              },
              choosing: {
                always: [{ guard: 'hasNextLevel', target: 'waiting' }, { target: 'atTheTop' }],
              },
              waiting: { after: { acknowledgeBy: { target: 'arriving', actions: 'goUp' } } },
              atTheTop: {},
            },
          },
          acknowledged: {
            initial: 'choosing',
            states: {
              choosing: {
                always: [{ guard: 'hasTimeToDecide', target: 'deciding' }, { target: 'withoutLimit' }],
              },
              deciding: {
                after: {
                  decideBy: [
                    {
                      guard: 'wasForgottenBefore',
                      target: '#escalation.open.raised.arriving',
                      actions: 'goUpForgotten',
                    },
                    { target: '#escalation.open.raised.comingBack', actions: 'comeBack' },
                  ],
                },
              },
              withoutLimit: {},
            },
          },
          asBefore: { type: 'history', history: 'deep' },
        },
      },
      held: {
        initial: 'undoable',
        on: {
          withdraw: {
            target: 'withdrawn',
            actions: { type: 'notify', params: { subject: 'decision-overtaken', to: 'level' } },
          },
        },
        states: {
          undoable: {
            on: {
              undo: { guard: 'isDecider', target: '#escalation.open.asBefore', actions: 'dropDecision' },
            },
            after: { undoEnds: 'settling' },
          },
          settling: {
            entry: 'settle',
            on: {
              'carry-out': '#escalation.decided',
              'not-carried-out': {
                target: '#escalation.open.asBefore',
                actions: [
                  'dropDecision',
                  { type: 'notify', params: { subject: 'decision-overtaken', to: 'level' } },
                ],
              },
            },
          },
        },
      },
      decided: {
        type: 'final',
        entry: [
          'dropDecision',
          { type: 'tellDirective', params: { type: 'escalation-decided' } },
          'carryOut',
          { type: 'notify', params: { subject: 'escalation-decided', to: ['tracking-officer'] } },
        ],
      },
      withdrawn: { type: 'final', entry: 'dropDecision' },
    },
  }),
});
