import { defineLifecycle, effect, instantNow, until, type EffectPayload } from '@dondoc/workflow';
import { assign, setup } from 'xstate';
import { type Recipient } from '../../directory/audience';
import { asEffect, type MessageSubject } from '../message-payload';
import { type DelegationContext, type DelegationEvent, type DelegationInput } from './delegation.types';

interface Has {
  readonly context: DelegationContext;
  readonly event: DelegationEvent;
}

const inPerson = (person: string): Recipient => ({
  person,
  role: 'staff',
  agency: null,
  via: 'holder',
  insteadOf: null,
  reason: null,
});

/** To both of them: the one who is away, and the one who stands in. */
function message({ context }: Has, { subject }: { readonly subject: MessageSubject }): EffectPayload {
  const { from, to, start, end, endedEarly } = context;
  const said = endedEarly ? endedEarly.reason : context.reason;
  return asEffect({
    subject,
    directive: null,
    to: [],
    recipients: [inPerson(to), inPerson(from)],
    facts: {
      assignedPerson: null,
      lead: '',
      coordinating: [],
      assigningLeader: null,
      trackingOfficer: null,
      field: null,
    },
    rung: null,
    collapsed: [],
    article: null,
    rules: null,
    kind: null,
    urgency: 'normal',
    deadline: null,
    by: endedEarly?.by ?? context.givenBy,
    note: [`${start} – ${end}`, said].filter(Boolean).join(': '),
  });
}

const tell = (subject: MessageSubject) => ({ type: 'notify', params: { subject } }) as const;

/** Ủy quyền: given for dates, in force from the first to the last of them, and over, or ended before. */
export const delegationLifecycle = defineLifecycle({
  id: 'delegation',
  version: 1,
  machine: setup({
    types: {
      input: {} as DelegationInput,
      context: {} as DelegationContext,
      events: {} as DelegationEvent,
    },
    guards: {
      hasBegun: ({ context }) => context.startsAt <= instantNow(),
    },
    delays: {
      start: until(({ context }: Has) => context.startsAt),
      end: until(({ context }: Has) => context.endsAt),
    },
    actions: {
      keepEnd: assign(({ event: { at, by, reason } }) => ({ endedEarly: { at, by, reason } })),
      notify: effect((has: Has, news: { readonly subject: MessageSubject }) => message(has, news)),
    },
  }).createMachine({
    id: 'delegation',
    context: ({ input }) => ({ ...input, endedEarly: null }),
    initial: 'given',
    on: { end: { target: '.over', actions: 'keepEnd' } },
    states: {
      given: {
        entry: tell('delegation-given'),
        always: { guard: 'hasBegun', target: 'inForce' },
        after: { start: { target: 'inForce', actions: tell('delegation-begins') } },
      },
      inForce: { after: { end: 'over' } },
      over: { type: 'final', entry: tell('delegation-over') },
    },
  }),
});
