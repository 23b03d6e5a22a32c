import { type Bilingual } from '@dondoc/workflow';
import { resolveAudience, type Audience } from '../../directory/audience';
import { delegateOf, holdersOf, isInOffice } from '../../directory/offices';
import { dateAt, zoneNamed } from '../../working-time/zone';
import { matterKinds, mattersOf, type Matter, type MatterKind } from './digest-matters';
import { type DigestFacts, type DigestSubject } from './digest-subjects';
import { type DigestItem, type DigestSection } from './mail-content';
import { oneLine } from './plain-text';

const ownTitles = {
  awaiting: { vi: 'Chờ ông/bà xử lý', en: 'Waiting for you' },
  overdue: { vi: 'Quá hạn', en: 'Overdue' },
  'near-due': { vi: 'Sắp đến hạn', en: 'Near due' },
} satisfies Readonly<Record<string, Bilingual>>;
type OwnSection = keyof typeof ownTitles;
const ownSections: readonly OwnSection[] = ['awaiting', 'overdue', 'near-due'];

/** Of the whole organization; what is inside an agency is not for the meeting. */
const meetingTitles: Readonly<Record<Exclude<MatterKind, 'in-hand'>, Bilingual>> = {
  overdue: { vi: 'Toàn đơn vị: quá hạn', en: 'The whole organization: overdue' },
  'near-due': { vi: 'Toàn đơn vị: sắp đến hạn', en: 'The whole organization: near due' },
  escalation: { vi: 'Đã trình, chưa có ý kiến', en: 'Escalated, not decided' },
  'extension-request': { vi: 'Đề nghị gia hạn chờ quyết định', en: 'Requests for more time' },
  resumption: { vi: 'Tạm dừng, đề nghị tiếp tục', en: 'Suspended, to go on' },
  explanation: { vi: 'Phải giải trình', en: 'Explanations due' },
  consultation: { vi: 'Chậm cho ý kiến phối hợp', en: 'Opinions that are late' },
  'periodic-report': { vi: 'Báo cáo định kỳ', en: 'Periodic reports' },
  'no-deadline': { vi: 'Chưa có hạn', en: 'Without a deadline' },
  verification: { vi: 'Báo cáo chờ xác nhận', en: 'Reports that wait to be verified' },
};
const meetingOrder = [
  'overdue',
  'near-due',
  ...matterKinds.filter((kind) => kind !== 'overdue' && kind !== 'near-due'),
] as const;

/** What one person is told of one directive: in one place, however much there is to say. */
interface OwnEntry {
  readonly section: OwnSection;
  readonly subject: DigestSubject;
  readonly matters: Matter[];
  readonly notes: Bilingual[];
}

/** As many of each as a person reads in a message; the others are counted. */
export const LISTED = 20;

const inPlaceOf = ({ vi, en }: Bilingual, reason: Bilingual | null): Bilingual =>
  reason === null ? { vi, en } : { vi: `${vi} — ${reason.vi}`, en: `${en} — ${reason.en}` };

interface Told {
  readonly person: string;
  readonly reason: Bilingual | null;
}

/** Finds people as any message does: the delegate, or one level up where nobody holds the role, with the reason. */
function reader({ directory, calendar, now }: DigestFacts): (matter: Matter) => readonly Told[] {
  const known = new Map<string, readonly Told[]>();
  const date = dateAt(zoneNamed(calendar.zone), now);
  const holding = (audience: Audience, { of }: Matter): readonly Told[] => {
    const { lead, coordinating, assignedPerson, assigningLeader, trackingOfficer, field } = of;
    const key = JSON.stringify([
      ...[audience, lead, assignedPerson, assigningLeader, trackingOfficer, field],
      ...(audience.startsWith('coordinating') ? coordinating : []),
    ]);
    const found = known.get(key) ?? resolveAudience(directory, audience, of, now, calendar.zone);
    known.set(key, found);
    return found;
  };
  const named = (person: string, matter: Matter): readonly Told[] => {
    // Whoever has left is not told; what waited for them waits for the chair.
    if (!isInOffice(directory, person, date)) return holding('chair', matter);
    const delegate = delegateOf(directory, person, date);
    if (delegate === null) return [{ person, reason: null }];
    const name = directory.people.find(({ id }) => id === person)?.name ?? person;
    const reason = { vi: `Nhận thay ${name} theo ủy quyền`, en: `In place of ${name}, by delegation` };
    return [{ person: delegate, reason }];
  };
  return (matter) => [
    ...matter.persons.flatMap((person) => named(person, matter)),
    ...matter.to.flatMap((audience) => holding(audience, matter)),
  ];
}

function ownEntries(facts: DigestFacts, matters: readonly Matter[]): ReadonlyMap<string, OwnEntry[]> {
  const people = new Map<string, Map<string, OwnEntry>>();
  const readersOf = reader(facts);
  for (const matter of matters) {
    const { kind, subject, note } = matter;
    const section = kind === 'overdue' || kind === 'near-due' ? kind : 'awaiting';
    for (const { person, reason } of readersOf(matter)) {
      const own = people.get(person) ?? new Map<string, OwnEntry>();
      people.set(person, own);
      const entry = own.get(subject.id) ?? { section, subject, matters: [], notes: [] };
      own.set(subject.id, entry);
      if (entry.matters.includes(matter)) continue;
      entry.matters.push(matter);
      const said = inPlaceOf(note, reason);
      if (!entry.notes.some(({ vi }) => vi === said.vi)) entry.notes.push(said);
    }
  }
  return new Map([...people].map(([person, own]) => [person, [...own.values()]]));
}

