import { isRefusal, type Refusal } from '@dondoc/workflow';
import { defaultWorkingRules, sampleOffice } from '../sample/sample-files';
import { sampleCalendar } from '../working-time/sample-calendar';
import { type ActFacts } from './act-facts';
import * as acts from './directive-acts';
import * as reports from './report-acts';
import { type DirectiveContext } from './directive.types';
import { begun, deadline } from './directive.updates';
import { countTotals, deriveLateness, type LatenessFacts } from './lateness';

const at = (text: string): number => Date.parse(`${text}:00+07:00`);
const facts: ActFacts = {
  now: at('2026-11-02T09:00'),
  calendar: sampleCalendar,
  rules: defaultWorkingRules(),
  directory: sampleOffice().directory,
};
const intent: acts.AssignmentIntent = {
  lead: ['kinh-te'],
  sourceDate: '2026-10-30',
  trackingOfficer: 'vanthu',
  deadline: { date: '2026-11-20', phrase: 'chậm nhất ngày 20/11' },
};

function sound<T>(planned: T): Exclude<T, Refusal> {
  if (isRefusal(planned)) throw new Error(planned.en);
  return planned as Exclude<T, Refusal>;
}

const context = (more: Partial<acts.AssignmentIntent> = {}): DirectiveContext =>
  begun(sound(acts.planAssignment({ ...intent, ...more }, facts)));

const result = { number: '1/BC', date: '2026-11-02', summary: 'Xong', file: null };

describe('assigning', () => {
  it('resolves everything that the machine will need', () => {
    expect(
      sound(acts.planAssignment({ ...intent, coordinating: ['tram-y-te', 'kinh-te'] }, facts)),
    ).toMatchObject({
      lead: 'kinh-te',
      coordinating: ['tram-y-te'],
      rules: 'default@1',
      returnBy: at('2026-11-04T17:00'),
      deadline: {
        at: at('2026-11-20T17:00'),
        nearDueAt: at('2026-11-17T07:30'),
        phrase: 'chậm nhất ngày 20/11',
        calendar: 'sample@1',
      },
      summarized: [],
    });
  });

  it.each([
    ['9999-12-31', '2026-10-30'],
    ['2199-12-31', '2026-10-30'],
    ['0001-01-02', '0001-01-01'],
  ])('refuses the deadline %s of %s, which no calendar reaches', (date, sourceDate) => {
    const planned = acts.planAssignment({ ...intent, sourceDate, deadline: { date } }, facts);
    expect(planned).toMatchObject({ code: 'beyond-calendar', field: 'deadline.date' });
  });

  it('keeps a stated hour, and a closing hour on a day off', () => {
    const due = (deadline: { date: string; time?: string }) =>
      sound(acts.planAssignment({ ...intent, deadline }, facts)).deadline?.at;
    expect(due({ date: '2026-11-20', time: '10:15' })).toBe(at('2026-11-20T10:15'));
    expect(due({ date: '2026-11-22' })).toBe(at('2026-11-22T17:00'));
  });

  it('uses the default deadline only where the rules give one', () => {
    expect(context({ deadline: null }).deadline).toBeNull();
    const rules = {
      ...facts.rules,
      defaultDeadline: {
        ...facts.rules.defaultDeadline,
        value: [
          {
            kinds: ['task' as const],
            urgency: ['normal' as const],
            within: { amount: 10, unit: 'wd' as const },
          },
        ],
      },
    };
    const planned = sound(acts.planAssignment({ ...intent, deadline: null }, { ...facts, rules }));
    expect(planned.deadline).toMatchObject({ at: at('2026-11-16T17:00'), basis: 'Mục 2.3' });
  });

  it('sends no burst for an old notice, and nothing one by one from before enforcement', () => {
    const old = { ...intent, sourceDate: '2026-01-05', deadline: { date: '2026-01-30' } };
    expect(sound(acts.planAssignment(old, facts)).rungs).toEqual([]);
    const enforcedFrom = { ...facts.rules.enforcedFrom, value: '2026-12-01' };
    const planned = sound(acts.planAssignment(intent, { ...facts, rules: { ...facts.rules, enforcedFrom } }));
    expect(planned).toMatchObject({ rungs: [], summarized: ['T-5', 'T-1', 'T+1', 'T+3', 'T+5', 'T+10'] });
  });

  it.each<[Partial<acts.AssignmentIntent>, string, string]>([
    [{ lead: [] }, 'no-lead', 'lead'],
    [{ lead: ['kinh-te', 'cong-an'] }, 'several-leads', 'lead'],
    [{ lead: ['so-xay-dung'] }, 'unknown-agency', 'lead'],
    [{ lead: ['tai-chinh-ke-hoach'] }, 'agency-not-in-force', 'lead'],
    [{ coordinating: ['so-xay-dung'] }, 'unknown-agency', 'coordinating'],
    [{ deadline: { date: '2026-10-29' } }, 'deadline-before-source', 'deadline.date'],
    [{ deadline: { date: '2026-11-31' } }, 'not-a-date', 'deadline.date'],
    [{ deadline: { date: '2026-11-20', time: '25:00' } }, 'not-a-time', 'deadline.time'],
    [{ sourceDate: '2026-11-03' }, 'source-in-future', 'sourceDate'],
    [{ sourceDate: 'hôm qua' }, 'not-a-date', 'sourceDate'],
  ])('refuses %j with %s', (bad, code, field) => {
    expect(acts.planAssignment({ ...intent, ...bad }, facts)).toMatchObject({ refused: true, code, field });
  });
});

