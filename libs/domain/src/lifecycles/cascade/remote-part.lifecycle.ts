import { defineLifecycle, effect, sendToInstance, type EffectPayload } from '@dondoc/workflow';
import { assign, setup } from 'xstate';
import { type Audience } from '../../directory/audience';
import { hasEnded } from '../directive-state';
import { asEffect, type MessageSubject } from '../message-payload';
import {
  type PartOrder,
  type RemotePartContext,
  type RemotePartEvent,
  type RemotePartInput,
} from './remote-part.types';

interface Has {
  readonly context: RemotePartContext;
  readonly event: RemotePartEvent;
}

interface News {
  readonly subject: MessageSubject;
  readonly to: readonly Audience[];
}

const tell = (subject: MessageSubject) =>
  ({ type: 'notify', params: { subject, to: ['lead-head', 'tracking-officer'] } }) as const;

function message({ context, event }: Has, { subject, to }: News): EffectPayload {
  return asEffect({
    subject,
    directive: context.directive,
    to,
    recipients: null,
    facts: context.facts,
    rung: null,
    collapsed: [],
    article: null,
    rules: context.rules,
    kind: null,
    urgency: context.urgency,
    deadline: context.order.deadline,
    by: null,
    note:
      event.type === 'state-received' ? event.said.reason : event.type === 'not-received' ? event.vi : null,
  });
}

/** The order as it is after an event. */
function changed({ context, event }: Has): PartOrder {
  const { order } = context;
  const number = order.number + 1;
  if (event.type === 'withdraw') return { ...order, number, ended: { reason: event.reason } };
  if (event.type !== 'change-order') return order;
  const { deadline, suspended: reason } = event;
  const suspended = reason === null ? null : (order.suspended ?? { since: event.at, reason });
  return { ...order, number, deadline, suspended };
}

/** News that came late changes nothing: what is known is newer. */
const isNew = ({ context, event }: Has): boolean =>
  event.type === 'state-received' && event.said.revision > (context.said?.revision ?? 0);
const says = (test: (said: RemotePartContext['said'] & object) => boolean) => (has: Has) =>
  isNew(has) && has.event.type === 'state-received' && test(has.event.said);

/**
 * Giao tiếp to another organization: a part of a directive as its parent sees it. The order goes there by the outbox, the
 * state of the directive that it became comes back the same way; until it has ended there, the parent stays open here.
 */
export const remotePartLifecycle = defineLifecycle({
  id: 'remote-part',
  version: 1,
  machine: setup({
    types: {
      input: {} as RemotePartInput,
      context: {} as RemotePartContext,
      events: {} as RemotePartEvent,
    },
    guards: {
      isNew,
      saysEnded: says(({ work }) => hasEnded(work)),
      saysReturned: says(({ work }) => work === 'returned'),
      saysOverdue: (has) => !(has.context.said?.overdue ?? false) && says(({ overdue }) => overdue)(has),
    },
    actions: {
      keepOrder: assign((has) => ({ order: changed(has) })),
      keepOwnDeadline: assign(({ event }) =>
        event.type === 'change-order' ? { ownDeadline: event.ownDeadline } : {},
      ),
      keepState: assign(({ context, event }) =>
        event.type === 'state-received'
          ? {
              said: { ...event.said, result: event.said.result ?? context.said?.result ?? null },
              receivedAt: event.at,
              refused: null,
            }
          : {},
      ),
      keepRefusal: assign(({ event }) =>
        event.type === 'not-received' ? { refused: { code: event.code, vi: event.vi, en: event.en } } : {},
      ),
      giveAcross: effect(({ context: { organization, id, order, sourceDate, field, urgency } }: Has) => ({
        ...{ organization, part: id, sourceDate, field, urgency },
        order: { ...order },
      })),
      notify: effect(message),
      tellDirective: sendToInstance(({ context }: Has) => ({
        instance: context.directive,
        event: { type: 'child-ended', child: context.id },
      })),
    },
  }).createMachine({
    id: 'remote-part',
    context: ({ input }) => ({ ...input, said: null, receivedAt: null, refused: null }),
    entry: 'giveAcross',
    initial: 'open',
    states: {
      open: {
        initial: 'sent',
        on: {
          'change-order': { actions: ['keepOrder', 'keepOwnDeadline', 'giveAcross'] },
          withdraw: { target: 'withdrawn', actions: ['keepOrder', 'giveAcross'] },
          'state-received': [
            { guard: 'saysEnded', target: 'ended', actions: 'keepState' },
            { guard: 'saysReturned', target: '.received', actions: ['keepState', tell('part-returned')] },
            { guard: 'saysOverdue', target: '.received', actions: ['keepState', tell('part-overdue')] },
            { guard: 'isNew', target: '.received', actions: 'keepState' },
          ],
          'not-received': { target: '.refused', actions: ['keepRefusal', tell('part-refused')] },
        },
        states: { sent: {}, received: {}, refused: {} },
      },
      ended: { type: 'final', entry: 'tellDirective' },
      withdrawn: { type: 'final', entry: 'tellDirective' },
    },
  }),
});
