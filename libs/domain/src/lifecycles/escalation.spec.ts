import { isRefusal, type Refusal } from '@dondoc/workflow';
import { lifecyclePaths, type PathMove } from '@dondoc/workflow/testing';
import { eventsNeverMoving, statesNeverReached } from '@dondoc/workflow/testing/path-coverage';
import { type AnyMachineSnapshot } from 'xstate';
import { type Recipient } from '../directory/audience';
import { defaultWorkingRules, sampleOffice } from '../sample/sample-files';
import { sampleCalendar } from '../working-time/sample-calendar';
import { type ActFacts } from './act-facts';
import { planAssignment } from './directive-acts';
import { escalationState } from './directive-state';
import { begun as directiveBegun } from './directive.updates';
import { planAcknowledgement, planDecision, type DecisionIntent } from './escalation-acts';
import { escalationLifecycle } from './escalation.lifecycle';
import { type ExplanationInput } from './explanation/explanation.types';
import { begun, comeBack } from './escalation.updates';
import { type EscalationContext, type EscalationEventToSend, type EscalationInput } from './escalation.types';
import { prepareEscalation } from './prepare-escalation';

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

function escalated(lead = 'kinh-te', audience: 'leader-in-charge' | 'chair' = 'leader-in-charge') {
  return prepareEscalation(
    {
      id: 'e1',
      at: at('2026-11-09T07:30'),
      from: { id: 'd1' },
      input: {
        rung: 'T+5',
        article: 'Mục 5.2',
        audience,
        rules: 'default@1',
        urgency: 'normal',
        facts: {
          lead,
          assignedPerson: null,
          coordinating: [],
          assigningLeader: null,
          trackingOfficer: null,
          field: null,
        },
        deadline: null,
      },
    },
    facts,
  );
}

const shown = ({ chain }: Pick<EscalationContext, 'chain'>) =>
  chain.map((level) => [level.audience, level.recipients.map(({ person }) => person), level.acknowledgeBy]);

describe('the chain of an escalation', () => {
  it('goes up from the leader in charge, at an opening after the time to acknowledge', () => {
    expect(shown(escalated())).toEqual([
      ['leader-in-charge', ['pct-kinhte'], at('2026-11-12T07:30')],
      ['chair', ['chutich'], null],
    ]);
    expect(shown(escalated('kinh-te', 'chair'))).toEqual([['chair', ['chutich'], null]]);
  });

  it('leaves out a level that would reach the same person again', () => {
    expect(shown(escalated('cong-an'))).toEqual([['leader-in-charge', ['chutich'], null]]);
  });

  it('passes over those of the lead agency, who would decide on themselves', () => {
    const levels = [
      {
        audience: 'chief-of-office' as const,
        acknowledgeWithin: { amount: 1, unit: 'wd' as const },
        decideWithin: null,
      },
      { audience: 'chair' as const, acknowledgeWithin: null, decideWithin: null },
    ];
    const { rules } = facts;
    const withOffice = { ...rules, escalationLevels: { ...rules.escalationLevels, value: levels } };
    const chain = (lead: string) => {
      const input = { ...escalated(lead), audience: 'chief-of-office' as const };
      const start = { id: 'e1', at: at('2026-11-09T07:30'), from: { id: 'd1' }, input };
      return shown(prepareEscalation(start, { ...facts, rules: withOffice })).map(([audience]) => audience);
    };
    expect(chain('kinh-te')).toEqual(['chief-of-office', 'chair']);
    expect(chain('van-phong')).toEqual(['chair']);
  });
});

describe('acknowledging', () => {
  it('says until when it is decided, and how it goes on at that moment', () => {
    const context = begun(escalated());
    const event = sound(planAcknowledgement(context, { by: 'pct-kinhte', onBehalfOf: null }, facts));
    // Three working days, moved to the next opening.
    expect(event.decideBy).toBe(at('2026-11-13T07:30'));
    expect(shown({ chain: event.again })).toEqual([
      // The chair is away when it would go up, and the leader in charge stands in: nobody else is above.
      ['leader-in-charge', ['pct-kinhte'], null],
    ]);
  });

  it('goes on at the next level once it was forgotten here', () => {
    const context = begun(escalated());
    const again = sound(planAcknowledgement(context, { by: 'pct-kinhte', onBehalfOf: null }, facts));
    const returned: EscalationContext = {
      ...context,
      ...comeBack({
        context: { ...context, ...again },
        event: { ...again, at: facts.now },
      }),
    };
    expect(returned).toMatchObject({ level: 0, forgotten: 1, acknowledgedBy: null });
    const chain = [...returned.chain, ...escalated('kinh-te', 'chair').chain];
    const second = sound(
      planAcknowledgement({ ...returned, chain }, { by: 'pct-kinhte', onBehalfOf: null }, facts),
    );
    expect(shown({ chain: second.again }).map(([audience]) => audience)).toEqual(['chair']);
  });

  it('is refused to the lead agency itself, also in a leader’s place', () => {
    const who = { by: 'kt-truong', onBehalfOf: 'chutich' };
    expect(planAcknowledgement(begun(escalated()), who, facts)).toMatchObject({ code: 'decides-on-oneself' });
    expect(decide({ ...who, decision: 'close' })).toMatchObject({ code: 'decides-on-oneself' });
  });
});

