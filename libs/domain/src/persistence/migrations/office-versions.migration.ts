import { type MigrationInterface, type QueryRunner } from 'typeorm';

const inContext = `nullif(current_setting('dondoc.organization', true), '')::uuid`;

/**
 * Versions of rules and calendars that people put in force: who, when, from which document, and what it changed. The
 * processes may add versions and read those of the organization above; nobody but the owner may change or delete one.
 */
export class OfficeVersions1795219200010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table dondoc.organization
        add column parent_id uuid,
        add column calendar_id text not null default 'sample',
        add constraint fk_organization_parent_id foreign key (parent_id) references dondoc.organization (id),
        add constraint ck_organization_parent check (parent_id <> id);
      alter table dondoc.organization alter column calendar_id set default 'main';

      alter table dondoc.working_rules
        add column document text,
        add column replaces integer,
        add column effect jsonb,
        add column note text,
        add column put_in_force_by_id uuid,
        add column put_in_force_at timestamptz(3),
        add constraint fk_working_rules_put_in_force_by_id
          foreign key (organization_id, put_in_force_by_id) references dondoc.person (organization_id, id);

      alter table dondoc.working_calendar
        add column id text not null default 'sample',
        add column document jsonb,
        add column note text,
        add column put_in_force_by_id uuid,
        add column put_in_force_at timestamptz(3),
        drop constraint pk_working_calendar,
        add constraint pk_working_calendar primary key (organization_id, id, version),
        add constraint fk_working_calendar_put_in_force_by_id
          foreign key (organization_id, put_in_force_by_id) references dondoc.person (organization_id, id);
      alter table dondoc.working_calendar alter column id drop default;

      grant insert on dondoc.working_rules, dondoc.working_calendar to dondoc_api;
    `);
    for (const table of ['working_rules', 'working_calendar'])
      await runner.query(`
        create policy of_organization_above on dondoc.${table} for select using (
          organization_id = (select o.parent_id from dondoc.organization o where o.id = ${inContext}))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['working_rules', 'working_calendar'])
      await runner.query(`drop policy of_organization_above on dondoc.${table}`);
    await runner.query(`
      revoke insert on dondoc.working_rules, dondoc.working_calendar from dondoc_api;
      alter table dondoc.working_calendar
        drop constraint fk_working_calendar_put_in_force_by_id,
        drop constraint pk_working_calendar,
        add constraint pk_working_calendar primary key (organization_id, version),
        drop column put_in_force_at, drop column put_in_force_by_id, drop column note, drop column document,
        drop column id;
      alter table dondoc.working_rules
        drop column put_in_force_at, drop column put_in_force_by_id, drop column note, drop column effect,
        drop column replaces, drop column document;
      alter table dondoc.organization drop column calendar_id, drop column parent_id;
    `);
  }
}
