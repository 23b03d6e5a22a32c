import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { wallOff } from './walled-table';

/** Who an account is for an OpenID provider. */
export class FederatedIdentities1795219200064 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table dondoc.federated_identity (
        organization_id uuid not null,
        account_id uuid not null,
        issuer text not null,
        subject text not null,
        created_at timestamptz(3) not null,
        constraint pk_federated_identity primary key (organization_id, account_id, issuer),
        constraint fk_federated_identity_account_id foreign key (organization_id, account_id)
          references dondoc.account (organization_id, id) on delete cascade
      );
      create unique index uq_federated_identity_subject on dondoc.federated_identity (issuer, subject);
    `);
    await wallOff(runner, 'federated_identity');
    // Before the organization is known, a log-in opens the one identity that the provider has vouched for, for reading.
    await runner.query(`
      create policy logging_in on dondoc.federated_identity for select to dondoc_api
        using (issuer || ' ' || subject = nullif(current_setting('dondoc.login', true), ''));
      grant select, insert, delete on dondoc.federated_identity to dondoc_api;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table dondoc.federated_identity');
  }
}
