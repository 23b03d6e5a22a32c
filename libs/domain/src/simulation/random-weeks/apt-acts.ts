import { type InstanceRecord } from '@dondoc/workflow';
import { agencyInForce } from '../../directory/agencies';
import { holdersOf } from '../../directory/offices';
import {
  consultationState,
  type ConsultationContext,
} from '../../lifecycles/consultation/consultation.types';
import { escalationState, hasEnded } from '../../lifecycles/directive-state';
import { decisions, type EscalationContext } from '../../lifecycles/escalation.types';
import { addressees } from '../../lifecycles/escalation.updates';
import { explanationState, type ExplanationContext } from '../../lifecycles/explanation/explanation.types';
import {
  extensionRequestState,
  type ExtensionRequestContext,
} from '../../lifecycles/extension-request.types';
import { obligationState } from '../../lifecycles/standing/standing.types';
import { addDays, type CivilDate } from '../../working-time/civil-date';
import { dateAt, zoneNamed } from '../../working-time/zone';
import { type Act } from '../scenario';
import { type SimulatedDirective } from '../simulated-office';
import { type Look } from './look';
import { type Moment } from './random-week';

/** What people of the sample office are called who are no heads or staff of an agency. */
const leaders = ['chutich', 'pct-kinhte', 'pct-vanxa'];
const everybody = [
  ...leaders,
  'chanhvp',
  'vanthu',
  'kt-truong',
  'kt-cv',
  'vhxh-truong',
  'kn-cv',
  'qs-truong',
  'pct-moi',
];

/** An act without its moment: what `office.play` looks at. */
type Doing = Act extends infer TAct ? (TAct extends Act ? Omit<TAct, 'at'> : never) : never;

interface Choosing {
  readonly look: Look;
  readonly zone: string;
  readonly moment: Moment;
  readonly today: CivilDate;
}

const oneOf = <T>(all: readonly T[], choice: number): T | undefined => all[choice % Math.max(1, all.length)];

function instances({ instances: all }: Look, lifecycle: string): readonly InstanceRecord[] {
  return all.filter((one) => one.lifecycle === lifecycle && one.status === 'active');
}

const contextOf = ({ snapshot }: InstanceRecord): unknown => snapshot.context;

/** Whoever may be taken for the head of an agency, or its staff; the head where there is none. */
function people(
  { look, today }: Choosing,
  agency: string,
): { readonly head: string; readonly staff: string } {
  const { directory } = look;
  const present = agencyInForce(directory, agency, today)?.id ?? agency;
  const head = holdersOf(directory, 'agency-head', present, today)[0]?.person ?? 'chanhvp';
  return { head, staff: holdersOf(directory, 'staff', present, today)[0]?.person ?? head };
}

const abbreviation = ({ look }: Choosing, agency: string): string =>
  look.directory.agencies.find(({ id }) => id === agency)?.abbreviation ?? agency;

const summary = { number: '1/BC', summary: 'Đã xong', file: null };

