import type { ActField } from '../acts/act-forms';

export interface DecisionForm {
  readonly decision: string;
  readonly fields: readonly ActField[];
  /** The same words fit several directives. */
  readonly isForSeveral?: boolean;
}

const note: ActField = { path: 'note', label: 'field.noteOptional', kind: 'words' };

/** One entry per decision, the one that is taken most first. Fields are asked for as the API takes them. */
export const decisionForms: readonly DecisionForm[] = [
  { decision: 'urge', isForSeveral: true, fields: [{ ...note, isRequired: true }] },
  {
    decision: 'explain',
    isForSeveral: true,
    fields: [
      { ...note, label: 'field.question', isRequired: true },
      { path: 'deadline.date', label: 'field.answerBy', kind: 'date' },
    ],
  },
  {
    decision: 'extend',
    fields: [
      { path: 'deadline.date', label: 'field.newDeadline', kind: 'date', isRequired: true },
      { ...note, label: 'field.reason', isRequired: true },
    ],
  },
  {
    decision: 'reassign',
    fields: [{ path: 'lead', label: 'field.lead', kind: 'one-agency', isRequired: true }, note],
  },
  {
    decision: 'convene',
    isForSeveral: true,
    fields: [
      { path: 'meeting.date', label: 'field.meetingDate', kind: 'date', isRequired: true },
      { path: 'meeting.time', label: 'field.meetingTime', kind: 'time', isRequired: true },
      { path: 'meeting.place', label: 'field.meetingPlace', kind: 'line', isRequired: true },
      { ...note, label: 'field.note', isRequired: true },
    ],
  },
  {
    decision: 'criticize',
    isForSeveral: true,
    fields: [{ ...note, label: 'field.reason', isRequired: true }],
  },
  { decision: 'close', isForSeveral: true, fields: [note] },
];
