import { defineLifecycle, effect, instantNow, until, type EffectPayload } from '@dondoc/workflow';
import { assign, setup } from 'xstate';
import { afterReminder, awaitedAnswer, type AnswerNews } from '../awaited-answer';
import { asEffect } from '../message-payload';
import { type ExplanationContext, type ExplanationEvent, type ExplanationInput } from './explanation.types';

interface Has {
  readonly context: ExplanationContext;
  readonly event: ExplanationEvent;
}

/** What a person says with an event goes along with the message; the demand itself with everything else. */
function message({ context, event }: Has, { subject, to }: AnswerNews): EffectPayload {
  const reminder = to === 'reminder' ? context.due.reminders[0] : undefined;
  const said =
    'reason' in event ? event.reason : 'note' in event ? event.note : 'text' in event ? event.text : null;
  return asEffect({
    subject,
    directive: context.directive,
    to: to === 'reminder' ? (reminder?.to ?? []) : to,
    recipients: null,
    facts: context.facts,
    rung: reminder?.id ?? null,
    collapsed: reminder?.collapsed ?? [],
    article: reminder?.article ?? context.due.article,
    rules: context.rules,
    kind: null,
    urgency: context.urgency,
    deadline: context.due.at,
    by: 'by' in event ? event.by : context.demandedBy,
    note: said ?? context.question,
  });
}

/**
 * Giải trình: a leader demands in writing that an agency's head accounts for a matter, by a day; the head submits, the
 * leader accepts or asks again with a new day. What is late goes to the leader, and may still be submitted.
 */
export const explanationLifecycle = defineLifecycle({
  id: 'explanation',
  version: 1,
  refusals: {
    isOfAnother: {
      code: 'judges-own-explanation',
      vi: 'Người giải trình không được tự chấp nhận giải trình của mình.',
      en: 'Whoever submitted an explanation may not accept it.',
    },
  },
  machine: setup({
    types: {
      input: {} as ExplanationInput,
      context: {} as ExplanationContext,
      events: {} as ExplanationEvent,
    },
    guards: {
      answerIsLate: ({ context }) => context.due.at <= instantNow(),
      hasReminder: ({ context }) => context.due.reminders.length > 0,
      isOfAnother: ({ context, event }) =>
        'by' in event &&
        ![context.submittedBy, context.submittedFor].some(
          (person) => person === event.by || (person !== null && person === event.onBehalfOf),
        ),
    },
    delays: {
      nextReminder: until(({ context }: Has) => context.due.reminders[0]?.at),
      answerDue: until(({ context }: Has) => context.due.at),
    },
    actions: {
      keepSubmission: assign(({ event }) =>
        event.type === 'submit'
          ? { submittedBy: event.by, submittedFor: event.onBehalfOf, submittedAt: event.at }
          : {},
      ),
      keepQuestion: assign(({ context, event }) =>
        event.type === 'ask-again'
          ? {
              question: event.question,
              due: event.due,
              round: context.round + 1,
              submittedBy: null,
              submittedFor: null,
              submittedAt: null,
            }
          : {},
      ),
      passReminder: assign(({ context }) => ({ due: afterReminder(context.due) })),
      notify: effect((has: Has, news: AnswerNews) => message(has, news)),
    },
  }).createMachine({
    id: 'explanation',
    context: ({ input }) => ({
      ...input,
      round: 1,
      submittedBy: null,
      submittedAt: null,
      submittedFor: null,
    }),
    initial: 'demanded',
    states: {
      demanded: {
        type: 'parallel',
        states: awaitedAnswer('explanation-due', {
          subject: 'explanation-late',
          to: ['lead-head', 'assigning-leader'],
        }),
        entry: { type: 'notify', params: { subject: 'explanation-demanded', to: ['lead-head'] } },
        on: {
          submit: { target: 'submitted', actions: 'keepSubmission' },
          withdraw: 'withdrawn',
        },
      },
      submitted: {
        entry: { type: 'notify', params: { subject: 'explanation-submitted', to: ['assigning-leader'] } },
        on: {
          accept: { guard: 'isOfAnother', target: 'accepted' },
          'ask-again': { guard: 'isOfAnother', target: 'demanded', actions: 'keepQuestion' },
          withdraw: 'withdrawn',
        },
      },
      accepted: {
        type: 'final',
        entry: {
          type: 'notify',
          params: { subject: 'explanation-accepted', to: ['lead-head', 'tracking-officer'] },
        },
      },
      withdrawn: {
        type: 'final',
        entry: { type: 'notify', params: { subject: 'explanation-withdrawn', to: ['lead-head'] } },
      },
    },
  }),
});
