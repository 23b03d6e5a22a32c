import { isRefusal, type Refusal } from '@dondoc/workflow';
import { lifecyclePaths, TestRuntime, type PathMove } from '@dondoc/workflow/testing';
import { eventsNeverMoving, statesNeverReached } from '@dondoc/workflow/testing/path-coverage';
import fc from 'fast-check';
import { type Delegation } from '../../directory/directory';
import { delegateOf } from '../../directory/offices';
import { defaultWorkingRules, sampleOffice } from '../../sample/sample-files';
import { sampleCalendar } from '../../working-time/sample-calendar';
import { type ActFacts } from '../act-facts';
import { readPayload } from '../message-payload';
import { planDelegation, planDelegationEnd, type DelegationIntent } from './delegation-acts';
import { delegationLifecycle } from './delegation.lifecycle';
import { type DelegationContext } from './delegation.types';

const at = (text: string): number => Date.parse(`${text}:00+07:00`);
const { directory } = sampleOffice();
const facts: ActFacts = {
  now: at('2026-11-09T08:00'),
  calendar: sampleCalendar,
  rules: defaultWorkingRules(),
  directory,
};
const intent: DelegationIntent = {
  by: 'kt-truong',
  from: 'kt-truong',
  to: 'kt-cv',
  start: '2026-11-11',
  end: '2026-11-12',
  reason: 'Đi tập huấn',
};

function sound<T>(planned: T): Exclude<T, Refusal> {
  if (isRefusal(planned)) throw new Error(planned.en);
  return planned as Exclude<T, Refusal>;
}

describe('delegating', () => {
  it('lasts from the first instant of its first day to the last of its last', () => {
    expect(planDelegation(intent, facts)).toMatchObject({
      startsAt: at('2026-11-11T00:00'),
      endsAt: at('2026-11-13T00:00'),
    });
  });

  // In the sample office the chair is away from the 16th to the 20th, and pct-kinhte stands in.
  const away = { start: '2026-11-18', end: '2026-11-24' };
  it.each<[Partial<DelegationIntent>, string, string]>([
    [{ to: 'kt-truong' }, 'delegation-to-oneself', 'to'],
    [{ to: 'nobody' }, 'unknown-person', 'to'],
    [{ from: 'nobody' }, 'unknown-person', 'from'],
    [{ from: 'kt-cv', to: 'kt-truong' }, 'nothing-to-delegate', 'from'],
    [{ start: '2026-11-08' }, 'delegation-in-past', 'start'],
    [{ end: '2026-11-10' }, 'ends-before-start', 'end'],
    [{ end: '2027-11-12' }, 'delegation-too-long', 'end'],
    [{ start: '2026-11-31' }, 'not-a-date', 'start'],
    [{ from: 'chutich', to: 'pct-vanxa', ...away }, 'delegation-overlaps', 'start'],
    [{ from: 'pct-vanxa', to: 'chutich', ...away }, 'delegation-chain', 'to'],
    [{ from: 'pct-kinhte', to: 'pct-vanxa', ...away }, 'delegation-chain', 'from'],
    [{ from: 'pct-kinhte', to: 'chutich', ...away }, 'delegation-circle', 'to'],
  ])('refuses %j with %s about %s', (bad, code, field) => {
    expect(planDelegation({ ...intent, ...bad }, facts)).toMatchObject({ code, field });
  });

  it('never makes a chain or a circle, whatever is asked for in whatever order', () => {
    const people = ['chutich', 'pct-kinhte', 'pct-vanxa', 'kt-truong', 'vhxh-truong'];
    const day = (offset: number) => `2026-12-${String(offset).padStart(2, '0')}`;
    const wanted = fc.record({
      from: fc.constantFrom(...people),
      to: fc.constantFrom(...people),
      start: fc.integer({ min: 1, max: 20 }),
      days: fc.integer({ min: 0, max: 9 }),
    });
    fc.assert(
      fc.property(fc.array(wanted, { maxLength: 15 }), (wishes) => {
        const given: Delegation[] = [];
        for (const { from, to, start, days } of wishes) {
          const dates = { start: day(start), end: day(start + days) };
          const known = { ...facts, directory: { ...directory, delegations: given } };
          const planned = planDelegation({ ...intent, from, to, ...dates }, known);
          if (!isRefusal(planned)) given.push({ from, to, ...dates });
        }
        const known = { ...directory, delegations: given };
        for (let offset = 1; offset <= 29; offset++)
          for (const person of people) {
            const delegate = delegateOf(known, person, day(offset));
            if (delegate !== null) expect(delegateOf(known, delegate, day(offset))).toBeNull();
          }
      }),
      { numRuns: 150 },
    );
  });
});

describe('a delegation', () => {
  const told = (test: TestRuntime) =>
    test.delivered.map(({ at: instant, payload }) => {
      const { subject, recipients, note } = readPayload(payload);
      const people = (recipients ?? []).map(({ person }) => person).join();
      return `${new Date(instant + 7 * 3_600_000).toISOString().slice(0, 16)} ${subject} ${people} ${note ?? ''}`;
    });

  it('tells both of them when it is given, begins and is over', async () => {
    const test = new TestRuntime({ lifecycles: [delegationLifecycle], now: facts.now });
    await test.start(delegationLifecycle, sound(planDelegation(intent, facts)));
    await test.advanceTo(at('2026-11-20T08:00'));
    expect(told(test)).toEqual([
      '2026-11-09T08:00 delegation-given kt-cv,kt-truong 2026-11-11 – 2026-11-12: Đi tập huấn',
      '2026-11-11T00:00 delegation-begins kt-cv,kt-truong 2026-11-11 – 2026-11-12: Đi tập huấn',
      '2026-11-13T00:00 delegation-over kt-cv,kt-truong 2026-11-11 – 2026-11-12: Đi tập huấn',
    ]);
  });

  it('is in force at once when it begins today, and can be ended before its time', async () => {
    const test = new TestRuntime({ lifecycles: [delegationLifecycle], now: facts.now });
    const today = { ...intent, start: '2026-11-09' };
    const id = await test.start(delegationLifecycle, sound(planDelegation(today, facts)));
    expect(test.state(id)).toBe('inForce');
    await test.advance(3_600_000);
    await test.send(delegationLifecycle, id, planDelegationEnd({ by: 'kt-truong', reason: ' ' }));
    expect(test.state(id)).toBe('over');
    expect(told(test)).toHaveLength(2);
  });

  it('passes through every state by every event, and ends only over', async () => {
    const moves: PathMove[] = [];
    for (const start of ['2026-11-09', '2026-11-11']) {
      const input = sound(planDelegation({ ...intent, start }, facts));
      const events = [planDelegationEnd({ by: 'quantri', reason: 'Về sớm' })];
      moves.push(...(await lifecyclePaths(delegationLifecycle, { input, events, now: facts.now })).moves);
    }
    expect(statesNeverReached(delegationLifecycle, moves)).toEqual([]);
    expect(eventsNeverMoving(moves)).toEqual([]);
    for (const { after } of moves) {
      expect(after.status === 'done').toBe(after.value === 'over');
      const { endedEarly, endsAt } = after.context as unknown as DelegationContext;
      expect(endedEarly === null || endedEarly.at < endsAt).toBe(true);
    }
  });
});
