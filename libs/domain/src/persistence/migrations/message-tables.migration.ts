import { type MigrationInterface, type QueryRunner } from 'typeorm';

const tables = ['dispatch', 'dispatch_item', 'message_preference'];
const inContext = `nullif(current_setting('dondoc.organization', true), '')::uuid`;

/** What leaves beside the inbox, as it was composed, and how people want to be told. */
export class MessageTables1795219200040 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table dondoc.inbox_message add column lifecycle text, add column instance_id uuid;

      create table dondoc.dispatch (
        organization_id uuid not null,
        id uuid not null,
        channel text not null,
        recipient_id uuid not null,
        send_at timestamptz(3) not null,
        any_hour boolean not null,
        state text not null,
        held_until timestamptz(3),
        composed_at timestamptz(3),
        message_key text,
        address text,
        reader_name text,
        language text,
        subject text,
        text_body text,
        html_body text,
        receipt text,
        failure text,
        ended_at timestamptz(3),
        revision integer not null,
        constraint pk_dispatch primary key (organization_id, id),
        constraint fk_dispatch_recipient_id foreign key (organization_id, recipient_id)
          references dondoc.person (organization_id, id)
      );
      create index ix_dispatch_open on dondoc.dispatch (organization_id, recipient_id, channel, send_at)
        where composed_at is null;
      create index ix_dispatch_send_at on dondoc.dispatch (organization_id, send_at, id);
      create index ix_dispatch_failed on dondoc.dispatch (organization_id, send_at, id) where state = 'failed';

      create table dondoc.dispatch_item (
        organization_id uuid not null,
        dispatch_id uuid not null,
        message_id uuid not null,
        constraint pk_dispatch_item primary key (organization_id, dispatch_id, message_id),
        constraint fk_dispatch_item_dispatch_id foreign key (organization_id, dispatch_id)
          references dondoc.dispatch (organization_id, id),
        constraint fk_dispatch_item_message_id foreign key (organization_id, message_id)
          references dondoc.inbox_message (organization_id, id)
      );

      create table dondoc.message_preference (
        organization_id uuid not null,
        person_id uuid not null,
        language text not null,
        mail_reminders boolean not null,
        mail_news boolean not null,
        mail_digests boolean not null,
        changed_at timestamptz(3) not null,
        constraint pk_message_preference primary key (organization_id, person_id),
        constraint fk_message_preference_person_id foreign key (organization_id, person_id)
          references dondoc.person (organization_id, id),
        constraint ck_message_preference_language check (language in ('vi', 'en'))
      );
    `);
    for (const table of tables)
      await runner.query(`
        alter table dondoc.${table} enable row level security;
        alter table dondoc.${table} force row level security;
        create policy own_organization on dondoc.${table}
          using (organization_id = ${inContext}) with check (organization_id = ${inContext});
      `);
    // Either process moves a dispatch; only the worker composes one, and nobody deletes what was sent.
    await runner.query(`
      grant select on dondoc.dispatch, dondoc.dispatch_item, dondoc.message_preference to dondoc_api, dondoc_worker;
      grant insert on dondoc.dispatch, dondoc.dispatch_item to dondoc_worker;
      grant update on dondoc.dispatch to dondoc_worker;
      grant update (state, held_until, receipt, failure, ended_at, revision) on dondoc.dispatch to dondoc_api;
      grant insert, update on dondoc.message_preference to dondoc_api;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table dondoc.dispatch_item, dondoc.dispatch, dondoc.message_preference;
      alter table dondoc.inbox_message drop column lifecycle, drop column instance_id;
    `);
  }
}
