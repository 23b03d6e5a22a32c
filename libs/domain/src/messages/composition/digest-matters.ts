import { type Bilingual, type Instant } from '@dondoc/workflow';
import { type Audience, type AudienceFacts } from '../../directory/audience';
import { remainingWords } from '../../explanation/remaining';
import { moment } from '../../explanation/words';
import { countedFor } from '../../lifecycles/counted-for';
import { deriveLateness } from '../../lifecycles/lateness';
import {
  type DigestFacts,
  type DigestSubject,
  type OpenDirective,
  type OpenObligation,
} from './digest-subjects';

/** In the order in which people are told: what a leader decides first, then what others wait for, then lateness. */
export const matterKinds = [
  'escalation',
  'extension-request',
  'resumption',
  'explanation',
  'consultation',
  'periodic-report',
  'verification',
  'in-hand',
  'no-deadline',
  'overdue',
  'near-due',
] as const;
export type MatterKind = (typeof matterKinds)[number];

/** One thing about one directive that somebody should know or do today. */
export interface Matter {
  readonly kind: MatterKind;
  readonly subject: DigestSubject;
  /** What a reader opens. */
  readonly about: { readonly lifecycle: string; readonly instance: string };
  /** Whose it is. */
  readonly agency: string;
  readonly note: Bilingual;
  readonly dueAt: Instant | null;
  /** Roles that are told, looked up for `of`. */
  readonly to: readonly Audience[];
  readonly of: AudienceFacts;
  /** People who are told by name. */
  readonly persons: readonly string[];
  /** Told in the meeting of the organization: it has left the agency, and somebody is late or has to decide. */
  readonly meeting: boolean;
}

const followers: readonly Audience[] = ['lead-staff', 'lead-head', 'tracking-officer'];

const say = (vi: string, en: string): Bilingual => ({ vi, en });
const withRest = (note: Bilingual, rest: Bilingual): Bilingual =>
  say(`${note.vi}, ${rest.vi}`, `${note.en}, ${rest.en}`);

type Told = Pick<Matter, 'kind' | 'note'> & Partial<Omit<Matter, 'kind' | 'note' | 'subject'>>;

function matter(subject: DigestSubject, told: Told, lifecycle = 'directive'): Matter {
  return {
    subject,
    about: { lifecycle, instance: subject.id },
    agency: subject.leadName,
    dueAt: null,
    to: [],
    of: subject,
    persons: [],
    meeting: true,
    ...told,
  };
}

/** What of a directive itself waits for somebody's act. */
function inHand(directive: OpenDirective, zone: string): readonly Told[] {
  const inside = { kind: 'in-hand', meeting: false } as const;
  switch (directive.work) {
    case 'assigned':
      return [
        { ...inside, to: ['lead-staff', 'lead-head'], note: say('chờ tiếp nhận', 'waits to be accepted') },
      ];
    case 'returned':
      return [
        {
          ...inside,
          to: ['tracking-officer'],
          note: say('bị trả lại, chờ giao lại', 'was returned; waits for a lead'),
        },
      ];
    case 'awaiting-head':
      return [
        {
          ...inside,
          to: ['lead-head'],
          note: say('báo cáo chờ thủ trưởng duyệt', 'its report waits for the head'),
        },
      ];
    case 'reported':
      return [
        {
          kind: 'verification',
          to: ['tracking-officer'],
          note: say('chờ xác nhận kết quả', 'waits to be verified'),
        },
      ];
    case 'suspended': {
      if (directive.proposedDeadlineAt === null) return [];
      const until = moment(directive.proposedDeadlineAt, zone);
      const note = say(
        `đề nghị tiếp tục với hạn ${until.vi}, chờ quyết định`,
        `to go on with the deadline ${until.en}; waits for a decision`,
      );
      return [{ kind: 'resumption', to: ['assigning-leader'], note, dueAt: directive.proposedDeadlineAt }];
    }
    case 'in-progress':
      return directive.deadline === null
        ? [{ kind: 'no-deadline', to: ['tracking-officer'], note: say('chưa có hạn', 'has no deadline yet') }]
        : [];
    default:
      return [];
  }
}

/** What is left of the time of an agency, in its own working time. */
const remainingFor = (facts: DigestFacts, agency: string, until: Instant): Bilingual =>
  remainingWords(countedFor(facts, agency).calendar, facts.now, until);

function ofDirective(directive: OpenDirective, facts: DigestFacts): readonly Matter[] {
  const { calendar, now } = facts;
  const waits = inHand(directive, calendar.zone).map((told) => matter(directive, told));
  const { time } = deriveLateness(directive, now);
  if (directive.deadline === null || (time !== 'overdue' && time !== 'near-due')) return waits;
  const late = matter(directive, {
    kind: time,
    note: remainingFor(facts, directive.lead, directive.deadline),
    dueAt: directive.deadline,
    to: time === 'overdue' ? [...followers, 'leader-in-charge'] : followers,
  });
  return [...waits, late];
}

