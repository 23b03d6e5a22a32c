import { isRefusal, MemoryRuntime, type Refusal, type StoredEvent } from '@dondoc/workflow';
import { lifecyclePaths, type PathMove } from '@dondoc/workflow/testing';
import { eventsNeverMoving, statesNeverReached } from '@dondoc/workflow/testing/path-coverage';
import { type AnyMachineSnapshot } from 'xstate';
import { defaultWorkingRules, sampleOffice } from '../../sample/sample-files';
import { sampleCalendar } from '../../working-time/sample-calendar';
import { type ActFacts } from '../act-facts';
import { readPayload } from '../message-payload';
import { prepareObligation } from './prepare-obligation';
import { reportingObligationLifecycle } from './reporting-obligation.lifecycle';
import { planPeriodReport, planPeriodSendBack, planStanding, planStandingEnd } from './standing-acts';
import { standingDirectiveLifecycle } from './standing-directive.lifecycle';
import {
  obligationState,
  type ObligationContext,
  type ObligationEventToSend,
  type RequestedObligation,
  type StandingContext,
  type StandingEventToSend,
} from './standing.types';

const ORGANIZATION = '00000000-0000-4000-8000-000000000001';
const STANDING = '00000000-0000-7000-8000-00000000000a';
const at = (text: string): number => Date.parse(`${text}:00+07:00`);
const rules = defaultWorkingRules();
const { directory } = sampleOffice();
const facts: ActFacts = { now: at('2026-10-05T08:00'), calendar: sampleCalendar, rules, directory };
const intent = {
  by: 'vanthu',
  text: 'Thường xuyên kiểm tra vệ sinh tại chợ.',
  lead: ['kinh-te'],
  coordinating: ['tram-y-te'],
  assigningLeader: 'chutich',
  trackingOfficer: 'vanthu',
  field: null,
  urgency: 'normal' as const,
  reports: ['monthly'],
};
const result = { number: '5/BC-KT', date: '2026-10-05', summary: 'Báo cáo tháng', file: null };

function sound<T>(planned: T): Exclude<T, Refusal> {
  if (isRefusal(planned)) throw new Error(planned.en);
  return planned as Exclude<T, Refusal>;
}

function prepared(input: Omit<RequestedObligation, 'standing'>, instant: number) {
  return prepareObligation({ id: 'b1', at: instant, input, from: { id: STANDING } }, facts);
}

describe('a standing directive', () => {
  it('asks for the report of each period by itself, reminds, and says what is late', async () => {
    const told: string[] = [];
    const notify = ({ at: instant, payload }: { at: number; payload: Parameters<typeof readPayload>[0] }) => {
      const { subject, to } = readPayload(payload);
      told.push(`${new Date(instant + 7 * 3_600_000).toISOString().slice(0, 16)} ${subject} ${to.join()}`);
    };
    const memory = new MemoryRuntime({
      lifecycles: [standingDirectiveLifecycle, reportingObligationLifecycle],
      now: facts.now,
      effects: { notify },
      hooks: {
        prepareStart: {
          'reporting-obligation': (start) =>
            Promise.resolve(
              prepareObligation(
                { ...start, input: start.input as never },
                facts,
              ) as unknown as StoredEvent['input'],
            ),
        },
      },
    });
    const actor = { kind: 'person', id: 'vanthu' } as const;
    const input = sound(planStanding(intent, facts)) as unknown as StoredEvent['input'];
    await memory.transaction(ORGANIZATION, (tx) =>
      tx.start({ lifecycle: 'standing-directive', id: STANDING, input, actor }),
    );
    await memory.advanceTo(at('2026-11-24T12:00'));
    expect(told).toEqual([
      '2026-10-05T08:00 standing-given lead-staff,lead-head',
      '2026-10-05T08:00 obligation-opened lead-staff',
      '2026-10-20T07:30 obligation-due lead-staff',
      // The 25th is a Sunday: due on the working day before.
      '2026-10-23T17:00 obligation-late lead-head,tracking-officer',
      '2026-11-02T07:30 obligation-opened lead-staff',
      '2026-11-19T07:30 obligation-due lead-staff',
    ]);
    const open = () =>
      memory.store.instance(ORGANIZATION, STANDING)?.snapshot.context as unknown as StandingContext;
    expect(open().obligations).toHaveLength(2);

    const ended = sound(planStandingEnd({ by: 'chutich', onBehalfOf: null, reason: 'Chợ đã đóng cửa.' }));
    await memory.transaction(ORGANIZATION, (tx) =>
      tx.send({ instance: STANDING, event: ended as unknown as StoredEvent, actor }),
    );
    const states = memory.store
      .instances(ORGANIZATION)
      .filter(({ lifecycle }) => lifecycle === 'reporting-obligation')
      .map(({ snapshot }) => snapshot.value);
    expect(states).toEqual(['withdrawn', 'withdrawn']);
    expect(memory.store.timers(ORGANIZATION, STANDING)).toEqual([]);
  });

  it.each<[object, string, string]>([
    [{ text: ' ' }, 'missing-text', 'text'],
    [{ lead: [] }, 'no-lead', 'lead'],
    [{ lead: ['kinh-te', 'cong-an'] }, 'several-leads', 'lead'],
    [{ coordinating: ['so-x'] }, 'unknown-agency', 'coordinating'],
    [{ trackingOfficer: 'nobody' }, 'unknown-person', 'trackingOfficer'],
    [{ reports: [] }, 'no-report-named', 'reports'],
    [{ reports: ['monthly', 'hourly'] }, 'unknown-report', 'reports[1]'],
  ])('is not given with %j: %s about %s', (bad, code, field) => {
    expect(planStanding({ ...intent, ...bad }, facts)).toMatchObject({ code, field });
  });

  it('is ended, and its reports are made and sent back, with words', () => {
    const who = { by: 'vanthu', onBehalfOf: null };
    expect(planStandingEnd({ ...who, reason: '' })).toMatchObject({ field: 'reason' });
    expect(planPeriodSendBack({ ...who, reason: '' })).toMatchObject({ field: 'reason' });
    const future = { ...result, date: '2026-10-06' };
    expect(planPeriodReport({ ...who, result: future }, facts)).toMatchObject({ code: 'result-in-future' });
    expect(planPeriodReport({ ...who, result: { ...result, number: '' } }, facts)).toMatchObject({
      field: 'result.number',
    });
  });
});

