import { defineLifecycle, effect, sendToInstance, startInstance, until } from '@dondoc/workflow';
import { assign, setup } from 'xstate';
import {
  demandedExplanation,
  escalationMessage,
  newsOfDecision,
  toDirective,
  type EscalationNews,
} from './escalation.messages';
import { type EscalationContext, type EscalationEvent, type EscalationInput } from './escalation.types';
import * as keep from './escalation.updates';

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
  },
  delays: {
    acknowledgeBy: until(({ context }: Has) => context.chain[context.level]?.acknowledgeBy),
    decideBy: until(({ context }: Has) => context.decideBy),
  },
  actions: {
    keepAcknowledgement: assign(keep.acknowledged),
    goUp: assign(keep.goneUp),
    comeBack: assign(keep.comeBack),
    goUpForgotten: assign(keep.goneUpForgotten),
    notify: effect((has: Has, news: EscalationNews) => escalationMessage(has, news)),
    tellDirective: sendToInstance(toDirective),
    demandExplanation: startInstance(demandedExplanation),
  },
});

/** What a decision does by itself; to urge, extend and reassign is done by the directive, in the same transaction. */
const escalationSetup = base.extend({
  actions: {
    carryOut: base.enqueueActions(({ event, enqueue }) => {
      if (event.type !== 'decide') return;
      if (event.decision === 'explain') enqueue('demandExplanation');
      const news = newsOfDecision[event.decision];
      if (news) enqueue({ type: 'notify', params: news });
    }),
  },
});

/**
 * Trình lãnh đạo: raised at a level, acknowledged there or passed to the next when time runs out, then decided. What was
 * acknowledged and forgotten comes back to the same level, and the next time goes up. A leader may decide at once; the
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
          decide: { guard: 'isAddressed', target: 'decided' },
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
        },
      },
      decided: {
        type: 'final',
        entry: [
          { type: 'tellDirective', params: { type: 'escalation-decided' } },
          'carryOut',
          { type: 'notify', params: { subject: 'escalation-decided', to: ['tracking-officer'] } },
        ],
      },
      withdrawn: { type: 'final' },
    },
  }),
});