function ofObligation({ id, standing, period, reported, dueAt }: OpenObligation, facts: DigestFacts): Matter {
  const about = { lifecycle: 'reporting-obligation', instance: id };
  const report = say(`báo cáo ${period.vi}`, `report of ${period.en}`);
  if (reported) {
    const note = withRest(report, say('chờ xem xét', 'waits to be accepted'));
    return matter(standing, { kind: 'periodic-report', about, note, to: ['tracking-officer'], dueAt });
  }
  const note = withRest(report, remainingFor(facts, standing.lead, dueAt));
  const to: readonly Audience[] = ['lead-staff', 'lead-head'];
  return matter(standing, { kind: 'periodic-report', about, note, to, dueAt });
}

/** What leaders and agencies ask of each other about directives that are still open. */
function asked(facts: DigestFacts): readonly Matter[] {
  const { now } = facts;
  const byId = new Map(facts.directives.map((directive) => [directive.id, directive]));
  const about = (id: string, told: (directive: OpenDirective) => Told): readonly Matter[] => {
    const directive = byId.get(id);
    return directive ? [matter(directive, told(directive))] : [];
  };
  return [
    ...facts.escalations.flatMap(({ id, directive, recipients, acknowledged }) =>
      about(directive, () => ({
        kind: 'escalation',
        about: { lifecycle: 'escalation', instance: id },
        persons: recipients,
        note: acknowledged
          ? say('đã nhận, chờ cho ý kiến', 'acknowledged; waits for a decision')
          : say('trình xem xét, cho ý kiến', 'put before you for a decision'),
      })),
    ),
    ...facts.extensionRequests.flatMap(({ id, directive, awaitsHead, approver, askedDate }) =>
      about(directive, () => ({
        kind: 'extension-request',
        about: { lifecycle: 'extension-request', instance: id },
        to: awaitsHead ? ['lead-head'] : [approver, 'assigning-leader'],
        meeting: !awaitsHead,
        note: say(
          `đề nghị gia hạn đến ${dayMonth(askedDate)}, ${awaitsHead ? 'chờ thủ trưởng duyệt' : 'chờ quyết định'}`,
          `more time asked for, until ${dayMonth(askedDate)}; waits for ${awaitsHead ? 'the head' : 'a decision'}`,
        ),
      })),
    ),
    ...facts.explanations.flatMap(({ id, directive, agency, agencyName, demandedBy, submitted, dueAt }) =>
      about(directive, (subject) => ({
        kind: 'explanation',
        about: { lifecycle: 'explanation', instance: id },
        agency: agencyName,
        dueAt,
        ...(submitted
          ? {
              persons: [demandedBy],
              meeting: false,
              note: say('đã giải trình, chờ xem xét', 'the explanation has come; waits for you'),
            }
          : {
              to: ['lead-head'] as const,
              of: { ...subject, lead: agency },
              note: withRest(
                say('phải giải trình', 'an explanation is due'),
                remainingFor(facts, agency, dueAt),
              ),
            }),
      })),
    ),
    ...facts.consultations.flatMap(({ id, directive, agency, agencyName, replyBy }) =>
      about(directive, (subject) => ({
        kind: 'consultation',
        about: { lifecycle: 'consultation', instance: id },
        agency: agencyName,
        dueAt: replyBy,
        to: ['coordinating-staff', 'coordinating-head'],
        of: { ...subject, coordinating: [agency] },
        meeting: now >= replyBy,
        note: withRest(
          say('cho ý kiến phối hợp', 'an opinion is awaited'),
          remainingFor(facts, agency, replyBy),
        ),
      })),
    ),
  ];
}

/** An agency that answers late is also told of to the lead that waits for it. */
function lateAnswers(facts: DigestFacts): readonly Matter[] {
  const byId = new Map(facts.directives.map((directive) => [directive.id, directive]));
  return facts.consultations.flatMap(({ id, directive, agency, agencyName, replyBy }) => {
    const subject = byId.get(directive);
    if (!subject || facts.now < replyBy) return [];
    const late = remainingFor(facts, agency, replyBy);
    const note = say(
      `${agencyName} chưa cho ý kiến, ${late.vi}`,
      `${agencyName} has not answered, ${late.en}`,
    );
    const about = { lifecycle: 'consultation', instance: id };
    const told = { kind: 'consultation', about, note, to: ['lead-staff'], meeting: false } as const;
    return [matter(subject, { ...told, dueAt: replyBy })];
  });
}

function dayMonth(date: string): string {
  const [year = '', month = '', day = ''] = date.split('-');
  return `${day}/${month}/${year}`;
}

/** Everything that is to be told today, of the whole organization, in the order in which it is told. Pure. */
export function mattersOf(facts: DigestFacts): readonly Matter[] {
  const all = [
    ...asked(facts),
    ...lateAnswers(facts),
    ...facts.obligations.map((obligation) => ofObligation(obligation, facts)),
    ...facts.directives.flatMap((directive) => ofDirective(directive, facts)),
  ];
  const rank = new Map(matterKinds.map((kind, index) => [kind, index]));
  const place = ({ kind }: Matter): number => rank.get(kind) ?? 0;
  const due = ({ dueAt }: Matter): number => dueAt ?? Infinity;
  return all.sort(
    (a, b) =>
      place(a) - place(b) ||
      (due(a) === due(b) ? 0 : due(a) - due(b)) ||
      (a.about.instance < b.about.instance ? -1 : 1),
  );
}
