import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** Delegations that people give and end themselves. */
export class Delegations1795219200032 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table dondoc.delegation
        add column reason text,
        add column ended_at timestamptz(3),
        add column revision integer not null default 0;
      create index ix_delegation_to on dondoc.delegation (organization_id, to_person_id, ends_on);
      grant insert, update on dondoc.delegation to dondoc_api, dondoc_worker;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      revoke insert, update on dondoc.delegation from dondoc_api, dondoc_worker;
      drop index dondoc.ix_delegation_to;
      alter table dondoc.delegation drop column reason, drop column ended_at, drop column revision;
    `);
  }
}