const joined = (notes: readonly Bilingual[]): Bilingual => ({
  vi: notes.map(({ vi }) => vi).join('; '),
  en: notes.map(({ en }) => en).join('; '),
});

function itemOf(
  { subject, matters, notes }: Pick<OwnEntry, 'subject' | 'matters' | 'notes'>,
  agency: string | null,
): DigestItem {
  const [only, another] = matters;
  const isStanding = matters.some(({ about }) => about.lifecycle === 'reporting-obligation');
  const directive = { lifecycle: 'directive', instance: subject.id };
  const due = matters.flatMap(({ dueAt }) => dueAt ?? []);
  return {
    about: only && (!another || isStanding) ? only.about : directive,
    directive: isStanding ? null : subject.id,
    name: subject.name,
    text: oneLine(subject.text, 200),
    agency,
    note: joined(notes),
    dueAt: due.length === 0 ? null : new Date(Math.min(...due)).toISOString(),
  };
}

function ownSectionsOf(entries: readonly OwnEntry[], most: number): readonly DigestSection[] {
  return ownSections.flatMap((kind) => {
    const of = entries.filter(({ section }) => section === kind);
    if (of.length === 0) return [];
    const items = of.slice(0, most).map((entry) => itemOf(entry, null));
    return [{ kind, title: ownTitles[kind], items, more: of.length - items.length }];
  });
}

const besides: Bilingual = { vi: ', ngoài các việc nêu trên', en: ', besides those above' };

/**
 * The sections of the meeting, without what `said` holds already.
 * @param most listed in each section
 */
function meetingSectionsOf(
  matters: readonly Matter[],
  most: number,
  said: ReadonlySet<Matter> = new Set(),
): readonly DigestSection[] {
  return meetingOrder.flatMap((kind) => {
    if (kind === 'in-hand') return [];
    const all = matters.filter((matter) => matter.kind === kind && matter.meeting);
    const of = all.filter((matter) => !said.has(matter));
    if (of.length === 0) return [];
    const { vi, en } = meetingTitles[kind];
    const title = of.length < all.length ? { vi: vi + besides.vi, en: en + besides.en } : { vi, en };
    const items = of
      .slice(0, most)
      .map((matter) =>
        itemOf({ subject: matter.subject, matters: [matter], notes: [matter.note] }, matter.agency),
      );
    return [{ kind, title, items, more: of.length - items.length }];
  });
}

/** Leaders, the Chief of Office and clerks sit in the meeting. */
function meetingPeople({ directory, calendar, now }: DigestFacts): readonly string[] {
  const date = dateAt(zoneNamed(calendar.zone), now);
  const held = (['chair', 'vice-chair', 'clerk'] as const).flatMap((role) =>
    holdersOf(directory, role, null, date),
  );
  const offices = directory.agencies.filter(({ isOffice }) => isOffice);
  const chiefs = offices.flatMap(({ id }) => holdersOf(directory, 'agency-head', id, date));
  return [...new Set([...held, ...chiefs].map(({ person }) => person))];
}

/** One person's digest of now: what waits for them, and what is overdue and near due of what is theirs. Pure. */
export function ownDigest(facts: DigestFacts, person: string, most: number): readonly DigestSection[] {
  return ownSectionsOf(ownEntries(facts, mattersOf(facts)).get(person) ?? [], most);
}

/** The digest for the meeting as it is now: everything of the whole organization. Pure. */
export function meetingDigest(facts: DigestFacts, most: number): readonly DigestSection[] {
  return meetingSectionsOf(mattersOf(facts), most);
}

/**
 * Everybody's digest: each directive once, with all there is to say of it; for those who sit in the meeting, on its day,
 * the whole organization after it, without what their own part has said. Whoever has nothing gets none. Pure.
 */
export function writtenDigests(
  facts: DigestFacts,
  { daily, weekly }: { readonly daily: boolean; readonly weekly: boolean },
): ReadonlyMap<string, { readonly meeting: boolean; readonly sections: readonly DigestSection[] }> {
  const matters = mattersOf(facts);
  const own = daily ? ownEntries(facts, matters) : new Map<string, OwnEntry[]>();
  const inMeeting = weekly ? meetingPeople(facts) : [];
  const digests = new Map<string, { meeting: boolean; sections: readonly DigestSection[] }>();
  for (const person of new Set([...own.keys(), ...inMeeting])) {
    const entries = own.get(person) ?? [];
    const said = new Set(entries.flatMap((entry) => entry.matters));
    const meeting = inMeeting.includes(person);
    const sections = [
      ...ownSectionsOf(entries, LISTED),
      ...(meeting ? meetingSectionsOf(matters, LISTED, said) : []),
    ];
    if (sections.length > 0) digests.set(person, { meeting, sections });
  }
  return digests;
}
