import fc from 'fast-check';
import { sampleOffice } from '../../sample/sample-files';
import { dateOf, isOpen, isWorkingDay } from '../../working-time/working-time';
import { sampleCalendar } from '../../working-time/sample-calendar';
import { GATHERING_MS, sendingMoment } from '../sending-moment';
import { composeMail } from './compose-mail';
import { planDigest } from './digest-plan';
import { type DigestFacts, type OpenDirective } from './digest-subjects';
import { meetingDigest, ownDigest, writtenDigests } from './digest-sections';
import { type ToldMessage } from './mail-content';

const at = (local: string): number => Date.parse(`${local.replace(' ', 'T')}:00+07:00`);
const digests = { daily: '07:30', weekly: { weekday: 1, at: '07:30' }, summary: null };
const never = { daily: null, weekly: null, summary: null };

describe('when a digest is due', () => {
  it.each([
    ['2026-11-02 06:00', '2026-11-02 07:30', true, true],
    ['2026-11-02 07:30', '2026-11-03 07:30', true, false],
    ['2026-11-06 09:00', '2026-11-09 07:30', true, true],
    // 24/11 is a day off; 31/8 to 2/9 are, and the Monday's meeting is on Thursday.
    ['2026-11-23 09:00', '2026-11-25 07:30', true, false],
    ['2026-08-28 09:00', '2026-09-03 07:30', true, true],
  ])('after %s it is %s (daily %s, weekly %s)', (now, due, daily, weekly) => {
    expect(planDigest(sampleCalendar, digests, at(now), never)).toEqual({
      ...{ at: at(due), daily, weekly, summary: false },
    });
  });

  it('is never twice on one day, and nothing that was missed is made up for', () => {
    const written = { ...never, daily: at('2026-11-04 06:00') };
    expect(planDigest(sampleCalendar, digests, at('2026-11-04 06:00'), written)).toMatchObject({
      at: at('2026-11-05 07:30'),
      weekly: false,
    });
  });

  it('without any is the next working day, to look at the rules again', () => {
    const plan = planDigest(sampleCalendar, never, at('2026-11-06 09:00'), never);
    expect(plan).toEqual({ at: at('2026-11-09 07:30'), daily: false, weekly: false, summary: false });
  });

  it('has a summary at its own hour of a working day, once the rules are enforced', () => {
    const plan = (from: string | null, hour = '08:00') =>
      planDigest(sampleCalendar, { ...digests, summary: { at: hour, from } }, at('2026-11-06 07:45'), never);
    expect(plan(null)).toEqual({ at: at('2026-11-06 08:00'), daily: false, weekly: false, summary: true });
    expect(plan('2026-11-07', '07:30')).toMatchObject({
      at: at('2026-11-09 07:30'),
      weekly: true,
      summary: true,
    });
    expect(plan('2026-11-10', '07:30')).toMatchObject({
      at: at('2026-11-09 07:30'),
      weekly: true,
      summary: false,
    });
  });

  it('lies ahead, on a working day, whenever it is asked for', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: at('2026-01-02 00:00'), max: at('2026-12-20 00:00') }),
        fc.option(fc.integer({ min: 0, max: 10 * 86_400_000 })),
        fc.integer({ min: 1, max: 7 }),
        (now, ago, weekday) => {
          const written = ago === null ? never : { daily: now - ago, weekly: now - ago, summary: null };
          const rules = { daily: '16:45', weekly: { weekday, at: '06:00' }, summary: null };
          const plan = planDigest(sampleCalendar, rules, now, written);
          const date = dateOf(sampleCalendar, plan.at);
          expect(plan.at).toBeGreaterThan(now);
          expect(isWorkingDay(sampleCalendar, date)).toBe(true);
          if (ago !== null) expect(date > dateOf(sampleCalendar, now - ago)).toBe(true);
        },
      ),
      { seed: 20_261_121 },
    );
  });
});

