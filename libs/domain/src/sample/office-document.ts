import { refusal, type Refusal } from '@dondoc/workflow';
import { parse } from 'yaml';
import { z } from 'zod';
import { roles, type Directory } from '../directory/directory';
import { parseCivilDate } from '../working-time/civil-date';

/** An office as one document: its directory, written by hand. Ids are readable; a database gives its own. */
export interface Office {
  readonly name: string;
  /** Local time 'YYYY-MM-DD HH:MM' at which the sandbox clock begins. */
  readonly startsAt: string;
  readonly directory: Directory;
}

const id = z.string().regex(/^[a-z][a-z0-9-]*$/);
const date = z.string().refine((text) => parseCivilDate(text) !== null, 'not a date YYYY-MM-DD');

/** Where a date is left out, the entry holds from the day on which communes took over from districts. */
const FROM = '2025-07-01';

const dated = { from: date.default(FROM), to: date.nullable().default(null) };

const schema = z.strictObject({
  name: z.string().min(1),
  startsAt: z.string().regex(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}$/),
  agencies: z.array(
    z.strictObject({
      id,
      name: z.string().min(1),
      abbreviation: z.string().min(1).nullable().default(null),
      aliases: z.array(z.string().min(1)).default([]),
      parent: id.nullable().default(null),
      validFrom: date.default(FROM),
      validTo: date.nullable().default(null),
      successor: id.nullable().default(null),
      isOffice: z.boolean().default(false),
    }),
  ),
  people: z.array(
    z.strictObject({
      login: id,
      name: z.string().min(1),
      email: z.string().nullable().default(null),
      holds: z.array(z.strictObject({ role: z.enum(roles), agency: id.nullable().default(null), ...dated })),
    }),
  ),
  inCharge: z.array(
    z.strictObject({
      leader: id,
      agency: id.nullable().default(null),
      field: z.string().min(1).nullable().default(null),
      ...dated,
    }),
  ),
  delegations: z.array(z.strictObject({ from: id, to: id, start: date, end: date })).default([]),
});

/** Reads an office document (YAML). A person's id is their log-in. Refuses what names nobody or no agency. */
export function parseOffice(text: string): Office | Refusal {
  const invalid = (field: string, en: string) =>
    refusal(
      'invalid-office',
      { vi: `Tệp đơn vị sai ở ${field}: ${en}`, en: `The office file is wrong at ${field}: ${en}` },
      { field },
    );
  let data: unknown;
  try {
    data = parse(text);
  } catch (error) {
    return invalid('yaml', error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error));
  }
  const result = schema.safeParse(data);
  if (!result.success) {
    const [issue] = result.error.issues;
    return invalid(issue?.path.join('.') ?? '', issue?.message ?? '');
  }
  const { name, startsAt, agencies, people, inCharge, delegations } = result.data;
  const known = new Set(agencies.map((agency) => agency.id));
  const logins = new Set(people.map((person) => person.login));
  const named = [
    ...agencies.flatMap((agency) => [agency.parent, agency.successor]),
    ...people.flatMap((person) => person.holds.map(({ agency }) => agency)),
    ...inCharge.map(({ agency }) => agency),
  ];
  const stranger = named.find((agency) => agency !== null && !known.has(agency));
  if (stranger) return invalid('agencies', `there is no agency "${stranger}"`);
  const nobody = [
    ...inCharge.map(({ leader }) => leader),
    ...delegations.flatMap(({ from, to }) => [from, to]),
  ].find((login) => !logins.has(login));
  if (nobody) return invalid('people', `there is nobody with the log-in "${nobody}"`);
  return {
    name,
    startsAt,
    directory: {
      agencies,
      people: people.map((person) => ({
        id: person.login,
        login: person.login,
        name: person.name,
        email: person.email,
      })),
      offices: people.flatMap(({ login, holds }) => holds.map((held) => ({ person: login, ...held }))),
      inCharge,
      delegations,
    },
  };
}
