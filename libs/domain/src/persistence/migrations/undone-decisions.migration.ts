import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** Until when a leader can take a decision back. */
export class UndoneDecisions1795219200114 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table dondoc.escalation add column undo_until timestamptz(3);
      alter table dondoc.extension_request add column undo_until timestamptz(3);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table dondoc.escalation drop column undo_until;
      alter table dondoc.extension_request drop column undo_until;
    `);
  }
}