describe('when a message leaves', () => {
  const instants = fc.integer({ min: at('2026-01-02 00:00'), max: at('2026-12-20 00:00') });

  it('is in working hours, unless it is urgent, and never before its instant', () => {
    fc.assert(
      fc.property(
        instants,
        fc.integer({ min: 0, max: 5 * 86_400_000 }),
        fc.boolean(),
        (from, late, anyHour) => {
          const moment = sendingMoment(sampleCalendar, { at: from, now: from + late, anyHour });
          expect(moment).toBeGreaterThan(from + late);
          expect(moment % GATHERING_MS).toBe(0);
          if (anyHour) expect(moment - from - late).toBeLessThanOrEqual(GATHERING_MS);
          else expect(isOpen(sampleCalendar, moment)).toBe(true);
        },
      ),
      { seed: 20_261_121 },
    );
  });

  it('is the same for whatever falls on one opening', () => {
    const opening = at('2026-11-09 07:30');
    for (const from of ['2026-11-06 16:59', '2026-11-06 20:00', '2026-11-08 12:00', '2026-11-09 07:30'])
      expect(sendingMoment(sampleCalendar, { at: at(from), now: at(from), anyHour: false })).toBe(
        opening + GATHERING_MS,
      );
  });
});

const directive = (more: Partial<OpenDirective>): OpenDirective => ({
  id: 'n1',
  name: '12/TB-UBND#1',
  text: 'Rà soát hộ dân vùng sạt lở',
  lead: 'kinh-te',
  leadName: 'Phòng Kinh tế',
  assignedPerson: null,
  coordinating: [],
  assigningLeader: 'chutich',
  trackingOfficer: 'vanthu',
  field: null,
  work: 'in-progress',
  deadline: at('2026-11-04 17:00'),
  nearDueAt: at('2026-11-02 07:30'),
  judgedAt: null,
  closedAt: null,
  proposedDeadlineAt: null,
  ...more,
});

