import { parseArgs } from 'node:util';
import { makeFirstAdministrator } from '@dondoc/domain/accounts/first-administrator';
import { ownerConfiguration } from '@dondoc/domain/configuration/owner.configuration';
import { dondocDataSource } from '@dondoc/domain/persistence/data-source';
import { isRefusal } from '@dondoc/workflow';
import { CommandError, wrongUsage, type Command } from '../command';
import { organizations, withDatabase } from '../database';

const asked = {
  code: { type: 'string' },
  organization: { type: 'string' },
  zone: { type: 'string', default: 'Asia/Ho_Chi_Minh' },
  name: { type: 'string' },
  login: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

function needed(value: string | undefined, option: string): string {
  if (value === undefined) throw wrongUsage(`--${option} is missing`);
  return value;
}

export const accountCommand: Command = {
  name: 'account',
  summary: 'makes the first administrator of an organization',
  usage: `./dondoc account first-administrator --code CODE --organization NAME --name PERSON --login LOGIN
                                     [--zone Asia/Ho_Chi_Minh] [--json]

Makes the organization when it is new, and an administrator without a password, and prints a one-time secret. Within three
days the administrator sets a password with it: POST /api/v1/auth/set-up {"secret", "password"}. Asked again with the same
log-in before that, it prints a new secret in place of the old one. Refused once an administrator has a password.
Reads MIGRATE_DATABASE_URL (the owner of the tables).`,
  run: async ([what, ...args], terminal) => {
    if (what !== 'first-administrator') throw wrongUsage('the one thing to do is: first-administrator');
    const { values } = parseArgs({ args: [...args], options: asked });
    const wish = {
      code: needed(values.code, 'code'),
      organization: needed(values.organization, 'organization'),
      zone: values.zone,
      name: needed(values.name, 'name'),
      login: needed(values.login, 'login'),
    };
    const find = (code: string) =>
      withDatabase(
        async (source) => (await organizations(source)).find((one) => one.code === code)?.id ?? null,
      );
    const owner = dondocDataSource({
      url: ownerConfiguration().ownerUrl,
      application: 'dondoc first administrator',
      poolSize: 1,
    });
    await owner.initialize();
    try {
      const answer = await makeFirstAdministrator(owner, wish, find);
      if (isRefusal(answer)) {
        const field = answer.field === undefined ? '' : `--${answer.field}: `;
        throw new CommandError(`${field}${answer.vi} / ${answer.en}`);
      }
      const expires = new Date(answer.expiresAt).toISOString();
      if (values.json) terminal.line(JSON.stringify({ login: wish.login, ...answer, expiresAt: expires }));
      else {
        terminal.line(answer.secret);
        terminal.note(`Mã dùng một lần, đến ${expires}. / Good once, until ${expires}.`);
      }
    } finally {
      await owner.destroy();
    }
  },
};
