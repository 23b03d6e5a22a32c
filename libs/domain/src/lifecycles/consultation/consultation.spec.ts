import { isRefusal, type Refusal } from '@dondoc/workflow';
import { lifecyclePaths, type PathMove } from '@dondoc/workflow/testing';
import { eventsNeverMoving, statesNeverReached } from '@dondoc/workflow/testing/path-coverage';
import { type AnyMachineSnapshot } from 'xstate';
import { defaultWorkingRules, sampleOffice } from '../../sample/sample-files';
import { sampleCalendar } from '../../working-time/sample-calendar';
import { type ActFacts } from '../act-facts';
import { planAssignment } from '../directive-acts';
import { begun } from '../directive.updates';
import { planConsultation, planConsultationWithdrawal, planReply } from './consultation-acts';
import { consultationLifecycle } from './consultation.lifecycle';
import {
  consultationState,
  type ConsultationContext,
  type ConsultationEventToSend,
  type ConsultationInput,
} from './consultation.types';

const at = (text: string): number => Date.parse(`${text}:00+07:00`);
const facts: ActFacts = {
  now: at('2026-11-20T15:00'),
  calendar: sampleCalendar,
  rules: defaultWorkingRules(),
  directory: sampleOffice().directory,
};

function sound<T>(planned: T): Exclude<T, Refusal> {
  if (isRefusal(planned)) throw new Error(planned.en);
  return planned as Exclude<T, Refusal>;
}

const coordinating = ['tram-y-te', 'cong-an'];
const assigned = { lead: ['kinh-te'], coordinating, sourceDate: '2026-11-02', deadline: null };
const context = begun(sound(planAssignment(assigned, facts)));
const ask = (more: object = {}, isOver = false) =>
  planConsultation(
    { id: 'd1', context, isOver },
    { by: 'kt-cv', agencies: coordinating, question: 'Có ý kiến gì?', deadline: null, ...more },
    facts,
  );

describe('asking for opinions', () => {
  it('gives each agency the working time of the rules, over weekends and holidays', () => {
    // Friday afternoon; Tuesday the 24th is a day off.
    expect(
      sound(ask()).map(({ agency, replyBy, silence, article }) => [agency, replyBy, silence, article]),
    ).toEqual(coordinating.map((agency) => [agency, at('2026-11-26T17:00'), 'deemed-consent', 'Mục 6.2']));
    expect(sound(ask({ deadline: { date: '2026-11-30' } }))[0]?.replyBy).toBe(at('2026-11-30T17:00'));
  });

  it.each<[object, boolean, string, string | undefined]>([
    [{ agencies: [] }, false, 'no-agency-asked', 'agencies'],
    [{ agencies: ['tram-y-te', 'van-phong'] }, false, 'not-coordinating', 'agencies[1]'],
    [{ agencies: ['kinh-te'] }, false, 'not-coordinating', 'agencies[0]'],
    [{ question: '' }, false, 'missing-text', 'question'],
    [{ deadline: { date: '2026-11-23' } }, false, 'reply-time-too-short', 'deadline.date'],
    [{ deadline: { date: '2026-11-01' } }, false, 'reply-time-too-short', 'deadline.date'],
    [{ deadline: { date: '2026-13-01' } }, false, 'not-a-date', 'deadline.date'],
    [{}, true, 'directive-over', undefined],
  ])('refuses %j (directive over: %s) with %s', (bad, isOver, code, field) => {
    expect(ask(bad, isOver)).toMatchObject({ code, ...(field && { field }) });
  });

  it('takes agreement without words, and nothing else', () => {
    const who = { by: 'tyt-cv', onBehalfOf: null, file: null };
    expect(planReply({ ...who, position: 'agree', opinion: ' ' })).toMatchObject({ opinion: null });
    expect(planReply({ ...who, position: 'disagree', opinion: ' ' })).toMatchObject({ field: 'opinion' });
    expect(planReply({ ...who, position: 'perhaps' as never, opinion: 'x' })).toMatchObject({
      code: 'unknown-position',
    });
    expect(planConsultationWithdrawal({ ...who, reason: '' })).toMatchObject({ field: 'reason' });
  });
});

describe('every path of the consultation machine', () => {
  const who = { by: 'tyt-cv', onBehalfOf: null };
  const events = [
    { type: 'reply', ...who, position: 'disagree', opinion: 'Không', file: null },
    { type: 'withdraw', ...who, reason: 'thôi' },
    { type: 'end' },
  ] satisfies ConsultationEventToSend[];
  const taken: PathMove[] = [];

  beforeAll(async () => {
    const [planned] = sound(ask());
    const key = ({ value, context: kept }: AnyMachineSnapshot): string =>
      JSON.stringify([value, (kept as unknown as ConsultationContext).silence]);
    for (const silence of ['deemed-consent', 'no-answer'] as const) {
      const input = { ...planned, id: 'c1', round: 'r1', silence } as ConsultationInput;
      const options = { input, events, key, now: facts.now, receivers: ['d1'] };
      taken.push(...(await lifecyclePaths(consultationLifecycle, options)).moves);
    }
  });

  it('reaches every state in which it can rest, by every event', () => {
    expect(statesNeverReached(consultationLifecycle, taken)).toEqual([]);
    expect(eventsNeverMoving(taken)).toEqual([]);
  });

  it.each<[string, (step: PathMove) => boolean]>([
    [
      'takes silence for consent only where the rules say so',
      ({ after }) =>
        consultationState(after.value) !== 'deemed-consent' ||
        (after.context as unknown as ConsultationContext).silence === 'deemed-consent',
    ],
    [
      'is answered exactly when somebody answered',
      ({ after }) =>
        ((after.context as unknown as ConsultationContext).answeredBy !== null) ===
        (consultationState(after.value) === 'answered'),
    ],
    [
      'ends unless it is asked or late',
      ({ after }) =>
        (after.status === 'done') === !['asked', 'late'].includes(consultationState(after.value)),
    ],
  ])('%s', (_promise, holds) => {
    expect(taken.length).toBeGreaterThan(10);
    expect(taken.filter((step) => !holds(step)).map(({ after }) => after.value as unknown)).toEqual([]);
  });
});
