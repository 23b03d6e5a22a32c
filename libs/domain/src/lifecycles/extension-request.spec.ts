import { isRefusal, type Refusal } from '@dondoc/workflow';
import { lifecyclePaths, TestRuntime, type PathMove } from '@dondoc/workflow/testing';
import { eventsNeverMoving, statesNeverReached } from '@dondoc/workflow/testing/path-coverage';
import { defaultWorkingRules, sampleOffice } from '../sample/sample-files';
import { type WorkingRules } from '../working-rules/working-rules';
import { sampleCalendar } from '../working-time/sample-calendar';
import { type ActFacts } from './act-facts';
import { planAssignment } from './directive-acts';
import { directiveLifecycle } from './directive.lifecycle';
import { directiveState } from './directive-state';
import { type DirectiveContext } from './directive.types';
import { begun } from './directive.updates';
import { planExtensionDecision, planExtensionRequest } from './extension-request-acts';
import { extensionRequestLifecycle } from './extension-request.lifecycle';
import {
  type ExtensionRequestContext,
  type ExtensionRequestEventToSend,
  type ExtensionRequestInput,
} from './extension-request.types';
import { deriveLateness } from './lateness';

const NOW = Date.UTC(2026, 10, 2, 1);
const DAY = 86_400_000;
const decideBy = { remindAt: NOW + 2 * DAY, goUpAt: NOW + 4 * DAY };

const input: ExtensionRequestInput = {
  id: 'x1',
  directive: 'd1',
  by: 'an',
  onBehalfOf: null,
  reason: 'chờ',
  done: null,
  asked: { date: '2026-11-30', time: null, phrase: null, basis: null },
  deadline: NOW + 9 * DAY,
  rules: 'default@1',
  article: 'Mục 6.1',
  urgency: 'normal',
  facts: {
    lead: 'kinh-te',
    assignedPerson: null,
    coordinating: [],
    assigningLeader: 'ct',
    trackingOfficer: 'vt',
    field: null,
  },
  approver: 'assigning-leader',
  needsApproval: false,
  decideBy,
};

const people = [
  ['ct', null],
  ['an', null],
  ['truong', null],
  ['ct', 'an'],
] as const;
const events: readonly ExtensionRequestEventToSend[] = [
  { type: 'approve', by: 'truong', onBehalfOf: null, decideBy },
  { type: 'decline', by: 'truong', reason: 'chưa cần' },
  ...people.flatMap(([by, onBehalfOf]) =>
    [true, false].map((granted) => ({
      type: 'decide' as const,
      by,
      onBehalfOf,
      granted,
      note: null,
      deadline: granted ? NOW + 20 * DAY : null,
      held: null,
    })),
  ),
  ...[true, false].flatMap((granted) => {
    const made = { by: 'ct', onBehalfOf: null, granted, note: null };
    const deadline = granted ? NOW + 20 * DAY : null;
    const held = { ...made, until: NOW + 10_000, deadline: null };
    return [
      { type: 'decide' as const, ...made, deadline, held },
      { type: 'carry-out' as const, ...made, deadline },
    ];
  }),
  { type: 'undo', by: 'ct', onBehalfOf: null },
  { type: 'undo', by: 'truong', onBehalfOf: null },
  { type: 'not-carried-out', code: 'x', vi: 'x', en: 'x' },
  { type: 'withdraw' },
];

