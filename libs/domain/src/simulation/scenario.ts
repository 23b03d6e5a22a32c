import { refusal, type Bilingual, type Refusal } from '@dondoc/workflow';
import { z } from 'zod';
import { positions } from '../lifecycles/consultation/consultation.types';
import { decisions } from '../lifecycles/escalation.types';
import { formProblems } from '../working-rules/form-problems';
import { type RulesProblem } from '../working-rules/rules-problem';
import { readRulesText } from '../working-rules/rules-text';
import { urgencies } from '../working-rules/working-rules';
import { dayNumberOfDate, parseCivilDate } from '../working-time/civil-date';
import { minutesOf } from '../working-time/working-calendar';
import { zoneNamed, type Instant } from '../working-time/zone';

/**
 * A scenario: what people do, and when. People are named by log-in, agencies by abbreviation, documents by number,
 * directives as "number#item", escalations as "number#item/rung". Field names are those of the API's requests, so that
 * a driver can play the same file over HTTP.
 */

const name = z.string().min(1).max(120);
const date = z.string().refine((text) => parseCivilDate(text) !== null, 'not a date YYYY-MM-DD');
const localTime = z.string().refine((text) => {
  const [day, clock, ...more] = text.split(' ');
  return more.length === 0 && parseCivilDate(day ?? '') !== null && minutesOf(clock ?? '') !== null;
}, 'not a local time YYYY-MM-DD HH:MM');

const deadline = z.strictObject({ date, time: z.string().optional(), phrase: z.string().optional() });
const item = z.strictObject({
  text: z.string().min(1),
  lead: z.array(name),
  coordinating: z.array(name),
  urgency: z.enum(urgencies),
  field: z.string().min(1).nullable(),
  tracked: z.boolean(),
  deadline: z.strictObject({ phrase: z.string().nullable(), date: date.nullable() }).nullable(),
});

const someFields = item.partial();

const act = <TName extends string, TShape extends z.ZodRawShape>(what: TName, shape: TShape) =>
  z.strictObject({
    at: localTime,
    by: name,
    act: z.literal(what),
    /** The code of the refusal that this act is to meet. */
    refused: z.string().optional(),
    ...shape,
  });

const directive = { directive: name };
const reason = { reason: z.string() };
const standing = { standing: name };
const period = { report: name.optional() };
const result = z.strictObject({
  number: z.string(),
  date,
  summary: z.string(),
  file: z.string().nullable(),
});

export const actSchema = z.discriminatedUnion('act', [
  act('upload', { notice: name }),
  act('manual', {
    document: name,
    source: z.strictObject({
      kind: z.enum(['note', 'letter', 'oral']),
      givenBy: name,
      givenOn: date,
      note: z.string().optional(),
    }),
    items: z.array(someFields.extend({ text: item.shape.text })).min(1),
  }),
  act('correct', {
    document: name,
    edits: z.array(
      z.discriminatedUnion('op', [
        z.strictObject({ op: z.literal('edit'), item: name, set: someFields }),
        z.strictObject({ op: z.literal('split'), item: name, parts: z.array(someFields).min(2) }),
        z.strictObject({ op: z.literal('drop'), item: name }),
      ]),
    ),
  }),
  act('confirm', { document: name }),
  act('accept', directive),
  act('return', { ...directive, ...reason, proposedAgency: name.optional() }),
  act('reassign', {
    ...directive,
    lead: z.array(name),
    reason: z.string().optional(),
    deadline: deadline.optional(),
  }),
  act('set-deadline', { ...directive, deadline }),
  act('extend', { ...directive, ...reason, deadline }),
  act('urge', { ...directive, note: z.string() }),
  act('report', { ...directive, result }),
  act('verify', directive),
  act('send-back', { ...directive, ...reason }),
  act('assign-person', { ...directive, person: name, note: z.string().optional() }),
  act('approve-report', directive),
  act('return-report', { ...directive, ...reason }),
  /** The parts become directives of the same document, numbered after those it has. */
  act('hand-on', {
    ...directive,
    parts: z
      .array(
        z.strictObject({ lead: z.array(name), text: z.string().optional(), deadline: deadline.optional() }),
      )
      .min(1),
  }),
  act('transfer', directive),
  act('suspend', { ...directive, ...reason }),
  act('propose-resumption', { ...directive, reason: z.string().optional(), deadline: deadline.optional() }),
  act('resume', { ...directive, deadline: deadline.optional() }),
  act('replace', { ...directive, ...reason, successor: name }),
  act('cancel', { ...directive, ...reason }),
  /** To the rules in force. */
  act('move-rules', { ...directive, ...reason }),
  act('request-extension', { ...directive, ...reason, deadline, done: z.string().optional() }),
  /** On the newest request for more time of a directive. */
  act('approve-request', directive),
  act('decline-request', { ...directive, ...reason }),
  act('decide-request', {
    ...directive,
    granted: z.boolean(),
    deadline: deadline.optional(),
    note: z.string().optional(),
  }),
  act('withdraw-request', directive),
  act('demand-explanation', { ...directive, question: z.string(), deadline: deadline.optional() }),
  /** These four on the newest explanation of a directive. */
  act('submit-explanation', { ...directive, text: z.string() }),
  act('ask-again', { ...directive, question: z.string(), deadline: deadline.optional() }),
  act('accept-explanation', { ...directive, note: z.string().optional() }),
  act('withdraw-explanation', { ...directive, ...reason }),
  act('consult', {
    ...directive,
    agencies: z.array(name).min(1),
    question: z.string(),
    deadline: deadline.optional(),
  }),
  /** On what the agency was asked last about a directive. */
  act('reply', {
    ...directive,
    agency: name,
    position: z.enum(positions),
    opinion: z.string().optional(),
  }),
  act('withdraw-consultation', { ...directive, agency: name, ...reason }),
  /** Of whoever does it, or `from` another. */
  act('delegate', { from: name.optional(), to: name, start: date, end: date, reason: z.string().optional() }),
  act('end-delegation', { from: name.optional(), reason: z.string().optional() }),
  /** `standing` is the name under which the scenario speaks of it. */
  act('give-standing', {
    ...standing,
    text: z.string(),
    lead: z.array(name),
    coordinating: z.array(name).optional(),
    assigningLeader: name.optional(),
    trackingOfficer: name.optional(),
    field: z.string().min(1).optional(),
    urgency: z.enum(urgencies).optional(),
    reports: z.array(name),
  }),
  act('end-standing', { ...standing, ...reason }),
  /** On the oldest period that is awaited, or reported; `report` where the standing directive has several. */
  act('report-period', { ...standing, ...period, result }),
  act('accept-period', { ...standing, ...period }),
  act('send-back-period', { ...standing, ...period, ...reason }),
  act('acknowledge', { escalation: name }),
  act('decide', {
    escalation: name,
    decision: z.enum(decisions),
    note: z.string().optional(),
    deadline: deadline.optional(),
    lead: z.array(name).optional(),
    meeting: z.strictObject({ date, time: z.string(), place: z.string() }).optional(),
  }),
]);

