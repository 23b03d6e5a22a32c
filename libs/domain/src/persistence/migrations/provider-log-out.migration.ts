import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { wallOff } from './walled-table';

/** By which provider a session was opened, so that the provider can end it; and its notices, each of which counts once. */
export class ProviderLogOut1795219200107 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table dondoc.session add column federated_issuer text, add column federated_session text;
      create index ix_session_federated on dondoc.session (federated_issuer, federated_session)
        where federated_issuer is not null;
      create table dondoc.spent_token (
        organization_id uuid not null,
        token_hash text not null,
        expires_at timestamptz(3) not null,
        constraint pk_spent_token primary key (organization_id, token_hash)
      );
    `);
    await wallOff(runner, 'spent_token');
    // Before the organization is known, a provider's notice opens the sessions of the one session there, for reading.
    await runner.query(`
      create policy logging_out on dondoc.session for select to dondoc_api
        using (federated_issuer || ' ' || federated_session = nullif(current_setting('dondoc.login', true), ''));
      grant select, insert, delete on dondoc.spent_token to dondoc_api;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop policy logging_out on dondoc.session;
      drop table dondoc.spent_token;
      drop index dondoc.ix_session_federated;
      alter table dondoc.session drop column federated_session, drop column federated_issuer;
    `);
  }
}
