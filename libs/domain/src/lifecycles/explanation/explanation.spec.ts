import { isRefusal, type Refusal } from '@dondoc/workflow';
import { lifecyclePaths, TestRuntime, type PathMove } from '@dondoc/workflow/testing';
import { eventsNeverMoving, statesNeverReached } from '@dondoc/workflow/testing/path-coverage';
import { type AnyMachineSnapshot } from 'xstate';
import { defaultWorkingRules, sampleOffice } from '../../sample/sample-files';
import { sampleCalendar } from '../../working-time/sample-calendar';
import { type ActFacts } from '../act-facts';
import { planAssignment } from '../directive-acts';
import { begun } from '../directive.updates';
import { readPayload } from '../message-payload';
import {
  planAskingAgain,
  planDemandWithdrawal,
  planExplanation,
  planExplanationAcceptance,
  planSubmission,
} from './explanation-acts';
import { explanationLifecycle } from './explanation.lifecycle';
import {
  explanationState,
  type ExplanationContext,
  type ExplanationEventToSend,
  type ExplanationInput,
} from './explanation.types';

const at = (text: string): number => Date.parse(`${text}:00+07:00`);
const facts: ActFacts = {
  now: at('2026-11-09T08:00'),
  calendar: sampleCalendar,
  rules: defaultWorkingRules(),
  directory: sampleOffice().directory,
};

function sound<T>(planned: T): Exclude<T, Refusal> {
  if (isRefusal(planned)) throw new Error(planned.en);
  return planned as Exclude<T, Refusal>;
}

const context = begun(
  sound(planAssignment({ lead: ['kinh-te'], sourceDate: '2026-10-20', deadline: null }, facts)),
);
const demand = (more: object = {}, work = 'in-progress'): ExplanationInput | Refusal =>
  planExplanation(
    { id: 'd1', context, work },
    { demandedBy: 'chutich', question: 'Vì sao chậm?', deadline: null, ...more },
    facts,
  );
const head = { by: 'kt-truong', onBehalfOf: null };
const leader = { by: 'chutich', onBehalfOf: null };

describe('an explanation', () => {
  it('reminds the head before its day, goes to the leader when late, and is still taken', async () => {
    const test = new TestRuntime({ lifecycles: [explanationLifecycle], now: facts.now });
    const id = await test.start(explanationLifecycle, sound(demand()));
    await test.advanceTo(at('2026-11-13T08:00'));
    await test.send(
      explanationLifecycle,
      id,
      sound(planSubmission({ ...head, text: 'Chờ số liệu', file: null })),
    );
    await test.send(
      explanationLifecycle,
      id,
      sound(
        planAskingAgain(
          {} as ExplanationContext,
          { ...leader, question: 'Số liệu nào?', deadline: { date: '2026-11-18' } },
          { ...facts, now: at('2026-11-13T08:00') },
        ),
      ),
    );
    await test.send(
      explanationLifecycle,
      id,
      sound(planSubmission({ ...head, text: 'Của hai thôn', file: null })),
    );
    await test.send(explanationLifecycle, id, planExplanationAcceptance({ ...leader, note: null }));
    const told = test.delivered.map(({ at: instant, payload }) => {
      const { subject, to, note } = readPayload(payload);
      return `${new Date(instant + 7 * 3_600_000).toISOString().slice(0, 16)} ${subject} ${to.join()} ${note ?? ''}`;
    });
    expect(told).toEqual([
      '2026-11-09T08:00 explanation-demanded lead-head Vì sao chậm?',
      '2026-11-11T07:30 explanation-due lead-head Vì sao chậm?',
      '2026-11-12T17:00 explanation-late lead-head,assigning-leader Vì sao chậm?',
      '2026-11-13T08:00 explanation-submitted assigning-leader Chờ số liệu',
      '2026-11-13T08:00 explanation-demanded lead-head Số liệu nào?',
      '2026-11-13T08:00 explanation-submitted assigning-leader Của hai thôn',
      '2026-11-13T08:00 explanation-accepted lead-head,tracking-officer Số liệu nào?',
    ]);
    expect(test.state(id)).toBe('accepted');
  });

  it.each<[object, string, string, string | undefined]>([
    [{ question: '  ' }, 'in-progress', 'missing-text', 'question'],
    [{ deadline: { date: '2026-11-08' } }, 'in-progress', 'deadline-not-ahead', 'deadline.date'],
    [{ deadline: { date: '2026-02-30' } }, 'in-progress', 'not-a-date', 'deadline.date'],
    [{}, 'cancelled', 'directive-cancelled', undefined],
  ])('is not demanded with %j of a directive that is %s: %s', (bad, work, code, field) => {
    expect(demand(bad, work)).toMatchObject({ code, ...(field && { field }) });
  });

  it('is answered, asked again and withdrawn with words', () => {
    expect(planSubmission({ ...head, text: ' ', file: null })).toMatchObject({ field: 'text' });
    expect(planDemandWithdrawal({ ...leader, reason: '' })).toMatchObject({ field: 'reason' });
    const again = { ...leader, question: '', deadline: null };
    expect(planAskingAgain({} as ExplanationContext, again, facts)).toMatchObject({ field: 'question' });
  });
});

