import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { wallOff } from './walled-table';

/** What a leader can decide grows: meetings, criticism, and explanations with a life of their own. */
export class EscalationsAndExplanations1795219200030 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table dondoc.escalation
        add column decide_by timestamptz(3),
        add column forgotten integer not null default 0,
        add column decided_for_id uuid,
        add column meeting jsonb;
      alter table dondoc.escalation alter column forgotten drop default;
      create table dondoc.explanation (
        organization_id uuid not null,
        id uuid not null,
        directive_id uuid not null,
        escalation_id uuid,
        agency_id uuid not null,
        demanded_by_id uuid not null,
        question text not null,
        state text not null,
        round integer not null,
        article text,
        demanded_at timestamptz(3) not null,
        due_at timestamptz(3) not null,
        text text,
        file_id uuid,
        submitted_at timestamptz(3),
        submitted_by_id uuid,
        judged_at timestamptz(3),
        judged_by_id uuid,
        note text,
        revision integer not null,
        constraint pk_explanation primary key (organization_id, id),
        constraint fk_explanation_directive_id foreign key (organization_id, directive_id)
          references dondoc.directive (organization_id, id),
        constraint fk_explanation_agency_id foreign key (organization_id, agency_id)
          references dondoc.agency (organization_id, id),
        constraint fk_explanation_demanded_by_id foreign key (organization_id, demanded_by_id)
          references dondoc.person (organization_id, id),
        constraint fk_explanation_file_id foreign key (organization_id, file_id)
          references dondoc.stored_file (organization_id, id),
        constraint ck_explanation_state check (state in ('demanded', 'submitted', 'accepted', 'withdrawn'))
      );
      create index ix_explanation_directive on dondoc.explanation (organization_id, directive_id);
      create index ix_explanation_demanded on dondoc.explanation (organization_id, demanded_at, id);
    `);
    await wallOff(runner, 'explanation');
    await runner.query('grant select, insert, update on dondoc.explanation to dondoc_api, dondoc_worker');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table dondoc.explanation;
      alter table dondoc.escalation
        drop column decide_by, drop column forgotten, drop column decided_for_id, drop column meeting;
    `);
  }
}
