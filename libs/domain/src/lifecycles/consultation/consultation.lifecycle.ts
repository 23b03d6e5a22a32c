import {
  defineLifecycle,
  effect,
  sendToInstance,
  until,
  type EffectPayload,
  type EventToSend,
} from '@dondoc/workflow';
import { assign, setup } from 'xstate';
import { type Audience } from '../../directory/audience';
import { asEffect, type MessageSubject } from '../message-payload';
import {
  type ConsultationContext,
  type ConsultationEvent,
  type ConsultationInput,
} from './consultation.types';

interface Has {
  readonly context: ConsultationContext;
  readonly event: ConsultationEvent;
}

interface News {
  readonly subject: MessageSubject;
  readonly to: readonly Audience[];
}

/** The opinion or the reason goes along with the message, else the question. */
function message({ context, event }: Has, { subject, to }: News): EffectPayload {
  const said = 'opinion' in event ? event.opinion : 'reason' in event ? event.reason : context.question;
  return asEffect({
    subject,
    directive: context.directive,
    to,
    recipients: null,
    facts: context.facts,
    rung: null,
    collapsed: [],
    article: context.article,
    rules: context.rules,
    kind: null,
    urgency: context.urgency,
    deadline: context.replyBy,
    by: 'by' in event ? event.by : context.askedBy,
    note: said,
  });
}

function toDirective(
  { context }: Has,
  { type }: { readonly type: 'consultation-asked' | 'consultation-ended' },
): EventToSend {
  return { instance: context.directive, event: { type, consultation: context.id } };
}

const news = (subject: MessageSubject, ...to: readonly Audience[]) =>
  ({ type: 'notify', params: { subject, to } }) as const;

const ended = { type: 'tellDirective', params: { type: 'consultation-ended' } } as const;

/**
 * Lấy ý kiến phối hợp: the lead asks one coordinating agency, which replies in the time of the rules. Silence beyond it is
 * consent, or stays a missing answer, as the rules say; either way the agency was late, and the lead was not.
 */
export const consultationLifecycle = defineLifecycle({
  id: 'consultation',
  version: 1,
  machine: setup({
    types: {
      input: {} as ConsultationInput,
      context: {} as ConsultationContext,
      events: {} as ConsultationEvent,
    },
    guards: {
      silenceIsConsent: ({ context }) => context.silence === 'deemed-consent',
    },
    delays: {
      replyBy: until(({ context }: Has) => context.replyBy),
    },
    actions: {
      keepReply: assign(({ event }) =>
        event.type === 'reply' ? { answeredBy: event.by, answeredAt: event.at } : {},
      ),
      notify: effect((has: Has, told: News) => message(has, told)),
      tellDirective: sendToInstance(toDirective),
    },
  }).createMachine({
    id: 'consultation',
    context: ({ input }) => ({ ...input, answeredBy: null, answeredAt: null }),
    entry: [
      { type: 'tellDirective', params: { type: 'consultation-asked' } },
      news('consultation-asked', 'coordinating-staff', 'coordinating-head'),
    ],
    initial: 'asked',
    states: {
      asked: {
        on: {
          reply: { target: 'answered', actions: 'keepReply' },
          withdraw: { target: 'withdrawn', actions: news('consultation-withdrawn', 'coordinating-staff') },
          end: 'withdrawn',
        },
        after: {
          replyBy: [
            {
              guard: 'silenceIsConsent',
              target: 'deemedConsent',
              actions: news('consultation-deemed-consent', 'coordinating-head', 'lead-staff'),
            },
            {
              target: 'late',
              actions: news('consultation-late', 'coordinating-staff', 'coordinating-head', 'lead-staff'),
            },
          ],
        },
      },
      late: {
        on: {
          reply: { target: 'answered', actions: 'keepReply' },
          withdraw: { target: 'withdrawn', actions: news('consultation-withdrawn', 'coordinating-staff') },
          end: 'withdrawn',
        },
      },
      answered: { type: 'final', entry: [ended, news('consultation-answered', 'lead-staff')] },
      deemedConsent: { type: 'final', entry: ended },
      withdrawn: { type: 'final', entry: ended },
    },
  }),
});