/** What a directive lets people try as it stands; some of it is refused, and has to change nothing. */
function onDirective(directive: SimulatedDirective, about: Choosing): readonly Doing[] {
  const { name, work, context } = directive;
  const { moment, today, look } = about;
  const { head, staff } = people(about, context.lead);
  const on = { directive: name };
  const deadline = { date: addDays(today, moment.days) };
  const agency = oneOf(['KT', 'VHXH', 'BCHQS', 'VP', 'TYT'], moment.variant) ?? 'KT';
  const leader = context.assigningLeader ?? 'chutich';
  const result = { ...summary, date: today };
  const other = oneOf(
    look.directives.filter((one) => one.name !== name),
    moment.variant,
  );
  const rarely = moment.variant % 5 === 0;
  const anywhere: Doing[] = !rarely
    ? []
    : [
        { act: 'cancel', by: leader, ...on, reason: 'Không còn cần' },
        { act: 'replace', by: leader, ...on, reason: 'Có nhiệm vụ mới', successor: other?.name ?? name },
        { act: 'demand-explanation', by: leader, ...on, question: 'Vì sao chậm?' },
      ];
  const moveRules: Doing = { act: 'move-rules', by: 'vanthu', ...on, reason: 'Theo quy chế mới' };
  const underway: Doing[] = [
    { act: 'report', by: staff, ...on, result },
    { act: 'report', by: head, ...on, result },
    { act: 'request-extension', by: staff, ...on, reason: 'Chờ số liệu', deadline },
    { act: 'request-extension', by: staff, ...on, reason: 'Chờ số liệu', deadline },
    { act: 'extend', by: leader, ...on, reason: 'Theo đề nghị', deadline },
    { act: 'set-deadline', by: 'vanthu', ...on, deadline },
    { act: 'urge', by: leader, ...on, note: 'Làm gấp' },
    { act: 'suspend', by: leader, ...on, reason: 'Chờ mặt bằng' },
    { act: 'assign-person', by: head, ...on, person: staff },
    { act: 'transfer', by: 'vanthu', ...on },
    { act: 'reassign', by: 'vanthu', ...on, lead: [agency] },
    { act: 'reassign', by: 'vanthu', ...on, lead: [agency], deadline },
    {
      act: 'hand-on',
      by: head,
      ...on,
      parts: [
        {
          lead: [oneOf(['KN', 'TL', 'DVTT', 'DVTT'], moment.variant) ?? 'KN'],
          ...(moment.variant % 3 ? {} : { deadline }),
        },
      ],
    },
    ...(context.rules === look.rulesInForce && !rarely ? [] : [moveRules]),
    {
      act: 'consult',
      by: staff,
      ...on,
      agencies:
        context.coordinating.length > 0
          ? context.coordinating.map((one) => abbreviation(about, one))
          : ['CA'],
      question: 'Đề nghị cho ý kiến',
    },
  ];
  if (hasEnded(work)) return anywhere;
  switch (work) {
    case 'assigned':
      return [
        ...anywhere,
        ...underway,
        { act: 'accept', by: staff, ...on },
        { act: 'accept', by: staff, ...on },
        { act: 'return', by: head, ...on, reason: 'Không đúng chức năng', proposedAgency: agency },
      ];
    case 'returned':
      return [
        { act: 'reassign', by: 'vanthu', ...on, lead: [agency] },
        { act: 'reassign', by: 'vanthu', ...on, lead: [agency], deadline },
        ...anywhere,
      ];
    case 'awaiting-head':
      return [
        { act: 'approve-report', by: head, ...on },
        { act: 'return-report', by: head, ...on, reason: 'Thiếu số liệu' },
        { act: 'suspend', by: leader, ...on, reason: 'Chờ mặt bằng' },
        { act: 'extend', by: leader, ...on, reason: 'Theo đề nghị', deadline },
      ];
    case 'suspended':
      return [
        { act: 'propose-resumption', by: 'vanthu', ...on, deadline },
        { act: 'resume', by: leader, ...on },
        { act: 'resume', by: leader, ...on, deadline },
        ...anywhere,
      ];
    case 'reported':
      return [
        { act: 'verify', by: 'vanthu', ...on },
        { act: 'verify', by: leader, ...on },
        { act: 'verify', by: staff, ...on },
        { act: 'verify', by: head, ...on },
        { act: 'send-back', by: 'vanthu', ...on, reason: 'Thiếu phụ lục' },
        { act: 'send-back', by: 'vanthu', ...on, reason: 'Thiếu phụ lục' },
        ...anywhere,
      ];
    default:
      return [...underway, ...underway, ...anywhere];
  }
}

