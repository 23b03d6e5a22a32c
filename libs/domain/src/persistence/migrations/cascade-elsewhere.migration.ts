import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { wallOff } from './walled-table';

/** What one organization hands on to another, what the other made of it, and what has been received between them. */
export class CascadeElsewhere1795219200090 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table dondoc.agency
        add column points_to_id uuid,
        add constraint fk_agency_points_to_id foreign key (points_to_id) references dondoc.organization (id);
      alter table dondoc.source alter column entered_by_id drop not null;

      create table dondoc.remote_part (
        organization_id uuid not null,
        id uuid not null,
        directive_id uuid not null,
        agency_id uuid not null,
        to_organization_id uuid not null,
        text text not null,
        given_by_id uuid not null,
        given_at timestamptz(3) not null,
        deadline_at timestamptz(3),
        state text not null,
        work_state text,
        overdue boolean not null,
        said_deadline_at timestamptz(3),
        said_at timestamptz(3),
        received_at timestamptz(3),
        note text,
        result jsonb,
        revision integer not null,
        constraint pk_remote_part primary key (organization_id, id),
        constraint fk_remote_part_directive_id foreign key (organization_id, directive_id)
          references dondoc.directive (organization_id, id),
        constraint fk_remote_part_agency_id foreign key (organization_id, agency_id)
          references dondoc.agency (organization_id, id),
        constraint fk_remote_part_given_by_id foreign key (organization_id, given_by_id)
          references dondoc.person (organization_id, id),
        constraint ck_remote_part_state check (state in ('sent', 'received', 'refused', 'ended', 'withdrawn'))
      );
      create index ix_remote_part_directive on dondoc.remote_part (organization_id, directive_id);

      create table dondoc.received_directive (
        organization_id uuid not null,
        id uuid not null,
        from_organization_id uuid not null,
        from_name text not null,
        part_id uuid not null,
        source_name text not null,
        order_number integer not null,
        deadline_at timestamptz(3),
        suspended_at timestamptz(3),
        received_at timestamptz(3) not null,
        constraint pk_received_directive primary key (organization_id, id),
        constraint fk_received_directive_id foreign key (organization_id, id)
          references dondoc.directive (organization_id, id)
      );
      create unique index uq_received_directive_part
        on dondoc.received_directive (organization_id, from_organization_id, part_id);

      create table dondoc.cascade_message (
        organization_id uuid not null,
        id uuid not null,
        from_organization_id uuid not null,
        received_at timestamptz(3) not null,
        constraint pk_cascade_message primary key (organization_id, id)
      );
    `);
    await wallOff(runner, 'remote_part', 'received_directive', 'cascade_message');
    await runner.query(`
      grant select, insert, update on dondoc.remote_part to dondoc_api, dondoc_worker;
      grant select on dondoc.received_directive to dondoc_api;
      grant select, insert, update on dondoc.received_directive to dondoc_worker;
      grant select, insert on dondoc.cascade_message to dondoc_worker;
      grant insert on dondoc.source, dondoc.directive to dondoc_worker;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      revoke insert on dondoc.source, dondoc.directive from dondoc_worker;
      drop table dondoc.cascade_message, dondoc.received_directive, dondoc.remote_part;
      alter table dondoc.source alter column entered_by_id set not null;
      alter table dondoc.agency drop column points_to_id;
    `);
  }
}
