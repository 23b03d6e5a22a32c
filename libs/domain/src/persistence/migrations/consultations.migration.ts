import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { wallOff } from './walled-table';

/** What leads ask of coordinating agencies. */
export class Consultations1795219200031 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table dondoc.consultation (
        organization_id uuid not null,
        id uuid not null,
        directive_id uuid not null,
        round_id uuid not null,
        lead_id uuid not null,
        agency_id uuid not null,
        asked_by_id uuid not null,
        question text not null,
        state text not null,
        silence text not null,
        article text not null,
        asked_at timestamptz(3) not null,
        reply_by timestamptz(3) not null,
        position text,
        opinion text,
        file_id uuid,
        answered_at timestamptz(3),
        answered_by_id uuid,
        ended_at timestamptz(3),
        revision integer not null,
        constraint pk_consultation primary key (organization_id, id),
        constraint fk_consultation_directive_id foreign key (organization_id, directive_id)
          references dondoc.directive (organization_id, id),
        constraint fk_consultation_lead_id foreign key (organization_id, lead_id)
          references dondoc.agency (organization_id, id),
        constraint fk_consultation_agency_id foreign key (organization_id, agency_id)
          references dondoc.agency (organization_id, id),
        constraint fk_consultation_asked_by_id foreign key (organization_id, asked_by_id)
          references dondoc.person (organization_id, id),
        constraint fk_consultation_file_id foreign key (organization_id, file_id)
          references dondoc.stored_file (organization_id, id),
        constraint ck_consultation_state
          check (state in ('asked', 'late', 'answered', 'deemed-consent', 'withdrawn'))
      );
      create index ix_consultation_directive on dondoc.consultation (organization_id, directive_id);
      create index ix_consultation_agency on dondoc.consultation (organization_id, agency_id, asked_at, id);
      create index ix_consultation_asked on dondoc.consultation (organization_id, asked_at, id);
    `);
    await wallOff(runner, 'consultation');
    await runner.query('grant select, insert, update on dondoc.consultation to dondoc_api, dondoc_worker');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table dondoc.consultation');
  }
}