const directive = {
  id: 'd1',
  work: 'in-progress',
  context: directiveBegun(
    sound(
      planAssignment(
        {
          lead: ['kinh-te'],
          sourceDate: '2026-10-20',
          trackingOfficer: 'vanthu',
          deadline: { date: '2026-11-02' },
        },
        facts,
      ),
    ),
  ),
};

function decide(intent: Partial<DecisionIntent>) {
  const whole = { by: 'chutich', onBehalfOf: null, decision: 'close' as const, ...intent };
  return planDecision(begun(escalated()), directive, whole, facts);
}

describe('a decision', () => {
  it('is what the leader says, and the act that follows from it', () => {
    const all = { note: 'gấp', deadline: { date: '2026-12-04' }, lead: ['cong-an'] };
    expect(sound(decide({ ...all, decision: 'urge' })).directive).toMatchObject({
      type: 'urge',
      note: 'gấp',
      article: 'Mục 5.2',
    });
    expect(sound(decide({ ...all, decision: 'extend' })).directive).toMatchObject({
      type: 'extend',
      reason: 'gấp',
    });
    expect(sound(decide({ ...all, decision: 'reassign' })).directive).toMatchObject({
      type: 'reassign',
      lead: 'cong-an',
    });
    expect(sound(decide({ ...all, decision: 'close' }))).toMatchObject({
      directive: null,
      escalation: { decision: 'close', note: 'gấp', explanation: null, meeting: null },
    });
  });

  it('demands an explanation by the day that the leader names, or as the rules say', () => {
    const explain = (more: Partial<DecisionIntent>) =>
      sound(
        decide({
          decision: 'explain',
          note: 'Vì sao chậm?',
          onBehalfOf: 'chutich',
          by: 'pct-kinhte',
          ...more,
        }),
      ).escalation.explanation;
    expect(explain({})).toMatchObject({
      directive: 'd1',
      agency: 'kinh-te',
      demandedBy: 'chutich',
      question: 'Vì sao chậm?',
      due: { at: at('2026-11-12T17:00'), article: 'Mục 6.4', reminders: [{ at: at('2026-11-11T07:30') }] },
    });
    expect(explain({ deadline: { date: '2026-11-10' } })?.due).toMatchObject({
      at: at('2026-11-10T17:00'),
      article: null,
    });
  });

  it('calls together with a place and a time that are still ahead', () => {
    const meeting = { date: '2026-11-10', time: '14:00', place: 'Phòng họp số 1' };
    expect(sound(decide({ decision: 'convene', note: 'Bàn cách gỡ', meeting })).escalation).toMatchObject({
      meeting,
    });
  });

  it.each<[object, string, string]>([
    [{ decision: 'urge' }, 'missing-text', 'note'],
    [{ decision: 'extend', note: 'x' }, 'no-deadline-given', 'deadline'],
    [{ decision: 'reassign' }, 'no-lead', 'lead'],
    [{ decision: 'explain' }, 'missing-text', 'note'],
    [
      { decision: 'explain', note: 'x', deadline: { date: '2026-11-06' } },
      'deadline-not-ahead',
      'deadline.date',
    ],
    [
      { decision: 'explain', note: 'x', deadline: { date: '9999-12-31' } },
      'beyond-calendar',
      'deadline.date',
    ],
    [{ decision: 'convene', note: 'x' }, 'no-meeting-given', 'meeting'],
    [
      { decision: 'convene', note: 'x', meeting: { date: '2026-11-06', time: '08:00', place: 'A' } },
      'meeting-in-past',
      'meeting.date',
    ],
    [
      { decision: 'convene', note: 'x', meeting: { date: '2026-11-10', time: '8h', place: 'A' } },
      'not-a-time',
      'meeting.time',
    ],
    [{ decision: 'criticize', note: ' ' }, 'missing-text', 'note'],
    [{ decision: 'praise' }, 'unknown-decision', 'decision'],
  ])('refuses %j with %s about %s', (bad, code, field) => {
    expect(decide(bad)).toMatchObject({ code, field });
  });
});

