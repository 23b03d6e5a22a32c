import { defineLifecycle, effect, sendToInstance, until, type EffectPayload } from '@dondoc/workflow';
import { assign, setup } from 'xstate';
import { type Audience } from '../directory/audience';
import {
  type ExtensionRequestContext,
  type ExtensionRequestEvent,
  type ExtensionRequestInput,
} from './extension-request.types';
import { asEffect, type MessageSubject } from './message-payload';

interface Has {
  readonly context: ExtensionRequestContext;
  readonly event: ExtensionRequestEvent;
}

interface News {
  readonly subject: MessageSubject;
  readonly to: readonly (Audience | 'approver')[];
}

function message({ context, event }: Has, { subject, to }: News): EffectPayload {
  return asEffect({
    subject,
    directive: context.directive,
    to: to.map((audience) => (audience === 'approver' ? context.approver : audience)),
    recipients: null,
    facts: context.facts,
    rung: null,
    collapsed: [],
    article: context.article,
    rules: context.rules,
    kind: null,
    urgency: context.urgency,
    deadline: context.deadline,
    by: 'by' in event ? (event.by ?? null) : context.by,
    note: event.type === 'decide' ? event.note : event.type === 'decline' ? event.reason : context.reason,
  });
}

const tell = (subject: MessageSubject, ...to: readonly (Audience | 'approver')[]) => ({
  type: 'notify' as const,
  params: { subject, to },
});

const people = (...hands: readonly (string | null)[]) => hands.filter((one) => one !== null);

const isNotRequester = ({ context, event }: Has): boolean =>
  event.type === 'decide' &&
  !people(event.by, event.onBehalfOf).some((one) => context.requesters.includes(one));

/**
 * Đề nghị gia hạn: made by the lead, let go by its head where the rules want that, decided by whom the rules name or the
 * assigning leader. Not decided in time, the approver is reminded, then it goes one level up; it is never granted by
 * silence. A grant moves the deadline of the directive in the same transaction.
 */
export const extensionRequestLifecycle = defineLifecycle({
  id: 'extension-request',
  version: 1,
  refusals: {
    isNotRequester: {
      code: 'requester-decides',
      vi: 'Người đề nghị không được tự quyết định gia hạn.',
      en: 'Whoever asked for more time may not decide on it.',
    },
  },
  machine: setup({
    types: {
      input: {} as ExtensionRequestInput,
      context: {} as ExtensionRequestContext,
      events: {} as ExtensionRequestEvent,
    },
    guards: {
      needsApproval: ({ context }) => context.needsApproval,
      isNotRequester,
      isGranted: (has) => isNotRequester(has) && has.event.type === 'decide' && has.event.granted,
    },
    delays: {
      remind: until(({ context }: Has) => context.decideBy.remindAt),
      goUp: until(({ context }: Has) => context.decideBy.goUpAt),
    },
    actions: {
      keepApproval: assign(({ context, event }) =>
        event.type === 'approve'
          ? {
              decideBy: event.decideBy,
              requesters: [...context.requesters, ...people(event.by, event.onBehalfOf)],
            }
          : {},
      ),
      notify: effect(message),
      tellDirectiveRequested: sendToInstance(({ context }: Has) => ({
        instance: context.directive,
        event: { type: 'extension-requested', request: context.id },
      })),
      tellDirectiveDecided: sendToInstance(({ context }: Has) => ({
        instance: context.directive,
        event: { type: 'extension-decided', request: context.id },
      })),
    },
  }).createMachine({
    id: 'extension-request',
    context: ({ input }) => ({ ...input, requesters: people(input.by, input.onBehalfOf) }),
    entry: 'tellDirectiveRequested',
    initial: 'made',
    on: { withdraw: '.withdrawn' },
    states: {
      made: { always: [{ guard: 'needsApproval', target: 'awaitingHead' }, { target: 'requested' }] },
      awaitingHead: {
        entry: tell('extension-for-approval', 'lead-head'),
        on: { approve: { target: 'requested', actions: 'keepApproval' }, decline: 'declined' },
      },
      requested: {
        entry: tell('extension-requested', 'approver', 'assigning-leader', 'tracking-officer'),
        initial: 'waiting',
        on: {
          decide: [
            { guard: 'isGranted', target: 'granted' },
            { guard: 'isNotRequester', target: 'refused' },
          ],
          withdraw: { target: 'withdrawn', actions: tell('extension-withdrawn', 'approver') },
        },
        states: {
          waiting: { after: { remind: 'reminded' } },
          reminded: { entry: tell('extension-waiting', 'approver'), after: { goUp: 'goneUp' } },
          goneUp: { entry: tell('extension-waiting', 'approver', 'chief-of-office', 'chair') },
        },
      },
      granted: { type: 'final', entry: 'tellDirectiveDecided' },
      refused: {
        type: 'final',
        entry: [
          'tellDirectiveDecided',
          tell('extension-refused', 'assigned-person', 'lead-head', 'tracking-officer'),
        ],
      },
      declined: {
        type: 'final',
        entry: ['tellDirectiveDecided', tell('extension-refused', 'assigned-person')],
      },
      withdrawn: { type: 'final', entry: 'tellDirectiveDecided' },
    },
  }),
});
