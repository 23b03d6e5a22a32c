import type { ActForm } from './act-forms';
import type { FormWords } from './act-form';
import type { WordKey } from '../words/words';

const reason = { path: 'reason', label: 'field.reason', kind: 'words', isRequired: true } as const;
const question = { path: 'question', label: 'field.question', kind: 'words', isRequired: true } as const;
const answerBy = { path: 'deadline.date', label: 'field.answerBy', kind: 'date' } as const;

type Matter = WordKey extends infer K ? (K extends `matter.${infer Name}.done` ? Name : never) : never;

/** What people ask of each other about a directive, and how they answer: one entry per act of the API. */
export const matterForms: Readonly<Record<Matter, ActForm>> = {
  consult: {
    tone: 'main',
    fields: [
      { path: 'agencies', label: 'field.asked', kind: 'asked', isRequired: true },
      { path: 'question', label: 'field.askedWhat', kind: 'words', isRequired: true },
      answerBy,
    ],
  },
  reply: {
    tone: 'main',
    fields: [
      {
        path: 'position',
        label: 'field.position',
        kind: 'choice',
        isRequired: true,
        choices: { family: 'position', codes: ['agree', 'agree-with-remarks', 'disagree'] },
      },
      { path: 'opinion', label: 'field.opinion', kind: 'words' },
      { path: 'file', label: 'field.file', kind: 'file' },
    ],
  },
  'withdraw-consultation': { tone: 'plain', fields: [reason] },
  'demand-explanation': { tone: 'main', fields: [question, answerBy] },
  submit: {
    tone: 'main',
    fields: [
      { path: 'text', label: 'field.explanation', kind: 'words', isRequired: true },
      { path: 'file', label: 'field.file', kind: 'file' },
    ],
  },
  accept: { tone: 'main', fields: [{ path: 'note', label: 'field.noteOptional', kind: 'words' }] },
  'ask-again': { tone: 'plain', fields: [question, answerBy] },
  'withdraw-explanation': { tone: 'plain', fields: [reason] },
  approve: { tone: 'main', fields: [] },
  decline: { tone: 'plain', fields: [reason] },
  grant: {
    tone: 'main',
    fields: [
      { path: 'deadline.date', label: 'field.otherDeadline', kind: 'date' },
      { path: 'note', label: 'field.noteOptional', kind: 'words' },
    ],
  },
  refuse: { tone: 'plain', fields: [{ ...reason, path: 'note' }] },
  'undo-decision': { tone: 'main', fields: [] },
  'withdraw-request': { tone: 'plain', fields: [] },
  'end-standing': { tone: 'grave', fields: [reason] },
  'report-period': {
    tone: 'main',
    fields: [
      { path: 'result.number', label: 'field.resultNumber', kind: 'line', isRequired: true },
      { path: 'result.date', label: 'field.resultDate', kind: 'date', isRequired: true },
      { path: 'result.summary', label: 'field.summary', kind: 'words', isRequired: true },
      { path: 'result.file', label: 'field.file', kind: 'file' },
    ],
  },
  'accept-period': { tone: 'main', fields: [] },
  'send-back-period': { tone: 'plain', fields: [reason] },
};

export type MatterKey = Matter;

export const matterWords = (matter: Matter): FormWords => ({
  name: `matter.${matter}`,
  hint: `matter.${matter}.hint`,
  done: `matter.${matter}.done`,
});
