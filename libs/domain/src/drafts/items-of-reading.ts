import { agenciesNamed, agencyInForce, comparableName, existsOn } from '../directory/agencies';
import { type Directory } from '../directory/directory';
import { matchAgency } from '../intake/grammar/agency-names';
import { type DraftedDirective, type IntakeResult } from '../intake/grammar/intake-result';
import { type CivilDate } from '../working-time/civil-date';
import { blankItem, type DraftItem, type OpenName } from './draft-item';

/** The person of the directory whom a document's own spelling means; null when nobody or several. */
export function personNamed(directory: Directory, name: string | null): string | null {
  if (name === null) return null;
  const wanted = comparableName(name);
  const found = directory.people.filter((person) => comparableName(person.name) === wanted);
  return found.length === 1 ? (found[0]?.id ?? null) : null;
}

interface Meant {
  readonly ids: readonly string[];
  /** Where it is not sure which one: those that a person may choose from. */
  readonly candidates: readonly string[];
}

/** By what clerks have taught, by a name of the directory (an abolished agency stands for its successor), else by a spelling that fits only one. */
function agenciesMeant(
  directory: Directory,
  name: string,
  date: CivilDate,
  aliases: ReadonlyMap<string, string>,
): Meant {
  const learned = aliases.get(comparableName(name));
  const known = learned === undefined ? null : agencyInForce(directory, learned, date);
  if (known !== null) return { ids: [known.id], candidates: [] };
  const named = agenciesNamed(directory, name, date);
  const ids = named.map(({ id }) => id);
  if (ids.length > 0) return { ids, candidates: ids };
  const inForce = directory.agencies
    .filter((agency) => existsOn(agency, date))
    .map(({ abbreviation, ...agency }) => ({ ...agency, ...(abbreviation !== null && { abbreviation }) }));
  const match = matchAgency(name, inForce);
  if (match.kind === 'match') return { ids: [match.agencyId], candidates: [] };
  return {
    ids: [],
    candidates: match.kind === 'none' ? [] : match.candidates.map(({ agencyId }) => agencyId),
  };
}

/**
 * The items that a clerk gets to correct: names of agencies are looked up in the directory of the day. A name that no
 * agency or several bear stays a name, and the item waits for the clerk's choice.
 */
export function itemsOfReading(
  reading: IntakeResult,
  directory: Directory,
  date: CivilDate,
  trackingOfficer: string,
  aliases: ReadonlyMap<string, string> = new Map(),
): readonly DraftItem[] {
  const assigningLeader = personNamed(directory, reading.document.chair);
  const idsOf = (names: readonly string[], role: OpenName['role']) => {
    const found = names.map((name) => ({ name, ...agenciesMeant(directory, name, date, aliases) }));
    const [known, others] = [
      found.filter(({ ids }) => ids.length === 1),
      found.filter(({ ids }) => ids.length !== 1),
    ];
    return {
      ids: [...new Set(known.flatMap(({ ids }) => ids))],
      known: known.map(({ name, ids }): OpenName => ({ role, name, candidates: ids })),
      unknown: others.map(({ name, candidates }): OpenName => ({ role, name, candidates })),
    };
  };
  return reading.directives.map((directive: DraftedDirective, index) => {
    const lead = idsOf(directive.lead, 'lead');
    const coordinating = idsOf(directive.coordinating, 'coordinating');
    // One known among several named leads is not yet a choice.
    const isChoice = lead.unknown.length === 0 || lead.ids.length !== 1;
    const unknown = [...(isChoice ? [] : lead.known), ...lead.unknown, ...coordinating.unknown];
    return {
      ...blankItem,
      id: String(index + 1),
      text: directive.text,
      sectionRef: directive.sectionRef === '' ? null : directive.sectionRef,
      lead: isChoice ? lead.ids : [],
      leadNames: directive.lead,
      coordinating: coordinating.ids.filter((agency) => !lead.ids.includes(agency)),
      coordinatingNames: directive.coordinating,
      kind: directive.kind,
      assigningLeader,
      trackingOfficer,
      deadline:
        directive.deadline === null
          ? null
          : { phrase: directive.deadline.text, date: directive.deadline.date },
      tracked: directive.kind !== 'guidance',
      confidence: directive.confidence,
      flags: unknown.length > 0 ? [...directive.flags, 'unknown-agency'] : directive.flags,
      start: directive.start,
      end: directive.end,
      mentions: directive.mentions,
      openNames: unknown,
    };
  });
}
