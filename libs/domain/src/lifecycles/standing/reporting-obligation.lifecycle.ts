import {
  defineLifecycle,
  effect,
  instantNow,
  sendToInstance,
  until,
  type EffectPayload,
} from '@dondoc/workflow';
import { assign, setup } from 'xstate';
import { type Audience } from '../../directory/audience';
import { afterReminder, awaitedAnswer, type AnswerNews } from '../awaited-answer';
import { asEffect, type MessageSubject } from '../message-payload';
import { type ObligationContext, type ObligationEvent, type ObligationInput } from './standing.types';

interface Has {
  readonly context: ObligationContext;
  readonly event: ObligationEvent;
}

function message({ context, event }: Has, { subject, to }: AnswerNews): EffectPayload {
  const reminder = to === 'reminder' ? context.due.reminders[0] : undefined;
  const said = 'reason' in event ? event.reason : null;
  return asEffect({
    subject,
    directive: null,
    to: to === 'reminder' ? (reminder?.to ?? []) : to,
    recipients: null,
    facts: context.facts,
    rung: null,
    collapsed: [],
    article: reminder?.article ?? context.due.article,
    rules: context.rules,
    kind: null,
    urgency: context.urgency,
    deadline: context.due.at,
    by: 'by' in event ? event.by : null,
    note: [`${context.title} (${context.period.name.vi})`, said].filter(Boolean).join(': '),
  });
}

const news = (subject: MessageSubject, ...to: readonly Audience[]) =>
  ({ type: 'notify', params: { subject, to } }) as const;

/** Kỳ báo cáo: asked for at the opening of its period, due on the day of the rules, reported, accepted or sent back. */
export const reportingObligationLifecycle = defineLifecycle({
  id: 'reporting-obligation',
  version: 1,
  refusals: {
    isOfAnother: {
      code: 'verifier-is-reporter',
      vi: 'Người báo cáo không được tự chấp nhận báo cáo.',
      en: 'Whoever reported may not accept it.',
    },
  },
  machine: setup({
    types: {
      input: {} as ObligationInput,
      context: {} as ObligationContext,
      events: {} as ObligationEvent,
    },
    guards: {
      hasReminder: ({ context }) => context.due.reminders.length > 0,
      answerIsLate: ({ context }) => context.due.at <= instantNow(),
      isOfAnother: ({ context, event }) =>
        'by' in event &&
        ![context.reportedBy, context.reportedFor].some(
          (person) => person === event.by || (person !== null && person === event.onBehalfOf),
        ),
    },
    delays: {
      answerDue: until(({ context }: Has) => context.due.at),
      nextReminder: until(({ context }: Has) => context.due.reminders[0]?.at),
    },
    actions: {
      keepReport: assign(({ event }) =>
        event.type === 'report'
          ? { reportedBy: event.by, reportedFor: event.onBehalfOf, reportedAt: event.at }
          : {},
      ),
      dropReport: assign(({ context, event }) => ({
        ...{ reportedBy: null, reportedFor: null, reportedAt: null },
        // What was missed while it lay with the Office is of no use to anybody: the return itself asks for it again.
        due: { ...context.due, reminders: context.due.reminders.filter(({ at }) => at > event.at) },
      })),
      /** What is said stands in the event; nothing else is kept of it. */
      leaveToHistory: assign({}),
      passReminder: assign(({ context }) => ({ due: afterReminder(context.due) })),
      notify: effect((has: Has, told: AnswerNews) => message(has, told)),
      tellOpened: sendToInstance(({ context }: Has) => ({
        instance: context.standing,
        event: { type: 'obligation-opened', obligation: context.id, next: { ...context.next } },
      })),
      tellEnded: sendToInstance(({ context }: Has) => ({
        instance: context.standing,
        event: { type: 'obligation-ended', obligation: context.id },
      })),
    },
  }).createMachine({
    id: 'reporting-obligation',
    context: ({ input }) => ({ ...input, reportedBy: null, reportedFor: null, reportedAt: null }),
    entry: ['tellOpened', news('obligation-opened', 'lead-staff')],
    initial: 'awaited',
    on: { 'stood-in': { actions: 'leaveToHistory' } },
    states: {
      awaited: {
        type: 'parallel',
        states: awaitedAnswer('obligation-due', {
          subject: 'obligation-late',
          to: ['lead-head', 'tracking-officer'],
        }),
        on: { report: { target: 'reported', actions: 'keepReport' }, withdraw: 'withdrawn' },
      },
      reported: {
        entry: news('obligation-reported', 'tracking-officer'),
        on: {
          accept: { guard: 'isOfAnother', target: 'accepted' },
          'send-back': {
            guard: 'isOfAnother',
            target: 'awaited',
            actions: ['dropReport', news('obligation-sent-back', 'lead-staff', 'lead-head')],
          },
          withdraw: 'withdrawn',
        },
      },
      accepted: { type: 'final', entry: ['tellEnded', news('obligation-accepted', 'lead-staff')] },
      withdrawn: { type: 'final' },
    },
  }),
});
