import { isRefusal, type StoredEvent } from '@dondoc/workflow';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultWorkingRules, sampleOffice } from '../sample/sample-files';
import { type ActFacts } from '../lifecycles/act-facts';
import { directiveState } from '../lifecycles/directive-state';
import { type EscalationContext } from '../lifecycles/escalation.types';
import {
  obligationState,
  type ObligationContext,
  type StandingContext,
} from '../lifecycles/standing/standing.types';
import { planRulesMove } from '../lifecycles/plan-rules-move';
import { instantOfLocal, type Act } from '../simulation/scenario';
import { SimulatedOffice } from '../simulation/simulated-office';
import { sampleCalendar } from '../working-time/sample-calendar';
import { openEscalation } from './escalations-go-on';
import { explainDirective } from './explain-directive';
import { explainStanding } from './explain-standing';
import { type PartElsewhere } from './spoken-course';

const approved = join(__dirname, 'approved-texts.vi.txt');
const local = (text: string): number => instantOfLocal(text, sampleCalendar.zone);
const rules = defaultWorkingRules();
const sample = sampleOffice().directory;

/** An act without who gave the directive and when: those are the same in every case. */
type Doing = Act extends infer TAct ? (TAct extends Act ? TAct : never) : never;

interface Case {
  readonly title: string;
  readonly lead: string;
  readonly due: string | null;
  /** The words of a deadline that names no day. */
  readonly phrase?: string;
  readonly coordinating?: readonly string[];
  /** Given together with a second directive. */
  readonly another?: boolean;
  readonly urgency?: 'normal' | 'urgent';
  readonly acts: readonly Doing[];
  /** Given on by the lead to other organizations, as it was last heard of. */
  readonly elsewhere?: readonly PartElsewhere[];
  /** The directive is put under another version of the rules. */
  readonly rulesMovedAt?: string;
  readonly readOut: string;
}

const on = { directive: 'BP-01#1' };
const result = { number: '12/BC-KT', date: '2026-11-12', summary: 'Đã xong', file: null };

/** Accepted, and two agencies are asked for their opinion. */
const asked: readonly Doing[] = [
  { at: '2026-11-03 08:00', by: 'kt-cv', act: 'accept', ...on },
  {
    ...{ at: '2026-11-03 09:00', by: 'kt-cv', act: 'consult', ...on },
    agencies: ['VHXH', 'TYT'],
    question: 'Cho ý kiến dự thảo kế hoạch',
  },
];

