import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { wallOff } from './walled-table';

/** Filters that people come back to. */
export class SavedViews1795219200110 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table dondoc.saved_view (
        organization_id uuid not null,
        id uuid not null,
        person_id uuid not null,
        name text not null,
        filters jsonb not null,
        saved_at timestamptz(3) not null,
        constraint pk_saved_view primary key (organization_id, id),
        constraint fk_saved_view_person_id foreign key (organization_id, person_id)
          references dondoc.person (organization_id, id)
      );
      create unique index uq_saved_view_name on dondoc.saved_view (organization_id, person_id, name);
    `);
    await wallOff(runner, 'saved_view');
    await runner.query('grant select, insert, update, delete on dondoc.saved_view to dondoc_api');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table dondoc.saved_view');
  }
}
