import { refusal, type Refusal } from '@dondoc/workflow';
import { type CivilDate } from '../working-time/civil-date';
import { type Agency, type Directory } from './directory';

export function existsOn(agency: Agency, date: CivilDate): boolean {
  return agency.validFrom <= date && (agency.validTo === null || date <= agency.validTo);
}

/** The agency that does this one's work on a date: itself, or the end of its line of successors. Null when none is left. */
export function agencyInForce(
  directory: Pick<Directory, 'agencies'>,
  id: string,
  date: CivilDate,
): Agency | null {
  const seen = new Set<string>();
  for (let next: string | null = id; next !== null && !seen.has(next);) {
    seen.add(next);
    const wanted: string = next;
    const agency = directory.agencies.find((candidate) => candidate.id === wanted);
    if (!agency) return null;
    if (existsOn(agency, date)) return agency;
    next = agency.successor;
  }
  return null;
}

/** The agency of this id as it stands on a date, or the reason why nothing can be given to it. */
export function requireAgency(
  directory: Directory,
  id: string,
  date: CivilDate,
  field: string,
): Agency | Refusal {
  const agency = directory.agencies.find((candidate) => candidate.id === id);
  if (!agency)
    return refusal(
      'unknown-agency',
      {
        vi: `Không có cơ quan "${id}" trong danh bạ của đơn vị.`,
        en: `There is no agency "${id}" in this organization's directory.`,
      },
      { field },
    );
  if (existsOn(agency, date)) return agency;
  const successor = agencyInForce(directory, id, date);
  return refusal(
    'agency-not-in-force',
    successor
      ? {
          vi: `${agency.name} không còn hoạt động; cơ quan kế thừa là ${successor.name}.`,
          en: `${agency.name} no longer exists; its successor is ${successor.name}.`,
        }
      : {
          vi: `${agency.name} không hoạt động vào ngày ${date}.`,
          en: `${agency.name} does not exist on ${date}.`,
        },
    { field },
  );
}

/** How a name in a text compares: without case, accents of composition, punctuation and runs of spaces. */
export function comparableName(name: string): string {
  return name
    .normalize('NFC')
    .toLocaleLowerCase('vi')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/**
 * The agencies that a name written in a text may mean on a date: by name, alias or abbreviation. One that is abolished
 * stands for its successor. Empty: unknown; several: a person must choose.
 */
export function agenciesNamed(directory: Directory, name: string, date: CivilDate): readonly Agency[] {
  const wanted = comparableName(name);
  if (wanted === '') return [];
  const found = directory.agencies
    .filter((agency) =>
      [agency.name, agency.abbreviation ?? '', ...agency.aliases].some(
        (known) => comparableName(known) === wanted,
      ),
    )
    .map((agency) => agencyInForce(directory, agency.id, date))
    .filter((agency) => agency !== null);
  return [...new Map(found.map((agency) => [agency.id, agency])).values()];
}