/** What a chief of office is asked to account for. */
const cases: readonly Case[] = [
  {
    title: 'tạm dừng rồi tiếp tục',
    lead: 'VHXH',
    due: '2026-11-20',
    acts: [
      { at: '2026-11-03 09:00', by: 'vhxh-cv', act: 'accept', ...on },
      { at: '2026-11-05 09:00', by: 'chutich', act: 'suspend', ...on, reason: 'Chờ bàn giao mặt bằng' },
      { at: '2026-11-12 08:00', by: 'chutich', act: 'resume', ...on },
    ],
    readOut: '2026-11-13 08:00',
  },
  {
    title: 'đang tạm dừng',
    lead: 'KT',
    due: '2026-11-20',
    acts: [{ at: '2026-11-05 09:00', by: 'chutich', act: 'suspend', ...on, reason: 'Chờ vốn' }],
    readOut: '2026-11-13 08:00',
  },
  {
    title: 'gia hạn hai lần',
    lead: 'KT',
    due: '2026-11-10',
    acts: [
      {
        at: '2026-11-05 09:00',
        by: 'chutich',
        act: 'extend',
        ...on,
        reason: 'Mưa lũ',
        deadline: { date: '2026-11-13' },
      },
      {
        at: '2026-11-12 09:00',
        by: 'chutich',
        act: 'extend',
        ...on,
        reason: 'Hai thôn chưa gửi số liệu',
        deadline: { date: '2026-11-18' },
      },
    ],
    readOut: '2026-11-16 08:00',
  },
  {
    title: 'bị trả lại sau khi báo cáo',
    lead: 'KT',
    due: '2026-11-11',
    acts: [
      { at: '2026-11-12 09:00', by: 'kt-cv', act: 'report', ...on, result },
      { at: '2026-11-13 09:00', by: 'vanthu', act: 'send-back', ...on, reason: 'Thiếu biên bản nghiệm thu.' },
    ],
    readOut: '2026-11-13 10:00',
  },
  { title: 'không ai giữ vai trò', lead: 'BCHQS', due: '2026-11-10', acts: [], readOut: '2026-11-12 08:00' },
  {
    title: 'trình hai cấp',
    lead: 'VHXH',
    due: '2026-11-06',
    urgency: 'urgent',
    acts: [],
    readOut: '2026-11-13 08:00',
  },
  {
    title: 'đang trình, chưa ai tiếp nhận',
    lead: 'VHXH',
    due: '2026-11-06',
    urgency: 'urgent',
    acts: [],
    readOut: '2026-11-10 08:00',
  },
  {
    title: 'đã tiếp nhận, chưa quyết định',
    lead: 'VHXH',
    due: '2026-11-06',
    urgency: 'urgent',
    acts: [{ at: '2026-11-09 09:00', by: 'pct-vanxa', act: 'acknowledge', escalation: 'BP-01#1/T+1' }],
    readOut: '2026-11-10 08:00',
  },
  {
    title: 'giao tiếp cho tổ trực thuộc',
    lead: 'KT',
    due: '2026-11-20',
    acts: [
      {
        at: '2026-11-03 09:00',
        by: 'kt-truong',
        act: 'hand-on',
        ...on,
        parts: [
          { lead: ['KN'], deadline: { date: '2026-11-16' } },
          { lead: ['TL'], deadline: { date: '2026-11-17' } },
        ],
      },
      { at: '2026-11-10 09:00', by: 'kt-truong', act: 'cancel', directive: 'BP-01#3', reason: 'Làm chung' },
    ],
    readOut: '2026-11-12 08:00',
  },
  { title: 'chưa có hạn', lead: 'KT', due: null, acts: [], readOut: '2026-11-12 08:00' },
  {
    title: 'hạn chờ một sự kiện',
    lead: 'KT',
    due: null,
    phrase: 'ngay sau khi có kết luận của Ban Thường vụ Đảng ủy',
    acts: [],
    readOut: '2026-11-12 08:00',
  },
  {
    title: 'yêu cầu giải trình, quá hạn chưa có',
    lead: 'KT',
    due: '2026-11-06',
    acts: [
      {
        ...{ at: '2026-11-09 09:00', by: 'chutich', act: 'demand-explanation', ...on },
        question: 'Vì sao chưa hoàn thành?',
        deadline: { date: '2026-11-11' },
      },
    ],
    readOut: '2026-11-13 08:00',
  },
  {
    title: 'yêu cầu giải trình lần hai, đã được chấp nhận',
    lead: 'KT',
    due: '2026-11-06',
    acts: [
      {
        ...{ at: '2026-11-09 09:00', by: 'chutich', act: 'demand-explanation', ...on },
        question: 'Vì sao chưa hoàn thành?',
        deadline: { date: '2026-11-11' },
      },
      { at: '2026-11-10 09:00', by: 'kt-truong', act: 'submit-explanation', ...on, text: 'Do mưa lũ' },
      {
        ...{ at: '2026-11-10 15:00', by: 'chutich', act: 'ask-again', ...on },
        question: 'Nêu rõ trách nhiệm của từng người',
        deadline: { date: '2026-11-12' },
      },
      { at: '2026-11-11 09:00', by: 'kt-truong', act: 'submit-explanation', ...on, text: 'Đã nêu rõ' },
      { at: '2026-11-11 10:00', by: 'chutich', act: 'accept-explanation', ...on },
    ],
    readOut: '2026-11-13 08:00',
  },
  {
    title: 'lấy ý kiến, quá thời gian coi như đồng ý',
    lead: 'KT',
    due: '2026-11-20',
    coordinating: ['VHXH', 'TYT'],
    acts: [
      ...asked,
      { at: '2026-11-05 09:00', by: 'tyt-cv', act: 'reply', ...on, agency: 'TYT', position: 'agree' },
    ],
    readOut: '2026-11-13 08:00',
  },
  {
    title: 'đang lấy ý kiến',
    lead: 'KT',
    due: '2026-11-20',
    coordinating: ['VHXH', 'TYT'],
    acts: asked,
    readOut: '2026-11-04 08:00',
  },
  {
    title: 'được thay bằng nhiệm vụ khác',
    lead: 'KT',
    due: '2026-11-20',
    acts: [
      {
        ...{ at: '2026-11-05 09:00', by: 'chutich', act: 'replace', ...on },
        reason: 'Có kết luận mới',
        successor: 'BP-01#2',
      },
    ],
    another: true,
    readOut: '2026-11-13 08:00',
  },
  {
    title: 'đổi cơ quan chủ trì',
    lead: 'KT',
    due: '2026-11-11',
    acts: [
      { at: '2026-11-03 09:00', by: 'kt-cv', act: 'return', ...on, reason: 'Không đúng chức năng' },
      {
        ...{ at: '2026-11-04 09:00', by: 'vanthu', act: 'reassign', ...on },
        lead: ['VHXH'],
        reason: 'Thuộc lĩnh vực văn hóa',
      },
      { at: '2026-11-05 09:00', by: 'vhxh-cv', act: 'accept', ...on },
    ],
    readOut: '2026-11-13 08:00',
  },
  {
    title: 'phần việc ở đơn vị khác',
    lead: 'KT',
    due: '2026-11-20',
    acts: [],
    elsewhere: [
      {
        ...{ agency: 'UBND xã Bình An', state: 'received', overdue: false },
        said: { work: 'in-progress', receivedAt: local('2026-11-10 09:15') },
      },
      {
        ...{ agency: 'UBND xã Tân Hòa', state: 'received', overdue: true },
        said: { work: 'assigned', receivedAt: local('2026-11-05 14:00') },
      },
      { agency: 'UBND xã Phú Lộc', state: 'sent', overdue: false, said: null },
      { agency: 'UBND xã Hương Sơn', state: 'refused', overdue: false, said: null },
    ],
    readOut: '2026-11-12 08:00',
  },
  {
    title: 'chuyển sang quy chế mới',
    lead: 'KT',
    due: '2026-11-20',
    acts: [],
    rulesMovedAt: '2026-11-10 09:00',
    readOut: '2026-11-12 08:00',
  },
  {
    title: 'bị hủy',
    lead: 'KT',
    due: '2026-11-20',
    acts: [{ at: '2026-11-05 09:00', by: 'chutich', act: 'cancel', ...on, reason: 'Không còn cần thiết' }],
    readOut: '2026-11-13 08:00',
  },
  {
    title: 'lãnh đạo vắng mặt có ủy quyền',
    lead: 'VHXH',
    due: '2026-11-06',
    urgency: 'urgent',
    acts: [
      {
        ...{ at: '2026-11-06 09:00', by: 'pct-vanxa', act: 'delegate', to: 'pct-kinhte' },
        ...{ start: '2026-11-09', end: '2026-11-20', reason: 'Đi học' },
      },
    ],
    readOut: '2026-11-10 08:00',
  },
];