describe('what a digest says', () => {
  const { directory } = sampleOffice();
  const facts = (directives: readonly OpenDirective[], more: Partial<DigestFacts> = {}): DigestFacts => ({
    ...{ directives, escalations: [], extensionRequests: [], explanations: [], consultations: [] },
    ...{ obligations: [], directory, calendar: sampleCalendar, now: at('2026-11-03 07:30') },
    ...more,
  });
  const later = { now: at('2026-11-09 07:30') };
  const daily = (told: DigestFacts) => writtenDigests(told, { daily: true, weekly: false });
  const listed = (told: DigestFacts, person: string) =>
    ownDigest(told, person, 20).map(({ title, items }) => [title.vi, items.map(({ note }) => note.vi)]);
  const meeting = (told: DigestFacts) =>
    meetingDigest(told, 20).map(({ kind, items }) => [kind, items.map(({ agency }) => agency)]);

  it('is of what is theirs, and nobody gets an empty one', () => {
    const told = facts([directive({})]);
    expect([...daily(told).keys()].sort()).toEqual(['kt-cv', 'kt-truong', 'vanthu']);
    expect(listed(told, 'kt-cv')).toEqual([['Sắp đến hạn', ['còn 1 ngày làm việc']]]);
    expect(writtenDigests(facts([]), { daily: true, weekly: true })).toEqual(new Map());
  });

  it('brings what is overdue to the leader in charge, and what was reported to who verifies it', () => {
    const late = facts([directive({})], later);
    expect(listed(late, 'pct-kinhte')).toEqual([['Quá hạn', ['quá hạn 3 ngày làm việc']]]);
    const waiting = facts([directive({ work: 'reported', judgedAt: at('2026-11-03 08:00') })], later);
    expect([...daily(waiting).keys()]).toEqual(['vanthu']);
    expect(listed(waiting, 'vanthu')).toEqual([['Chờ ông/bà xử lý', ['chờ xác nhận kết quả']]]);
  });

  it('says everything of one directive in one place, and lists no more than a person reads', () => {
    const many = Array.from({ length: 30 }, (_, index) => directive({ id: `n${index}` }));
    const told = facts(many, {
      ...later,
      escalations: [
        { id: 'e1', directive: 'n3', recipients: ['pct-kinhte', 'chutich'], acknowledged: false },
      ],
    });
    expect(listed(told, 'chutich')).toEqual([['Chờ ông/bà xử lý', ['trình xem xét, cho ý kiến']]]);
    const [first, second] = ownDigest(told, 'pct-kinhte', 20);
    expect(first?.items).toMatchObject([
      { directive: 'n3', note: { vi: 'trình xem xét, cho ý kiến; quá hạn 3 ngày làm việc' } },
    ]);
    expect(second).toMatchObject({ kind: 'overdue', more: 9 });
    expect(second?.items.map((item) => item.directive)).not.toContain('n3');
  });

  it('has every request, opinion, explanation, periodic report and resumption with who must act on it', () => {
    const { leadName: _name, ...of } = directive({});
    const told = facts([directive({ coordinating: ['tram-y-te'] })], {
      extensionRequests: [
        {
          id: 'x1',
          directive: 'n1',
          awaitsHead: true,
          approver: 'assigning-leader',
          askedDate: '2026-12-31',
        },
      ],
      consultations: [
        {
          ...{ id: 'k1', directive: 'n1', agency: 'tram-y-te', agencyName: 'Trạm Y tế' },
          replyBy: at('2026-11-02 17:00'),
        },
      ],
      explanations: [
        {
          ...{ id: 'g1', directive: 'n1', agency: 'kinh-te', agencyName: 'Phòng Kinh tế' },
          ...{ demandedBy: 'chutich', submitted: false, dueAt: at('2026-11-05 17:00') },
        },
      ],
      obligations: [
        {
          ...{ id: 'r1', reported: false, dueAt: at('2026-11-04 17:00') },
          standing: { ...of, id: 's1', name: null, leadName: 'Phòng Kinh tế' },
          period: { vi: 'tháng 10/2026', en: 'October 2026' },
        },
      ],
    });
    expect(listed(told, 'kt-truong')).toEqual([
      [
        'Chờ ông/bà xử lý',
        [
          'đề nghị gia hạn đến 31/12/2026, chờ thủ trưởng duyệt; phải giải trình, còn 2 ngày làm việc; còn 1 ngày làm việc',
          'báo cáo tháng 10/2026, còn 1 ngày làm việc',
        ],
      ],
    ]);
    expect(listed(told, 'kt-cv')[0]?.[1]).toEqual([
      'Trạm Y tế chưa cho ý kiến, quá hạn 1 ngày làm việc; còn 1 ngày làm việc',
      'báo cáo tháng 10/2026, còn 1 ngày làm việc',
    ]);
    expect(listed(told, 'tyt-cv')).toEqual([
      ['Chờ ông/bà xử lý', ['cho ý kiến phối hợp, quá hạn 1 ngày làm việc']],
    ]);
    // What its head has not let go, and an opinion that is awaited inside its time, are not for the meeting.
    expect(meeting(told)).toEqual([
      ['near-due', ['Phòng Kinh tế']],
      ['explanation', ['Phòng Kinh tế']],
      ['consultation', ['Trạm Y tế']],
      ['periodic-report', ['Phòng Kinh tế']],
    ]);
    const going = directive({ work: 'suspended', proposedDeadlineAt: at('2026-12-18 17:00') });
    const asked = facts([going], {
      extensionRequests: [
        {
          id: 'x1',
          directive: 'n1',
          awaitsHead: false,
          approver: 'leader-in-charge',
          askedDate: '2026-12-31',
        },
      ],
    });
    expect(listed(asked, 'pct-kinhte')[0]?.[1]).toEqual(['đề nghị gia hạn đến 31/12/2026, chờ quyết định']);
    expect(listed(asked, 'chutich')[0]?.[1]).toEqual([
      'đề nghị gia hạn đến 31/12/2026, chờ quyết định; đề nghị tiếp tục với hạn 17:00 thứ Sáu 18/12/2026, chờ quyết định',
    ]);
    expect(meeting(asked).map(([kind]) => kind)).toEqual(['extension-request', 'resumption']);
  });

  it('goes to the delegate of an absent leader, and says why', () => {
    const delegations = [{ from: 'chutich', to: 'pct-kinhte', start: '2026-11-09', end: '2026-11-13' }];
    const told = facts([directive({})], {
      ...later,
      directory: { ...directory, delegations },
      escalations: [{ id: 'e1', directive: 'n1', recipients: ['chutich'], acknowledged: true }],
    });
    expect(listed(told, 'chutich')).toEqual([]);
    expect(listed(told, 'pct-kinhte')[0]?.[1]).toEqual([
      expect.stringMatching(
        /^đã nhận, chờ cho ý kiến — Nhận thay .+ theo ủy quyền; quá hạn 3 ngày làm việc$/,
      ),
    ]);
  });

  it('on the day of the meeting says nothing twice: first what is theirs, then the rest of the organization', () => {
    const told = facts([directive({}), directive({ id: 'n2', trackingOfficer: 'chanh-vp' })], later);
    const both = writtenDigests(told, { daily: true, weekly: true });
    const of = (person: string) =>
      both.get(person)?.sections.map(({ title, items }) => [title.vi, items.map((item) => item.directive)]);
    expect(of('vanthu')).toEqual([
      ['Quá hạn', ['n1']],
      ['Toàn đơn vị: quá hạn, ngoài các việc nêu trên', ['n2']],
    ]);
    expect(of('chutich')).toEqual([['Toàn đơn vị: quá hạn', ['n1', 'n2']]]);
    expect(both.get('kt-cv')).toMatchObject({ meeting: false });
  });
});

