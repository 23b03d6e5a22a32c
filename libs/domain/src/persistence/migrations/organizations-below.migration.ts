import { type MigrationInterface, type QueryRunner } from 'typeorm';

const inContext = `nullif(current_setting('dondoc.organization', true), '')::uuid`;

/** An administrator says which of the organizations directly below an agency of the directory is. */
export class OrganizationsBelow1795219200130 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create policy directly_below on dondoc.organization for select to dondoc_api using (parent_id = ${inContext});
      grant update (points_to_id) on dondoc.agency to dondoc_api;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      revoke update (points_to_id) on dondoc.agency from dondoc_api;
      drop policy directly_below on dondoc.organization;
    `);
  }
}