describe('every path of a request for more time', () => {
  const taken: PathMove[] = [];

  beforeAll(async () => {
    for (const needsApproval of [false, true]) {
      const walk = { input: { ...input, needsApproval }, events, now: NOW, receivers: ['d1'] };
      taken.push(...(await lifecyclePaths(extensionRequestLifecycle, walk)).moves);
    }
  });

  it('reaches every state in which it can rest, by every event', () => {
    expect(statesNeverReached(extensionRequestLifecycle, taken)).toEqual([]);
    expect(eventsNeverMoving(taken)).toEqual([]);
  });

  it('is never decided by whoever asked for it, let it go, or had it asked', () => {
    const decided = taken.filter(({ event, after, before }) => event.type === 'decide' && after !== before);
    const ended = decided.filter(
      ({ before, after }) => before.status === 'active' && after.status === 'done',
    );
    const requesters = (move: PathMove) => (move.before.context as { requesters: string[] }).requesters;
    expect(ended.length).toBeGreaterThan(5);
    expect(
      ended.filter((move) =>
        [move.event['by'], move.event['onBehalfOf']].some((one) => requesters(move).includes(one as string)),
      ),
    ).toEqual([]);
  });

  it('lets nothing follow from a decision before the time to take it back is over, and nobody else take it back', () => {
    const held = taken.filter(({ before }) => JSON.stringify(before.value).includes('"held"'));
    const undone = held.filter(
      ({ event, before, after }) =>
        event.type === 'undo' && JSON.stringify(after.value) !== JSON.stringify(before.value),
    );
    expect(undone.length).toBeGreaterThan(2);
    expect(undone.filter(({ event }) => event['by'] !== 'ct')).toEqual([]);
    expect(held.filter(({ kind, after }) => kind === 'timer' && after.status === 'done')).toEqual([]);
    expect(held.filter(({ event, after }) => event.type !== 'withdraw' && after.status === 'done')).toEqual(
      [],
    );
  });

  it('is never granted by silence', () => {
    const byTime = taken.filter(({ kind }) => kind === 'timer');
    expect(byTime.length).toBeGreaterThan(1);
    expect(byTime.filter(({ after }) => after.status === 'done')).toEqual([]);
  });
});