describe('every path of the explanation machine', () => {
  const input = sound(demand());
  const due = { ...input.due, at: at('2026-11-20T17:00') };
  const who = [
    head,
    leader,
    { by: 'pct-kinhte', onBehalfOf: 'kt-truong' },
    { by: 'kt-truong', onBehalfOf: 'chutich' },
  ];
  const events = who.flatMap((one): ExplanationEventToSend[] => [
    { type: 'submit', ...one, text: 'x', file: null },
    { type: 'accept', ...one, note: null },
    { type: 'ask-again', ...one, question: 'y', due },
    { type: 'withdraw', ...one, reason: 'z' },
  ]);
  const contextOf = (snapshot: AnyMachineSnapshot) => snapshot.context as unknown as ExplanationContext;
  const taken: PathMove[] = [];

  beforeAll(async () => {
    const key = (snapshot: AnyMachineSnapshot): string => {
      const { due: awaited, submittedBy, submittedFor, round } = contextOf(snapshot);
      return JSON.stringify([
        snapshot.value,
        awaited.at,
        awaited.reminders.length,
        submittedBy,
        submittedFor,
        Math.min(round, 2),
      ]);
    };
    taken.push(...(await lifecyclePaths(explanationLifecycle, { input, events, key, now: facts.now })).moves);
  });

  it('reaches every state in which it can rest, by every event', () => {
    expect(statesNeverReached(explanationLifecycle, taken)).toEqual([]);
    expect(eventsNeverMoving(taken)).toEqual([]);
  });

  it.each<[string, (step: PathMove) => boolean]>([
    [
      'is accepted, or asked again, by nobody who had a hand in submitting it',
      ({ event, before, after }) => {
        if (explanationState(before.value) !== 'submitted') return true;
        const { submittedBy, submittedFor } = contextOf(before);
        const own = event['by'] === submittedBy || event['by'] === submittedFor;
        return !own || event.type === 'withdraw' || explanationState(after.value) === 'submitted';
      },
    ],
    [
      'holds a submission exactly while it is submitted or was accepted',
      ({ after }) => {
        const state = explanationState(after.value);
        if (state === 'withdrawn') return true;
        return (contextOf(after).submittedBy !== null) === (state !== 'demanded');
      },
    ],
    [
      'ends accepted or withdrawn',
      ({ after }) =>
        (after.status === 'done') === ['accepted', 'withdrawn'].includes(explanationState(after.value)),
    ],
  ])('%s', (_promise, holds) => {
    expect(taken.length).toBeGreaterThan(50);
    expect(
      taken.filter((step) => !holds(step)).map(({ event, after }) => [event, after.value as unknown]),
    ).toEqual([]);
  });
});