describe('what people do with a directive', () => {
  it.each<[string, unknown, string, string]>([
    ['a return without a reason', acts.planReturn({ by: 'a', reason: ' ' }, facts), 'missing-text', 'reason'],
    [
      'a return to nobody',
      acts.planReturn({ by: 'a', reason: 'x', proposedAgency: 'y' }, facts),
      'unknown-agency',
      'proposedAgency',
    ],
    [
      'the lead it has',
      acts.planReassignment(context(), { work: 'assigned' }, { by: 'a', lead: ['kinh-te'] }, facts),
      'same-lead',
      'lead',
    ],
    [
      'a deadline before the notice',
      acts.planDeadline(context({ deadline: null }), { by: 'a', deadline: { date: '2026-10-01' } }, facts),
      'deadline-before-source',
      'deadline.date',
    ],
    [
      'an extension to the same day',
      acts.planExtension(context(), { by: 'a', reason: 'x', deadline: { date: '2026-11-20' } }, facts),
      'not-later',
      'deadline.date',
    ],
    [
      'an extension into the past',
      acts.planExtension(
        context({ deadline: { date: '2026-10-30' } }),
        { by: 'a', reason: 'x', deadline: { date: '2026-10-31' } },
        facts,
      ),
      'not-later',
      'deadline.date',
    ],
    [
      'an extension without a reason',
      acts.planExtension(context(), { by: 'a', reason: '', deadline: { date: '2026-12-01' } }, facts),
      'missing-text',
      'reason',
    ],
    ['urging without words', acts.planUrging({ by: 'a', note: '' }), 'missing-text', 'note'],
    [
      'a report without a number',
      reports.planReport(context(), { by: 'a', result: { ...result, number: '' } }, facts),
      'missing-text',
      'result.number',
    ],
    [
      'a report without a summary',
      reports.planReport(context(), { by: 'a', result: { ...result, summary: '' } }, facts),
      'missing-text',
      'result.summary',
    ],
    [
      'a report dated tomorrow',
      reports.planReport(context(), { by: 'a', result: { ...result, date: '2026-11-03' } }, facts),
      'result-in-future',
      'result.date',
    ],
    [
      'sending back without a reason',
      reports.planSendBack(context(), { by: 'a', reason: '' }, facts),
      'missing-text',
      'reason',
    ],
    [
      'a cancellation without a reason',
      acts.planCancellation({ by: 'a', reason: '' }),
      'missing-text',
      'reason',
    ],
  ])('refuses %s', (_what, planned, code, field) => {
    expect(planned).toMatchObject({ refused: true, code, field });
  });

  it('never urges by rungs from before the deadline was given, however often it is planned again', () => {
    const moved = { ...facts, now: at('2026-11-19T09:00') };
    const extended = sound(
      acts.planExtension(context(), { by: 'a', reason: 'chờ', deadline: { date: '2026-11-23' } }, moved),
    );
    const since = deadline({ context: context(), event: { ...extended, at: moved.now } });
    const back = { ...facts, now: at('2026-11-25T09:00') };
    const again = sound(reports.planSendBack({ ...context(), ...since }, { by: 'a', reason: 'thiếu' }, back));
    // T−5 of the new deadline lay before it was given; T−1 was missed while it was reported, and T+1 has come.
    expect(again.rungs[0]).toMatchObject({ id: 'T+1', collapsed: ['T-1'] });
  });

  it('gives it back to the same lead after a return, and keeps the deadline unless told otherwise', () => {
    const back = sound(
      acts.planReassignment(context(), { work: 'returned' }, { by: 'a', lead: ['kinh-te'] }, facts),
    );
    expect(back.deadline?.at).toBe(at('2026-11-20T17:00'));
    const other = { by: 'a', lead: ['cong-an'], deadline: { date: '2026-11-27' } };
    expect(sound(acts.planReassignment(context(), { work: 'assigned' }, other, facts)).deadline?.at).toBe(
      at('2026-11-27T17:00'),
    );
  });

  it('never repeats for the new lead what was sent for the same deadline', () => {
    const climbed = context();
    const sent = { ...climbed, ladder: { ...climbed.ladder, sent: ['T-5', 'T-1'] } };
    const event = sound(
      acts.planReassignment(sent, { work: 'assigned' }, { by: 'a', lead: ['cong-an'] }, facts),
    );
    expect(event.rungs.map(({ id }) => id)).toEqual(['T+1', 'T+3', 'T+5', 'T+10']);
  });
});

