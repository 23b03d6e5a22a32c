import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultWorkingRules, sampleOffice } from '../sample/sample-files';
import { type EscalationContext } from '../lifecycles/escalation.types';
import { instantOfLocal, type Act } from '../simulation/scenario';
import { SimulatedOffice } from '../simulation/simulated-office';
import { sampleCalendar } from '../working-time/sample-calendar';
import { openEscalation } from './escalations-go-on';
import { explainDirective } from './explain-directive';

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
  readonly urgency?: 'normal' | 'urgent';
  readonly acts: readonly Doing[];
  readonly readOut: string;
}

const on = { directive: 'BP-01#1' };
const result = { number: '12/BC-KT', date: '2026-11-12', summary: 'Đã xong', file: null };

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
];

async function told({ lead, due, urgency = 'normal', acts, readOut }: Case): Promise<readonly string[]> {
  const setting = { office: sample, notices: [], rules, calendar: sampleCalendar };
  const office = new SimulatedOffice({ ...setting, from: local('2026-11-02 08:00') });
  const at = '2026-11-02 08:00';
  const deadline = due === null ? null : { phrase: `chậm nhất ngày ${due}`, date: due };
  const source = { kind: 'note' as const, givenBy: 'chutich', givenOn: '2026-11-02' };
  const items = [{ text: 'Việc', lead: [lead], urgency, deadline }];
  await office.play({ at, by: 'vanthu', act: 'manual', document: 'BP-01', source, items });
  const all: readonly Act[] = [{ at, by: 'vanthu', act: 'confirm', document: 'BP-01' }, ...acts];
  for (const act of all) {
    await office.advanceTo(local(act.at));
    const refused = await office.play(act);
    if (refused) throw new Error(`${act.act}: ${refused.en}`);
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
    facts: { now: local(readOut), calendar: sampleCalendar, rules, directory: office.directory },
  });
  const words = (all: readonly { readonly vi: string }[]): string[] => all.map(({ vi }) => `    ${vi}`);
  return [
    `  Đọc tại cuộc họp:`,
    ...words(summary),
    '  Đã xảy ra:',
    ...words(past),
    '  Sẽ xảy ra:',
    ...words(next),
  ];
}

describe('what is read out in a meeting', () => {
  it('says in every case what was approved', async () => {
    const texts: string[] = [];
    for (const one of cases) texts.push(`# ${one.title} (${one.readOut})`, ...(await told(one)), '');
    const made = texts.join('\n');
    if (!existsSync(approved)) {
      writeFileSync(approved, made);
      throw new Error(`${approved} was not there; it has been written: read it aloud and commit it`);
    }
    expect(made).toBe(readFileSync(approved, 'utf8'));
  });
});
