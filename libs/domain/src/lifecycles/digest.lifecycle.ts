import { defineLifecycle, invokedEffect, until, type Instant } from '@dondoc/workflow';
import { assign, setup } from 'xstate';

/** When the next digest is due, and what is due then; neither: the rules are only looked at again. */
export interface DigestPlan {
  readonly at: Instant;
  readonly daily: boolean;
  readonly weekly: boolean;
  /** The summary of what was overdue before anybody was reminded of it. */
  readonly summary: boolean;
}

/** When each kind was last written: never two on one day. */
export interface DigestTimes {
  readonly daily: Instant | null;
  readonly weekly: Instant | null;
  /** What was known by then is not summed up again. */
  readonly summary: Instant | null;
}

export interface DigestContext {
  readonly plan: DigestPlan | null;
  readonly written: DigestTimes;
}

interface Has {
  readonly context: DigestContext;
}

const outputOf = (event: unknown): unknown => (event as { readonly output: unknown }).output;

/**
 * Điểm việc: one instance per organization that writes everybody's digest at the hour of the working rules, on working
 * days, and the summary of what was overdue before. What a stopped worker has missed is written once, when it is back.
 */
export const digestLifecycle = defineLifecycle({
  id: 'digest',
  version: 1,
  machine: setup({
    types: {
      input: {},
      context: {} as DigestContext,
      events: {} as { readonly type: 'never'; readonly at: Instant },
    },
    actors: {
      planDigest: invokedEffect<
        { at: number; daily: boolean; weekly: boolean; summary: boolean },
        { daily: number | null; weekly: number | null; summary: number | null }
      >(),
      writeDigests: invokedEffect<
        { writtenAt: number },
        { daily: boolean; weekly: boolean; summary: boolean; since: number | null }
      >(),
    },
    guards: {
      isDigestDue: ({ context }) =>
        context.plan !== null && (context.plan.daily || context.plan.weekly || context.plan.summary),
    },
    delays: { nextDigest: until(({ context }: Has) => context.plan?.at) },
    actions: {
      keepPlan: assign(({ event }) => ({ plan: outputOf(event) as DigestPlan })),
      keepWriting: assign(({ context: { plan, written }, event }) => {
        const { writtenAt } = outputOf(event) as { readonly writtenAt: Instant };
        return {
          written: {
            daily: plan?.daily ? writtenAt : written.daily,
            weekly: plan?.weekly ? writtenAt : written.weekly,
            summary: plan?.summary ? writtenAt : written.summary,
          },
        };
      }),
    },
  }).createMachine({
    id: 'digest',
    context: { plan: null, written: { daily: null, weekly: null, summary: null } },
    initial: 'planning',
    states: {
      planning: {
        meta: { label: { vi: 'Xem giờ điểm việc', en: 'Looking up the hour' } },
        invoke: {
          id: 'plan',
          src: 'planDigest',
          input: ({ context }) => ({ ...context.written }),
          onDone: { target: 'waiting', actions: 'keepPlan' },
        },
      },
      waiting: {
        meta: { label: { vi: 'Chờ giờ điểm việc', en: 'Waiting for the hour' } },
        after: { nextDigest: [{ guard: 'isDigestDue', target: 'writing' }, { target: 'planning' }] },
      },
      writing: {
        meta: { label: { vi: 'Đang điểm việc', en: 'Writing' } },
        invoke: {
          id: 'write',
          src: 'writeDigests',
          input: ({ context }) => ({
            daily: context.plan?.daily ?? false,
            weekly: context.plan?.weekly ?? false,
            summary: context.plan?.summary ?? false,
            since: context.written.summary,
          }),
          onDone: { target: 'planning', actions: 'keepWriting' },
        },
      },
    },
  }),
});