describe('what the rules say about more time', () => {
  const at = (text: string): number => Date.parse(`${text}:00+07:00`);
  const rules = defaultWorkingRules();
  const saying = (value: Partial<WorkingRules['extension']['value']>): WorkingRules => ({
    ...rules,
    extension: { ...rules.extension, value: { ...rules.extension.value, ...value } },
  });
  const facts = (now: string, under = rules): ActFacts => ({
    now: at(now),
    calendar: sampleCalendar,
    rules: under,
    directory: sampleOffice().directory,
  });
  function sound<T>(planned: T): Exclude<T, Refusal> {
    if (isRefusal(planned)) throw new Error(planned.en);
    return planned as Exclude<T, Refusal>;
  }
  /** Due on Friday, 20 November 2026, 17:00; a working week before is the 13th. */
  const assigned = (under = rules) =>
    sound(
      planAssignment(
        {
          ...{ lead: ['kinh-te'], assigningLeader: 'chutich', sourceDate: '2026-10-30' },
          deadline: { date: '2026-11-20' },
        },
        facts('2026-11-02T09:00', under),
      ),
    );
  const asked = { by: 'kt-cv', reason: 'Chờ số liệu', deadline: { date: '2026-12-11' } };
  const codeOf = (answer: object) => (isRefusal(answer) ? answer.code : 'asked');
  const ask = (now: string, value: Partial<WorkingRules['extension']['value']>, extensions = 0) => {
    const context = { ...begun(assigned(saying(value))), extensions };
    return planExtensionRequest({ id: 'd1', context }, 'x1', asked, facts(now, saying(value)));
  };
  const days = (amount: number, unit: 'wd' | 'wh' | 'h' = 'wd') => ({ amount, unit });

  it.each<[string, Partial<WorkingRules['extension']['value']>, number, string]>([
    ['2026-11-17T16:59', { requestBefore: days(3) }, 0, 'asked'],
    ['2026-11-17T17:01', { requestBefore: days(3) }, 0, 'extension-too-late'],
    ['2026-11-20T14:59', { requestBefore: days(2, 'wh') }, 0, 'asked'],
    ['2026-11-20T15:01', { requestBefore: days(2, 'wh') }, 0, 'extension-too-late'],
    ['2026-11-20T16:59', { requestBefore: null }, 0, 'asked'],
    ['2026-11-20T17:00', { requestBefore: null }, 0, 'extension-after-deadline'],
    ['2026-11-20T17:00', { requestBefore: null, afterDeadline: 'stays-overdue' }, 0, 'asked'],
    // How long before is a matter of what is still to come: past the deadline the rules speak of that alone.
    ['2026-11-24T09:00', { requestBefore: days(3), afterDeadline: 'stays-overdue' }, 0, 'asked'],
    ['2026-11-03T09:00', { atMost: 0 }, 0, 'extended-too-often'],
    ['2026-11-03T09:00', { atMost: 2 }, 1, 'asked'],
    ['2026-11-03T09:00', { atMost: 2 }, 2, 'extended-too-often'],
    ['2026-11-03T09:00', { atMost: null }, 19, 'asked'],
  ])('at %s under %j, extended %i times: %s', (now, value, extensions, code) => {
    const answer = ask(now, value, extensions);
    expect(codeOf(answer)).toBe(code);
    if (isRefusal(answer)) expect([answer.field, answer.vi === answer.en]).toEqual(['deadline', false]);
  });

  it.each<[WorkingRules['extension']['value']['approver'], string]>([
    ['assigning-leader', 'chutich'],
    ['leader-in-charge', 'pct-kinhte'],
    ['chief-of-office', 'chanhvp'],
    ['chair', 'chutich'],
  ])('lets %s decide, and the assigning leader, and nobody else', (approver, person) => {
    const under = saying({ approver });
    const input = sound(ask('2026-11-03T09:00', { approver }));
    expect(input.approver).toBe(approver);
    const waiting: ExtensionRequestContext = { ...input, requesters: ['kt-cv'], held: null };
    const decide = (by: string) =>
      planExtensionDecision(
        waiting,
        begun(assigned(under)),
        { by, granted: true },
        facts('2026-11-03T10:00', under),
      );
    expect(isRefusal(decide(person))).toBe(false);
    expect(isRefusal(decide('chutich'))).toBe(false);
    for (const by of ['pct-vanxa', 'vanthu', 'quantri'])
      expect(decide(by)).toMatchObject({ refused: true, code: 'not-the-approver' });
  });

  it('leaves what is asked for after the deadline overdue until it is granted, and what was late in history', async () => {
    const under = saying({ afterDeadline: 'stays-overdue' });
    const test = new TestRuntime({
      lifecycles: [directiveLifecycle, extensionRequestLifecycle],
      now: at('2026-11-02T09:00'),
    });
    const id = await test.start(directiveLifecycle, assigned(under));
    await test.advanceTo(at('2026-11-24T09:00'));
    const context = () => test.record(id).snapshot.context as unknown as DirectiveContext;
    const overdue = () => {
      const { work, time } = directiveState(test.state(id));
      const { deadline, judgedAt } = context();
      const dated = { deadline: deadline?.at ?? null, nearDueAt: deadline?.nearDueAt ?? null };
      return [time, deriveLateness({ work, ...dated, judgedAt, closedAt: null }, test.now).overdue];
    };
    const now = () => ({ ...facts('2026-11-24T09:00', under), now: test.now });
    const request = 'x1';
    const input = sound(planExtensionRequest({ id, context: context() }, request, asked, now()));
    const x1 = await test.start(extensionRequestLifecycle, { ...input, directive: id });
    expect(overdue()).toEqual(['overdue', true]);
    await test.advanceTo(at('2026-11-25T09:00'));
    expect(overdue()).toEqual(['overdue', true]);
    const waiting = test.record(x1).snapshot.context as unknown as ExtensionRequestContext;
    const plan = sound(
      planExtensionDecision(waiting, context(), { by: 'chutich', granted: true, note: null }, now()),
    );
    await test.send(extensionRequestLifecycle, x1, plan.request);
    if (!plan.directive) throw new Error('nothing is granted');
    await test.send(directiveLifecycle, id, plan.directive);
    expect(overdue()).toEqual(['within', false]);
    expect([context().originalDeadline, context().extensions]).toEqual([at('2026-11-20T17:00'), 1]);
    const crossed = test.history(id).filter(({ to }) => directiveState(to).time === 'overdue');
    expect(crossed[0]?.at).toBe(at('2026-11-20T17:00'));
  });
});
