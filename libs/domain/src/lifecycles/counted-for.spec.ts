import { isRefusal, type Refusal } from '@dondoc/workflow';
import { type Directory } from '../directory/directory';
import { calendarOfPerson } from '../directory/agency-calendar';
import { explainDeadline } from '../explanation/explain-deadline';
import { defaultWorkingRules, sampleOffice } from '../sample/sample-files';
import { sampleCalendar } from '../working-time/sample-calendar';
import { type WorkingCalendar } from '../working-time/working-calendar';
import { type ActFacts } from './act-facts';
import { planConsultation } from './consultation/consultation-acts';
import { countedFor, countedForOffice } from './counted-for';
import { planMoveToRules, planTransfer } from './course-acts';
import * as acts from './directive-acts';
import { begun } from './directive.updates';
import { type DirectiveContext } from './directive.types';
import { planExplanation } from './explanation/explanation-acts';
import { planExtensionRequest } from './extension-request-acts';
import { planReport } from './report-acts';
import { prepareObligation } from './standing/prepare-obligation';
import { planStanding } from './standing/standing-acts';

const at = (text: string): number => Date.parse(`${text}:00+07:00`);

/** Open from Tuesday to Saturday, 07:00 to 11:00, as a desk that serves citizens could be. */
const desk: WorkingCalendar = {
  ...sampleCalendar,
  id: 'mot-cua',
  sessions: [{ from: null, to: null, periods: [{ opens: '07:00', closes: '11:00' }], basis: 'Thử' }],
  restDays: [1, 7],
  days: sampleCalendar.days.filter(({ kind }) => kind !== 'worked'),
};

const { directory: plain } = sampleOffice();
const withCalendar = (agency: string, calendar: string | null, base: Directory = plain): Directory => ({
  ...base,
  agencies: base.agencies.map((one) => (one.id === agency ? { ...one, calendar } : one)),
});
const directory = withCalendar('kinh-te', 'mot-cua');
const facts: ActFacts = {
  now: at('2026-11-03T09:00'),
  calendar: sampleCalendar,
  calendars: { own: sampleCalendar, given: [desk] },
  rules: defaultWorkingRules(),
  directory,
};

function sound<T>(planned: T): Exclude<T, Refusal> {
  if (isRefusal(planned)) throw new Error(planned.en);
  return planned as Exclude<T, Refusal>;
}

const intent = (lead: string, date = '2026-11-21'): acts.AssignmentIntent => ({
  lead: [lead],
  coordinating: ['tram-y-te'],
  sourceDate: '2026-11-02',
  assigningLeader: 'chutich',
  trackingOfficer: 'vanthu',
  deadline: { date },
});
const assigned = (lead: string, with_: ActFacts = facts): DirectiveContext =>
  begun(sound(acts.planAssignment(intent(lead), with_)));