describe('every path of the escalation machine', () => {
  const DAY = 86_400_000;
  const now = facts.now;
  const recipient = (person: string, more: Partial<Recipient> = {}): Recipient => ({
    person,
    role: 'chair',
    agency: null,
    via: 'holder',
    insteadOf: null,
    reason: null,
    ...more,
  });
  const level = (acknowledgeBy: number | null, ...recipients: Recipient[]) => ({
    audience: 'chair' as const,
    recipients,
    acknowledgeBy,
  });
  const input: EscalationInput = {
    ...escalated(),
    chain: [
      level(now + DAY, recipient('pct'), recipient('qt', { via: 'administrator' })),
      level(null, recipient('uq', { via: 'delegate', insteadOf: 'ct' })),
    ],
  };
  const leaders = [
    { by: 'pct', onBehalfOf: null },
    { by: 'uq', onBehalfOf: 'ct' },
    { by: 'uq', onBehalfOf: null },
    { by: 'qt', onBehalfOf: null },
    { by: 'an', onBehalfOf: null },
  ];
  const nothing = { note: null, explanation: null, meeting: null, held: null };
  const held = (who: { by: string; onBehalfOf: string | null }) => ({
    ...who,
    until: now + 10_000,
    decision: 'close' as const,
    note: null,
    deadline: null,
    lead: [],
    meeting: null,
  });
  const events = [
    ...leaders.flatMap((who) => [
      { type: 'acknowledge' as const, ...who, decideBy: null, again: [] },
      { type: 'acknowledge' as const, ...who, decideBy: now + 2 * DAY, again: input.chain.slice(0, 1) },
      { type: 'decide' as const, ...who, decision: 'close' as const, ...nothing },
    ]),
    ...leaders.slice(0, 2).flatMap((who) => [
      { type: 'decide' as const, ...who, decision: 'close' as const, ...nothing, held: held(who) },
      { type: 'undo' as const, ...who },
    ]),
    { type: 'undo', by: 'an', onBehalfOf: null },
    {
      type: 'carry-out',
      by: 'pct',
      onBehalfOf: null,
      decision: 'explain',
      note: 'vì sao',
      explanation: { directive: 'd1' } as unknown as ExplanationInput,
      meeting: null,
    },
    { type: 'not-carried-out', code: 'x', vi: 'x', en: 'x' },
    { type: 'decide', by: 'pct', onBehalfOf: null, decision: 'criticize', ...nothing, note: 'chậm' },
    { type: 'withdraw' },
  ] satisfies EscalationEventToSend[];
  const contextOf = (snapshot: AnyMachineSnapshot) => snapshot.context as unknown as EscalationContext;
  const taken: PathMove[] = [];

  beforeAll(async () => {
    const key = (snapshot: AnyMachineSnapshot): string => {
      const { level: reached, acknowledgedBy, forgotten, decideBy, chain } = contextOf(snapshot);
      const limited = decideBy !== null;
      return JSON.stringify([
        snapshot.value,
        reached,
        acknowledgedBy,
        Math.min(forgotten, 1),
        contextOf(snapshot).held?.by === 'pct',
        JSON.stringify(snapshot.historyValue),
        limited,
        chain.length,
      ]);
    };
    const options = { input, events, key, now, receivers: [input.directive] };
    taken.push(...(await lifecyclePaths(escalationLifecycle, options)).moves);
  });

  it('reaches every state in which it can rest, by every event', () => {
    expect(statesNeverReached(escalationLifecycle, taken)).toEqual([]);
    expect(eventsNeverMoving(taken)).toEqual([]);
  });

  it.each<[string, (step: PathMove) => boolean]>([
    ['stays within its chain', ({ after }) => contextOf(after).level < contextOf(after).chain.length],
    [
      'goes up only, one level at a time, and only when nobody has it or it was forgotten before',
      ({ before, after }) => {
        const up = contextOf(after).level - contextOf(before).level;
        const forgotten = contextOf(before).forgotten > 0;
        return up === 0 || (up === 1 && (escalationState(before.value) === 'raised' || forgotten));
      },
    ],
    [
      'comes back when it was acknowledged and not decided in time',
      ({ kind, before, after }) =>
        kind !== 'timer' ||
        escalationState(before.value) !== 'acknowledged' ||
        (escalationState(after.value) === 'raised' && contextOf(after).acknowledgedBy === null),
    ],
    [
      'is acknowledged and decided only by those whom it is addressed to, or in their place',
      ({ event, before, after }) =>
        JSON.stringify(before.value) === JSON.stringify(after.value) ||
        !('by' in event) ||
        event['by'] === 'pct' ||
        (event['by'] === 'uq' && event['onBehalfOf'] === 'ct'),
    ],
    [
      'ends decided or withdrawn',
      ({ after }) =>
        (after.status === 'done') ===
        ['decided', 'withdrawn'].includes(JSON.stringify(after.value).slice(1, -1)),
    ],
    [
      'lets nothing follow from a decision while it can be taken back',
      ({ event, before, after }) =>
        !JSON.stringify(before.value).includes('undoable') ||
        after.status !== 'done' ||
        event.type === 'withdraw',
    ],
    [
      'is open again as it was once a decision was taken back, by whoever made it',
      ({ event, before, after }) =>
        event.type !== 'undo' ||
        before === after ||
        JSON.stringify(before.value) === JSON.stringify(after.value) ||
        (contextOf(before).held?.by === event['by'] &&
          contextOf(after).held === null &&
          after.status === 'active'),
    ],
  ])('%s', (_promise, holds) => {
    expect(taken.length).toBeGreaterThan(50);
    expect(
      taken.filter((step) => !holds(step)).map(({ event, after }) => [event, after.value as unknown]),
    ).toEqual([]);
  });
});
