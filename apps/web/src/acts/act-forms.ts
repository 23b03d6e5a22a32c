import type { ActKey } from './act-words-of';
import type { WordKey } from '../words/words';

/**
 * How something is asked for. `agency`, `person` and `directive` give an id; `one-agency` a list of one, as the API takes
 * it; `asked` agencies that coordinate; `parts` what it is handed on as; `choice` one of the codes of `choices`.
 */
export type FieldKind =
  | 'words'
  | 'line'
  | 'date'
  | 'time'
  | 'agency'
  | 'one-agency'
  | 'agencies'
  | 'asked'
  | 'person'
  | 'directive'
  | 'parts'
  | 'choice'
  | 'file';

export interface ActField {
  /** Path in the body, which is also how the API names it when it refuses: "result.summary". */
  readonly path: string;
  readonly label: WordKey;
  readonly kind: FieldKind;
  readonly isRequired?: boolean;
  /** Codes of a `choice`, and the family of their words. */
  readonly choices?: { readonly family: string; readonly codes: readonly string[] };
}

export interface ActForm {
  readonly tone: 'main' | 'plain' | 'grave';
  readonly fields: readonly ActField[];
}

const newDeadline: ActField = { path: 'deadline.date', label: 'field.newDeadline', kind: 'date' };
const reason: ActField = { path: 'reason', label: 'field.reason', kind: 'words', isRequired: true };

/** One entry per act, in the order in which they are offered. What may be done is the API's answer; this is how it is asked. */
export const actForms: Readonly<Record<ActKey, ActForm>> = {
  accept: { tone: 'main', fields: [] },
  'approve-report': { tone: 'main', fields: [] },
  verify: { tone: 'main', fields: [] },
  report: {
    tone: 'main',
    fields: [
      { path: 'result.number', label: 'field.resultNumber', kind: 'line', isRequired: true },
      { path: 'result.date', label: 'field.resultDate', kind: 'date', isRequired: true },
      { path: 'result.summary', label: 'field.summary', kind: 'words', isRequired: true },
      { path: 'result.file', label: 'field.file', kind: 'file' },
    ],
  },
  'set-deadline': {
    tone: 'main',
    fields: [
      { path: 'deadline.date', label: 'field.deadline', kind: 'date' },
      { path: 'deadline.basis', label: 'field.basis', kind: 'line' },
      { path: 'eventOn', label: 'field.eventOn', kind: 'date' },
    ],
  },
  resume: { tone: 'main', fields: [newDeadline] },
  transfer: { tone: 'main', fields: [] },
  'send-back': { tone: 'plain', fields: [reason] },
  'return-report': { tone: 'plain', fields: [reason] },
  'assign-person': {
    tone: 'plain',
    fields: [
      { path: 'person', label: 'field.person', kind: 'person', isRequired: true },
      { path: 'note', label: 'field.noteOptional', kind: 'words' },
    ],
  },
  'hand-on': {
    tone: 'plain',
    fields: [{ path: 'parts', label: 'field.parts', kind: 'parts', isRequired: true }],
  },
  'request-extension': {
    tone: 'plain',
    fields: [
      { ...newDeadline, isRequired: true },
      reason,
      { path: 'done', label: 'field.doneSoFar', kind: 'words' },
    ],
  },
  'propose-resumption': { tone: 'plain', fields: [newDeadline, { ...reason, isRequired: false }] },
  'move-rules': { tone: 'plain', fields: [reason] },
  urge: {
    tone: 'plain',
    fields: [{ path: 'note', label: 'field.note', kind: 'words', isRequired: true }],
  },
  extend: {
    tone: 'plain',
    fields: [{ path: 'deadline.date', label: 'field.newDeadline', kind: 'date', isRequired: true }, reason],
  },
  return: {
    tone: 'plain',
    fields: [reason, { path: 'proposedAgency', label: 'field.proposedAgency', kind: 'agency' }],
  },
  reassign: {
    tone: 'plain',
    fields: [
      { path: 'lead', label: 'field.lead', kind: 'one-agency', isRequired: true },
      { path: 'coordinating', label: 'field.coordinating', kind: 'agencies' },
      { path: 'deadline.date', label: 'field.newDeadline', kind: 'date' },
      { ...reason, isRequired: false },
    ],
  },
  replace: {
    tone: 'plain',
    fields: [{ path: 'successor', label: 'field.successor', kind: 'directive', isRequired: true }, reason],
  },
  suspend: { tone: 'plain', fields: [reason] },
  cancel: { tone: 'grave', fields: [reason] },
};
