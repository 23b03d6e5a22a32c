import { parseArgs } from 'node:util';
import { resetAccount } from '@dondoc/domain/accounts/account-reset';
import { makeFirstAdministrator } from '@dondoc/domain/accounts/first-administrator';
import { type CallerRole } from '@dondoc/domain/accounts/caller';
import { makeServiceAccount } from '@dondoc/domain/accounts/service-account';
import { ownerConfiguration } from '@dondoc/domain/configuration/owner.configuration';
import { dondocDataSource } from '@dondoc/domain/persistence/data-source';
import { isRefusal } from '@dondoc/workflow';
import { type DataSource } from 'typeorm';
import { CommandError, wrongUsage, type Command } from '../command';
import { organizations, withDatabase } from '../database';

const asked = {
  code: { type: 'string' },
  organization: { type: 'string' },
  zone: { type: 'string', default: 'Asia/Ho_Chi_Minh' },
  name: { type: 'string' },
  login: { type: 'string' },
  role: { type: 'string' },
  agency: { type: 'string' },
  scopes: { type: 'string', default: 'read' },
  days: { type: 'string', default: '90' },
  json: { type: 'boolean', default: false },
} as const;

function needed(value: string | undefined, option: string): string {
  if (value === undefined) throw wrongUsage(`--${option} is missing`);
  return value;
}

const roles = ['clerk', 'staff', 'agency-head', 'vice-chair', 'chair', 'administrator'] as const;

function roleNamed(name: string): CallerRole {
  const role = roles.find((one) => one === name);
  if (!role) throw wrongUsage(`--role is one of ${roles.join(', ')}`);
  return role;
}

function days(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1 || number > 366) throw wrongUsage('--days is 1 to 366');
  return number;
}

type Asked = ReturnType<typeof parseArgs<{ options: typeof asked }>>['values'];

const find = (code: string) =>
  withDatabase(async (source) => (await organizations(source)).find((one) => one.code === code)?.id ?? null);

async function firstAdministrator(owner: DataSource, values: Asked) {
  const wish = {
    code: needed(values.code, 'code'),
    organization: needed(values.organization, 'organization'),
    zone: values.zone,
    name: needed(values.name, 'name'),
    login: needed(values.login, 'login'),
  };
  const answer = await makeFirstAdministrator(owner, wish, find);
  return isRefusal(answer) ? answer : { secret: answer.secret, expiresAt: answer.expiresAt };
}

async function service(owner: DataSource, values: Asked) {
  const code = needed(values.code, 'code');
  const organization = await find(code);
  if (organization === null) throw new CommandError(`there is no organization "${code}"`);
  const name = needed(values.name, 'name');
  const scopes = values.scopes.split(',').map((scope) => scope.trim());
  const answer = await makeServiceAccount(owner, organization, {
    login: needed(values.login, 'login'),
    name,
    role: roleNamed(needed(values.role, 'role')),
    agency: values.agency ?? null,
    token: { name, scopes, days: days(values.days) },
  });
  return isRefusal(answer) ? answer : { secret: answer.token, expiresAt: answer.expiresAt };
}

async function reset(owner: DataSource, values: Asked) {
  const code = needed(values.code, 'code');
  const organization = await find(code);
  if (organization === null) throw new CommandError(`there is no organization "${code}"`);
  const answer = await resetAccount(owner, organization, needed(values.login, 'login'));
  return isRefusal(answer) ? answer : { secret: answer.secret, expiresAt: answer.expiresAt };
}

const things = { 'first-administrator': firstAdministrator, service, reset } as const;
type Thing = keyof typeof things;

export const accountCommand: Command = {
  name: 'account',
  summary:
    'makes the first administrator of an organization and accounts of programs, and opens a locked-out account again',
  usage: `./dondoc account first-administrator --code CODE --organization NAME --name PERSON --login LOGIN
                                     [--zone Asia/Ho_Chi_Minh] [--json]
./dondoc account service --code CODE --name NAME --login LOGIN --role ROLE [--agency NAME] [--scopes read,act:files]
                         [--days 90] [--json]
./dondoc account reset --code CODE --login LOGIN [--json]

Makes the organization when it is new, and an administrator without a password, and prints a one-time secret. Within three
days the administrator sets a password with it: POST /api/v1/auth/set-up {"secret", "password"}. Asked again with the same
log-in before that, it prints a new secret in place of the old one. Refused once an administrator has a password.

"service" makes an account for a program, which holds a role like a person, and prints its token. Administrators make
further tokens of it and revoke them: /api/v1/auth/accounts/ID/tokens.

"reset" is the way back where no administrator can help, for example a sole administrator who has lost the password: password,
authenticator app, sessions and tokens of the account end at once, and it prints a one-time secret like the first one. It is
kept in the audit trail.

Reads MIGRATE_DATABASE_URL (the owner of the tables).`,
  run: async ([what, ...args], terminal) => {
    const run = Object.hasOwn(things, what ?? '') ? things[what as Thing] : undefined;
    if (!run) throw wrongUsage(`the things to do are: ${Object.keys(things).join(', ')}`);
    const { values } = parseArgs({ args: [...args], options: asked });
    const owner = dondocDataSource({
      url: ownerConfiguration().ownerUrl,
      application: 'dondoc account',
      poolSize: 1,
    });
    await owner.initialize();
    try {
      const answer = await run(owner, values);
      if (isRefusal(answer)) {
        const field = answer.field === undefined ? '' : `--${answer.field}: `;
        throw new CommandError(`${field}${answer.vi} / ${answer.en}`);
      }
      const expiresAt = new Date(answer.expiresAt).toISOString();
      if (values.json)
        terminal.line(JSON.stringify({ login: values.login, secret: answer.secret, expiresAt }));
      else {
        terminal.line(answer.secret);
        terminal.note(`Chỉ hiện một lần; đến ${expiresAt}. / Shown this once; until ${expiresAt}.`);
      }
    } finally {
      await owner.destroy();
    }
  },
};
