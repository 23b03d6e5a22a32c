import { agenciesNamed, agencyInForce, comparableName, existsOn } from '../directory/agencies';
import { type Directory } from '../directory/directory';
import { matchAgency } from '../intake/grammar/agency-names';
import { type DraftedDirective, type IntakeResult } from '../intake/grammar/intake-result';
import { type CivilDate } from '../working-time/civil-date';
import { blankItem, type DraftItem } from './draft-item';

/** The person of the directory whom a document's own spelling means; null when nobody or several. */
export function personNamed(directory: Directory, name: string | null): string | null {
  if (name === null) return null;
  const wanted = comparableName(name);
  const found = directory.people.filter((person) => comparableName(person.name) === wanted);
  return found.length === 1 ? (found[0]?.id ?? null) : null;
}

/** By what clerks have taught, by a name of the directory (an abolished agency stands for its successor), else by a spelling that fits only one. */
function agenciesMeant(
  directory: Directory,
  name: string,
  date: CivilDate,
  aliases: ReadonlyMap<string, string>,
): readonly string[] {
  const learned = aliases.get(comparableName(name));
  const known = learned === undefined ? null : agencyInForce(directory, learned, date);
  if (known !== null) return [known.id];
  const named = agenciesNamed(directory, name, date);
  if (named.length > 0) return named.map(({ id }) => id);
  const inForce = directory.agencies
    .filter((agency) => existsOn(agency, date))
    .map(({ abbreviation, ...agency }) => ({ ...agency, ...(abbreviation !== null && { abbreviation }) }));
  const match = matchAgency(name, inForce);
  return match.kind === 'match' ? [match.agencyId] : [];
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
  const idsOf = (names: readonly string[]) => {
    const found = names.map((name) => agenciesMeant(directory, name, date, aliases));
    const unknown = names.filter((_, index) => found[index]?.length !== 1);
    const ids = found.flatMap((agencies) => (agencies.length === 1 ? agencies : []));
    return { ids: [...new Set(ids)], unknown };
  };
  return reading.directives.map((directive: DraftedDirective, index) => {
    const lead = idsOf(directive.lead);
    const coordinating = idsOf(directive.coordinating);
    const unknown = [...lead.unknown, ...coordinating.unknown];
    return {
      ...blankItem,
      id: String(index + 1),
      text: directive.text,
      sectionRef: directive.sectionRef === '' ? null : directive.sectionRef,
      // One known among several named leads is not yet a choice.
      lead: lead.unknown.length > 0 && lead.ids.length === 1 ? [] : lead.ids,
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
    };
  });
}