const scenarioSchema = z.strictObject({
  title: z.strictObject({ vi: z.string(), en: z.string() }),
  /** First and last day that are played, where the caller names none. */
  from: date,
  to: date,
  acts: z.array(actSchema),
});

export type Act = z.infer<typeof actSchema>;
export type ActOf<TName extends Act['act']> = Extract<Act, { act: TName }>;
export interface Scenario extends z.infer<typeof scenarioSchema> {
  /** On which line of the file each act stands, from 1. */
  readonly lines: readonly number[];
}
export type ScenarioItem = z.infer<typeof someFields>;

/** The instant of a scenario's local time 'YYYY-MM-DD HH:MM'. */
export function instantOfLocal(text: string, zone: string): Instant {
  const [day = '', clock = ''] = text.split(' ');
  return zoneNamed(zone).instantOf(dayNumberOfDate(day), minutesOf(clock) ?? 0);
}

export interface ScenarioProblem extends Bilingual {
  /** Dotted path: "acts.3.deadline.date". */
  readonly field: string;
  /** From 1. */
  readonly line: number;
}

/** All that is wrong with a scenario, in the order of the file. */
export interface ScenarioRefusal extends Refusal {
  readonly errors: readonly ScenarioProblem[];
}

function refuse(problems: readonly RulesProblem[]): ScenarioRefusal {
  const errors = problems.map(({ field, line, vi, en }) => ({ field, line: line ?? 1, vi, en }));
  const [first] = errors;
  const { line = 1, vi = '', en = '' } = first ?? {};
  const field = first?.field === '' ? 'yaml' : (first?.field ?? '');
  const base = refusal(
    'invalid-scenario',
    {
      vi: `Kịch bản sai ở dòng ${line}, ${field}: ${vi}`,
      en: `The scenario is wrong on line ${line}, ${field}: ${en}`,
    },
    { field },
  );
  return { ...base, errors };
}

const strange: Bilingual = { vi: 'không có trường này', en: 'there is no such field' };

/**
 * Reads a scenario file (YAML). Its acts must stand in the order of their times. Refuses `invalid-scenario` with line and
 * field of everything that is wrong.
 */
export function parseScenario(text: string): Scenario | ScenarioRefusal {
  const written = readRulesText(text);
  if (!('data' in written)) return refuse(written);
  const read = scenarioSchema.safeParse(written.data);
  if (!read.success)
    return refuse(formProblems(read.error, strange).map((problem) => written.place(problem)));
  const { acts } = read.data;
  const early = acts.findIndex((one, index) => index > 0 && one.at < (acts[index - 1]?.at ?? ''));
  const place = (index: number, field: string, words: Bilingual) =>
    written.place({ code: 'malformed', path: ['acts', index, field], ...words });
  if (early !== -1)
    return refuse([
      place(early, 'at', { vi: 'sớm hơn việc đứng trước', en: 'earlier than the act before it' }),
    ]);
  const lines = acts.map((_, index) => place(index, 'act', strange).line ?? 1);
  return { ...read.data, lines };
}
