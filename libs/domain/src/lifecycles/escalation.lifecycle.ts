import { defineLifecycle, effect, sendToInstance, until, type EffectPayload } from '@dondoc/workflow';
import { assign, setup } from 'xstate';
import { type Audience } from '../directory/audience';
import { type EscalationContext, type EscalationEvent, type EscalationInput } from './escalation.types';
import { asEffect, type MessageSubject } from './message-payload';

interface Has {
  readonly context: EscalationContext;
  readonly event: EscalationEvent;
}

function message(
  { context, event }: Has,
  subject: MessageSubject,
  to: readonly Audience[] | 'level',
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
    by: event.type === 'decide' ? event.by : null,
    note: event.type === 'decide' ? event.note : null,
  });
}

/**
 * Trình lãnh đạo: raised at a level, acknowledged there or passed to the next when time runs out, then decided. A
 * leader may decide at once; the directive withdraws what no longer needs a decision.
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
  machine: setup({
    types: {
      input: {} as EscalationInput,
      context: {} as EscalationContext,
      events: {} as EscalationEvent,
    },
    guards: {
      hasNextLevel: ({ context }) => context.level + 1 < context.chain.length,
      isAddressed: ({ context, event }) =>
        'by' in event &&
        context.chain.some(({ recipients }) =>
          recipients.some(({ person, via }) => person === event.by && via !== 'administrator'),
        ),
    },
    delays: {
      acknowledgeBy: until(({ context }: Has) => context.chain[context.level]?.acknowledgeBy),
    },
    actions: {
      keepAcknowledgement: assign(({ event }) =>
        event.type === 'acknowledge' ? { acknowledgedBy: event.by, acknowledgedAt: event.at } : {},
      ),
      goUp: assign(({ context }) => ({ level: context.level + 1 })),
      notify: effect((has: Has, params: { subject: MessageSubject; to: readonly Audience[] | 'level' }) =>
        message(has, params.subject, params.to),
      ),
      tellDirectiveRaised: sendToInstance(({ context }: Has) => ({
        instance: context.directive,
        event: { type: 'escalation-raised', escalation: context.id, rung: context.rung },
      })),
      tellDirectiveDecided: sendToInstance(({ context }: Has) => ({
        instance: context.directive,
        event: { type: 'escalation-decided', escalation: context.id },
      })),
    },
  }).createMachine({
    id: 'escalation',
    context: ({ input }) => ({ ...input, level: 0, acknowledgedBy: null, acknowledgedAt: null }),
    entry: 'tellDirectiveRaised',
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
                always: [{ guard: 'hasNextLevel', target: 'waiting' }, { target: 'atTheTop' }],
              },
              waiting: { after: { acknowledgeBy: { target: 'arriving', actions: 'goUp' } } },
              atTheTop: {},
            },
          },
          acknowledged: {},
        },
      },
      decided: {
        type: 'final',
        entry: [
          'tellDirectiveDecided',
          { type: 'notify', params: { subject: 'escalation-decided', to: ['tracking-officer'] } },
        ],
      },
      withdrawn: { type: 'final' },
    },
  }),
});
