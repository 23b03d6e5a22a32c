import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { wallOff } from './walled-table';

/** What clerks' corrections teach the intake, and a way to find a notice by its number. */
export class IntakeLessons1795219200050 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table dondoc.intake_lesson (
        organization_id uuid not null,
        id uuid not null,
        kind text not null,
        phrase text not null,
        shape text not null,
        agency_id uuid,
        parts jsonb not null,
        active boolean not null,
        revision integer not null,
        taught_by_id uuid not null,
        taught_at timestamptz(3) not null,
        constraint pk_intake_lesson primary key (organization_id, id),
        constraint fk_intake_lesson_agency_id foreign key (organization_id, agency_id)
          references dondoc.agency (organization_id, id),
        constraint fk_intake_lesson_taught_by_id foreign key (organization_id, taught_by_id)
          references dondoc.person (organization_id, id),
        constraint ck_intake_lesson_kind check (kind in ('alias', 'not-a-directive', 'split', 'merge')),
        constraint ck_intake_lesson_alias check ((kind = 'alias') = (agency_id is not null))
      );
      create unique index uq_intake_lesson_shape on dondoc.intake_lesson (organization_id, kind, shape);
      create index ix_document_number on dondoc.document (organization_id, number);
    `);
    await wallOff(runner, 'intake_lesson');
    await runner.query('grant select, insert, update on dondoc.intake_lesson to dondoc_api');
    await runner.query('grant select on dondoc.intake_lesson to dondoc_worker');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index dondoc.ix_document_number; drop table dondoc.intake_lesson');
  }
}