/** The rules as they are, in force as a version of their own. */
async function moveRules(office: SimulatedOffice): Promise<void> {
  const [directive] = office.directives();
  if (!directive) throw new Error('nothing was confirmed');
  const facts: ActFacts = {
    ...{ now: office.memory.now, calendar: sampleCalendar, directory: office.directory },
    rules: { ...rules, version: rules.version + 1 },
  };
  const state = directiveState(directive.history.at(-1)?.to ?? '');
  const moved = planRulesMove(directive.context, state, facts);
  const event = { type: 'move-rules', by: 'vanthu', reason: 'Thống nhất một quy chế', ...moved };
  const sent = await office.memory.transaction(office.organization, (tx) =>
    tx.send({
      instance: directive.id,
      event: event as unknown as StoredEvent,
      actor: { kind: 'person', id: 'vanthu' },
    }),
  );
  if (isRefusal(sent)) throw new Error(sent.en);
}

async function told(one: Case): Promise<readonly string[]> {
  const { lead, due, phrase, coordinating = [], another, urgency = 'normal', acts } = one;
  const { readOut, elsewhere = [], rulesMovedAt } = one;
  const setting = { office: sample, notices: [], rules, calendar: sampleCalendar };
  const office = new SimulatedOffice({ ...setting, from: local('2026-11-02 08:00') });
  const at = '2026-11-02 08:00';
  const words = phrase ?? (due === null ? null : `chậm nhất ngày ${due}`);
  const deadline = words === null ? null : { phrase: words, date: due };
  const source = { kind: 'note' as const, givenBy: 'chutich', givenOn: '2026-11-02' };
  const given = { text: 'Việc', lead: [lead], coordinating: [...coordinating], urgency, deadline };
  const items = another ? [given, { ...given, text: 'Việc khác' }] : [given];
  await office.play({ at, by: 'vanthu', act: 'manual', document: 'BP-01', source, items });
  const all: readonly Act[] = [{ at, by: 'vanthu', act: 'confirm', document: 'BP-01' }, ...acts];
  for (const act of all) {
    await office.advanceTo(local(act.at));
    const refused = await office.play(act);
    if (refused) throw new Error(`${act.act}: ${refused.en}`);
  }
  if (rulesMovedAt !== undefined) {
    await office.advanceTo(local(rulesMovedAt));
    await moveRules(office);
  }
  await office.advanceTo(local(readOut));
  const [directive] = office.directives();
  if (!directive) throw new Error('nothing was confirmed');
  const about = office.memory.store
    .instances(office.organization)
    .filter(({ snapshot }) => (snapshot.context as { directive?: string }).directive === directive.id);
  const instances = [directive.id, ...about.map(({ id }) => id)];
  const { summary, past, next } = explainDirective({
    context: directive.context,
    history: directive.history,
    escalations: about
      .filter(({ lifecycle, status }) => lifecycle === 'escalation' && status === 'active')
      .flatMap(({ snapshot: { value, context } }) =>
        openEscalation({ value, context: context as unknown as EscalationContext }),
      ),
    messages: office.delivered.filter(({ instance }) => instances.includes(instance)),
    elsewhere,
    facts: { now: local(readOut), calendar: sampleCalendar, rules, directory: office.directory },
  });
  const lines = (all: readonly { readonly vi: string }[]): string[] => all.map(({ vi }) => `    ${vi}`);
  return [
    `  Đọc tại cuộc họp:`,
    ...lines(summary),
    '  Đã xảy ra:',
    ...lines(past),
    '  Sẽ xảy ra:',
    ...lines(next),
  ];
}

