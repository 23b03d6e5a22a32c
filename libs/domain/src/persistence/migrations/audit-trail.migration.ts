import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { wallOff } from './walled-table';

/** What was done and what was refused, in rows that the processes can add to and read, never change. */
export class AuditTrail1795219200061 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table dondoc.access_refusal;

      create table dondoc.audit_entry (
        organization_id uuid not null,
        id uuid not null,
        recorded_at timestamptz(3) not null default now(),
        at timestamptz(3) not null,
        person_id uuid,
        act text not null,
        subject text,
        outcome text not null,
        code text,
        entry text not null,
        constraint pk_audit_entry primary key (organization_id, id),
        constraint ck_audit_entry_outcome check (outcome in ('done', 'refused'))
      );
      create index ix_audit_entry_recorded on dondoc.audit_entry (organization_id, recorded_at, id);
      create index ix_audit_entry_person on dondoc.audit_entry (organization_id, person_id, recorded_at);

      create table dondoc.audit_origin (
        organization_id uuid not null,
        entry_id uuid not null,
        salt text not null,
        address text,
        user_agent text,
        constraint pk_audit_origin primary key (organization_id, entry_id)
      );
    `);
    await wallOff(runner, 'audit_entry', 'audit_origin');
    await runner.query(`
      grant select, insert on dondoc.audit_entry, dondoc.audit_origin to dondoc_api, dondoc_worker;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table dondoc.audit_origin, dondoc.audit_entry;
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
    `);
    await wallOff(runner, 'access_refusal');
    await runner.query(`
      grant select on dondoc.access_refusal to dondoc_api, dondoc_worker;
      grant insert on dondoc.access_refusal to dondoc_api;
    `);
  }
}
