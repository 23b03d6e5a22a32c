import type { ActField } from '../acts/act-forms';

export interface DecisionForm {
  readonly decision: string;
  readonly fields: readonly ActField[];
}

const note: ActField = { path: 'note', label: 'field.noteOptional', kind: 'words' };

/** One entry per decision, the one that is taken most first. Fields are asked for as the API takes them. */
export const decisionForms: readonly DecisionForm[] = [
  { decision: 'urge', fields: [{ ...note, isRequired: true }] },
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
  { decision: 'close', fields: [note] },
];
