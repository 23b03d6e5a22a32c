import { type MigrationInterface, type QueryRunner } from 'typeorm';

const inContext = `nullif(current_setting('dondoc.organization', true), '')::uuid`;

/** Who does a directive inside its lead, what stopped, replaced or divided it, and the requests for more time. */
export class DirectiveCourse1795219200020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table dondoc.directive
        add column assigned_person_id uuid,
        add column rules text,
        add column extensions integer not null default 0,
        add column open_children integer not null default 0,
        add column judged_at timestamptz(3),
        add column suspended_at timestamptz(3),
        add column proposed_deadline_at timestamptz(3),
        add column replaced_by_id uuid,
        add column parent_id uuid,
        add constraint fk_directive_assigned_person_id foreign key (organization_id, assigned_person_id)
          references dondoc.person (organization_id, id),
        add constraint fk_directive_replaced_by_id foreign key (organization_id, replaced_by_id)
          references dondoc.directive (organization_id, id),
        add constraint fk_directive_parent_id foreign key (organization_id, parent_id)
          references dondoc.directive (organization_id, id);
      create index ix_directive_parent on dondoc.directive (organization_id, parent_id)
        where parent_id is not null;

      alter table dondoc.result_document
        add column approver_id uuid,
        add column date_flagged boolean not null default false,
        add constraint fk_result_document_approver_id foreign key (organization_id, approver_id)
          references dondoc.person (organization_id, id);

      create table dondoc.extension_request (
        organization_id uuid not null,
        id uuid not null,
        directive_id uuid not null,
        state text not null,
        requester_id uuid not null,
        requested_at timestamptz(3) not null,
        reason text not null,
        done text,
        asked_date date not null,
        deadline_at timestamptz(3) not null,
        article text not null,
        approver text not null,
        recipient_ids uuid[] not null,
        decide_by timestamptz(3),
        decided_at timestamptz(3),
        decided_by_id uuid,
        granted_at timestamptz(3),
        note text,
        revision integer not null,
        constraint pk_extension_request primary key (organization_id, id),
        constraint fk_extension_request_directive_id foreign key (organization_id, directive_id)
          references dondoc.directive (organization_id, id),
        constraint fk_extension_request_requester_id foreign key (organization_id, requester_id)
          references dondoc.person (organization_id, id)
      );
      create index ix_extension_request_directive on dondoc.extension_request (organization_id, directive_id);
      create index ix_extension_request_requested
        on dondoc.extension_request (organization_id, requested_at, id);

      alter table dondoc.extension_request enable row level security;
      alter table dondoc.extension_request force row level security;
      create policy own_organization on dondoc.extension_request
        using (organization_id = ${inContext}) with check (organization_id = ${inContext});
      grant select, insert, update on dondoc.extension_request to dondoc_api, dondoc_worker;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table dondoc.extension_request;
      alter table dondoc.result_document drop column approver_id, drop column date_flagged;
      alter table dondoc.directive drop column assigned_person_id, drop column rules, drop column extensions,
        drop column open_children, drop column judged_at, drop column suspended_at,
        drop column proposed_deadline_at, drop column replaced_by_id, drop column parent_id;
    `);
  }
}
