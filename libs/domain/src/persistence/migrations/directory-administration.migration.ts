import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { wallOff } from './walled-table';

/**
 * Agencies, people, offices and charges are kept by administrators over the API: added, renamed and ended, never taken
 * away. What an agency was called before stays.
 */
export class DirectoryAdministration1795219200118 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table dondoc.agency_former_name (
        organization_id uuid not null,
        id uuid not null,
        agency_id uuid not null,
        name text not null,
        abbreviation text,
        used_until date not null,
        constraint pk_agency_former_name primary key (organization_id, id),
        constraint fk_agency_former_name_agency_id foreign key (organization_id, agency_id)
          references dondoc.agency (organization_id, id)
      );
      create index ix_agency_former_name_agency on dondoc.agency_former_name (organization_id, agency_id);
    `);
    await wallOff(runner, 'agency_former_name');
    await runner.query(`
      grant select on dondoc.agency_former_name to dondoc_api, dondoc_worker;
      grant insert on dondoc.agency, dondoc.agency_former_name, dondoc.person, dondoc.office_held, dondoc.in_charge
        to dondoc_api;
      grant update (name, abbreviation, aliases, parent_id, valid_to, successor_id) on dondoc.agency to dondoc_api;
      grant update (name, email) on dondoc.person to dondoc_api;
      grant update (held_to) on dondoc.office_held to dondoc_api;
      grant update (in_charge_to) on dondoc.in_charge to dondoc_api;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      revoke insert on dondoc.agency, dondoc.person, dondoc.office_held, dondoc.in_charge from dondoc_api;
      revoke update (name, abbreviation, aliases, parent_id, valid_to, successor_id) on dondoc.agency from dondoc_api;
      revoke update (name, email) on dondoc.person from dondoc_api;
      revoke update (held_to) on dondoc.office_held from dondoc_api;
      revoke update (in_charge_to) on dondoc.in_charge from dondoc_api;
      drop table dondoc.agency_former_name;
    `);
  }
}
