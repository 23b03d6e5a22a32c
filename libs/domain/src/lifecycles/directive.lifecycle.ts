import { defineLifecycle } from '@dondoc/workflow';
import { directiveRefusals } from './directive.refusals';
import { directiveSetup, tell } from './directive.setup';
import { begun } from './directive.updates';
import { ladderRegion, verificationLadder } from './ladder-region';
import { timeRegion } from './time-region';

const returned = {
  guard: 'withinReturnWindow',
  target: 'returned',
  actions: tell('returned', 'tracking-officer'),
} as const;
/** A report that needs the head's word stays inside the agency; its clock goes on until it has left. */
const report = [
  {
    guard: 'needsHeadApproval',
    target: '#directive.underway.work.awaitingHead',
    actions: ['keepDraft', tell('report-for-approval', 'lead-head')],
  },
  { target: '#directive.reported' },
] as const;

/**
 * Nhiệm vụ: from the moment it goes to its lead to the verified result. While it is underway three regions run side by
 * side: who has it (`work`), how its deadline stands (`time`), and what is sent about it (`ladder`). A report or a
 * suspension stops the clock and the ladder; a report sent back starts both again from the deadline in force.
 */
const machine = directiveSetup.createMachine({
  id: 'directive',
  context: ({ input }) => begun(input),
  initial: 'underway',
  on: {
    cancel: { target: '.cancelled', actions: tell('cancelled', 'lead-staff', 'lead-head') },
    replace: { target: '.replaced', actions: tell('replaced', 'lead-staff', 'lead-head') },
    replaces: { actions: tell('replaces', 'lead-staff', 'tracking-officer') },
    'stood-in': { actions: 'leaveToHistory' },
    'consultation-asked': { actions: 'keepConsultation' },
    'consultation-ended': { actions: 'dropConsultation' },
    'child-ended': { actions: ['dropChild', tell('child-ended', 'assigned-person', 'lead-head')] },
  },
  states: {
    underway: {
      type: 'parallel',
      on: {
        'escalation-raised': { actions: 'keepEscalation' },
        'escalation-decided': { actions: 'dropEscalation' },
        'extension-requested': { actions: 'keepExtensionRequest' },
        'extension-decided': { actions: 'dropExtensionRequest' },
        urge: { actions: tell('urged', 'lead-staff', 'lead-head') },
        'assign-person': { actions: ['keepPerson', tell('person-assigned', 'assigned-person')] },
        transfer: { actions: ['keepLead', tell('transferred', 'lead-staff', 'lead-head')] },
        'hand-on': { actions: 'keepChildren' },
        suspend: {
          target: 'suspended',
          actions: ['keepSuspension', tell('suspended', 'lead-staff', 'lead-head', 'tracking-officer')],
        },
      },
      states: {
        work: {
          initial: { target: 'assigned', actions: tell('assigned', 'lead-staff', 'lead-head') },
          on: {
            reassign: {
              target: '.assigned',
              actions: ['keepLead', 'withdrawPending', tell('assigned', 'lead-staff', 'lead-head')],
            },
          },
          states: {
            assigned: {
              entry: 'tellSource',
              // Region `time` keeps the other rules; the time to return it begins anew with them.
              on: {
                accept: 'inProgress',
                return: returned,
                report,
                'move-rules': { target: 'assigned', reenter: true },
              },
              after: {
                returnWindowEnds: [
                  {
                    guard: 'silenceBringsDeadline',
                    target: 'inProgress',
                    actions: ['keepSilence', tell('deadline-counted', 'lead-staff', 'tracking-officer')],
                  },
                  { guard: 'silenceIsAcceptance', target: 'inProgress' },
                ],
              },
            },
            returned: { entry: 'tellSource' },
            inProgress: { entry: 'tellSource', on: { return: returned, report } },
            awaitingHead: {
              entry: 'tellSource',
              on: {
                'approve-report': '#directive.reported',
                'return-report': {
                  target: 'inProgress',
                  actions: ['dropDraft', tell('report-returned', 'assigned-person')],
                },
              },
            },
            asBefore: { type: 'history' },
          },
        },
        time: timeRegion,
        ladder: ladderRegion,
      },
    },
    suspended: {
      entry: ['withdrawPending', 'tellSource'],
      on: {
        'propose-resumption': { actions: ['keepProposal', tell('resumption-proposed', 'assigning-leader')] },
        'parent-moved': { actions: 'keepDeadline' },
        'move-rules': { actions: 'keepRules' },
        resume: {
          target: '#directive.underway.work.asBefore',
          actions: ['endSuspension', tell('resumed', 'lead-staff', 'lead-head', 'tracking-officer')],
        },
      },
    },
    reported: {
      entry: [
        'keepReport',
        'withdrawPending',
        'endConsultations',
        'tellSource',
        tell('reported', 'tracking-officer'),
      ],
      ...verificationLadder,
      on: {
        verify: { guard: 'mayBeVerified', target: 'closed' },
        'send-back': {
          target: '#directive.underway.work.inProgress',
          actions: ['dropReport', tell('sent-back', 'lead-staff', 'lead-head')],
        },
        'parent-moved': { actions: 'keepParentDeadline' },
        'move-rules': { actions: 'keepRules' },
      },
    },
    closed: { type: 'final', entry: [tell('closed', 'lead-staff', 'lead-head'), 'tellParent'] },
    cancelled: { type: 'final', entry: ['withdrawPending', 'endConsultations', 'tellParent'] },
    replaced: { type: 'final', entry: ['withdrawPending', 'endConsultations', 'tellParent'] },
  },
});

export const directiveLifecycle = defineLifecycle({
  id: 'directive',
  version: 1,
  machine,
  refusals: directiveRefusals,
});