describe('the calendar of an agency', () => {
  it('gives its deadlines their hour, their nearness, their rungs and the time to return them', () => {
    const { deadline, returnBy, ladder } = assigned('kinh-te');
    // A Saturday that the desk works; three of its working days before are Wednesday to Friday.
    expect(deadline).toMatchObject({
      at: at('2026-11-21T11:00'),
      nearDueAt: at('2026-11-18T07:00'),
      calendar: 'mot-cua@1',
    });
    expect(returnBy).toBe(at('2026-11-05T11:00'));
    expect(ladder.rungs.map(({ id, at: fires }) => [id, fires]).slice(0, 2)).toEqual([
      ['T-5', at('2026-11-14T07:00')],
      ['T-1', at('2026-11-20T07:00')],
    ]);
  });

  it('is the organization’s own for every other agency, and where one was given that nobody keeps', () => {
    for (const given of [facts, { ...facts, directory: withCalendar('kinh-te', 'khong-co') }])
      for (const lead of given === facts ? ['tram-y-te'] : ['kinh-te'])
        expect(assigned(lead, given).deadline).toMatchObject({
          at: at('2026-11-21T17:00'),
          calendar: 'sample@1',
        });
  });

  it('counts a deadline in words that begins with the receipt', () => {
    const openPhrase = '3 ngày làm việc kể từ ngày nhận được văn bản';
    const context = begun(
      sound(acts.planAssignment({ ...intent('kinh-te'), deadline: null, openPhrase }, facts)),
    );
    const friday = { ...facts, now: at('2026-11-06T16:30') };
    const { counted } = sound(
      acts.planAcceptance(context, { by: 'kt-truong' }, countedFor(friday, 'kinh-te')),
    );
    // Received after its closing on Friday: Saturday, Tuesday, Wednesday.
    expect(counted?.deadline.at).toBe(at('2026-11-11T11:00'));
  });

  it('changes with the lead: nearness and rungs follow the new one, the deadline stays', () => {
    const before = assigned('tram-y-te');
    const moved = sound(
      acts.planReassignment(before, { work: 'in-progress' }, { by: 'chutich', lead: ['kinh-te'] }, facts),
    );
    expect(moved.deadline).toMatchObject({
      at: at('2026-11-21T17:00'),
      nearDueAt: at('2026-11-18T07:00'),
      calendar: 'sample@1',
    });
    expect(moved.rungs[0]?.at).toBe(at('2026-11-14T07:00'));
    const back = sound(
      acts.planReassignment(
        assigned('kinh-te'),
        { work: 'in-progress' },
        { by: 'chutich', lead: ['tram-y-te'] },
        countedFor(facts, 'kinh-te'),
      ),
    );
    expect([back.deadline?.at, back.deadline?.nearDueAt]).toEqual([
      at('2026-11-21T11:00'),
      at('2026-11-18T07:30'),
    ]);
  });

  it('is that of the successor once the agency has ended; what is planned stays until it is planned anew', () => {
    const ended: Directory = {
      ...directory,
      agencies: directory.agencies.map((one) =>
        one.id === 'tram-y-te' ? { ...one, validTo: '2026-11-09', successor: 'kinh-te' } : one,
      ),
    };
    const context = assigned('tram-y-te');
    const then = { ...facts, directory: ended, now: at('2026-11-10T09:00') };
    expect(countedFor(then, 'tram-y-te').calendar.id).toBe('mot-cua');
    expect(countedFor({ ...then, now: at('2026-11-09T09:00') }, 'tram-y-te').calendar.id).toBe('sample');
    const transfer = sound(planTransfer(context, { by: 'vanthu' }, countedFor(then, 'tram-y-te')));
    expect(transfer).toMatchObject({ lead: 'kinh-te' });
    expect(transfer).not.toHaveProperty('rungs');
    const rules = { ...facts.rules, version: 2 };
    const anew = sound(
      planMoveToRules(
        context,
        { work: 'in-progress', time: 'within' },
        { by: 'vanthu', reason: 'Thử' },
        countedFor({ ...then, rules }, 'tram-y-te'),
      ),
    );
    expect([anew.deadline?.at, anew.deadline?.nearDueAt]).toEqual([
      at('2026-11-21T17:00'),
      at('2026-11-18T07:00'),
    ]);
  });

  it('counts what is awaited of an agency, and not what is awaited of the Office and the leaders', () => {
    const context = assigned('tram-y-te');
    const wide = { ...facts, directory: withCalendar('tram-y-te', 'mot-cua') };
    const asked = sound(
      planConsultation(
        { id: 'a', context: assigned('kinh-te', facts), isOver: false },
        { by: 'kt-cv', agencies: ['tram-y-te'], question: 'Ý kiến?', deadline: null },
        countedFor(wide, 'kinh-te'),
      ),
    );
    const plainly = sound(
      planConsultation(
        { id: 'a', context: assigned('kinh-te', facts), isOver: false },
        { by: 'kt-cv', agencies: ['tram-y-te'], question: 'Ý kiến?', deadline: null },
        countedFor(facts, 'kinh-te'),
      ),
    );
    const hourOf = (instant: number | undefined) =>
      new Date((instant ?? 0) + 7 * 3_600_000).toISOString().slice(11, 16);
    expect([hourOf(asked[0]?.replyBy), hourOf(plainly[0]?.replyBy)]).toEqual(['11:00', '17:00']);

    const demanded = sound(
      planExplanation(
        { id: 'a', context: assigned('kinh-te'), work: 'in-progress' },
        { demandedBy: 'chutich', question: 'Vì sao?', deadline: null },
        facts,
      ),
    );
    expect([demanded.due.calendar, hourOf(demanded.due.at)]).toEqual(['mot-cua@1', '11:00']);

    const ofDesk = countedFor(facts, 'kinh-te');
    const asks = { by: 'kt-truong', deadline: { date: '2026-11-28' }, reason: 'Thử' };
    const own = sound(planExtensionRequest({ id: 'a', context: assigned('kinh-te') }, 'b', asks, ofDesk));
    const same = sound(planExtensionRequest({ id: 'a', context }, 'b', { ...asks, by: 'tyt-truong' }, facts));
    expect(own.decideBy).toEqual(same.decideBy);

    const result = { number: '1/BC', date: '2026-11-03', summary: 'Xong', file: null };
    const report = sound(planReport(context, { by: 'kt-truong', result }, ofDesk));
    expect(report.verification).toEqual(
      sound(planReport(context, { by: 'kt-truong', result }, countedForOffice(ofDesk))).verification,
    );
    expect(report.verification.map(({ at: fires }) => hourOf(fires))).not.toContain('07:00');
  });

  it('opens and closes the periods of a standing directive', () => {
    const given = sound(
      planStanding(
        {
          ...{
            by: 'vanthu',
            text: 'Kiểm tra chợ',
            lead: ['kinh-te'],
            coordinating: [],
            assigningLeader: null,
          },
          ...{ trackingOfficer: 'vanthu', field: null, urgency: 'normal', reports: ['monthly'] },
        },
        facts,
      ),
    );
    const [opening] = given.openings;
    if (!opening) throw new Error('nothing opens');
    const input = {
      opening,
      title: 'x',
      urgency: 'normal' as const,
      rules: 'default@1',
      facts: given.facts,
    };
    const prepared = prepareObligation({ id: 'o', at: facts.now, input, from: { id: 's' } }, facts);
    const plainly = prepareObligation(
      { id: 'o', at: facts.now, input, from: { id: 's' } },
      { ...facts, directory: plain },
    );
    expect(prepared.due.calendar).toBe('mot-cua@1');
    expect(plainly.due.at - prepared.due.at).not.toBe(0);
  });

  it('is said in the explanation, with what it is counted in', () => {
    const context = assigned('kinh-te');
    const words = explainDeadline(context, countedFor(facts, 'kinh-te')).sentences;
    expect(words.map(({ vi }) => vi)).toContain(
      'Phòng Kinh tế làm việc theo lịch riêng mot-cua@1, không theo lịch chung sample@1 của đơn vị; thời gian còn lại tính theo lịch riêng này.',
    );
    const own = explainDeadline(assigned('tram-y-te'), countedFor(facts, 'tram-y-te')).sentences;
    expect(own.map(({ vi }) => vi).join(' ')).not.toContain('lịch riêng');
    // Given after the deadline was set: the deadline stays, and the sentence says in what it was counted.
    const late = explainDeadline(
      assigned('kinh-te', { ...facts, directory: plain }),
      countedFor(facts, 'kinh-te'),
    );
    expect(late.sentences.map(({ vi }) => vi)).toContain(
      'Tính theo lịch làm việc sample@1 (lịch hiện hành là mot-cua@1; hạn không tự tính lại).',
    );
  });
});

describe('the hours in which a person is reached', () => {
  const { calendars } = facts;
  const of = (person: string, base = directory) =>
    calendarOfPerson(calendars ?? { own: sampleCalendar, given: [] }, base, person, '2026-11-03').id;

  it('are those of the agency; leaders and whoever works by several have the organization’s own', () => {
    expect([of('kt-truong'), of('chutich'), of('tyt-cv'), of('nobody')]).toEqual([
      'mot-cua',
      'sample',
      'sample',
      'sample',
    ]);
    const both = {
      ...directory,
      offices: [
        ...directory.offices,
        { person: 'kt-truong', role: 'staff' as const, agency: 'tram-y-te', from: '2026-01-01', to: null },
      ],
    };
    expect(of('kt-truong', both)).toBe('sample');
  });
});