function onEscalation(
  one: InstanceRecord,
  names: ReadonlyMap<string, string>,
  about: Choosing,
): readonly Doing[] {
  const context = contextOf(one) as EscalationContext;
  const { moment, today } = about;
  const escalation = `${names.get(context.directive) ?? ''}/${context.rung}`;
  const by = oneOf(addressees(context), moment.variant) ?? 'chutich';
  const acknowledging: Doing[] =
    escalationState(one.snapshot.value) === 'raised' ? [{ act: 'acknowledge', by, escalation }] : [];
  const decision = oneOf(decisions, moment.variant) ?? 'close';
  return [
    ...acknowledging,
    ...acknowledging,
    {
      act: 'decide',
      by,
      escalation,
      decision,
      note: 'Làm ngay',
      deadline: { date: addDays(today, moment.days) },
      lead: [oneOf(['KT', 'VHXH', 'VP'], moment.choice) ?? 'KT'],
      meeting: { date: addDays(today, Math.abs(moment.days)), time: '08:00', place: 'Phòng họp số 1' },
    },
  ];
}

function onRequest(
  one: InstanceRecord,
  names: ReadonlyMap<string, string>,
  about: Choosing,
): readonly Doing[] {
  const context = contextOf(one) as ExtensionRequestContext;
  const on = { directive: names.get(context.directive) ?? '' };
  const { head } = people(about, context.facts.lead);
  if (extensionRequestState(one.snapshot.value) === 'awaiting-head')
    return [
      { act: 'approve-request', by: head, ...on },
      { act: 'decline-request', by: head, ...on, reason: 'Tự thu xếp' },
    ];
  const by = context.facts.assigningLeader ?? 'chutich';
  return [
    { act: 'decide-request', by, ...on, granted: true },
    { act: 'decide-request', by, ...on, granted: false, note: 'Không đồng ý' },
    { act: 'decide-request', by: context.by, ...on, granted: true },
    { act: 'withdraw-request', by: context.by, ...on },
  ];
}

function onExplanation(
  one: InstanceRecord,
  names: ReadonlyMap<string, string>,
  about: Choosing,
): readonly Doing[] {
  const context = contextOf(one) as ExplanationContext;
  const on = { directive: names.get(context.directive) ?? '' };
  const { head } = people(about, context.agency);
  const { demandedBy: by } = context;
  if (explanationState(one.snapshot.value) !== 'submitted')
    return [
      { act: 'submit-explanation', by: head, ...on, text: 'Do mưa nhiều ngày' },
      { act: 'withdraw-explanation', by, ...on, reason: 'Đã báo cáo trực tiếp' },
    ];
  return [
    { act: 'accept-explanation', by, ...on },
    { act: 'accept-explanation', by: context.submittedBy ?? by, ...on },
    { act: 'ask-again', by, ...on, question: 'Bao giờ xong?' },
  ];
}

function onConsultation(
  one: InstanceRecord,
  names: ReadonlyMap<string, string>,
  about: Choosing,
): readonly Doing[] {
  const context = contextOf(one) as ConsultationContext;
  const on = { directive: names.get(context.directive) ?? '', agency: abbreviation(about, context.agency) };
  const { staff } = people(about, context.agency);
  const reply: Doing = { act: 'reply', by: staff, ...on, position: 'disagree', opinion: 'Còn thiếu' };
  if (consultationState(one.snapshot.value) === 'late') return [reply];
  return [
    reply,
    { act: 'reply', by: staff, ...on, position: 'agree' },
    { act: 'withdraw-consultation', by: context.askedBy, ...on, reason: 'Không cần nữa' },
  ];
}

const STANDING = 'thuong-xuyen';

