import { type MigrationInterface, type QueryRunner } from 'typeorm';

/**
 * No organization is above itself, by whatever number of others: rules and calendars are inherited upward and orders go
 * downward, so that a circle would have neither a top nor an end. Two changes that would close a circle only together
 * wait for each other.
 */
export class OrganizationCircles1795219300200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create function dondoc.refuse_organization_circle() returns trigger language plpgsql as $$
      declare
        present text := current_setting('dondoc.organization', true);
        above uuid := new.parent_id;
        way text := new.code;
      begin
        perform pg_advisory_xact_lock(hashtextextended('dondoc.organization.parent_id', 0));
        while above is not null and above <> new.id loop
          -- Behind the wall of each on the way: not even the owner sees several at once.
          perform set_config('dondoc.organization', above::text, true);
          select o.parent_id, way || ' → ' || o.code into above, way from dondoc.organization o where o.id = above;
        end loop;
        perform set_config('dondoc.organization', coalesce(present, ''), true);
        if above = new.id then
          raise exception 'đơn vị cấp trên tạo thành vòng / organizations are above each other in a circle: % → %', way, new.code
            using errcode = 'check_violation', schema = 'dondoc', table = 'organization', column = 'parent_id',
              constraint = 'ck_organization_circle';
        end if;
        return null;
      end $$;
      create constraint trigger ck_organization_circle after insert or update of parent_id on dondoc.organization
        for each row when (new.parent_id is not null) execute function dondoc.refuse_organization_circle();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop trigger ck_organization_circle on dondoc.organization;
      drop function dondoc.refuse_organization_circle();
    `);
  }
}
