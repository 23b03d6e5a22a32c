import { defineLifecycle } from '@dondoc/workflow';
import { directiveSetup } from './directive.setup';
import { begun } from './directive.updates';
import { ladderRegion } from './ladder-region';

/**
 * Nhiệm vụ: from the moment it goes to its lead to the verified result. While it is underway three regions run side by
 * side: who has it (`work`), how its deadline stands (`time`), and what is sent about it (`ladder`). A report stops
 * the clock and the ladder; a report sent back starts both again from the deadline in force.
 */
const machine = directiveSetup.createMachine({
  id: 'directive',
  context: ({ input }) => begun(input),
  initial: 'underway',
  states: {
    underway: {
      type: 'parallel',
      on: {
        'escalation-raised': { actions: 'keepEscalation' },
        'escalation-decided': { actions: 'dropEscalation' },
        urge: {
          actions: { type: 'notify', params: { subject: 'urged', to: ['lead-staff', 'lead-head'] } },
        },
        cancel: {
          target: 'cancelled',
          actions: { type: 'notify', params: { subject: 'cancelled', to: ['lead-staff', 'lead-head'] } },
        },
      },
      states: {
        work: {
          initial: 'assigned',
          on: { reassign: { target: '.assigned', actions: ['keepLead', 'withdrawEscalations'] } },
          states: {
            assigned: {
              entry: { type: 'notify', params: { subject: 'assigned', to: ['lead-staff', 'lead-head'] } },
              on: { accept: 'inProgress', return: 'returned', report: '#directive.reported' },
              after: { returnWindowEnds: 'inProgress' },
            },
            returned: {
              entry: { type: 'notify', params: { subject: 'returned', to: ['tracking-officer'] } },
            },
            inProgress: {
              on: {
                return: { guard: 'withinReturnWindow', target: 'returned' },
                report: '#directive.reported',
              },
            },
          },
        },
        time: {
          initial: 'judging',
          on: {
            'set-deadline': {
              guard: 'hasNoDeadline',
              target: '.judging',
              actions: [
                'keepDeadline',
                { type: 'notify', params: { subject: 'deadline-set', to: ['lead-staff'] } },
              ],
            },
            extend: {
              guard: 'hasDeadline',
              target: '.judging',
              actions: [
                'keepDeadline',
                'withdrawEscalations',
                {
                  type: 'notify',
                  params: { subject: 'extended', to: ['lead-staff', 'tracking-officer'] },
                },
              ],
            },
            reassign: '.judging',
          },
          states: {
            judging: {
              always: [
                { guard: 'hasNoDeadline', target: 'noDeadline' },
                { guard: 'deadlineHasPassed', target: 'overdue' },
                { guard: 'nearDueHasCome', target: 'nearDue' },
                { target: 'within' },
              ],
            },
            noDeadline: {},
            within: { after: { nearDue: 'nearDue' } },
            nearDue: { after: { deadline: 'overdue' } },
            overdue: {},
          },
        },
        ladder: ladderRegion,
      },
    },
    reported: {
      entry: [
        'keepReport',
        'withdrawEscalations',
        { type: 'notify', params: { subject: 'reported', to: ['tracking-officer'] } },
      ],
      on: {
        verify: { guard: 'verifierIsNotReporter', target: 'closed' },
        'send-back': {
          target: '#directive.underway.work.inProgress',
          actions: [
            'dropReport',
            { type: 'notify', params: { subject: 'sent-back', to: ['lead-staff', 'lead-head'] } },
          ],
        },
        cancel: {
          target: 'cancelled',
          actions: { type: 'notify', params: { subject: 'cancelled', to: ['lead-staff', 'lead-head'] } },
        },
      },
    },
    closed: {
      type: 'final',
      entry: { type: 'notify', params: { subject: 'closed', to: ['lead-staff', 'lead-head'] } },
    },
    cancelled: { type: 'final', entry: 'withdrawEscalations' },
  },
});

export const directiveLifecycle = defineLifecycle({
  id: 'directive',
  version: 1,
  machine,
  refusals: {
    withinReturnWindow: {
      code: 'return-window-over',
      vi: 'Đã hết thời gian trả lại nhiệm vụ; nhiệm vụ được coi là đã tiếp nhận.',
      en: 'The time to return this directive is over; it counts as accepted.',
    },
    hasDeadline: {
      code: 'no-deadline-yet',
      vi: 'Nhiệm vụ chưa có hạn; hãy đặt hạn trước.',
      en: 'The directive has no deadline yet; set one first.',
    },
    hasNoDeadline: {
      code: 'deadline-already-set',
      vi: 'Nhiệm vụ đã có hạn; muốn đổi hạn thì gia hạn.',
      en: 'The directive has a deadline already; changing it is an extension.',
    },
    verifierIsNotReporter: {
      code: 'verifier-is-reporter',
      vi: 'Người báo cáo không được tự xác nhận hoàn thành.',
      en: 'Whoever reported may not verify.',
    },
  },
});
