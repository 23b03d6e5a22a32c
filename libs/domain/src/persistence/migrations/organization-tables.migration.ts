import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** Organizations with their directory, log-ins, calendar and rules. */
export class OrganizationTables1795219200001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table dondoc.organization (
        id uuid not null,
        code text not null,
        name text not null,
        zone text not null,
        rules_enforced_from date,
        constraint pk_organization primary key (id)
      );
      create unique index uq_organization_code on dondoc.organization (code);

      create table dondoc.agency (
        organization_id uuid not null,
        id uuid not null,
        name text not null,
        aliases text[] not null,
        abbreviation text,
        parent_id uuid,
        valid_from date not null,
        valid_to date,
        successor_id uuid,
        is_office boolean not null,
        constraint pk_agency primary key (organization_id, id),
        constraint fk_agency_organization_id foreign key (organization_id) references dondoc.organization (id),
        constraint fk_agency_parent_id foreign key (organization_id, parent_id)
          references dondoc.agency (organization_id, id) deferrable initially deferred,
        constraint fk_agency_successor_id foreign key (organization_id, successor_id)
          references dondoc.agency (organization_id, id) deferrable initially deferred,
        constraint ck_agency_dates check (valid_to is null or valid_to >= valid_from)
      );

      create table dondoc.person (
        organization_id uuid not null,
        id uuid not null,
        name text not null,
        email text,
        constraint pk_person primary key (organization_id, id),
        constraint fk_person_organization_id foreign key (organization_id) references dondoc.organization (id)
      );

      create table dondoc.office_held (
        organization_id uuid not null,
        id uuid not null,
        person_id uuid not null,
        role text not null,
        agency_id uuid,
        held_from date not null,
        held_to date,
        constraint pk_office_held primary key (organization_id, id),
        constraint fk_office_held_person_id foreign key (organization_id, person_id)
          references dondoc.person (organization_id, id),
        constraint fk_office_held_agency_id foreign key (organization_id, agency_id)
          references dondoc.agency (organization_id, id),
        constraint ck_office_held_role
          check (role in ('clerk', 'staff', 'agency-head', 'vice-chair', 'chair', 'administrator'))
      );
      create index ix_office_held_person on dondoc.office_held (organization_id, person_id);

      create table dondoc.in_charge (
        organization_id uuid not null,
        id uuid not null,
        leader_id uuid not null,
        agency_id uuid,
        field text,
        in_charge_from date not null,
        in_charge_to date,
        constraint pk_in_charge primary key (organization_id, id),
        constraint fk_in_charge_leader_id foreign key (organization_id, leader_id)
          references dondoc.person (organization_id, id),
        constraint fk_in_charge_agency_id foreign key (organization_id, agency_id)
          references dondoc.agency (organization_id, id)
      );

      create table dondoc.delegation (
        organization_id uuid not null,
        id uuid not null,
        from_person_id uuid not null,
        to_person_id uuid not null,
        starts_on date not null,
        ends_on date not null,
        constraint pk_delegation primary key (organization_id, id),
        constraint fk_delegation_from_person_id foreign key (organization_id, from_person_id)
          references dondoc.person (organization_id, id),
        constraint fk_delegation_to_person_id foreign key (organization_id, to_person_id)
          references dondoc.person (organization_id, id),
        constraint ck_delegation_not_to_oneself check (from_person_id <> to_person_id)
      );

      create table dondoc.account (
        organization_id uuid not null,
        id uuid not null,
        login text not null,
        person_id uuid not null,
        password_hash text not null,
        enabled boolean not null default true,
        constraint pk_account primary key (organization_id, id),
        constraint fk_account_person_id foreign key (organization_id, person_id)
          references dondoc.person (organization_id, id)
      );
      create unique index uq_account_login on dondoc.account (login);

      create table dondoc.session (
        organization_id uuid not null,
        token_hash text not null,
        account_id uuid not null,
        created_at timestamptz(3) not null,
        expires_at timestamptz(3) not null,
        constraint pk_session primary key (organization_id, token_hash),
        constraint fk_session_account_id foreign key (organization_id, account_id)
          references dondoc.account (organization_id, id) on delete cascade
      );
      create index ix_session_expires_at on dondoc.session (organization_id, expires_at);

      create table dondoc.access_refusal (
        organization_id uuid not null,
        id uuid not null,
        at timestamptz(3) not null,
        person_id uuid not null,
        act text not null,
        subject text,
        code text not null,
        correlation text not null,
        constraint pk_access_refusal primary key (organization_id, id),
        constraint fk_access_refusal_person_id foreign key (organization_id, person_id)
          references dondoc.person (organization_id, id)
      );
      create index ix_access_refusal_at on dondoc.access_refusal (organization_id, at);

      create table dondoc.working_calendar (
        organization_id uuid not null,
        version integer not null,
        body jsonb not null,
        constraint pk_working_calendar primary key (organization_id, version),
        constraint fk_working_calendar_organization_id
          foreign key (organization_id) references dondoc.organization (id)
      );

      create table dondoc.working_rules (
        organization_id uuid not null,
        version integer not null,
        valid_from date not null,
        body jsonb not null,
        constraint pk_working_rules primary key (organization_id, version),
        constraint fk_working_rules_organization_id
          foreign key (organization_id) references dondoc.organization (id)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table dondoc.working_rules, dondoc.working_calendar, dondoc.access_refusal, dondoc.session,
        dondoc.account, dondoc.delegation, dondoc.in_charge, dondoc.office_held, dondoc.person, dondoc.agency,
        dondoc.organization;
    `);
  }
}
