import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** An agency may work by one of the organization's calendars instead of its own. */
export class AgencyCalendars1795219300100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table dondoc.agency add column calendar_id text;
      create index ix_agency_calendar on dondoc.agency (organization_id, calendar_id) where calendar_id is not null;
      grant update (calendar_id) on dondoc.agency to dondoc_api;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index dondoc.ix_agency_calendar;
      alter table dondoc.agency drop column calendar_id;
    `);
  }
}