describe('lateness', () => {
  const open: LatenessFacts = {
    work: 'in-progress',
    deadline: 1_000,
    nearDueAt: 500,
    judgedAt: null,
    closedAt: null,
  };
  it.each<[string, Partial<LatenessFacts>, number, object]>([
    ['within', {}, 499, { time: 'within', overdue: false }],
    ['near due', {}, 500, { time: 'near-due', overdue: false }],
    ['overdue from the deadline on', {}, 1_000, { time: 'overdue', overdue: true }],
    [
      'never without a deadline',
      { deadline: null, nearDueAt: null },
      9_999,
      { time: 'no-deadline', overdue: false },
    ],
    [
      'not while a report waits',
      { work: 'reported', judgedAt: 2_000 },
      9_999,
      { time: null, overdue: false },
    ],
    ['not once cancelled', { work: 'cancelled' }, 9_999, { overdue: false, completion: null }],
    [
      'closed on time by its submission',
      { work: 'closed', judgedAt: 999, closedAt: 5_000 },
      9_999,
      { completion: 'on-time' },
    ],
    ['closed late', { work: 'closed', judgedAt: 1_000, closedAt: 5_000 }, 9_999, { completion: 'late' }],
    [
      'closed without deadline',
      { work: 'closed', deadline: null, judgedAt: 1 },
      9_999,
      { completion: 'no-deadline' },
    ],
  ])('is %s', (_what, more, now, expected) => {
    expect(deriveLateness({ ...open, ...more }, now)).toMatchObject(expected);
  });

  it('adds up to totals in which each directive stands once', () => {
    const totals = countTotals(
      [
        open,
        { ...open, deadline: 5_000, nearDueAt: 4_000 },
        { ...open, deadline: null, nearDueAt: null },
        { ...open, work: 'reported', judgedAt: 2_000 },
        { ...open, work: 'closed', judgedAt: 1, closedAt: 2 },
        { ...open, work: 'closed', judgedAt: 1_500, closedAt: 2_000 },
        { ...open, work: 'closed', deadline: null, judgedAt: 1, closedAt: 2 },
        { ...open, work: 'cancelled' },
      ],
      3_000,
    );
    expect(totals).toEqual({
      assigned: 7,
      completed: { total: 3, onTime: 1, late: 1, noDeadline: 1 },
      outstanding: { total: 4, within: 2, overdue: 1, noDeadline: 1, awaitingVerification: 1, suspended: 0 },
      cancelled: 1,
      replaced: 0,
    });
  });
});

