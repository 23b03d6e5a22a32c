import { defineLifecycle, effect, sendToInstance, until, type EffectPayload } from '@dondoc/workflow';
import { assign, setup } from 'xstate';
import { type Audience } from '../directory/audience';
import {
  type ExtensionRequestContext,
  type ExtensionRequestEvent,
  type ExtensionRequestInput,
} from './extension-request.types';
import { asEffect, type MessageSubject } from './message-payload';
import { isUndoneByDecider } from './undo-window';

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
    note: noteOf({ context, event }),
  });
}

function noteOf({ context, event }: Has): string | null {
  switch (event.type) {
    case 'decide':
    case 'carry-out':
      return event.note;
    case 'decline':
      return event.reason;
    case 'not-carried-out':
      return `${event.vi} (${event.en})`;
    default:
      return context.reason;
  }
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
 * silence. A grant moves the deadline of the directive in the same transaction. For some seconds whoever decided can undo it:
 * what follows waits until then (`held`).
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
    isDecider: {
      code: 'not-your-decision',
      vi: 'Chỉ người đã quyết định được hoàn tác.',
      en: 'Only whoever decided can undo it.',
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
      canBeUndone: (has) => isNotRequester(has) && has.event.type === 'decide' && has.event.held !== null,
      isDecider: ({ context, event }) => isUndoneByDecider(context.held, event),
      carriesGrant: ({ event }) => event.type === 'carry-out' && event.granted,
    },
    delays: {
      remind: until(({ context }: Has) => context.decideBy.remindAt),
      goUp: until(({ context }: Has) => context.decideBy.goUpAt),
      undoEnds: until(({ context }: Has) => context.held?.until),
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
      keepDecision: assign(({ event }) => (event.type === 'decide' ? { held: event.held } : {})),
      dropDecision: assign({ held: null }),
      settle: effect(({ context }: Has) => ({ directive: context.directive })),
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
    context: ({ input }) => ({ ...input, requesters: people(input.by, input.onBehalfOf), held: null }),
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
        initial: 'open',
        on: { withdraw: { target: 'withdrawn', actions: tell('extension-withdrawn', 'approver') } },
        states: {
          open: {
            initial: 'waiting',
            on: {
              decide: [
                { guard: 'canBeUndone', target: 'held', actions: 'keepDecision' },
                { guard: 'isGranted', target: '#extension-request.granted' },
                { guard: 'isNotRequester', target: '#extension-request.refused' },
              ],
            },
            states: {
              waiting: {
                after: { remind: { target: 'reminded', actions: tell('extension-waiting', 'approver') } },
              },
              reminded: {
                after: {
                  goUp: {
                    target: 'goneUp',
                    actions: tell('extension-waiting', 'approver', 'chief-of-office', 'chair'),
                  },
                },
              },
              goneUp: {},
              asBefore: { type: 'history' },
            },
          },
          held: {
            on: { undo: { guard: 'isDecider', target: 'open.asBefore', actions: 'dropDecision' } },
            after: { undoEnds: 'settling' },
          },
          settling: {
            entry: 'settle',
            on: {
              'carry-out': [
                { guard: 'carriesGrant', target: '#extension-request.granted' },
                { target: '#extension-request.refused' },
              ],
              'not-carried-out': {
                target: 'open.asBefore',
                actions: ['dropDecision', tell('decision-overtaken', 'approver')],
              },
            },
          },
        },
      },
      granted: { type: 'final', entry: ['dropDecision', 'tellDirectiveDecided'] },
      refused: {
        type: 'final',
        entry: [
          'dropDecision',
          'tellDirectiveDecided',
          tell('extension-refused', 'assigned-person', 'lead-head', 'tracking-officer'),
        ],
      },
      declined: {
        type: 'final',
        entry: ['tellDirectiveDecided', tell('extension-refused', 'assigned-person')],
      },
      withdrawn: { type: 'final', entry: ['dropDecision', 'tellDirectiveDecided'] },
    },
  }),
});