/** A standing directive: one period in time, one sent back and awaited again. */
const period = { standing: 'Vệ sinh chợ' };
const periods: readonly Doing[] = [
  {
    ...{ at: '2026-11-02 08:00', by: 'vanthu', act: 'give-standing', ...period },
    ...{ text: 'Thường xuyên kiểm tra vệ sinh tại chợ', lead: ['KT'], reports: ['monthly'] },
    ...{ assigningLeader: 'chutich', trackingOfficer: 'vanthu' },
  },
  { at: '2026-11-20 09:00', by: 'kt-cv', act: 'report-period', ...period, result },
  { at: '2026-11-20 10:00', by: 'vanthu', act: 'accept-period', ...period },
  { at: '2026-12-22 09:00', by: 'kt-cv', act: 'report-period', ...period, result },
  { at: '2026-12-22 10:00', by: 'vanthu', act: 'send-back-period', ...period, reason: 'Thiếu số liệu.' },
];

async function toldStanding(acts: readonly Doing[], readOut: string): Promise<readonly string[]> {
  const setting = { office: sample, notices: [], rules, calendar: sampleCalendar };
  const office = new SimulatedOffice({ ...setting, from: local('2026-11-02 08:00') });
  for (const act of acts) {
    await office.advanceTo(local(act.at));
    const refused = await office.play(act);
    if (refused) throw new Error(`${act.act}: ${refused.en}`);
  }
  await office.advanceTo(local(readOut));
  const all = office.memory.store.instances(office.organization);
  const [standing] = all.filter(({ lifecycle }) => lifecycle === 'standing-directive');
  if (!standing) throw new Error('nothing was given');
  const obligations = all.filter(({ lifecycle }) => lifecycle === 'reporting-obligation');
  const { summary, past, next, deadline } = explainStanding({
    context: standing.snapshot.context as unknown as StandingContext,
    history: office.historyOf(standing.id),
    obligations: obligations.map(({ id, snapshot }) => ({
      context: snapshot.context as unknown as ObligationContext,
      state: obligationState(snapshot.value),
      history: office.historyOf(id),
    })),
    messages: office.delivered,
    facts: { now: local(readOut), calendar: sampleCalendar, rules, directory: office.directory },
  });
  const lines = (sentences: readonly { readonly vi: string }[]) => sentences.map(({ vi }) => `    ${vi}`);
  return [
    ...['  Đọc tại cuộc họp:', ...lines(summary), '  Hạn:', ...lines(deadline.sentences)],
    ...['  Đã xảy ra:', ...lines(past), '  Sẽ xảy ra:', ...lines(next)],
  ];
}

const standingCases = [
  { title: 'nhiệm vụ thường xuyên, kỳ đầu', acts: periods.slice(0, 1), readOut: '2026-11-16 08:00' },
  { title: 'nhiệm vụ thường xuyên, kỳ báo cáo bị trả lại', acts: periods, readOut: '2026-12-29 08:00' },
  {
    title: 'nhiệm vụ thường xuyên đã kết thúc',
    acts: [
      ...periods.slice(0, 3),
      { at: '2026-12-02 09:00', by: 'chutich', act: 'end-standing', ...period, reason: 'Chợ đã đóng cửa.' },
    ] as const,
    readOut: '2026-12-10 08:00',
  },
];

describe('what is read out in a meeting', () => {
  it('says in every case what was approved', async () => {
    const texts: string[] = [];
    for (const one of cases) texts.push(`# ${one.title} (${one.readOut})`, ...(await told(one)), '');
    for (const { title, acts, readOut } of standingCases)
      texts.push(`# ${title} (${readOut})`, ...(await toldStanding(acts, readOut)), '');
    const made = texts.join('\n');
    if (!existsSync(approved)) {
      writeFileSync(approved, made);
      throw new Error(`${approved} was not there; it has been written: read it aloud and commit it`);
    }
    expect(made).toBe(readFileSync(approved, 'utf8'));
  });
});
