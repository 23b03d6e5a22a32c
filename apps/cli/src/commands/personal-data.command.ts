import { parseArgs } from 'node:util';
import { ownerConfiguration } from '@dondoc/domain/configuration/owner.configuration';
import { dondocDataSource } from '@dondoc/domain/persistence/data-source';
import { inOrganization } from '@dondoc/domain/persistence/organization-context';
import { erasePerson } from '@dondoc/domain/personal-data/erase-person';
import { personalDataOf } from '@dondoc/domain/personal-data/personal-data';
import { isRefusal } from '@dondoc/workflow';
import { type DataSource } from 'typeorm';
import { CommandError, wrongUsage, type Command } from '../command';
import { organizations, withDatabase } from '../database';
import { isId } from '../ids';

const asked = {
  code: { type: 'string' },
  person: { type: 'string' },
  login: { type: 'string' },
  reason: { type: 'string' },
  'keep-name': { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const;

type Asked = ReturnType<typeof parseArgs<{ options: typeof asked }>>['values'];

async function organizationNamed(code: string | undefined): Promise<string> {
  if (code === undefined) throw wrongUsage('--code is missing');
  const found = await withDatabase(organizations);
  const organization = found.find((one) => one.code === code);
  if (!organization) throw new CommandError(`there is no organization "${code}"`);
  return organization.id;
}

async function personNamed(
  owner: DataSource,
  organization: string,
  { person, login }: Asked,
): Promise<string> {
  if (person !== undefined && isId(person)) return person.toLowerCase();
  if (login === undefined) throw wrongUsage('--person ID or --login LOGIN says who is meant');
  const [account] = await inOrganization(owner, organization, (manager) =>
    manager.query<{ person: string }[]>(
      'select person_id as person from dondoc.account where organization_id = $1 and login = $2',
      [organization, login.trim().toLowerCase()],
    ),
  );
  if (!account) throw new CommandError(`the organization has no account "${login}"`);
  return account.person;
}

async function show(owner: DataSource, organization: string, person: string): Promise<object> {
  const data = await inOrganization(owner, organization, (manager) =>
    personalDataOf(manager, organization, person),
  );
  if (!data) throw new CommandError(`the directory of the organization knows nobody of the id ${person}`);
  return data;
}

async function erase(
  owner: DataSource,
  organization: string,
  person: string,
  values: Asked,
): Promise<object> {
  const { reason, 'keep-name': keepName } = values;
  if (!reason?.trim()) throw wrongUsage('--reason says why, for the audit trail');
  const answer = await erasePerson(owner, organization, person, { reason: reason.trim(), keepName });
  if (isRefusal(answer)) throw new CommandError(`${answer.vi} / ${answer.en}`);
  return answer;
}

const things = { show, erase } as const;

export const personalDataCommand: Command = {
  name: 'personal-data',
  summary: 'shows what is kept about a person, and erases it',
  usage: `./dondoc personal-data show --code CODE (--person ID | --login LOGIN) [--json]
./dondoc personal-data erase --code CODE (--person ID | --login LOGIN) --reason TEXT [--keep-name] [--json]

"show" prints one JSON object: all that is kept about the person, but secrets.

"erase" takes away name and address, log-ins, from where the person acted and what was mailed, once the person holds no office
any more. What was done in office stays as evidence under an id that leads to nobody, and "audit verify" still holds. With
--keep-name the name stays. Cannot be undone; files that were exported before are not reached.

Reads MIGRATE_DATABASE_URL (the owner of the tables).`,
  run: async ([what, ...args], terminal) => {
    const run = Object.hasOwn(things, what ?? '') ? things[what as keyof typeof things] : undefined;
    if (!run) throw wrongUsage(`the things to do are: ${Object.keys(things).join(', ')}`);
    const { values } = parseArgs({ args: [...args], options: asked });
    const organization = await organizationNamed(values.code);
    const owner = dondocDataSource({
      url: ownerConfiguration().ownerUrl,
      application: 'dondoc personal data',
      poolSize: 1,
    });
    await owner.initialize();
    try {
      const person = await personNamed(owner, organization, values);
      const answer = await run(owner, organization, person, values);
      terminal.line(JSON.stringify(answer, null, values.json ? undefined : 2));
    } finally {
      await owner.destroy();
    }
  },
};
