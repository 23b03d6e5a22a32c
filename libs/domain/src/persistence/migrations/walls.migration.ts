import { type MigrationInterface, type QueryRunner } from 'typeorm';

const ofOrganization = [
  'agency',
  'person',
  'office_held',
  'in_charge',
  'delegation',
  'account',
  'session',
  'access_refusal',
  'working_calendar',
  'working_rules',
  'stored_file',
  'document',
  'source',
  'draft',
  'directive',
  'escalation',
  'result_document',
  'inbox_message',
];

const inContext = `nullif(current_setting('dondoc.organization', true), '')::uuid`;
const loggingIn = `nullif(current_setting('dondoc.login', true), '')`;

/** What each process may do; nobody may delete what is evidence, and nobody but the owner changes the directory. */
const grants: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  dondoc_api: {
    select: ['organization', ...ofOrganization],
    insert: [
      'session',
      'access_refusal',
      'stored_file',
      'document',
      'source',
      'draft',
      'directive',
      'escalation',
      'result_document',
    ],
    update: ['draft', 'directive', 'escalation'],
    delete: ['session'],
  },
  dondoc_worker: {
    select: ['organization', ...ofOrganization.filter((table) => table !== 'account' && table !== 'session')],
    insert: ['escalation', 'inbox_message'],
    update: ['directive', 'escalation'],
  },
};

/** Rows of one organization only, for every role that is not a superuser, the owner included. */
export class Walls1795219200003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      grant usage on schema dondoc to dondoc_api, dondoc_worker;
      grant select on dondoc.migration to dondoc_api, dondoc_worker;
    `);
    const walled = [
      { table: 'organization', column: 'id' },
      ...ofOrganization.map((table) => ({ table, column: 'organization_id' })),
    ];
    for (const { table, column } of walled)
      await runner.query(`
        alter table dondoc.${table} enable row level security;
        alter table dondoc.${table} force row level security;
        create policy own_organization on dondoc.${table}
          using (${column} = ${inContext}) with check (${column} = ${inContext});
      `);
    // Before the organization is known, a log-in opens the one account that bears it, for reading.
    await runner.query(
      `create policy logging_in on dondoc.account for select to dondoc_api using (login = ${loggingIn})`,
    );
    // The worker and the operator's commands go from organization to organization.
    await runner.query(
      `create policy looking_for_work on dondoc.organization for select to dondoc_worker using (true)`,
    );
    for (const [role, allowed] of Object.entries(grants))
      for (const [act, tables] of Object.entries(allowed))
        await runner.query(
          `grant ${act} on ${tables.map((table) => `dondoc.${table}`).join(', ')} to ${role}`,
        );
    // A message is marked as read by its recipient; nothing else of it ever changes.
    await runner.query(`grant update (read_at) on dondoc.inbox_message to dondoc_api`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop policy logging_in on dondoc.account;
      drop policy looking_for_work on dondoc.organization;
    `);
    for (const table of ['organization', ...ofOrganization])
      await runner.query(`
        drop policy own_organization on dondoc.${table};
        alter table dondoc.${table} no force row level security;
        alter table dondoc.${table} disable row level security;
        revoke all on dondoc.${table} from dondoc_api, dondoc_worker;
      `);
    await runner.query(`
      revoke select on dondoc.migration from dondoc_api, dondoc_worker;
      revoke usage on schema dondoc from dondoc_api, dondoc_worker`);
  }
}