describe('a mail', () => {
  const message: ToldMessage = {
    kind: 'reminder',
    heading: { vi: 'Nhắc việc', en: 'Reminder' },
    says: { vi: 'Nhiệm vụ do Phòng Kinh tế chủ trì.', en: 'The lead is Phòng Kinh tế.' },
    demand: { vi: 'Còn 1 ngày làm việc đến hạn.', en: 'One working day is left.' },
    directive: {
      name: '12/TB-UBND#3',
      text: 'Rà soát hộ dân vùng sạt lở',
      lead: 'Phòng Kinh tế',
      deadline: { vi: '17:00 thứ Tư 04/11/2026', en: '17:00 Wed 04/11/2026' },
      remaining: { vi: 'còn 1 ngày làm việc', en: '1 working day left' },
    },
    article: 'Mục 4.1 (T−1)',
    note: { by: 'Trần Quốc Bảo', text: 'Làm sớm\nnhé' },
    reason: { vi: 'Nhận thay Bùi Văn Nam theo ủy quyền', en: 'In place of Bùi Văn Nam, by delegation' },
    link: 'http://page.example/directives/n1',
    sections: [],
  };
  const compose = (messages: readonly ToldMessage[], language: 'vi' | 'en' = 'vi') =>
    composeMail({
      language,
      organization: 'UBND xã Thuận Mỹ',
      reader: 'Ngô Thị Hạnh',
      messages,
      settingsLink: 'http://page.example/inbox',
    });

  it('reads like one that a clerk would write', () => {
    const { subject, text } = compose([message]);
    expect(subject).toBe('Nhắc việc: Rà soát hộ dân vùng sạt lở (12/TB-UBND#3, còn 1 ngày làm việc)');
    expect(text).toBe(`Kính gửi: Ngô Thị Hạnh

NHẮC VIỆC · 12/TB-UBND#3
  Rà soát hộ dân vùng sạt lở
  Chủ trì: Phòng Kinh tế
  Hạn: 17:00 thứ Tư 04/11/2026 (còn 1 ngày làm việc)
  Còn 1 ngày làm việc đến hạn.
  Theo: Mục 4.1 (T−1)
  Ý kiến kèm theo: “Làm sớm nhé” — Trần Quốc Bảo
  Gửi đến ông/bà vì: Nhận thay Bùi Văn Nam theo ủy quyền
  Mở để xử lý: http://page.example/directives/n1

-- 
UBND xã Thuận Mỹ
Thư tự động theo quy chế làm việc; không cần trả lời thư này.
Đổi ngôn ngữ hoặc tắt thư nhắc việc: http://page.example/inbox
`);
  });

  it('puts what cannot wait first, and counts what it tells', () => {
    const raised: ToldMessage = {
      ...message,
      kind: 'escalation',
      heading: { vi: 'Trình', en: 'Escalation' },
    };
    const { subject, text } = compose([message, raised, message], 'en');
    expect(subject).toBe('Đôn Đốc: 1 for your decision, 2 reminders');
    expect(text.indexOf('ESCALATION')).toBeLessThan(text.indexOf('REMINDER'));
  });
});