describe('words that count from receipt', () => {
  const open = (openPhrase: string) => context({ deadline: null, openPhrase });
  const accepted = (openPhrase: string) =>
    sound(acts.planAcceptance(open(openPhrase), { by: 'kt-cv' }, facts)).counted;

  it('become a day when the lead accepts: the day of receipt itself does not count', () => {
    const counted = accepted('5 ngày làm việc kể từ ngày nhận được văn bản');
    expect(counted?.deadline).toMatchObject({
      at: at('2026-11-09T17:00'),
      phrase: '5 ngày làm việc kể từ ngày nhận được văn bản',
    });
    expect(counted?.rungs[0]).toMatchObject({ id: 'T-1', at: at('2026-11-06T07:30') });
  });

  it('become a day by silence too, from the day that the rules say, and nobody is asked for it meanwhile', () => {
    const openPhrase = '5 ngày làm việc kể từ ngày nhận';
    const assigned = (silentReceipt: 'assignment' | 'window-end', silence: 'accepted' | 'stays-assigned') => {
      const { rules } = facts;
      const own = {
        ...rules,
        silentReceipt: { ...rules.silentReceipt, value: silentReceipt },
        returnSilence: { ...rules.returnSilence, value: silence },
      };
      const intent = { lead: ['kinh-te'], sourceDate: '2026-10-30', deadline: null, openPhrase };
      return sound(acts.planAssignment(intent, { ...facts, rules: own }));
    };
    const byEnd = assigned('window-end', 'accepted');
    expect(byEnd).toMatchObject({ deadline: null, returnBy: at('2026-11-04T17:00'), rungs: [] });
    expect(byEnd.bySilence?.deadline).toMatchObject({ at: at('2026-11-11T17:00'), phrase: openPhrase });
    expect(byEnd.bySilence?.deadline.basis).toContain('Im lặng hết thời gian trả lại');
    expect(byEnd.bySilence?.rungs.every((rung) => rung.at >= byEnd.returnBy)).toBe(true);
    expect(assigned('assignment', 'accepted').bySilence?.deadline.at).toBe(at('2026-11-09T17:00'));
    const waiting = assigned('window-end', 'stays-assigned');
    expect(waiting).toMatchObject({ bySilence: null });
    expect(waiting.rungs.map(({ kind }) => kind)).toContain('prompt');
  });

  it('change nothing where there is a day, and other words wait for the clerk', () => {
    expect(accepted('khẩn trương')).toBeNull();
    expect(accepted('ngay sau khi có kết luận của Tỉnh ủy')).toBeNull();
    const dated = { ...context(), openPhrase: '5 ngày làm việc kể từ ngày nhận' };
    expect(sound(acts.planAcceptance(dated, { by: 'kt-cv' }, facts)).counted).toBeNull();
  });
});

describe('the rules that judge a report', () => {
  it('count by the day of its document where they say so, and flag one that lies far off', () => {
    const { completion, ...others } = facts.rules;
    const byDate: ActFacts = {
      ...facts,
      now: at('2026-11-23T09:00'),
      rules: {
        ...others,
        completion: { ...completion, value: { ...completion.value, judgedBy: 'document-date' } },
      },
    };
    const reported = (date: string, judging: ActFacts) =>
      sound(reports.planReport(context(), { by: 'kt-cv', result: { ...result, date } }, judging));
    const due = context().deadline?.at ?? 0;
    const inTime = reported('2026-11-19', byDate);
    expect(inTime.judgedAt).toBeLessThan(due);
    expect(reported('2026-11-21', byDate).judgedAt).toBeGreaterThan(due);
    // By submission, as the sample rules have it, a document of an earlier day changes nothing but the flag.
    expect(reported('2026-11-02', { ...facts, now: byDate.now })).toMatchObject({
      judgedAt: null,
      dateFlagged: true,
    });
    expect(inTime.dateFlagged).toBe(facts.rules.completion.value.documentDateTolerance.amount < 2);
  });
});
