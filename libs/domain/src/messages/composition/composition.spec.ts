import fc from 'fast-check';
import { sampleOffice } from '../../sample/sample-files';
import { dateOf, isOpen, isWorkingDay } from '../../working-time/working-time';
import { sampleCalendar } from '../../working-time/sample-calendar';
import { GATHERING_MS, sendingMoment } from '../sending-moment';
import { composeMail } from './compose-mail';
import { planDigest } from './digest-plan';
import { dailyDigests, weeklyDigest, type OpenDirective } from './digest-sections';
import { type ToldMessage } from './mail-content';

const at = (local: string): number => Date.parse(`${local.replace(' ', 'T')}:00+07:00`);
const digests = { daily: '07:30', weekly: { weekday: 1, at: '07:30' } };
const never = { daily: null, weekly: null };

describe('when a digest is due', () => {
  it.each([
    ['2026-11-02 06:00', '2026-11-02 07:30', true, true],
    ['2026-11-02 07:30', '2026-11-03 07:30', true, false],
    ['2026-11-06 09:00', '2026-11-09 07:30', true, true],
    // 24/11 is a day off; 31/8 to 2/9 are, and the Monday's meeting is on Thursday.
    ['2026-11-23 09:00', '2026-11-25 07:30', true, false],
    ['2026-08-28 09:00', '2026-09-03 07:30', true, true],
  ])('after %s it is %s (daily %s, weekly %s)', (now, due, daily, weekly) => {
    expect(planDigest(sampleCalendar, digests, at(now), never)).toEqual({ at: at(due), daily, weekly });
  });

  it('is never twice on one day, and nothing that was missed is made up for', () => {
    const written = { daily: at('2026-11-04 06:00'), weekly: null };
    expect(planDigest(sampleCalendar, digests, at('2026-11-04 06:00'), written)).toMatchObject({
      at: at('2026-11-05 07:30'),
      weekly: false,
    });
  });

  it('without any is the next working day, to look at the rules again', () => {
    const plan = planDigest(sampleCalendar, never, at('2026-11-06 09:00'), never);
    expect(plan).toEqual({ at: at('2026-11-09 07:30'), daily: false, weekly: false });
  });

  it('lies ahead, on a working day, whenever it is asked for', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: at('2026-01-02 00:00'), max: at('2026-12-20 00:00') }),
        fc.option(fc.integer({ min: 0, max: 10 * 86_400_000 })),
        fc.integer({ min: 1, max: 7 }),
        (now, ago, weekday) => {
          const written = ago === null ? never : { daily: now - ago, weekly: now - ago };
          const rules = { daily: '16:45', weekly: { weekday, at: '06:00' } };
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
  ...more,
});

describe('what a digest says', () => {
  const { directory } = sampleOffice();
  const facts = (directives: readonly OpenDirective[], now = '2026-11-03 07:30') => ({
    directives,
    escalations: [],
    directory,
    calendar: sampleCalendar,
    now: at(now),
  });
  const listed = (digest: ReturnType<typeof dailyDigests>, person: string) =>
    (digest.get(person) ?? []).map(({ title, items }) => [title.vi, items.map(({ note }) => note.vi)]);

  it('is of what is theirs, and nobody gets an empty one', () => {
    const digest = dailyDigests(facts([directive({})]));
    expect([...digest.keys()].sort()).toEqual(['kt-cv', 'kt-truong', 'vanthu']);
    expect(listed(digest, 'kt-cv')).toEqual([['Sắp đến hạn', ['còn 1 ngày làm việc']]]);
    expect(dailyDigests(facts([]))).toEqual(new Map());
    expect(weeklyDigest(facts([]))).toEqual({ people: [], sections: [] });
  });

  it('brings what is overdue to the leader in charge, and what was reported to who verifies it', () => {
    const late = dailyDigests(facts([directive({})], '2026-11-09 07:30'));
    expect(listed(late, 'pct-kinhte')).toEqual([['Quá hạn', ['quá hạn 3 ngày làm việc']]]);
    const reported = directive({ work: 'reported', judgedAt: at('2026-11-03 08:00') });
    const waiting = dailyDigests(facts([reported], '2026-11-09 07:30'));
    expect([...waiting.keys()]).toEqual(['vanthu']);
    expect(listed(waiting, 'vanthu')).toEqual([['Chờ ông/bà xử lý', ['chờ xác nhận kết quả']]]);
  });

  it('names the escalations that wait, and lists no more than a person reads', () => {
    const many = Array.from({ length: 30 }, (_, index) => directive({ id: `n${index}` }));
    const digest = dailyDigests({
      ...facts(many, '2026-11-09 07:30'),
      escalations: [{ directive: 'n3', recipients: ['chutich'], acknowledged: false }],
    });
    expect(listed(digest, 'chutich')).toEqual([['Chờ ông/bà xử lý', ['trình xem xét, cho ý kiến']]]);
    expect(digest.get('kt-cv')?.[0]).toMatchObject({ items: { length: 20 }, more: 10 });
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
