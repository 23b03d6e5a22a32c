import { agenciesNamed } from '../directory/agencies';
import { type Agency, type Directory } from '../directory/directory';
import { type IntakeResult } from '../intake/grammar/intake-result';
import { type CivilDate } from '../working-time/civil-date';
import { dateAt, zoneNamed, type Instant } from '../working-time/zone';
import { wallClock } from './timeline';
import { type DraftedNotice } from './cast';
import { type Act, type ScenarioItem } from './scenario';

/** What is played when nobody wrote a scenario. */
export interface UnattendedPlay {
  readonly office: Directory;
  readonly acts: readonly Act[];
  /** Names that the directory does not have; each got an agency of that name for this play only. */
  readonly provisional: readonly string[];
}

/** The office as if it had always been there: a play may lie years before the sample office. */
function timeless(office: Directory, since: CivilDate): Directory {
  const earlier = (date: CivilDate): CivilDate => (date < since ? date : since);
  return {
    ...office,
    agencies: office.agencies.map((agency) =>
      agency.validTo === null ? { ...agency, validFrom: earlier(agency.validFrom) } : agency,
    ),
    offices: office.offices.map((held) => ({ ...held, from: earlier(held.from) })),
    inCharge: office.inCharge.map((entry) => ({ ...entry, from: earlier(entry.from) })),
  };
}

function provisionalAgency(name: string, validFrom: CivilDate): Agency {
  return {
    id: `?${name}`,
    name,
    aliases: [],
    abbreviation: `?${name}`,
    parent: null,
    validFrom,
    validTo: null,
    successor: null,
    isOffice: false,
  };
}

/** When a notice was issued, or else when the meeting was. */
const dateOf = ({ document }: IntakeResult): CivilDate | null => document.issuedOn ?? document.meetingOn;

/** 'YYYY-MM-DD HH:MM' on the office's wall. */
const localTime = (instant: Instant, zone: string): string =>
  wallClock(instant, zone).slice(0, 16).replace('T', ' ');

/**
 * Plays notices without people: every directive is confirmed as drafted when the play begins, or when its notice is
 * issued if that is later, and nobody does anything more. Several named leads become one directive each. A name that the
 * directory does not have becomes an agency without people ("?name"), so that its messages go one level up.
 */
export function unattendedPlay(
  notices: readonly DraftedNotice[],
  office: Directory,
  from: Instant,
  zone: string,
): UnattendedPlay {
  const clerk = office.offices.find(({ role }) => role === 'clerk')?.person ?? 'clerk';
  const by = office.people.find(({ id }) => id === clerk)?.login ?? clerk;
  const today = dateAt(zoneNamed(zone), from);
  const since = notices.reduce((first, { reading }) => {
    const dated = dateOf(reading);
    return dated !== null && dated < first ? dated : first;
  }, today);
  const directory = timeless(office, since);
  const provisional = new Map<string, Agency>();
  const abbreviationOf = (name: string): string => {
    const [known, ...others] = agenciesNamed(directory, name, since);
    if (known && others.length === 0) return known.abbreviation ?? known.id;
    const agency = provisional.get(name) ?? provisionalAgency(name, since);
    provisional.set(name, agency);
    return agency.abbreviation ?? agency.id;
  };
  const acts = notices.flatMap(({ file, reading }): Act[] => {
    const { number } = reading.document;
    const dated = dateOf(reading);
    const at = dated !== null && dated > today ? `${dated} 08:00` : localTime(from, zone);
    const document = number ?? file;
    const edits = reading.directives.map((drafted, index) => {
      const item = String(index + 1);
      const leads = [...new Set(drafted.lead.map(abbreviationOf))];
      const coordinating = [...new Set(drafted.coordinating.map(abbreviationOf))];
      if (drafted.kind === 'guidance' || leads.length === 0) return { op: 'drop' as const, item };
      // A day before the notice is a misreading: the words stay, and the clerk would have to set the day.
      const { text, date } = drafted.deadline ?? { text: null, date: null };
      const misread = date !== null && date < (dated ?? today);
      const more = misread ? { deadline: { phrase: text, date: null } } : {};
      const parts: ScenarioItem[] = leads.map((lead) => ({ lead: [lead], coordinating, ...more }));
      const [only, second] = parts;
      return second === undefined
        ? { op: 'edit' as const, item, set: only ?? {} }
        : { op: 'split' as const, item, parts };
    });
    return [
      { at, by, act: 'upload', notice: file },
      ...(edits.length > 0
        ? ([
            { at, by, act: 'correct', document, edits },
            { at, by, act: 'confirm', document },
          ] satisfies Act[])
        : []),
    ];
  });
  return {
    office: { ...directory, agencies: [...directory.agencies, ...provisional.values()] },
    acts: acts.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)),
    provisional: [...provisional.keys()],
  };
}
