import { refusal, type Refusal } from '@dondoc/workflow';
import { type Directory } from '../directory/directory';
import { type ItemFields } from '../drafts/draft-item';
import { type DeadlineIntent } from '../lifecycles/deadline-plan';
import { type ScenarioItem } from './scenario';

/** Log-ins and abbreviations, as scenarios write them, to the ids of a directory. A name nobody bears stays as it is. */
export class ScenarioNames {
  constructor(private readonly directory: Directory) {}

  person(login: string): string {
    return this.directory.people.find((person) => (person.login ?? person.id) === login)?.id ?? login;
  }

  readonly agency = (abbreviation: string): string =>
    this.directory.agencies.find((agency) => agency.abbreviation === abbreviation)?.id ?? abbreviation;

  fields(given: ScenarioItem): Partial<ItemFields> {
    const fields = {
      ...given,
      ...(given.lead && { lead: given.lead.map(this.agency) }),
      ...(given.coordinating && { coordinating: given.coordinating.map(this.agency) }),
    };
    return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  }
}

/** The answer to a name that the scenario has not made. */
export function unknown(named: string, field: string): Refusal {
  return refusal(
    `unknown-${field}`,
    { vi: `Không tìm thấy "${named}".`, en: `There is no "${named}".` },
    { field },
  );
}

interface ScenarioDeadline {
  readonly date: string;
  readonly time?: string | undefined;
  readonly phrase?: string | undefined;
}

export function deadlineOf(given: ScenarioDeadline): DeadlineIntent;
export function deadlineOf(given: ScenarioDeadline | undefined): DeadlineIntent | null;
export function deadlineOf(given: ScenarioDeadline | undefined): DeadlineIntent | null {
  return given === undefined
    ? null
    : { date: given.date, time: given.time ?? null, phrase: given.phrase ?? null };
}
