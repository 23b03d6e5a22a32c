import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** Where the words of a standing directive come from. */
export class StandingSources1795219200091 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table dondoc.standing_directive
        add column source_id uuid,
        add column section_ref text,
        add column text_start integer,
        add column text_end integer,
        add constraint fk_standing_directive_source_id foreign key (organization_id, source_id)
          references dondoc.source (organization_id, id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table dondoc.standing_directive
        drop column source_id, drop column section_ref, drop column text_start, drop column text_end`);
  }
}
