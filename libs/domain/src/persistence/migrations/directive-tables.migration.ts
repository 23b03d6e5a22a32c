import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** From a document to directives, their escalations and results, and people's inboxes. */
export class DirectiveTables1795219200002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table dondoc.stored_file (
        organization_id uuid not null,
        id uuid not null,
        sha256 character(64) not null,
        size integer not null,
        content_type text not null,
        name text not null,
        stored_by_id uuid not null,
        stored_at timestamptz(3) not null,
        constraint pk_stored_file primary key (organization_id, id),
        constraint fk_stored_file_organization_id
          foreign key (organization_id) references dondoc.organization (id),
        constraint fk_stored_file_stored_by_id foreign key (organization_id, stored_by_id)
          references dondoc.person (organization_id, id)
      );

      create table dondoc.document (
        organization_id uuid not null,
        id uuid not null,
        file_id uuid,
        name text not null,
        text text not null,
        content_sha256 character(64) not null,
        number text,
        type text,
        issuing_body text,
        issued_on date,
        meeting_on date,
        chair text,
        signer text,
        signer_role text,
        received_by_id uuid not null,
        received_at timestamptz(3) not null,
        constraint pk_document primary key (organization_id, id),
        constraint fk_document_file_id foreign key (organization_id, file_id)
          references dondoc.stored_file (organization_id, id),
        constraint fk_document_received_by_id foreign key (organization_id, received_by_id)
          references dondoc.person (organization_id, id)
      );
      create unique index uq_document_content on dondoc.document (organization_id, content_sha256);

      create table dondoc.source (
        organization_id uuid not null,
        id uuid not null,
        kind text not null,
        document_id uuid,
        given_by_id uuid,
        given_on date,
        note text,
        reference text,
        entered_by_id uuid not null,
        entered_at timestamptz(3) not null,
        constraint pk_source primary key (organization_id, id),
        constraint fk_source_document_id foreign key (organization_id, document_id)
          references dondoc.document (organization_id, id),
        constraint fk_source_given_by_id foreign key (organization_id, given_by_id)
          references dondoc.person (organization_id, id),
        constraint ck_source_kind check (kind in ('notice', 'letter', 'note', 'oral'))
      );
      create index ix_source_document on dondoc.source (organization_id, document_id);

      create table dondoc.draft (
        organization_id uuid not null,
        id uuid not null,
        source_id uuid not null,
        items jsonb not null,
        notes jsonb not null,
        revision integer not null,
        status text not null,
        created_by_id uuid not null,
        created_at timestamptz(3) not null,
        confirmed_by_id uuid,
        confirmed_at timestamptz(3),
        constraint pk_draft primary key (organization_id, id),
        constraint fk_draft_source_id foreign key (organization_id, source_id)
          references dondoc.source (organization_id, id),
        constraint fk_draft_created_by_id foreign key (organization_id, created_by_id)
          references dondoc.person (organization_id, id),
        constraint ck_draft_status check (status in ('open', 'confirmed'))
      );
      create index ix_draft_created on dondoc.draft (organization_id, created_at, id);

      create table dondoc.directive (
        organization_id uuid not null,
        id uuid not null,
        source_id uuid not null,
        ordinal integer not null,
        text text not null,
        section_ref text,
        text_start integer,
        text_end integer,
        lead_id uuid not null,
        coordinating_ids uuid[] not null,
        assigning_leader_id uuid,
        tracking_officer_id uuid,
        field text,
        kind text not null,
        urgency text not null,
        assigned_at timestamptz(3) not null,
        deadline_at timestamptz(3),
        deadline_date date,
        deadline_phrase text,
        original_deadline_at timestamptz(3),
        near_due_at timestamptz(3),
        work_state text not null,
        accepted_at timestamptz(3),
        reported_at timestamptz(3),
        reporter_id uuid,
        closed_at timestamptz(3),
        revision integer not null,
        constraint pk_directive primary key (organization_id, id),
        constraint fk_directive_source_id foreign key (organization_id, source_id)
          references dondoc.source (organization_id, id),
        constraint fk_directive_lead_id foreign key (organization_id, lead_id)
          references dondoc.agency (organization_id, id),
        constraint fk_directive_assigning_leader_id foreign key (organization_id, assigning_leader_id)
          references dondoc.person (organization_id, id),
        constraint fk_directive_tracking_officer_id foreign key (organization_id, tracking_officer_id)
          references dondoc.person (organization_id, id)
      );
      create unique index uq_directive_ordinal on dondoc.directive (organization_id, source_id, ordinal);
      create index ix_directive_assigned on dondoc.directive (organization_id, assigned_at, id);
      create index ix_directive_lead on dondoc.directive (organization_id, lead_id, assigned_at, id);
      create index ix_directive_open_deadline on dondoc.directive (organization_id, deadline_at)
        where closed_at is null;

      create table dondoc.escalation (
        organization_id uuid not null,
        id uuid not null,
        directive_id uuid not null,
        rung text not null,
        article text,
        state text not null,
        level integer not null,
        audience text not null,
        recipient_ids uuid[] not null,
        raised_at timestamptz(3) not null,
        acknowledge_by timestamptz(3),
        acknowledged_at timestamptz(3),
        acknowledged_by_id uuid,
        decided_at timestamptz(3),
        decided_by_id uuid,
        decision text,
        note text,
        revision integer not null,
        constraint pk_escalation primary key (organization_id, id),
        constraint fk_escalation_directive_id foreign key (organization_id, directive_id)
          references dondoc.directive (organization_id, id)
      );
      create index ix_escalation_directive on dondoc.escalation (organization_id, directive_id);
      create index ix_escalation_raised on dondoc.escalation (organization_id, raised_at, id);

      create table dondoc.result_document (
        organization_id uuid not null,
        id uuid not null,
        directive_id uuid not null,
        number text not null,
        date date not null,
        summary text not null,
        file_id uuid,
        reporter_id uuid not null,
        reported_at timestamptz(3) not null,
        constraint pk_result_document primary key (organization_id, id),
        constraint fk_result_document_directive_id foreign key (organization_id, directive_id)
          references dondoc.directive (organization_id, id),
        constraint fk_result_document_file_id foreign key (organization_id, file_id)
          references dondoc.stored_file (organization_id, id),
        constraint fk_result_document_reporter_id foreign key (organization_id, reporter_id)
          references dondoc.person (organization_id, id)
      );
      create index ix_result_document_directive
        on dondoc.result_document (organization_id, directive_id, reported_at);

      create table dondoc.inbox_message (
        organization_id uuid not null,
        id uuid not null,
        recipient_id uuid not null,
        subject text not null,
        directive_id uuid,
        escalation_id uuid,
        article text,
        details jsonb not null,
        reason jsonb,
        created_at timestamptz(3) not null,
        deliver_at timestamptz(3) not null,
        read_at timestamptz(3),
        outbox_id uuid not null,
        constraint pk_inbox_message primary key (organization_id, id),
        constraint fk_inbox_message_recipient_id foreign key (organization_id, recipient_id)
          references dondoc.person (organization_id, id),
        constraint fk_inbox_message_directive_id foreign key (organization_id, directive_id)
          references dondoc.directive (organization_id, id),
        constraint ck_inbox_message_read check (read_at is null or read_at >= deliver_at)
      );
      create index ix_inbox_message_recipient
        on dondoc.inbox_message (organization_id, recipient_id, deliver_at, id);
      create unique index uq_inbox_message_outbox
        on dondoc.inbox_message (organization_id, outbox_id, recipient_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table dondoc.inbox_message, dondoc.result_document, dondoc.escalation, dondoc.directive, dondoc.draft,
        dondoc.source, dondoc.document, dondoc.stored_file;
    `);
  }
}