describe('every path of a reporting obligation', () => {
  const contextOf = (snapshot: AnyMachineSnapshot) => snapshot.context as unknown as ObligationContext;
  const taken: PathMove[] = [];

  beforeAll(async () => {
    const [opening] = sound(planStanding(intent, facts)).openings;
    if (!opening) throw new Error('nothing opens');
    const { text: title } = intent;
    const { facts: audience } = sound(planStanding(intent, facts));
    const asked = { opening, title, rules: 'default@1', urgency: 'normal' as const, facts: audience };
    const input = prepared(asked, facts.now);
    const people = [
      { by: 'kt-cv', onBehalfOf: null },
      { by: 'vanthu', onBehalfOf: null },
      { by: 'vanthu', onBehalfOf: 'kt-cv' },
    ];
    const events: ObligationEventToSend[] = [
      ...people.flatMap((who): ObligationEventToSend[] => [
        { type: 'report', ...who, result },
        { type: 'accept', ...who },
        { type: 'send-back', ...who, reason: 'thiếu' },
      ]),
      { type: 'withdraw' },
      { type: 'stood-in', subject: 'obligation-due', rung: null, article: null, standIns: [] },
    ];
    const key = (snapshot: AnyMachineSnapshot): string => {
      const { due, reportedBy, reportedFor } = contextOf(snapshot);
      return JSON.stringify([snapshot.value, due.reminders.length, reportedBy, reportedFor]);
    };
    const options = { input, events, key, now: facts.now, receivers: [STANDING] };
    taken.push(...(await lifecyclePaths(reportingObligationLifecycle, options)).moves);
  });

  it('reaches every state in which it can rest, by every event', () => {
    expect(statesNeverReached(reportingObligationLifecycle, taken)).toEqual([]);
    expect(eventsNeverMoving(taken)).toEqual(['stood-in']);
  });

  it.each<[string, (step: PathMove) => boolean]>([
    [
      'is accepted by nobody who had a hand in reporting it',
      ({ event, after }) => {
        if (obligationState(after.value) !== 'accepted') return true;
        const { reportedBy, reportedFor } = contextOf(after);
        return (
          event['by'] !== reportedBy && event['by'] !== reportedFor && event['onBehalfOf'] !== reportedBy
        );
      },
    ],
    [
      'holds a report exactly while it is reported or was accepted',
      ({ after }) => {
        const state = obligationState(after.value);
        return state === 'withdrawn' || (contextOf(after).reportedBy !== null) === (state !== 'awaited');
      },
    ],
    [
      'ends accepted or withdrawn',
      ({ after }) =>
        (after.status === 'done') === ['accepted', 'withdrawn'].includes(obligationState(after.value)),
    ],
  ])('%s', (_promise, holds) => {
    expect(taken.length).toBeGreaterThan(20);
    expect(taken.filter((step) => !holds(step)).map(({ after }) => after.value as unknown)).toEqual([]);
  });
});

describe('every path of the machine of standing directives', () => {
  it('opens what is due, waits where nothing is, and ends only when somebody ends it', async () => {
    const planned = sound(planStanding(intent, facts));
    const next = { report: 'monthly', first: '2026-11-01', opensAt: at('2026-11-02T07:30') };
    const events: StandingEventToSend[] = [
      { type: 'obligation-opened', obligation: 'b1', next },
      { type: 'obligation-ended', obligation: 'b1' },
      { type: 'end', by: 'chutich', onBehalfOf: null, reason: 'thôi' },
    ];
    const key = (snapshot: AnyMachineSnapshot): string => {
      const { openings, obligations } = snapshot.context as unknown as StandingContext;
      return JSON.stringify([snapshot.value, Math.min(openings.length, 1), Math.min(obligations.length, 1)]);
    };
    const options = { input: planned, events, key, now: facts.now, receivers: ['b1'] };
    const { moves } = await lifecyclePaths(standingDirectiveLifecycle, options);
    expect(statesNeverReached(standingDirectiveLifecycle, moves)).toEqual([]);
    expect(eventsNeverMoving(moves)).toEqual([]);
    for (const { after } of moves) expect(after.status === 'done').toBe(after.value === 'ended');
  });
});
