import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { wallOff } from './walled-table';

/** Standing directives, and the reports of their periods. */
export class StandingDirectives1795219200033 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table dondoc.standing_directive (
        organization_id uuid not null,
        id uuid not null,
        text text not null,
        lead_id uuid not null,
        coordinating_ids uuid[] not null,
        assigning_leader_id uuid,
        tracking_officer_id uuid,
        field text,
        urgency text not null,
        reports text[] not null,
        given_by_id uuid not null,
        given_at timestamptz(3) not null,
        ended_at timestamptz(3),
        end_reason text,
        revision integer not null,
        constraint pk_standing_directive primary key (organization_id, id),
        constraint fk_standing_directive_lead_id foreign key (organization_id, lead_id)
          references dondoc.agency (organization_id, id),
        constraint fk_standing_directive_assigning_leader_id foreign key (organization_id, assigning_leader_id)
          references dondoc.person (organization_id, id),
        constraint fk_standing_directive_tracking_officer_id foreign key (organization_id, tracking_officer_id)
          references dondoc.person (organization_id, id)
      );
      create index ix_standing_directive_given on dondoc.standing_directive (organization_id, given_at, id);

      create table dondoc.reporting_obligation (
        organization_id uuid not null,
        id uuid not null,
        standing_directive_id uuid not null,
        report text not null,
        period_first date not null,
        period_last date not null,
        period_name jsonb not null,
        state text not null,
        article text,
        opened_at timestamptz(3) not null,
        due_at timestamptz(3) not null,
        number text,
        date date,
        summary text,
        file_id uuid,
        reported_at timestamptz(3),
        reporter_id uuid,
        judged_at timestamptz(3),
        judged_by_id uuid,
        note text,
        revision integer not null,
        constraint pk_reporting_obligation primary key (organization_id, id),
        constraint fk_reporting_obligation_standing_directive_id
          foreign key (organization_id, standing_directive_id)
          references dondoc.standing_directive (organization_id, id),
        constraint fk_reporting_obligation_file_id foreign key (organization_id, file_id)
          references dondoc.stored_file (organization_id, id),
        constraint ck_reporting_obligation_state check (state in ('awaited', 'reported', 'accepted', 'withdrawn'))
      );
      create index ix_reporting_obligation_due on dondoc.reporting_obligation (organization_id, due_at, id);
      create unique index uq_reporting_obligation_period
        on dondoc.reporting_obligation (organization_id, standing_directive_id, report, period_first);
    `);
    await wallOff(runner, 'standing_directive', 'reporting_obligation');
    await runner.query(
      'grant select, insert, update on dondoc.standing_directive, dondoc.reporting_obligation to dondoc_api, dondoc_worker',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table dondoc.reporting_obligation, dondoc.standing_directive');
  }
}
