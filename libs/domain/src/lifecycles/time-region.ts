import { tell } from './directive.setup';

/**
 * How the deadline stands (no deadline, within, near due, overdue), so that history holds each crossing with its article.
 * Whatever gives another deadline, another lead or other rules lets it be judged anew.
 */
export const timeRegion = {
  initial: 'judging',
  on: {
    accept: {
      guard: 'bringsDeadline',
      target: '.judging',
      actions: ['keepDeadline', tell('deadline-counted', 'lead-staff', 'tracking-officer')],
    },
    'set-deadline': {
      guard: 'mayBeSet',
      target: '.judging',
      actions: ['keepDeadline', 'withdrawPending', tell('deadline-set', 'lead-staff')],
    },
    extend: {
      guard: 'hasDeadline',
      target: '.judging',
      actions: ['keepDeadline', 'withdrawPending', tell('extended', 'lead-staff', 'tracking-officer')],
    },
    'parent-moved': [
      {
        guard: 'deadlineMoves',
        target: '.judging',
        actions: ['keepDeadline', 'withdrawPending', tell('parent-moved', 'lead-staff')],
      },
      { target: '.judging', actions: ['keepDeadline', tell('parent-moved', 'lead-staff')] },
    ],
    'move-rules': { target: '.judging', actions: 'keepRules' },
    reassign: '.judging',
  },
  states: {
    judging: {
      entry: 'tellSource',
      always: [
        { guard: 'hasNoDeadline', target: 'noDeadline' },
        { guard: 'deadlineHasPassed', target: 'overdue' },
        { guard: 'nearDueHasCome', target: 'nearDue' },
        { target: 'within' },
      ],
    },
    noDeadline: { always: { guard: 'hasDeadline', target: 'judging' } },
    within: { after: { nearDue: 'nearDue' } },
    nearDue: { after: { deadline: 'overdue' } },
    overdue: { entry: 'tellSource' },
  },
} as const;
