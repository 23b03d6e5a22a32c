import { defineLifecycle, effect, sendToInstance, startInstance, until } from '@dondoc/workflow';
import { assign, setup } from 'xstate';
import { type Audience } from '../../directory/audience';
import { asEffect, type MessageSubject } from '../message-payload';
import {
  type Opening,
  type RequestedObligation,
  type StandingContext,
  type StandingEvent,
  type StandingInput,
} from './standing.types';

interface Has {
  readonly context: StandingContext;
  readonly event: StandingEvent;
}

const inOrder = (openings: readonly Opening[]): readonly Opening[] =>
  [...openings].sort((a, b) => a.opensAt - b.opensAt);

/** A line of it, for lists and messages. */
const titleOf = (text: string): string => (text.length > 200 ? `${text.slice(0, 199)}…` : text);

const base = setup({
  types: {
    input: {} as StandingInput,
    context: {} as StandingContext,
    events: {} as StandingEvent,
  },
  guards: {
    hasOpening: ({ context }) => context.openings.length > 0,
  },
  delays: {
    nextOpening: until(({ context }: Has) => context.openings[0]?.opensAt),
  },
  actions: {
    openObligation: startInstance(({ context }: Has) => {
      const [opening] = context.openings;
      const { text, rules, urgency, facts } = context;
      const asked = { opening, title: titleOf(text), rules, urgency, facts } as Omit<
        RequestedObligation,
        'standing'
      >;
      return {
        lifecycle: 'reporting-obligation',
        key: `obligation/${opening?.report ?? ''}/${opening?.first ?? ''}`,
        input: asked as never,
      };
    }),
    passOpening: assign(({ context }) => ({ openings: context.openings.slice(1) })),
    keepObligation: assign(({ context, event }) =>
      event.type === 'obligation-opened'
        ? {
            obligations: [...context.obligations, event.obligation],
            openings: inOrder([...context.openings, event.next]),
          }
        : {},
    ),
    dropObligation: assign(({ context, event }) =>
      event.type === 'obligation-ended'
        ? { obligations: context.obligations.filter((id) => id !== event.obligation) }
        : {},
    ),
    withdrawObligation: sendToInstance((_: Has, { id }: { id: string }) => ({
      instance: id,
      event: { type: 'withdraw' },
    })),
    notify: effect(({ context, event }: Has, news: { subject: MessageSubject; to: readonly Audience[] }) =>
      asEffect({
        subject: news.subject,
        directive: null,
        to: news.to,
        recipients: null,
        facts: context.facts,
        rung: null,
        collapsed: [],
        article: null,
        rules: context.rules,
        kind: null,
        urgency: context.urgency,
        deadline: null,
        by: event.type === 'end' ? event.by : context.givenBy,
        note: event.type === 'end' ? event.reason : titleOf(context.text),
      }),
    ),
  },
});

const standingSetup = base.extend({
  actions: {
    withdrawObligations: base.enqueueActions(({ context, enqueue }) => {
      for (const id of context.obligations) enqueue({ type: 'withdrawObligation', params: { id } });
    }),
  },
});

/**
 * Nhiệm vụ thường xuyên: in force until somebody ends it. At the opening of each period it asks for that period's report;
 * the obligation says when the following one opens.
 */
export const standingDirectiveLifecycle = defineLifecycle({
  id: 'standing-directive',
  version: 1,
  machine: standingSetup.createMachine({
    id: 'standing-directive',
    context: ({ input }) => ({ ...input, openings: inOrder(input.openings), obligations: [] }),
    initial: 'inForce',
    states: {
      inForce: {
        entry: { type: 'notify', params: { subject: 'standing-given', to: ['lead-staff', 'lead-head'] } },
        initial: 'choosing',
        on: {
          'obligation-opened': { target: '.choosing', actions: 'keepObligation' },
          'obligation-ended': { actions: 'dropObligation' },
          end: 'ended',
        },
        states: {
          choosing: { always: [{ guard: 'hasOpening', target: 'waiting' }, { target: 'atRest' }] },
          waiting: {
            after: { nextOpening: { target: 'choosing', actions: ['openObligation', 'passOpening'] } },
          },
          atRest: {},
        },
      },
      ended: {
        type: 'final',
        entry: [
          'withdrawObligations',
          { type: 'notify', params: { subject: 'standing-ended', to: ['lead-staff', 'lead-head'] } },
        ],
      },
    },
  }),
});
