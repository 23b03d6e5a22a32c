import { type Bilingual, type Instant } from '@dondoc/workflow';
import { resolveAudience, type Audience, type AudienceFacts } from '../../directory/audience';
import { type Directory } from '../../directory/directory';
import { holdersOf } from '../../directory/offices';
import { remainingWords } from '../../explanation/remaining';
import { deriveLateness, type LatenessFacts } from '../../lifecycles/lateness';
import { type WorkingCalendar } from '../../working-time/working-calendar';
import { dateAt, zoneNamed } from '../../working-time/zone';
import { type DigestSection } from './mail-content';
import { oneLine } from './plain-text';

/** A directive that has not ended. */
export interface OpenDirective extends AudienceFacts, LatenessFacts {
  readonly id: string;
  /** "12/TB-UBND#3"; null where its source has no number. */
  readonly name: string | null;
  readonly text: string;
  readonly leadName: string;
}

/** An escalation that waits for a leader. */
export interface WaitingEscalation {
  readonly directive: string;
  readonly recipients: readonly string[];
  readonly acknowledged: boolean;
}

export interface DigestFacts {
  readonly directives: readonly OpenDirective[];
  readonly escalations: readonly WaitingEscalation[];
  readonly directory: Directory;
  readonly calendar: WorkingCalendar;
  readonly now: Instant;
}

/** As many of each as a person reads; the others are counted. */
const LISTED = 20;

const sections = ['awaiting', 'overdue', 'near-due'] as const;
type Section = (typeof sections)[number];

const titles: Readonly<Record<Section, Bilingual>> = {
  awaiting: { vi: 'Chờ ông/bà xử lý', en: 'Waiting for you' },
  overdue: { vi: 'Quá hạn', en: 'Overdue' },
  'near-due': { vi: 'Sắp đến hạn', en: 'Near due' },
};

/** For the meeting: of the whole organization. */
const meetingTitles: Readonly<Record<'overdue' | 'near-due', Bilingual>> = {
  overdue: { vi: 'Toàn đơn vị: quá hạn', en: 'The whole organization: overdue' },
  'near-due': { vi: 'Toàn đơn vị: sắp đến hạn', en: 'The whole organization: near due' },
};

interface Entry {
  readonly directive: OpenDirective;
  readonly note: Bilingual;
}

const followers: readonly Audience[] = ['lead-staff', 'lead-head', 'tracking-officer'];

/** What of a directive waits for somebody's act, and whose. */
function awaited(
  directive: OpenDirective,
): { readonly to: readonly Audience[]; readonly note: Bilingual } | null {
  switch (directive.work) {
    case 'assigned':
      return { to: ['lead-staff', 'lead-head'], note: { vi: 'chờ tiếp nhận', en: 'waits to be accepted' } };
    case 'returned':
      return {
        to: ['tracking-officer'],
        note: { vi: 'bị trả lại, chờ giao lại', en: 'was returned; waits for a lead' },
      };
    case 'awaiting-head':
      return {
        to: ['lead-head'],
        note: { vi: 'báo cáo chờ thủ trưởng duyệt', en: 'its report waits for the head' },
      };
    case 'reported':
      return { to: ['tracking-officer'], note: { vi: 'chờ xác nhận kết quả', en: 'waits to be verified' } };
    case 'in-progress':
      return directive.deadline === null
        ? { to: ['tracking-officer'], note: { vi: 'chưa có hạn', en: 'has no deadline yet' } }
        : null;
    default:
      return null;
  }
}

/**
 * Everybody's digest of one day: what waits for them, what is overdue and what is near due of what is theirs. Whoever has
 * nothing gets none. People are found as for any message: the delegate, or one level up where nobody holds the role. Pure.
 */