function onStanding(about: Choosing): readonly Doing[] {
  const { look, moment, today } = about;
  const [inForce] = instances(look, 'standing-directive');
  if (!inForce)
    return [
      {
        act: 'give-standing',
        by: 'vanthu',
        standing: STANDING,
        text: 'Thường xuyên kiểm tra vệ sinh tại chợ',
        lead: ['KT'],
        assigningLeader: 'chutich',
        trackingOfficer: 'vanthu',
        reports: moment.variant % 3 ? ['monthly'] : ['monthly', 'half-yearly'],
      },
    ];
  const on = { standing: STANDING };
  const states = instances(look, 'reporting-obligation').map(({ snapshot }) =>
    obligationState(snapshot.value),
  );
  return [
    ...states.flatMap((state): Doing[] =>
      state === 'awaited'
        ? [{ act: 'report-period', by: 'kt-cv', ...on, result: { ...summary, date: today } }]
        : [
            { act: 'accept-period', by: 'vanthu', ...on },
            { act: 'accept-period', by: 'kt-cv', ...on },
            { act: 'send-back-period', by: 'vanthu', ...on, reason: 'Thiếu số liệu' },
          ],
    ),
    ...(moment.variant % 4
      ? []
      : [{ act: 'end-standing' as const, by: 'chutich', ...on, reason: 'Chợ đã đóng' }]),
  ];
}

function onAbsence({ look, moment, today }: Choosing): readonly Doing[] {
  const by = oneOf(['chutich', 'pct-kinhte', 'kt-truong', 'vhxh-truong'], moment.variant) ?? 'chutich';
  const to = oneOf(['pct-vanxa', 'pct-kinhte', 'kt-cv', 'vhxh-cv'], moment.choice) ?? 'pct-vanxa';
  const start = addDays(today, Math.abs(moment.days) % 4);
  return [
    { act: 'delegate', by, to, start, end: addDays(start, moment.variant % 6), reason: 'Đi công tác' },
    ...instances(look, 'delegation').map((one): Doing => {
      const { from } = contextOf(one) as { readonly from: string };
      return { act: 'end-delegation', by: from, reason: 'Về sớm' };
    }),
  ];
}

/** Notices that lie drafted since the beginning, and are confirmed late. */
export const lateNotices: readonly string[] = ['LATE-1', 'LATE-2'];

function onDrafts({ directives }: Look): readonly Doing[] {
  const confirmed = new Set(directives.map(({ name }) => name.split('#')[0]));
  const [next] = lateNotices.filter((document) => !confirmed.has(document));
  return next === undefined ? [] : [{ act: 'confirm', by: 'vanthu', document: next }];
}

/**
 * What somebody does at a moment: one of all that the office has before it, by whose it is; now and then by anybody. Some of
 * what is tried may not be done: then it has to be refused.
 */
export function actAt(moment: Moment, look: Look, zone: string): Act {
  const today = dateAt(zoneNamed(zone), look.now);
  const about = { look, zone, moment, today };
  const directives = look.directives;
  const names = new Map(directives.map(({ id, name }) => [id, name]));
  const open = directives.filter(({ work }) => !hasEnded(work) || moment.variant % 10 === 0);
  const works = open.map((one) => onDirective(one, about));
  const escalated = instances(look, 'escalation').map((one) => onEscalation(one, names, about));
  const requested = instances(look, 'extension-request').map((one) => onRequest(one, names, about));
  const groups: (readonly Doing[])[] = [
    ...works,
    ...works,
    ...works,
    ...escalated,
    ...escalated,
    ...requested,
    ...requested,
    ...instances(look, 'explanation').map((one) => onExplanation(one, names, about)),
    ...instances(look, 'consultation').map((one) => onConsultation(one, names, about)),
    onStanding(about),
    moment.variant % 3 === 0 ? onAbsence(about) : [],
    onDrafts(look),
  ].filter((group) => group.length > 0);
  const group = oneOf(groups, moment.choice) ?? [];
  const doing = oneOf(group, Math.floor(moment.choice / groups.length)) ?? onAbsence(about)[0];
  const by = moment.anybody && moment.variant % 5 === 0 ? oneOf(everybody, moment.choice) : doing?.by;
  return { ...doing, by, at: `${today} 08:00` } as Act;
}