export function dailyDigests(facts: DigestFacts): ReadonlyMap<string, readonly DigestSection[]> {
  const { directives, escalations, directory, calendar, now } = facts;
  const found = new Map<string, Record<Section, Entry[]>>();
  const add = (person: string, section: Section, entry: Entry): void => {
    const own = found.get(person) ?? { awaiting: [], overdue: [], 'near-due': [] };
    found.set(person, own);
    const isThere = own[section].some(({ directive }) => directive.id === entry.directive.id);
    if (!isThere) own[section].push(entry);
  };
  const known = new Map<string, readonly string[]>();
  const reached = (audience: Audience, directive: OpenDirective): readonly string[] => {
    const { lead, assigningLeader, trackingOfficer, field } = directive;
    const key = [audience, lead, assigningLeader, trackingOfficer, field].join('/');
    const people =
      known.get(key) ??
      resolveAudience(directory, audience, directive, now, calendar.zone).map(({ person }) => person);
    known.set(key, people);
    return people;
  };
  const tell = (to: readonly Audience[], section: Section, entry: Entry): void => {
    for (const audience of to)
      for (const person of reached(audience, entry.directive)) add(person, section, entry);
  };
  const byId = new Map(directives.map((directive) => [directive.id, directive]));
  for (const { directive: id, recipients, acknowledged } of escalations) {
    const directive = byId.get(id);
    if (!directive) continue;
    const note = acknowledged
      ? { vi: 'đã nhận, chờ cho ý kiến', en: 'acknowledged; waits for a decision' }
      : { vi: 'trình xem xét, cho ý kiến', en: 'put before you for a decision' };
    for (const person of recipients) add(person, 'awaiting', { directive, note });
  }
  for (const directive of byDeadline(directives)) {
    const waits = awaited(directive);
    if (waits) tell(waits.to, 'awaiting', { directive, note: waits.note });
    const { time } = deriveLateness(directive, now);
    if (directive.deadline === null || (time !== 'overdue' && time !== 'near-due')) continue;
    const note = remainingWords(calendar, now, directive.deadline);
    tell(time === 'overdue' ? [...followers, 'leader-in-charge'] : followers, time, { directive, note });
  }
  return new Map(
    [...found].map(([person, own]) => [
      person,
      sections.filter((name) => own[name].length > 0).map((name) => sectionOf(titles[name], own[name])),
    ]),
  );
}

/**
 * The digest for the meeting: everything overdue and near due in the organization, for those who sit in it (leaders, the
 * Chief of Office, clerks). Nobody gets it when there is nothing. Pure.
 */
export function weeklyDigest(facts: DigestFacts): {
  readonly people: readonly string[];
  readonly sections: readonly DigestSection[];
} {
  const { directives, directory, calendar, now } = facts;
  const of = (wanted: Section): Entry[] =>
    byDeadline(directives)
      .filter((directive) => deriveLateness(directive, now).time === wanted)
      .map((directive) => {
        const { vi, en } = remainingWords(calendar, now, directive.deadline ?? now);
        return {
          directive,
          note: { vi: `${directive.leadName}, ${vi}`, en: `${directive.leadName}, ${en}` },
        };
      });
  const listed = (['overdue', 'near-due'] as const)
    .map((name) => ({ name, entries: of(name) }))
    .filter(({ entries }) => entries.length > 0)
    .map(({ name, entries }) => sectionOf(meetingTitles[name], entries));
  if (listed.length === 0) return { people: [], sections: [] };
  const date = dateAt(zoneNamed(calendar.zone), now);
  const held = (['chair', 'vice-chair', 'clerk'] as const).flatMap((role) =>
    holdersOf(directory, role, null, date),
  );
  const office = directory.agencies.filter(({ isOffice }) => isOffice);
  const chiefs = office.flatMap(({ id }) => holdersOf(directory, 'agency-head', id, date));
  return { people: [...new Set([...held, ...chiefs].map(({ person }) => person))], sections: listed };
}

const byDeadline = (directives: readonly OpenDirective[]): readonly OpenDirective[] =>
  [...directives].sort(
    (a, b) => (a.deadline ?? Infinity) - (b.deadline ?? Infinity) || (a.id < b.id ? -1 : 1),
  );

function sectionOf(title: Bilingual, entries: readonly Entry[]): DigestSection {
  return {
    title,
    items: entries.slice(0, LISTED).map(({ directive: { id, name, text }, note }) => ({
      directive: id,
      name,
      text: oneLine(text, 200),
      note,
    })),
    more: Math.max(0, entries.length - LISTED),
  };
}
